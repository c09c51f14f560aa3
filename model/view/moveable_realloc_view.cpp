#include "model/view/moveable_realloc_view.h"

namespace winmem::spec {

bool MoveableReAllocView::untested() const {
  const bool fixed = global() && is(What::fixed) && discardable() && !(modifies() && may_move());
  const bool discarded = of_moveable() && object->discarded;
  const bool none = is(What::stale) || made_up();
  constexpr std::uint32_t nameless = 0xe00;  // in GMEM_VALID_FLAGS, but no header gives them a name
  return (flags & ~(valid_flags() | GMEM_MODIFY)) || (global() && (flags & nameless)) || fixed ||
         (discarded && (modifies() || (resizes() && (bytes == 0 || !may_move())))) ||
         (none && (modifies() || discardable()));
}

void MoveableReAllocView::resize_object() {
  const bool stays = bytes <= object->size;  // a shrink keeps the address (GX-057, GX-058, LX-040)
  const std::uint64_t data = object->data, old_size = object->size;
  forget_data();
  object->copied_from = 0;
  object->contents.resize(old_size, bytes, object->doubtful_size ? Contents::unknown() : grown());
  state.resize(*object, bytes);
  object->doubtful_size = object->front_end = false;
  if (stays && data) learn_data(data);
}

void MoveableReAllocView::resize_in_place() {
  const std::uint64_t data = object->data;
  resize_object();
  if (data) learn_data(data);
}

void MoveableReAllocView::discard() {
  forget_data();
  object->copied_from = 0;
  object->contents = Contents(Contents::unknown());
  state.resize(*object, 0);
  object->front_end = false;
  object->discarded = true;
}

void MoveableReAllocView::regrow() {
  state.resize(*object, bytes);
  object->discarded = false;
  object->doubtful_size = true;
  object->contents = Contents(grown());
}

void MoveableReAllocView::mark() {
  if (discardable())
    object->discardable = true;
  else if (object->discardable)
    object->doubtful_flags = true;
  if (flags & GMEM_DDESHARE) object->doubtful_shared = true;
}

void MoveableReAllocView::resize_fixed(std::uint64_t value) {
  // One byte on Windows 7; on later versions no test tells of small Global ones (GX-081, LX-053, LX-055).
  const bool untested = global() && !large();
  Block next = *block;
  next.contents.resize(next.size, bytes, grown());
  if (next.doubtful_size) next.contents.write(0, 1, Contents::unknown());
  const Range before = state.going.block;
  remove_block();
  if (value == next.base) state.going.block = before;
  const bool doubtful = bytes == 0 && (untested || state.profile == Profile::windows_7);
  add_fixed(value, bytes, std::move(next.contents)).doubtful_size = doubtful;
}

void MoveableReAllocView::convert(std::uint64_t value) {
  Block old = *block;
  const bool copied = copies();
  remove_block();
  Moveable& made = add_moveable(value, old.size, std::move(old.contents));
  made.tainted = old.doubtful_size;  // whether it has a byte decides whether it can be locked
  made.discardable = discardable();
  made.doubtful_shared = true;
  if (copied) made.copied_from = old.base;
}

}  // namespace winmem::spec
