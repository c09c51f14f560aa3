#include "moveable/target.h"

namespace winmem::moveable {

// The lowest bits tell them apart: a handle has the one of pointer size alone, an address has none
// (GA-003, GA-015).
Target Session::Identify(const void* value) const {
  const auto low = reinterpret_cast<std::uintptr_t>(value) % (2 * sizeof(void*));
  if (value == nullptr) return {};
  if (low != 0 || heap_ == nullptr) {
    Object* object = Table::Find(value);
    if (object == nullptr) return {.kind = low == 0 ? Kind::kNoBlock : Kind::kBadHandle};
    Target target{.kind = Kind::kObject, .object = object};
    // A program may have freed the data through HeapFree, and something else may lie there now.
    if (object->data != nullptr) target.place = heap_->Locate(object->data);
    if (target.place.region != nullptr &&
        Table::FindNumber(heap::Heap::UserOf(target.place)) != object) {
      target.place = {};
    }
    return target;
  }
  const heap::Place place = heap_->Locate(value);
  if (place.region == nullptr) return {.kind = Kind::kNoBlock};
  Object* object = Table::FindNumber(heap::Heap::UserOf(place));
  if (object != nullptr && object->data != value) object = nullptr;
  return {.kind = Kind::kBlock, .object = object, .place = place};
}

}  // namespace winmem::moveable
