#include "model/state/blocks.h"

#include <iterator>

namespace winmem::spec {

Block* Blocks::find(std::uint64_t address) {
  auto after = blocks_.upper_bound(address);
  if (after == blocks_.begin()) return nullptr;
  Block& block = std::prev(after)->second;
  return block.range().holds(address) ? &block : nullptr;
}

Block* Blocks::starting_at(std::uint64_t address) {
  auto found = blocks_.find(address);
  return found == blocks_.end() ? nullptr : &found->second;
}

bool Blocks::occupied(Range range) const {
  auto after = blocks_.lower_bound(range.end);
  return after != blocks_.begin() && std::prev(after)->second.range().meets(range);
}

Block& Blocks::add(Block block) {
  remove(block.base);
  bytes_ += block.size;
  return blocks_.emplace(block.base, std::move(block)).first->second;
}

void Blocks::remove(std::uint64_t base) {
  auto found = blocks_.find(base);
  if (found == blocks_.end()) return;
  bytes_ -= found->second.size;
  blocks_.erase(found);
}

void Blocks::remove_heap(std::uint64_t heap) {
  for (auto at = blocks_.begin(); at != blocks_.end();) {
    const bool gone = at->second.owner == Owner::heap && at->second.heap == heap;
    if (gone) bytes_ -= at->second.size;
    at = gone ? blocks_.erase(at) : std::next(at);
  }
}

}  // namespace winmem::spec
