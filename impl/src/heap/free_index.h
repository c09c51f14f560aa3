// The free blocks of a heap, by size: two levels of bins (powers of two, each cut in sixteen), with
// a bit for every bin that is not empty. To find, enter and take out a block costs the same however
// many there are.
#pragma once

#include <cstdint>

#include "heap/region.h"

namespace winmem::heap {

// A block: its region and the granule at which it begins.
struct Place {
  Region* region = nullptr;  // null: no block
  std::uint32_t index = 0;
};

class FreeIndex {
 public:
  // A link names a block in 31 bits, so a heap has at most 2,048 regions of 16 MiB; 0 is no block,
  // because a region's first granule never begins one.
  static constexpr std::uint32_t kIndexBits = sizeof(void*) == 8 ? 20 : 21;
  static constexpr std::uint32_t kMaxRegions = 1u << (31 - kIndexBits);

  // The heap's regions by number.
  Region* regions[kMaxRegions] = {};

  void Enter(Place place);
  void Remove(Place place);

  // A free block of at least so many granules, left where it is. Bins are searched from the first
  // whose blocks all fit; the bin that holds some that fit, only a little.
  Place Find(std::uint32_t granules) const;

  // The largest free block; none: no region.
  Place Largest() const;

 private:
  static constexpr std::uint32_t kCuts = 16;
  static constexpr std::uint32_t kRows = kIndexBits - 2;

  static std::uint32_t BinOf(std::uint32_t granules);
  static std::uint32_t LinkOf(Place place) {
    return place.region->number << kIndexBits | place.index;
  }
  // Of a link that is not 0.
  Place PlaceOf(std::uint32_t link) const {
    return {regions[link >> kIndexBits], link & ((1u << kIndexBits) - 1)};
  }
  static std::uint32_t NextOf(Place place) {
    return place.region->entries[place.index + 1].head >> 1;
  }
  Place FirstFrom(std::uint32_t bin) const;

  std::uint32_t rows_ = 0;          // which rows have a bin that is not empty
  std::uint16_t cuts_[kRows] = {};  // which bins of the row are not empty
  std::uint32_t first_[kRows * kCuts] = {};
};

}  // namespace winmem::heap
