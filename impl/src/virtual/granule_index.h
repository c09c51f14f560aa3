// An ordered map from granules, the 64 KiB units of the address space, to pointers.
#pragma once

#include <cstddef>
#include <cstdint>

#include "virtual/node_pool.h"

namespace winmem::vm {

// A tree of 64-way nodes, as deep as an address has groups of 6 bits above its lowest 16: every
// operation takes a step a level, however many entries there are, and entries of neighbouring
// granules lie side by side in memory.
class GranuleIndex {
 public:
  constexpr GranuleIndex() = default;

  // Sees to it that the next Insert has the nodes it needs.
  static bool Prepare();
  // Of an address whose granule has no entry; value is not null. Needs Prepare.
  void Insert(std::uintptr_t address, void* value);
  // Of an address whose granule has one.
  void Erase(std::uintptr_t address);

  // The entry of the granule of `address` or of the nearest one below it; null when there is none.
  void* AtOrBelow(std::uintptr_t address) const;
  // The entry of the nearest granule above that of `address`; null when there is none.
  void* Above(std::uintptr_t address) const;

  // Eight bytes beside an entry, for what is asked of it most: they lie with those of its
  // neighbours, so that asking for them touches less memory than the entry's own. Of an address
  // whose granule has an entry; 0 until they are set.
  void SetNote(std::uintptr_t address, std::uint64_t note);
  // 0 as well where the granule has no entry.
  std::uint64_t Note(std::uintptr_t address) const;

 private:
  struct Node {
    std::uint64_t used = 0;        // which slots are not null; a hit is found without looking here
    std::uint64_t notes[64] = {};  // on level 0
    void* slots[64] = {};          // nodes of the level below, on level 0 entries
  };
  static constexpr int kLevels = sizeof(void*) == 8 ? 6 : 3;

  Node* Leaf(std::uintptr_t granule) const;
  static void* Below(const Node* node, int level, std::uintptr_t granule);
  static void* NotBelow(const Node* node, int level, std::uintptr_t granule);

  static NodePool pool_;
  Node* root_ = nullptr;
};

}  // namespace winmem::vm
