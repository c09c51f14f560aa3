#include "heap/free_index.h"

#include <bit>

namespace winmem::heap {
namespace {

constexpr int kTries = 32;  // how many blocks of a bin that holds blocks of several sizes are tried

std::uint32_t FloorLog2(std::uint32_t value) {
  return static_cast<std::uint32_t>(std::bit_width(value)) - 1;
}

}  // namespace

// Row 0 has one bin for every size below 16 granules; row r has the sizes from 2^(r+3) on.
std::uint32_t FreeIndex::BinOf(std::uint32_t granules) {
  if (granules < kCuts) return granules;
  const std::uint32_t log = FloorLog2(granules);
  return (log - 3) * kCuts + ((granules >> (log - 4)) & (kCuts - 1));
}

void FreeIndex::Enter(Place place) {
  const std::uint32_t bin = BinOf(place.region->GranulesOf(place.index));
  const std::uint32_t next = first_[bin];
  const std::uint32_t link = LinkOf(place);
  place.region->entries[place.index + 1] = {next << 1, 0};
  if (next != 0) {
    const Place other = PlaceOf(next);
    other.region->entries[other.index + 1].prior = link;
  }
  first_[bin] = link;
  cuts_[bin / kCuts] = static_cast<std::uint16_t>(cuts_[bin / kCuts] | 1u << bin % kCuts);
  rows_ |= 1u << bin / kCuts;
}

void FreeIndex::Remove(Place place) {
  const std::uint32_t next = NextOf(place);
  const std::uint32_t prior = place.region->entries[place.index + 1].prior;
  if (next != 0) {
    const Place other = PlaceOf(next);
    other.region->entries[other.index + 1].prior = prior;
  }
  if (prior != 0) {
    const Place other = PlaceOf(prior);
    other.region->entries[other.index + 1].head = next << 1;
    return;
  }
  const std::uint32_t bin = BinOf(place.region->GranulesOf(place.index));
  first_[bin] = next;
  if (next != 0) return;
  std::uint16_t& cuts = cuts_[bin / kCuts];
  cuts = static_cast<std::uint16_t>(cuts & ~(1u << bin % kCuts));
  if (cuts == 0) rows_ &= ~(1u << bin / kCuts);
}

// The first block of the first bin that is not empty, from `bin` on.
Place FreeIndex::FirstFrom(std::uint32_t bin) const {
  std::uint32_t row = bin / kCuts;
  if (row >= kRows) return {};
  std::uint32_t cuts = cuts_[row] & ~0u << bin % kCuts;
  if (cuts == 0) {
    const std::uint32_t rows = rows_ & ~1u << row;
    if (rows == 0) return {};
    row = static_cast<std::uint32_t>(std::countr_zero(rows));
    cuts = cuts_[row];
  }
  return PlaceOf(first_[row * kCuts + static_cast<std::uint32_t>(std::countr_zero(cuts))]);
}

Place FreeIndex::Find(std::uint32_t granules) const {
  const std::uint32_t own = BinOf(granules);
  const bool all_fit = granules < 2 * kCuts || granules % (1u << (FloorLog2(granules) - 4)) == 0;
  const Place found = FirstFrom(all_fit ? own : own + 1);
  if (found.region != nullptr || all_fit) return found;
  std::uint32_t link = first_[own];
  for (int tries = 0; link != 0 && tries < kTries; ++tries) {
    const Place place = PlaceOf(link);
    if (place.region->GranulesOf(place.index) >= granules) return place;
    link = NextOf(place);
  }
  return {};
}

Place FreeIndex::Largest() const {
  if (rows_ == 0) return {};
  const std::uint32_t row = FloorLog2(rows_);
  Place best;
  std::uint32_t most = 0;
  for (std::uint32_t link = first_[row * kCuts + FloorLog2(cuts_[row])]; link != 0;) {
    const Place place = PlaceOf(link);
    const std::uint32_t granules = place.region->GranulesOf(place.index);
    if (granules > most) {
      best = place;
      most = granules;
    }
    link = NextOf(place);
  }
  return best;
}

}  // namespace winmem::heap
