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

}  // namespace

// Makes one free block of everything behind the lead. The entries are all 0.
void Heap::SetUp(Region* region, Entry* entries, std::size_t lead) {
  region->entries = entries;
  region->granules = static_cast<std::uint32_t>(region->size / kGranule);
  const auto first = static_cast<std::uint32_t>(lead / kGranule);
  entries[first] = {(region->granules - first) << kHeadShift | kStart, 0};
  index_.regions[region->number] = region;
  index_.Enter({region, first});
  region->heap.store(this, std::memory_order_release);
}

// One reservation: a fixed-size heap never has another. A region's entries count up to 16 MiB, so a
// larger one is cut.
bool Heap::AddFirstRegions(std::size_t bytes, Entry* entries) {
  auto* pages = static_cast<std::byte*>(TakePages(bytes, AccessFor(options_)));
  if (pages == nullptr) return false;
  std::uint32_t number = 0;
  for (std::size_t done = 0; done < bytes; done += kLargestRegion, ++number) {
    Region* region = NewRegion();
    const std::size_t size = std::min(kLargestRegion, bytes - done);
    if (region == nullptr || !AddressMap::Instance().Enter(pages + done, size, region)) {
      if (region != nullptr) DeleteRegion(region);
      while (number > 0) DropRegion(index_.regions[--number]);
      if (done == 0) GivePages(pages);
      return false;
    }
    region->base = pages + done;
    region->size = size;
    region->number = number;
    region->owns_pages = number == 0;
    SetUp(region, entries + done / kGranule, number == 0 ? kHandleLead : kRegionLead);
  }
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
  Region* region = NewRegion();
  if (region == nullptr) return false;
  void* pages = TakePages(bytes, AccessFor(options_));
  void* entries = pages == nullptr ? nullptr : TakePages(bytes / kGranule * sizeof(Entry));
  if (entries == nullptr || !AddressMap::Instance().Enter(pages, bytes, region)) {
    if (entries != nullptr) GivePages(entries);
    if (pages != nullptr) GivePages(pages);
    DeleteRegion(region);
    return false;
  }
  region->base = static_cast<std::byte*>(pages);
  region->size = bytes;
  region->number = number;
  region->owns_pages = true;
  region->entry_pages = entries;
  SetUp(region, static_cast<Entry*>(entries), kRegionLead);
  return true;
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
