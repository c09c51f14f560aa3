// Clauses that the pages of a heap's functions share.
#pragma once

#include "model/view/heap_view.h"

namespace winmem::spec {

template <class V>
constexpr Clause<V> not_a_heap() {
  return {.id = "Heap.NotAHeap",
          .says = "Using what is not a living heap may do anything.",
          .facts = "HX-098",
          .when = [](const V& v) { return !v.heap; },
          .undefined = true};
}

}  // namespace winmem::spec
