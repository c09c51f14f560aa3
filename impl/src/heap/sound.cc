// The check behind HeapValidate of a whole heap.
#include "heap/address_map.h"
#include "heap/walk.h"

namespace winmem::heap {
namespace {

// The blocks of a region follow one another to its end, none shorter than two granules, no two free
// ones side by side; as many are busy as the region counts.
bool IsSound(const Region& region) {
  std::uint32_t busy = 0;
  std::uint32_t prior = 0;
  bool prior_busy = true;
  for (std::uint32_t index = FirstGranule(region); index < region.granules;) {
    const Entry& entry = region.entries[index];
    const std::uint32_t granules = entry.head >> kHeadShift;
    const bool is_busy = (entry.head & kBusy) != 0;
    if ((entry.head & kStart) == 0 || entry.prior != prior) return false;
    if (granules < 2 || granules > region.granules - index) return false;
    if (!is_busy && !prior_busy) return false;
    if (is_busy && region.SizeOf(index) > CapacityOf(granules)) return false;
    busy += is_busy ? 1 : 0;
    prior = granules;
    prior_busy = is_busy;
    index += granules;
  }
  return busy == region.busy;
}

}  // namespace

bool Heap::Sound() {
  LetGo();
  for (const Region* region : index_.regions) {
    if (region == nullptr) continue;
    if (region->heap.load(std::memory_order_relaxed) != this) return false;
    if (!IsSound(*region)) return false;
  }
  for (const Region* region = large_; region != nullptr; region = region->next) {
    if (AddressMap::Instance().Find(region->base) != region) return false;
    if (region->request > region->LargeCapacity()) return false;
  }
  return true;
}

}  // namespace winmem::heap
