// What a heap tells of its regions and blocks. A walk keeps its state in the entry alone (HX-078):
// the place of the element told last leads to the next one.
#include "heap/walk.h"

#include <algorithm>

#include "heap/address_map.h"

namespace winmem::heap {
namespace {

constexpr BYTE kLargeRegionIndex = 64;                // HX-076
constexpr std::size_t kFreeHead = 4 * sizeof(void*);  // what a free block keeps for itself (HX-074)

std::size_t ReadyBytes(const Region& region) {
  return region.ready * kGranule;
}

BYTE Overhead(std::size_t bytes) {
  return static_cast<BYTE>(std::min<std::size_t>(bytes, 0xFF));
}

void TellRegion(const Region& region, PROCESS_HEAP_ENTRY* entry) {
  *entry = {};
  entry->lpData = region.base;
  entry->cbData = static_cast<DWORD>(FirstGranule(region) * kGranule);
  entry->iRegionIndex = static_cast<BYTE>(region.number);
  entry->wFlags = PROCESS_HEAP_REGION;
  entry->Region.dwCommittedSize = static_cast<DWORD>(ReadyBytes(region));  // HX-010
  entry->Region.dwUnCommittedSize = static_cast<DWORD>(region.size - ReadyBytes(region));
  entry->Region.lpFirstBlock = region.At(FirstGranule(region));
  entry->Region.lpLastBlock = region.base + region.size;
}

void TellUncommitted(const Region& region, PROCESS_HEAP_ENTRY* entry) {
  *entry = {};
  entry->lpData = region.base + ReadyBytes(region);
  entry->cbData = static_cast<DWORD>(region.size - ReadyBytes(region));
  entry->iRegionIndex = static_cast<BYTE>(region.number);
  entry->wFlags = PROCESS_HEAP_UNCOMMITTED_RANGE;
}

// A free block ends for the walk where the committed part of its region does.
void TellBlock(const Region& region, std::uint32_t index, PROCESS_HEAP_ENTRY* entry) {
  const std::size_t end = std::min(region.ready, index + region.GranulesOf(index));
  const std::size_t bytes = (end - index) * kGranule;
  *entry = {};
  entry->lpData = region.At(index);
  entry->iRegionIndex = static_cast<BYTE>(region.number);
  if (region.IsBusy(index)) {
    entry->cbData = region.SizeOf(index);
    entry->cbOverhead = Overhead(bytes - region.SizeOf(index));
    entry->wFlags = PROCESS_HEAP_ENTRY_BUSY;
  } else {
    entry->cbData = static_cast<DWORD>(bytes - std::min(bytes, kFreeHead));
    entry->cbOverhead = Overhead(std::min(bytes, kFreeHead));
  }
}

void TellLarge(const Region& region, PROCESS_HEAP_ENTRY* entry) {
  *entry = {};
  entry->lpData = region.base + kLargeLead;
  entry->cbData = static_cast<DWORD>(region.request);
  entry->iRegionIndex = kLargeRegionIndex;
  entry->wFlags = PROCESS_HEAP_ENTRY_BUSY;
}

}  // namespace

// The element that begins at this granule: a block, or what is not committed.
bool Heap::WalkTo(const Region& region, std::uint32_t index, PROCESS_HEAP_ENTRY* entry) const {
  if (index < region.ready) {
    TellBlock(region, index, entry);
    return true;
  }
  if (region.ready < region.granules) {
    TellUncommitted(region, entry);
    return true;
  }
  return WalkBehind(region, entry);
}

// The first element behind an ordinary region: the next one, or the oldest large block.
bool Heap::WalkBehind(const Region& region, PROCESS_HEAP_ENTRY* entry) const {
  for (std::uint32_t number = region.number + 1; number < FreeIndex::kMaxRegions; ++number) {
    if (index_.regions[number] == nullptr) continue;
    TellRegion(*index_.regions[number], entry);
    return true;
  }
  const Region* large = large_;
  while (large != nullptr && large->next != nullptr) large = large->next;
  if (large == nullptr) return false;
  TellLarge(*large, entry);
  return true;
}

Walked Heap::Walk(PROCESS_HEAP_ENTRY* entry) {
  LetGo();
  const auto done = [](bool more) { return more ? Walked::kElement : Walked::kEnd; };
  if (entry->lpData == nullptr) {
    TellRegion(*index_.regions[0], entry);
    return Walked::kElement;
  }
  const auto* at = static_cast<const std::byte*>(entry->lpData);
  const Region* region = AddressMap::Instance().Find(at);
  if (region == nullptr || region->heap.load(std::memory_order_acquire) != this) {
    return Walked::kUnknown;
  }
  const auto offset = static_cast<std::size_t>(at - region->base);
  if (region->large) {
    if (offset != kLargeLead) return Walked::kUnknown;
    if (region->prior == nullptr) return Walked::kEnd;
    TellLarge(*region->prior, entry);
    return Walked::kElement;
  }
  // A region of which nothing is committed begins with an element at its own address.
  if (offset == 0 && (entry->wFlags & PROCESS_HEAP_REGION) != 0)
    return done(WalkTo(*region, FirstGranule(*region), entry));
  const auto index = static_cast<std::uint32_t>(offset / kGranule);
  if (offset % kGranule != 0) return Walked::kUnknown;
  if (index == region->ready) return done(WalkBehind(*region, entry));
  if (index > region->ready || (region->entries[index].head & kStart) == 0) return Walked::kUnknown;
  return done(WalkTo(*region, index + region->GranulesOf(index), entry));
}

std::size_t Heap::LargestFree() {
  PROCESS_HEAP_ENTRY entry = {};
  std::size_t most = 0;
  while (Walk(&entry) == Walked::kElement) {
    if (entry.wFlags == 0) most = std::max<std::size_t>(most, entry.cbData);
  }
  return most;
}

}  // namespace winmem::heap
