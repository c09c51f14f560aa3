// The figures that shape a heap. Each is one that Windows was seen to use, or lies within what was
// seen; all of them follow the pointer size.
#pragma once

#include <cstddef>
#include <cstdint>

namespace winmem::heap {

// Blocks begin at multiples of this, and their size is counted in it: 16 bytes on 64-bit, 8 on
// 32-bit (HA-015, HA-016).
inline constexpr std::size_t kGranule = 2 * sizeof(void*);

// What follows every block and belongs to nobody: equal blocks lie max(size, granule) + 8 bytes
// apart, rounded up to granules, on both architectures (HA-021). No block is therefore
// shorter than two granules, which is what the block map needs.
inline constexpr std::size_t kTail = 8;

inline constexpr std::size_t kUnit = 0x10000;  // heap handles are aligned to it (HX-002)
inline constexpr std::size_t kPage = 0x1000;

// Requests from here on are large: a growable heap maps each by itself, a fixed-size heap refuses
// them. Windows switches between 0xFD000 and 0xFF000 on 64-bit, 0x7D000 and 0x7F000 on 32-bit, and
// is not consistent in between (HA-023, HA-032, HA-033).
inline constexpr std::size_t kLargeFrom = 0x20000 * sizeof(void*) - 0x2000;

// Where a large block begins in its mapping, and so its alignment (HA-018).
inline constexpr std::size_t kLargeLead = 8 * sizeof(void*);

// What the first region of a heap keeps before its first block, so that no block has the address
// of the handle (HX-714), and what the later regions keep. A fixed-size heap must still be able to
// give all but 0x400 + 0x100 pointers (HA-031).
inline constexpr std::size_t kHandleLead = 0x400;
inline constexpr std::size_t kRegionLead = kGranule;

// The first region of a growable heap (HX-010), and the later ones (HA-056).
inline constexpr std::size_t kFirstRegion = 0x10000;
inline constexpr std::size_t kFirstCommit = 0x400 * sizeof(void*);
inline constexpr std::size_t kSecondRegion = 0x100000;
inline constexpr std::size_t kLastRegion = 0xFD0000;
inline constexpr std::size_t kLargestRegion = 0x1000000;

// A region is committed from its beginning, so much at a time or more.
inline constexpr std::size_t kCommitStep = 0x10000;

// Requests up to here are those that Windows may serve by its low-fragmentation front end
// (HA-057). This heap has none; GlobalReAlloc and LocalReAlloc ask for it (GX-071, LX-047).
inline constexpr std::size_t kFrontEndLimit = 0x4000;

// After so many requests for zero bytes a heap says that it has a front end (HA-058).
inline constexpr std::uint32_t kFrontEndAfter = 18;

constexpr std::size_t RoundUp(std::size_t value, std::size_t to) {
  return (value + to - 1) / to * to;
}

// How many granules a block of `size` bytes takes. `size` is below kLargeFrom.
constexpr std::uint32_t GranulesFor(std::size_t size) {
  const std::size_t data = size < kGranule ? kGranule : size;
  return static_cast<std::uint32_t>((data + kTail + kGranule - 1) / kGranule);
}

// The most bytes that a block of so many granules can hold.
constexpr std::size_t CapacityOf(std::uint32_t granules) {
  return granules * kGranule - kTail;
}

}  // namespace winmem::heap
