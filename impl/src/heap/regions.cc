// How a heap gets its regions and gives them back.
#include <algorithm>

#include "heap/address_map.h"
#include "heap/heap.h"
#include "heap/pages.h"
#include "winmem/heap.h"

namespace winmem::heap {
namespace {

Access AccessFor(std::uint32_t options) {
  const bool code = (options & HEAP_CREATE_ENABLE_EXECUTE) != 0;  // HX-015
  return code ? Access::kReadWriteExecute : Access::kReadWrite;
}

// How many bytes of entries are committed when so many granules are ready: those of the granules
// and the two of the block that begins behind them.
std::size_t EntryBytes(const Region& region, std::uint32_t ready) {
  const std::uint32_t entries = std::min(ready + 2, region.granules);
  return RoundUp(entries * sizeof(Entry), kPage);
}

// A descriptor for these pages, entered in the address map; null: no memory.
Region* MapRegion(void* pages, std::size_t size, std::uint32_t number) {
  Region* region = NewRegion();
  if (region == nullptr) return nullptr;
  if (!AddressMap::Instance().Enter(pages, size, region)) {
    DeleteRegion(region);
    return nullptr;
  }
  region->base = static_cast<std::byte*>(pages);
  region->size = size;
  region->number = number;
  return region;
}

}  // namespace

// Makes one free block of everything behind the lead. The entries are reserved, not committed.
bool Heap::SetUp(Region* region, Entry* entries, std::size_t lead) {
  region->entries = entries;
  region->granules = static_cast<std::uint32_t>(region->size / kGranule);
  const auto first = static_cast<std::uint32_t>(lead / kGranule);
  if (!CommitPages(entries, EntryBytes(*region, first))) return false;
  entries[first] = {(region->granules - first) << kHeadShift | kStart, 0};
  index_.regions[region->number] = region;
  index_.Enter({region, first});
  region->heap.store(this, std::memory_order_release);
  return true;
}

// Commits the region up to so many bytes from its beginning, and the entries that go with them.
bool Heap::Commit(Region* region, std::size_t bytes) {
  const std::size_t have = region->ready * kGranule;
  const auto ready = static_cast<std::uint32_t>(bytes / kGranule);
  auto* entries = reinterpret_cast<std::byte*>(region->entries);
  const std::size_t known = EntryBytes(*region, region->ready);
  const std::size_t more = EntryBytes(*region, ready) - known;
  if (more != 0 && !CommitPages(entries + known, more)) return false;
  if (!CommitPages(region->base + have, bytes - have, AccessFor(options_))) return false;
  region->ready = ready;
  return true;
}

// Sees to it that the first so many granules are committed.
bool Heap::Prepare(Region* region, std::uint32_t granules) {
  if (granules <= region->ready) return true;
  const std::size_t have = region->ready * kGranule;
  const std::size_t least = RoundUp(granules * kGranule, kPage);
  const std::size_t step = std::max(kCommitStep, RoundUp(have / 2, kPage));
  const std::size_t most = std::min(region->size, std::max(least, have + step));
  return Commit(region, most) || (least < most && Commit(region, least));
}

// What HeapCreate commits at once.
bool Heap::CommitFirst(std::size_t bytes) {
  for (std::uint32_t number = 0; bytes != 0; ++number) {
    Region* region = index_.regions[number];
    const std::size_t here = std::min(bytes, region->size);
    if (!Commit(region, here)) return false;
    bytes -= here;
  }
  return true;
}

// One reservation: a fixed-size heap never has another. A region's entries count up to 16 MiB, so a
// larger one is cut.
bool Heap::AddFirstRegions(std::size_t bytes, Entry* entries) {
  auto* pages = static_cast<std::byte*>(ReservePages(bytes, AccessFor(options_)));
  if (pages == nullptr) return false;
  std::uint32_t number = 0;
  for (std::size_t done = 0; done < bytes; done += kLargestRegion, ++number) {
    const std::size_t size = std::min(kLargestRegion, bytes - done);
    Region* region = MapRegion(pages + done, size, number);
    if (region == nullptr ||
        !SetUp(region, entries + done / kGranule, number == 0 ? kHandleLead : kRegionLead)) {
      if (region != nullptr) DropRegion(region);
      while (number > 0) DropRegion(index_.regions[--number]);
      GivePages(pages);
      return false;
    }
  }
  index_.regions[0]->owns_pages = true;
  return true;
}

// Another region for a block of so many granules.
bool Heap::Grow(std::uint32_t granules) {
  if (fixed_) return false;
  const std::size_t least = RoundUp(granules * kGranule + kRegionLead, kUnit);
  std::size_t bytes = next_region_;
  if (AddRegion(bytes)) {
    next_region_ = std::min(next_region_ * 2, kLastRegion);
    return true;
  }
  while (bytes > least) {
    bytes = std::max(least, RoundUp(bytes / 2, kUnit));
    if (AddRegion(bytes)) return true;
  }
  return false;
}

bool Heap::AddRegion(std::size_t bytes) {
  std::uint32_t number = 1;
  while (number < FreeIndex::kMaxRegions && index_.regions[number] != nullptr) ++number;
  if (number == FreeIndex::kMaxRegions) return false;
  void* pages = ReservePages(bytes, AccessFor(options_));
  void* entries = pages == nullptr ? nullptr : ReservePages(bytes / kGranule * sizeof(Entry));
  Region* region = entries == nullptr ? nullptr : MapRegion(pages, bytes, number);
  if (region == nullptr) {
    if (entries != nullptr) GivePages(entries);
    if (pages != nullptr) GivePages(pages);
    return false;
  }
  region->owns_pages = true;
  region->entry_pages = entries;
  if (SetUp(region, static_cast<Entry*>(entries), kRegionLead)) return true;
  DropRegion(region);
  return false;
}

// The region's blocks are none, or the heap ends.
void Heap::DropRegion(Region* region) {
  AddressMap::Instance().Enter(region->base, region->size, nullptr);
  index_.regions[region->number] = nullptr;
  if (region->entry_pages != nullptr) GivePages(region->entry_pages);
  if (region->owns_pages) GivePages(region->base);
  DeleteRegion(region);
}

}  // namespace winmem::heap
