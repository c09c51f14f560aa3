#include "model/view/moveable_view.h"

namespace winmem::spec {

What MoveableView::classify() {
  if (function.parameter_count == 0 || function.name == Text("GlobalAlloc") || function.name == Text("LocalAlloc"))
    return What::unknown;
  if (memory == 0) return What::null;
  object = state.object(memory);
  if (object) return What::moveable;
  block = state.blocks.starting_at(memory);
  if (block && block->heap == process_heap_key) {
    object = block->owner == Owner::moveable ? state.object(block->object) : nullptr;
    return object ? What::data : block->owner == Owner::heap ? What::heap_block : What::fixed;
  }
  block = nullptr;
  if (state.gone.handle == memory) return What::stale;
  // The tag tells handles from pointers (GA-015); of unaligned numbers without it no test tells.
  if (state.beyond(memory) && (memory & pointer())) return What::no_handle;
  if (state.beyond(memory) && !(memory & low_bits())) return What::no_pointer;
  return What::unknown;
}

Expect MoveableView::told_flags() const {
  const std::uint64_t open =
      (local() || object->doubtful_flags ? LMEM_DISCARDABLE : 0) | (object->doubtful_shared ? GMEM_DDESHARE : 0);
  const std::uint64_t known = object->locks | (object->discardable ? GMEM_DISCARDABLE : 0) |
                              (object->shared ? GMEM_DDESHARE : 0) | (object->discarded ? GMEM_DISCARDED : 0);
  return bits(0xffffffff & ~open, known & ~open);
}

Block& MoveableView::add_fixed(std::uint64_t base, std::uint64_t bytes, Contents contents) {
  Block made;
  made.base = base;
  made.size = bytes;
  made.heap = process_heap_key;
  made.owner = local() ? Owner::fixed_local : Owner::fixed_global;
  made.contents = std::move(contents);
  block = &state.add(std::move(made));
  object = nullptr;
  return *block;
}

Moveable& MoveableView::add_moveable(std::uint64_t handle, std::uint64_t bytes, Contents contents) {
  Moveable& made = state.objects[handle];
  object = &made;
  forget_data();
  state.resize(made, 0);
  made = Moveable{};
  made.handle = handle;
  state.resize(made, bytes);
  made.local = local();
  made.discarded = bytes == 0;
  made.contents = std::move(contents);
  return made;
}

void MoveableView::learn_data(std::uint64_t base) {
  if (object->data == base) return;
  forget_data();
  Block made;
  made.base = base;
  made.size = object->size;
  made.heap = process_heap_key;
  made.owner = Owner::moveable;
  made.object = object->handle;
  made.doubtful_size = object->doubtful_size;
  made.tainted = object->tainted;
  made.contents = std::move(object->contents);
  state.add(std::move(made));
  object->data = base;
}

void MoveableView::forget_data() {
  if (!object->data) return;
  if (Block* there = state.blocks.starting_at(object->data)) object->contents = std::move(there->contents);
  state.blocks.remove(object->data);
  object->data = 0;
  block = nullptr;
}

void MoveableView::remove_data() {
  object->tainted = true;
  forget_data();
  block = nullptr;
}

void MoveableView::remove() {
  if (!object) return remove_block();
  forget_data();
  state.going.handle = object->handle;
  state.resize(*object, 0);
  state.objects.erase(object->handle);
  object = nullptr;
}

void MoveableView::remove_block() {
  state.going.block = block->range();
  state.front_end.gone(block->size);
  state.remove(*block);
  block = nullptr;
}

void MoveableView::lock(std::uint64_t value) {
  learn_data(value);
  if (object->locks < 255) ++object->locks;
}

void MoveableView::follow(const Seen& seen) {
  if (!allocates() || state.object(seen.value) || state.blocks.find(seen.value)) return;
  if (seen.value & pointer())
    add_moveable(seen.value, 0, Contents(Contents::unknown()));
  else
    add_fixed(seen.value, 0, Contents(Contents::unknown()));
}

}  // namespace winmem::spec
