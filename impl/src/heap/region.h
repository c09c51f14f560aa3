// A region: one stretch of addresses that belongs to one heap, and what the heap knows of it. All
// knowledge lies apart from the memory that programs write to.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "heap/layout.h"

namespace winmem::heap {

class Heap;

// What is known of one granule. Blocks, busy or free, follow one another without gaps; only the
// first two entries of a block say something:
//
//   entry   word   busy                                  free
//   first   head   granules << 8 | kStart|kBusy|...      granules << 8 | kStart
//   first   prior  granules of the block before it; 0: it is the first of the region
//   second  head   requested size << 1                   next free block << 1
//   second  prior  mark << kUserBits | user value        previous free block
//
// The head of every other entry is even, so that a pointer into a block is never taken for one.
struct Entry {
  std::uint32_t head;
  std::uint32_t prior;
};

inline constexpr std::uint32_t kStart = 1;
inline constexpr std::uint32_t kBusy = 2;
inline constexpr std::uint32_t kFrontEnd = 4;  // the request was at most kFrontEndLimit
inline constexpr std::uint32_t kHeadShift = 8;
inline constexpr int kUserBits = 17;

struct Region {
  // Null while the descriptor is not in use. Descriptors are never unmapped, so this may be read
  // for any pointer; the rest only by who has found its own heap here and holds that heap's lock.
  std::atomic<Heap*> heap{nullptr};

  std::byte* base = nullptr;
  std::size_t size = 0;
  bool large = false;
  bool owns_pages = false;  // false: part of the reservation that an earlier region owns

  // An ordinary region: cut into blocks.
  Entry* entries = nullptr;
  void* entry_pages = nullptr;  // null: the entries lie beside the heap's own data
  std::uint32_t granules = 0;
  std::uint32_t ready = 0;   // so many granules, and what is known of them, are committed
  std::uint32_t number = 0;  // its place in the heap's table
  std::uint32_t busy = 0;    // how many blocks are in use

  // A large region: one block, at base + kLargeLead.
  std::size_t request = 0;
  std::uint32_t user = 0;  // with the mark, as in the entry of an ordinary block

  Region* next = nullptr;  // the heap's list of large regions, or the list of unused descriptors
  Region* prior = nullptr;

  std::byte* At(std::uint32_t index) const { return base + index * kGranule; }
  std::uint32_t GranulesOf(std::uint32_t index) const { return entries[index].head >> kHeadShift; }
  bool IsBusy(std::uint32_t index) const { return (entries[index].head & kBusy) != 0; }
  std::uint32_t SizeOf(std::uint32_t index) const { return entries[index + 1].head >> 1; }
  void SetSize(std::uint32_t index, std::size_t bytes) {
    entries[index + 1].head = static_cast<std::uint32_t>(bytes) << 1;
  }
  // The most that a large block can grow to where it is.
  std::size_t LargeCapacity() const { return size - kLargeLead; }
};

// A descriptor that no heap uses; null: no memory. Any thread may call both.
Region* NewRegion();
void DeleteRegion(Region* region);

// For fork: keeps other threads out of both.
void HoldDescriptors();
void LetDescriptorsGo();

}  // namespace winmem::heap
