#include "heap/heap.h"

#include <algorithm>
#include <new>

#include "heap/address_map.h"
#include "heap/pages.h"
#include "winmem/heap.h"

namespace winmem::heap {
namespace {

// How many bytes the first regions take; 0: more than a heap can have.
std::size_t FirstBytes(std::size_t initial, std::size_t maximum) {
  if (maximum != 0) {
    constexpr std::size_t kRegions = FreeIndex::kMaxRegions - 1;
    constexpr std::size_t kMost =
        SIZE_MAX / kLargestRegion < kRegions ? SIZE_MAX / 2 : kRegions * kLargestRegion;
    return maximum > kMost ? 0 : RoundUp(maximum, kPage);
  }
  const std::size_t wanted = std::min(initial, kLargestRegion - kHandleLead) + kHandleLead;
  return std::max(kFirstRegion, RoundUp(wanted, kUnit));
}

// Whether so much could be had at all (HX-013). What lies beyond the first region is taken when it
// is needed.
bool CanHave(std::size_t bytes) {
  void* pages = bytes > SIZE_MAX / 2 ? nullptr : TakePages(bytes);
  if (pages == nullptr) return false;
  GivePages(pages);
  return true;
}

}  // namespace

Heap* Heap::Create(std::uint32_t options, std::size_t initial, std::size_t maximum) {
  if (maximum == 0 && initial > kLargestRegion && !CanHave(initial)) return nullptr;
  const std::size_t bytes = FirstBytes(initial, maximum);
  if (bytes == 0) return nullptr;
  // An initial size beyond the maximum is unspecified; here the maximum counts (HX-012).
  const std::size_t wanted = initial < bytes ? RoundUp(initial, kPage) : bytes;
  const std::size_t commit = std::min(bytes, std::max(kFirstCommit, wanted));
  constexpr std::size_t kHeapBytes = RoundUp(sizeof(Heap), kPage);
  const std::size_t entry_bytes = RoundUp(bytes, kPage) / kGranule * sizeof(Entry);
  void* control = ReservePages(kHeapBytes + entry_bytes);
  if (control == nullptr) return nullptr;
  if (!CommitPages(control, kHeapBytes)) {
    GivePages(control);
    return nullptr;
  }
  Heap* heap = new (control) Heap;
  heap->options_ = options;
  heap->fixed_ = maximum != 0;
  auto* entries = reinterpret_cast<Entry*>(static_cast<std::byte*>(control) + kHeapBytes);
  if (!heap->AddFirstRegions(bytes, entries)) {
    GivePages(control);
    return nullptr;
  }
  if (!heap->CommitFirst(commit)) {
    heap->Destroy();
    return nullptr;
  }
  heap->Enlist();
  return heap;
}

Heap* Heap::Find(const void* handle) {
  const Region* region = AddressMap::Instance().Find(handle);
  if (region == nullptr) return nullptr;
  Heap* heap = region->heap.load(std::memory_order_acquire);
  if (heap == nullptr || heap->index_.regions[0]->base != handle) return nullptr;
  return heap;
}

void Heap::Destroy() {
  Delist();
  while (large_ != nullptr) FreeLarge(large_);
  // From the end, because the first regions lie in the pages of the very first.
  for (std::uint32_t number = FreeIndex::kMaxRegions; number-- > 0;) {
    if (index_.regions[number] != nullptr) DropRegion(index_.regions[number]);
  }
  this->~Heap();
  GivePages(this);
}

bool Heap::Raises(std::uint32_t flags) const {
  return ((options_ | flags) & HEAP_GENERATE_EXCEPTIONS) != 0;
}

Place Heap::Locate(const void* address) const {
  Region* region = AddressMap::Instance().Find(address);
  if (region == nullptr || region->heap.load(std::memory_order_acquire) != this) return {};
  const auto offset =
      static_cast<std::size_t>(static_cast<const std::byte*>(address) - region->base);
  if (region->large) return offset == kLargeLead ? Place{region, 0} : Place{};
  const std::size_t index = offset / kGranule;
  if (offset % kGranule != 0 || index >= region->ready) return {};
  constexpr std::uint32_t kLiving = kStart | kBusy;
  if ((region->entries[index].head & kLiving) != kLiving) return {};
  return {region, static_cast<std::uint32_t>(index)};
}

void* Heap::AddressOf(Place place) {
  return place.region->large ? place.region->base + kLargeLead : place.region->At(place.index);
}

std::size_t Heap::SizeOf(Place place) {
  return place.region->large ? place.region->request : place.region->SizeOf(place.index);
}

// The user value and the mark.
std::uint32_t& Heap::NotesOf(Place place) {
  Region& region = *place.region;
  return region.large ? region.user : region.entries[place.index + 1].prior;
}

std::uint32_t Heap::UserOf(Place place) {
  return NotesOf(place) & ((1u << kUserBits) - 1);
}

std::uint32_t Heap::Mark(Place place) {
  static constinit std::atomic<std::uint32_t> last{0};
  constexpr std::uint32_t kMarks = (1u << (32 - kUserBits)) - 1;
  std::uint32_t& notes = NotesOf(place);
  if (notes >> kUserBits == 0) notes |= (last.fetch_add(1) % kMarks + 1) << kUserBits;
  return notes >> kUserBits;
}

bool Heap::HasMark(Place place, std::uint32_t mark) {
  return NotesOf(place) >> kUserBits == mark;
}

bool Heap::FrontEnd(Place place) {
  return !place.region->large && (place.region->entries[place.index].head & kFrontEnd) != 0;
}

}  // namespace winmem::heap
