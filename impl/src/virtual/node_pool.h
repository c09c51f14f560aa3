// Memory for the nodes of ordered maps. It comes from the kernel and never from malloc: malloc may
// be built on this library, and a fault handler may be what needs a node.
#pragma once

#include <cstddef>

namespace winmem::vm {

// Cells of one size. Not locked: each pool belongs to the lock of what uses it. Cells that are
// given back are kept for later.
class NodePool {
 public:
  constexpr explicit NodePool(std::size_t cell_size) : cell_size_(cell_size) {}

  // Sees to it that the next `count` Take() succeed. False: the kernel has no memory.
  bool Ensure(std::size_t count);
  void* Take();
  void Give(void* cell);

 private:
  struct Cell {
    Cell* next;
  };
  std::size_t cell_size_;
  Cell* free_ = nullptr;
  std::size_t free_count_ = 0;
};

// For std::map. Nodes::kCellSize bytes are enough for a node, Nodes::pool has the cells. Whoever is
// about to add nodes first calls Nodes::pool.Ensure: then the map cannot fail.
template <class T, class Nodes>
class PoolAllocator {
 public:
  using value_type = T;

  PoolAllocator() = default;
  template <class Other>
  explicit PoolAllocator(const PoolAllocator<Other, Nodes>&) {}

  T* allocate(std::size_t) {
    static_assert(sizeof(T) <= Nodes::kCellSize);
    return static_cast<T*>(Nodes::pool.Take());
  }
  void deallocate(T* node, std::size_t) { Nodes::pool.Give(node); }

  template <class Other>
  bool operator==(const PoolAllocator<Other, Nodes>&) const {
    return true;
  }
};

}  // namespace winmem::vm
