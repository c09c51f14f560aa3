#include "model/state/state.h"

#include <algorithm>

namespace winmem::spec {

Block& State::add(Block block) {
  for (const Block* other : blocks.meeting(block.range())) remove(*other);
  return blocks.add(std::move(block));
}

void State::remove(const Block& block) {
  if (block.owner == Owner::moveable) {
    if (Moveable* owner = object(block.object); owner && owner->data == block.base) {
      owner->data = 0;
      owner->tainted = true;
      owner->contents = Contents(Contents::unknown());
    }
  }
  blocks.remove(block.base);
}

void State::taint(Range range) {
  space.taint(range);
  for (Block* block : blocks.meeting(range)) {
    block->tainted = true;
    if (Moveable* owner = object(block->object)) owner->tainted = true;
  }
}

void State::may_be_written(Range range) {
  for (std::uint64_t at = range.begin; at < range.end;) {
    Allocation* allocation = space.find(at);
    Block* block = allocation ? nullptr : blocks.find(at);
    if (!allocation && !block) return;  // nothing of the script's lies there
    const Range owner = allocation ? allocation->range() : block->range();
    const Range part{at, std::min(range.end, owner.end)};
    Contents& contents = allocation ? allocation->contents : block->contents;
    contents.write(part.begin - owner.begin, part.end - owner.begin, Contents::unknown());
    if (allocation) {
      const Range pages{std::max(page_down(part.begin), owner.begin),
                        std::min(page_up(part.end), owner.end)};
      allocation->doubt(pages, {Written::no});
      // Whether the system's own access takes the guard away, and fails, no source tells.
      if (!allocation->all(pages,
                           [](const Pages& run) { return !(run.protection & win::PAGE_GUARD); }))
        allocation->tainted = true;
    }
    at = part.end;
  }
}

}  // namespace winmem::spec
