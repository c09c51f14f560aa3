// Ordinary blocks: cut from free ones, joined with free neighbours when they are freed.
#include "heap/heap.h"

namespace winmem::heap {

using exception::GuardedClear;
using exception::GuardedCopy;

// Takes a free block of at least so many granules out of the index.
Place Heap::Take(std::uint32_t granules) {
  Place place = index_.Find(granules);
  if (place.region == nullptr) {
    if (!Grow(granules)) return {};
    place = index_.Find(granules);  // the new region is the first to be looked at
  }
  if (!Prepare(place.region, place.index + granules)) return {};
  index_.Remove(place);
  return place;
}

// Cuts a block that is marked as busy to so many granules; the rest, if it is long enough to be a
// block, becomes free.
void Heap::Split(Place place, std::uint32_t granules) {
  Region& region = *place.region;
  Entry& entry = region.entries[place.index];
  const std::uint32_t all = entry.head >> kHeadShift;
  if (all - granules < 2) return;
  const Place rest{&region, place.index + granules};
  entry.head = granules << kHeadShift | (entry.head & ((1u << kHeadShift) - 1));
  region.entries[rest.index] = {(all - granules) << kHeadShift | kStart, granules};
  GiveBack(rest);
}

// Enters a block that is marked as free, joined with the free blocks beside it.
void Heap::GiveBack(Place place) {
  Region& region = *place.region;
  Entry* entries = region.entries;
  std::uint32_t granules = region.GranulesOf(place.index);
  const std::uint32_t next = place.index + granules;
  if (next < region.granules && !region.IsBusy(next)) {
    index_.Remove({&region, next});
    granules += region.GranulesOf(next);
    entries[next].head = 0;
  }
  const std::uint32_t before = entries[place.index].prior;
  if (before != 0 && !region.IsBusy(place.index - before)) {
    index_.Remove({&region, place.index - before});
    granules += before;
    entries[place.index].head = 0;
    place.index -= before;
  }
  entries[place.index].head = granules << kHeadShift | kStart;
  const std::uint32_t after = place.index + granules;
  if (after < region.granules) entries[after].prior = granules;
  index_.Enter(place);
}

void* Heap::Allocate(std::size_t size, const Wanted& wanted, Fault* fault) {
  if (size >= kLargeFrom) return fixed_ ? nullptr : AllocateLarge(size, wanted);
  const std::size_t with_room = size + wanted.room < kLargeFrom ? size + wanted.room : size;
  const std::uint32_t granules = GranulesFor(with_room);
  if (size == 0 && empty_requests_ < kFrontEndAfter && CanHaveFrontEnd()) ++empty_requests_;
  const std::uint32_t living = kBusy | (size <= kFrontEndLimit ? kFrontEnd : 0);
  Place place = held_;
  if (place.region != nullptr && place.region->GranulesOf(place.index) == granules) {
    held_ = {};
    place.region->entries[place.index].head |= living;
  } else {
    LetGo();
    place = Take(granules);
    if (place.region == nullptr) return nullptr;
    place.region->entries[place.index].head |= living;
    Split(place, granules);
    if (place.region->busy++ == 0 && spare_ == place.region) spare_ = nullptr;
  }
  place.region->entries[place.index + 1] = {static_cast<std::uint32_t>(size) << 1, wanted.user};
  std::byte* block = place.region->At(place.index);
  if (wanted.zero && !GuardedClear(block, size, fault)) {
    Free(place);
    return nullptr;
  }
  return block;
}

void Heap::Free(Place place) {
  if (place.region->large) return FreeLarge(place.region);
  LetGo();
  place.region->entries[place.index].head &= ~(kBusy | kFrontEnd);
  held_ = place;
}

// Makes the block freed last a free one like others.
void Heap::LetGo() {
  if (held_.region == nullptr) return;
  Region& region = *held_.region;
  GiveBack(held_);
  held_ = {};
  // A region without blocks goes back, but one is kept for the next block. What the heap was made
  // with stays.
  if (--region.busy != 0 || !region.owns_pages || region.number == 0) return;
  if (spare_ == nullptr) {
    spare_ = &region;
    return;
  }
  index_.Remove({&region, static_cast<std::uint32_t>(kRegionLead / kGranule)});
  DropRegion(&region);
}

// Takes what is missing to `granules` from a free block behind this one.
bool Heap::Stretch(Place place, std::uint32_t granules) {
  Region& region = *place.region;
  Entry& entry = region.entries[place.index];
  const std::uint32_t own = entry.head >> kHeadShift;
  const std::uint32_t next = place.index + own;
  if (next >= region.granules || region.IsBusy(next)) return false;
  const std::uint32_t all = own + region.GranulesOf(next);
  if (all < granules || !Prepare(&region, place.index + granules)) return false;
  index_.Remove({&region, next});
  region.entries[next].head = 0;
  entry.head = all << kHeadShift | (entry.head & ((1u << kHeadShift) - 1));
  if (place.index + all < region.granules) region.entries[place.index + all].prior = all;
  return true;
}

Resized Heap::ResizeHere(Place place, std::size_t size, bool zero, Fault* fault) {
  if (place.region->large) return ResizeLarge(place.region, size, zero, fault);
  LetGo();
  if (size >= kLargeFrom) return Resized::kNoMemory;
  Region& region = *place.region;
  const std::uint32_t granules = GranulesFor(size);
  const std::uint32_t own = region.GranulesOf(place.index);
  const std::size_t old = region.SizeOf(place.index);
  // A block that grows only into the room that it was given keeps the rest of it.
  const bool stretched = own < granules;
  if (stretched && !Stretch(place, granules)) return Resized::kNoMemory;
  if (zero && size > old && !GuardedClear(region.At(place.index) + old, size - old, fault)) {
    if (stretched) Split(place, own);
    return Resized::kFaulted;
  }
  if (stretched || size < old) Split(place, granules);
  region.SetSize(place.index, size);
  return Resized::kInPlace;
}

Resized Heap::Resize(Place place, std::size_t size, bool zero, Where where, void** block,
                     Fault* fault) {
  void* here = AddressOf(place);
  if (where != Where::kElsewhere) {
    const Resized resized = ResizeHere(place, size, zero, fault);
    if (resized == Resized::kInPlace) *block = here;
    if (resized != Resized::kNoMemory || where == Where::kHere) return resized;
  }
  const std::size_t old = SizeOf(place);
  void* moved = Allocate(size, {.user = UserOf(place)}, fault);
  if (moved == nullptr) return Resized::kNoMemory;
  const bool clear = zero && size > old;
  if (!GuardedCopy(moved, here, old < size ? old : size, fault) ||
      (clear && !GuardedClear(static_cast<std::byte*>(moved) + old, size - old, fault))) {
    Free(Locate(moved));
    return Resized::kFaulted;
  }
  Free(place);
  *block = moved;
  return Resized::kMoved;
}

std::size_t Heap::LargestRequest() {
  LetGo();
  const Place place = index_.Largest();
  if (place.region == nullptr) return 0;
  const std::size_t most = CapacityOf(place.region->GranulesOf(place.index));
  return most < kLargeFrom ? most : kLargeFrom - 1;
}

}  // namespace winmem::heap
