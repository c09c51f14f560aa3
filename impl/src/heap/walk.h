// What the walk of a heap needs to know of its parts.
#pragma once

#include "heap/heap.h"
#include "winmem/heap.h"

namespace winmem::heap {

// The granule at which a region's first block begins.
inline std::uint32_t FirstGranule(const Region& region) {
  return static_cast<std::uint32_t>((region.number == 0 ? kHandleLead : kRegionLead) / kGranule);
}

}  // namespace winmem::heap
