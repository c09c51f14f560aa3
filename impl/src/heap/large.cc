// Large blocks: each has pages of its own (HA-023, HA-026) and begins kLargeLead bytes into them.
#include "heap/address_map.h"
#include "heap/heap.h"
#include "heap/pages.h"
#include "winmem/heap.h"

namespace winmem::heap {

// The pages are fresh, so the block is zeroed whether that was asked for or not (HA-014).
void* Heap::AllocateLarge(std::size_t size, const Wanted& wanted) {
  if (size > SIZE_MAX / 2) return nullptr;
  const std::size_t bytes = RoundUp(size + wanted.room + kLargeLead, kPage);
  Region* region = NewRegion();
  if (region == nullptr) return nullptr;
  const bool code = (options_ & HEAP_CREATE_ENABLE_EXECUTE) != 0;
  void* pages = TakePages(bytes, code ? Access::kReadWriteExecute : Access::kReadWrite);
  // Only the first 64 KiB can hold a pointer that is right.
  if (pages == nullptr || !AddressMap::Instance().Enter(pages, 1, region)) {
    if (pages != nullptr) GivePages(pages);
    DeleteRegion(region);
    return nullptr;
  }
  region->base = static_cast<std::byte*>(pages);
  region->size = bytes;
  region->large = true;
  region->request = size;
  region->user = wanted.user;
  region->next = large_;
  if (large_ != nullptr) large_->prior = region;
  large_ = region;
  region->heap.store(this, std::memory_order_release);
  return region->base + kLargeLead;
}

void Heap::FreeLarge(Region* region) {
  AddressMap::Instance().Enter(region->base, 1, nullptr);
  if (region->next != nullptr) region->next->prior = region->prior;
  (region->prior != nullptr ? region->prior->next : large_) = region->next;
  GivePages(region->base);
  DeleteRegion(region);
}

// Pages that a smaller block does not need go back at once and do not return: it can then grow in
// place no more than to the end of its last page (HX-046).
Resized Heap::ResizeLarge(Region* region, std::size_t size, bool zero, Fault* fault) {
  if (size > region->LargeCapacity()) return Resized::kNoMemory;
  const std::size_t old = region->request;
  std::byte* end = region->base + kLargeLead + old;
  if (zero && size > old && !exception::GuardedClear(end, size - old, fault)) {
    return Resized::kFaulted;
  }
  const std::size_t keep = RoundUp(kLargeLead + size, kPage);
  if (size < old && keep < region->size) {
    DropPages(region->base + keep, region->size - keep);
    region->size = keep;
  }
  region->request = size;
  return Resized::kInPlace;
}

}  // namespace winmem::heap
