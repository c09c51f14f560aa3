#include "heap/region.h"

#include <new>

#include "heap/lock.h"
#include "heap/pages.h"

namespace winmem::heap {
namespace {

constinit Lock pool_lock;
constinit Region* unused = nullptr;

}  // namespace

Region* NewRegion() {
  const LockGuard guard(&pool_lock);
  if (unused == nullptr) {
    auto* pages = static_cast<Region*>(TakePages(kUnit));
    if (pages == nullptr) return nullptr;
    for (std::size_t i = 0; i < kUnit / sizeof(Region); ++i) {
      Region* region = new (pages + i) Region;
      region->next = unused;
      unused = region;
    }
  }
  Region* region = unused;
  unused = region->next;
  region->next = nullptr;
  return region;
}

void HoldDescriptors() {
  pool_lock.Acquire();
}

void LetDescriptorsGo() {
  pool_lock.Release();
}

void DeleteRegion(Region* region) {
  const LockGuard guard(&pool_lock);
  region->heap.store(nullptr, std::memory_order_release);
  region->entries = nullptr;
  region->entry_pages = nullptr;
  region->large = region->owns_pages = false;
  region->ready = region->busy = region->user = 0;
  region->prior = nullptr;
  region->next = unused;
  unused = region;
}

}  // namespace winmem::heap
