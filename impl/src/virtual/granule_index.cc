#include "virtual/granule_index.h"

#include <bit>
#include <new>

#include "system/layout.h"

namespace winmem::vm {
namespace {

constexpr int kBits = 6;

std::uintptr_t GranuleOf(std::uintptr_t address) {
  return address / system::kGranularity;
}

int Digit(std::uintptr_t granule, int level) {
  return static_cast<int>((granule >> (kBits * level)) & ((1 << kBits) - 1));
}

constexpr std::uint64_t Bit(int digit) {
  return std::uint64_t{1} << digit;
}

int Highest(std::uint64_t bits) {
  return 63 - std::countl_zero(bits);
}

int Lowest(std::uint64_t bits) {
  return std::countr_zero(bits);
}

}  // namespace

constinit NodePool GranuleIndex::pool_{sizeof(Node)};

bool GranuleIndex::Prepare() {
  return pool_.Ensure(kLevels);
}

void GranuleIndex::Insert(std::uintptr_t address, void* value) {
  const std::uintptr_t granule = GranuleOf(address);
  if (root_ == nullptr) root_ = new (pool_.Take()) Node;
  Node* node = root_;
  for (int level = kLevels - 1; level > 0; --level) {
    const int digit = Digit(granule, level);
    if ((node->used & Bit(digit)) == 0) {
      node->slots[digit] = new (pool_.Take()) Node;
      node->used |= Bit(digit);
    }
    node = static_cast<Node*>(node->slots[digit]);
  }
  const int digit = Digit(granule, 0);
  node->slots[digit] = value;
  node->used |= Bit(digit);
}

void GranuleIndex::Erase(std::uintptr_t address) {
  const std::uintptr_t granule = GranuleOf(address);
  Node* path[kLevels];
  Node* node = root_;
  for (int level = kLevels - 1; level > 0; --level) {
    path[level] = node;
    node = static_cast<Node*>(node->slots[Digit(granule, level)]);
  }
  path[0] = node;
  for (int level = 0; level < kLevels; ++level) {
    const int digit = Digit(granule, level);
    path[level]->slots[digit] = nullptr;
    path[level]->notes[digit] = 0;
    path[level]->used &= ~Bit(digit);
    if (path[level]->used != 0) return;
    pool_.Give(path[level]);
  }
  root_ = nullptr;
}

// The node of level 0 for the granule, or null.
GranuleIndex::Node* GranuleIndex::Leaf(std::uintptr_t granule) const {
  Node* node = root_;
  for (int level = kLevels - 1; level > 0 && node != nullptr; --level) {
    node = static_cast<Node*>(node->slots[Digit(granule, level)]);
  }
  return node;
}

void GranuleIndex::SetNote(std::uintptr_t address, std::uint64_t note) {
  const std::uintptr_t granule = GranuleOf(address);
  Leaf(granule)->notes[Digit(granule, 0)] = note;
}

std::uint64_t GranuleIndex::Note(std::uintptr_t address) const {
  const std::uintptr_t granule = GranuleOf(address);
  const Node* leaf = Leaf(granule);
  return leaf == nullptr ? 0 : leaf->notes[Digit(granule, 0)];
}

void* GranuleIndex::AtOrBelow(std::uintptr_t address) const {
  return root_ == nullptr ? nullptr : Below(root_, kLevels - 1, GranuleOf(address));
}

void* GranuleIndex::Above(std::uintptr_t address) const {
  return root_ == nullptr ? nullptr : NotBelow(root_, kLevels - 1, GranuleOf(address) + 1);
}

// The last entry at `granule` or below it.
void* GranuleIndex::Below(const Node* node, int level, std::uintptr_t granule) {
  const int digit = Digit(granule, level);
  if (void* slot = node->slots[digit]; slot != nullptr) {
    if (level == 0) return slot;
    void* found = Below(static_cast<Node*>(slot), level - 1, granule);
    if (found != nullptr) return found;
  }
  for (std::uint64_t lower = node->used & (Bit(digit) - 1); lower != 0;) {
    void* last = node->slots[Highest(lower)];
    if (level-- == 0) return last;
    node = static_cast<Node*>(last);
    lower = node->used;
  }
  return nullptr;
}

// The first entry at `granule` or above it.
void* GranuleIndex::NotBelow(const Node* node, int level, std::uintptr_t granule) {
  const int digit = Digit(granule, level);
  if (void* slot = node->slots[digit]; slot != nullptr) {
    if (level == 0) return slot;
    void* found = NotBelow(static_cast<Node*>(slot), level - 1, granule);
    if (found != nullptr) return found;
  }
  for (std::uint64_t upper = node->used & ~(Bit(digit) | (Bit(digit) - 1)); upper != 0;) {
    void* first = node->slots[Lowest(upper)];
    if (level-- == 0) return first;
    node = static_cast<Node*>(first);
    upper = node->used;
  }
  return nullptr;
}

}  // namespace winmem::vm
