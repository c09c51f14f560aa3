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

bool Blocks::occupied(Range range, const Block* except) const {
  for (auto at = blocks_.lower_bound(range.end); at != blocks_.begin();) {
    const Block& block = (--at)->second;
    if (block.range().end <= range.begin) return false;
    if (&block != except && !block.tainted) return true;
  }
  return false;
}

std::vector<Block*> Blocks::meeting(Range range) {
  std::vector<Block*> result;
  for (auto at = blocks_.lower_bound(range.end); at != blocks_.begin();) {
    Block& block = (--at)->second;
    if (block.range().end <= range.begin) break;
    result.push_back(&block);
  }
  return result;
}

Block& Blocks::add(Block block) {
  if (block.owner != Owner::moveable) bytes_ += block.size;
  return blocks_.emplace(block.base, std::move(block)).first->second;
}

void Blocks::remove(std::uint64_t base) {
  auto found = blocks_.find(base);
  if (found == blocks_.end()) return;
  if (found->second.owner != Owner::moveable) bytes_ -= found->second.size;
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
