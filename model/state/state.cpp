#include "model/state/state.h"

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

}  // namespace winmem::spec
