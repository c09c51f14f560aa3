#include "virtual/node_pool.h"

#include <sys/mman.h>

#include <new>

#include "virtual/kernel.h"

namespace winmem::vm {

bool NodePool::Ensure(std::size_t count) {
  constexpr std::size_t kChunk = 0x10000;
  while (free_count_ < count) {
    std::uintptr_t chunk = 0;
    if (kernel.map(&chunk, kChunk, PROT_READ | PROT_WRITE) != 0) return false;
    for (std::size_t offset = 0; offset + cell_size_ <= kChunk; offset += cell_size_) {
      Give(reinterpret_cast<void*>(chunk + offset));
    }
  }
  return true;
}

void* NodePool::Take() {
  if (free_ == nullptr && !Ensure(1)) __builtin_trap();  // whoever adds nodes ensures them first
  Cell* cell = free_;
  free_ = cell->next;
  --free_count_;
  return cell;
}

void NodePool::Give(void* cell) {
  free_ = new (cell) Cell{free_};
  ++free_count_;
}

}  // namespace winmem::vm
