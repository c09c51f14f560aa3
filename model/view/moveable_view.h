// Global and Local calls as their pages see them. Both families share handles, the process heap and nearly all rules;
// where they differ a clause says so with `global()` or `local()`.
#pragma once

#include "model/view/heap_view.h"

namespace winmem::spec {

/// What a handle argument is.
enum class What : std::uint8_t {
  null,
  fixed,       ///< the pointer of a living fixed block
  moveable,    ///< the handle of a living moveable object
  data,        ///< the data pointer of one
  heap_block,  ///< a block of the process heap that HeapAlloc made
  stale,       ///< a moveable handle that the call before freed
  no_handle,   ///< a made-up number with the tag of a handle, or unaligned, that nobody can own
  no_pointer,  ///< a made-up aligned number that nobody can own
  unknown,
};

struct MoveableView : View {
  std::uint64_t memory;
  Moveable* object = nullptr;  ///< of `moveable` and `data`
  Block* block = nullptr;      ///< of `fixed`, `data` and `heap_block`
  What what;

  explicit MoveableView(View base) : View(base), memory(argument[0]), what(classify()) {}

  bool local() const { return function.family == Family::local; }
  bool global() const { return !local(); }
  std::uint64_t pointer() const { return system().pointer_size(); }
  std::uint64_t low_bits() const { return 2 * pointer() - 1; }
  bool is(What one) const { return what == one; }
  bool made_up() const { return is(What::no_handle) || is(What::no_pointer); }
  bool living() const { return is(What::fixed) || is(What::moveable); }
  /// Made by the other family: what the functions of this one do with it is tested for GlobalFree alone (GF-706).
  bool crosses() const {
    if (object) return object->local != local();
    return block && block->owner != Owner::heap && (block->owner == Owner::fixed_local) != local();
  }
  /// Of neither an object nor a block, as where a vendor succeeds with a handle that is none: zero.
  std::uint64_t size() const { return object ? object->size : block ? block->size : 0; }
  bool doubtful_size() const { return object ? object->doubtful_size : block && block->doubtful_size; }

  Block& add_fixed(std::uint64_t base, std::uint64_t bytes, Contents contents) {
    Block made;
    made.base = base;
    made.size = bytes;
    made.heap = process_heap_key;
    made.owner = local() ? Owner::fixed_local : Owner::fixed_global;
    made.contents = std::move(contents);
    return state.blocks.add(std::move(made));
  }
  Moveable& add_moveable(std::uint64_t handle, std::uint64_t bytes, Contents contents) {
    Moveable& made = state.objects[handle];
    made = Moveable{};
    made.handle = handle;
    made.size = bytes;
    made.local = local();
    made.discarded = bytes == 0;
    made.contents = std::move(contents);
    return made;
  }
  /// The data of an object stands at `base` from now on.
  void learn_data(std::uint64_t base) {
    if (object->data == base) return;
    forget_data();
    Block made;
    made.base = base;
    made.size = object->size;
    made.heap = process_heap_key;
    made.owner = Owner::moveable;
    made.object = object->handle;
    made.contents = std::move(object->contents);
    object->data = base;
    state.blocks.add(std::move(made));
  }
  /// Where the data stands is not known any more; its contents are.
  void forget_data() {
    if (!object->data) return;
    if (Block* there = state.blocks.starting_at(object->data)) object->contents = std::move(there->contents);
    state.blocks.remove(object->data);
    object->data = 0;
  }
  void remove_object() {
    forget_data();
    state.going.handle = object->handle;
    state.objects.erase(object->handle);
    object = nullptr;
  }
  void remove_block() {
    state.going.memory = block->range();
    state.blocks.remove(block->base);
    block = nullptr;
  }
  bool free_place(std::uint64_t base, std::uint64_t bytes) const {
    const Range place{base, base + (bytes ? bytes : 1)};
    return !state.space.occupied(place) && !state.blocks.occupied(place);
  }
  bool tainted() const { return (object && object->tainted) || (block && block->tainted); }
  void taint() {
    if (object) object->tainted = true;
    if (block) block->tainted = true;
  }

 private:
  What classify() {
    if (function.parameter_count == 0 || function.name == Text("GlobalAlloc") || function.name == Text("LocalAlloc"))
      return What::unknown;
    if (memory == 0) return What::null;
    if ((object = state.object(memory)) != nullptr) return What::moveable;
    if ((block = state.blocks.starting_at(memory)) != nullptr && block->heap == process_heap_key) {
      object = block->owner == Owner::moveable ? state.object(block->object) : nullptr;
      return object ? What::data : block->owner == Owner::heap ? What::heap_block : What::fixed;
    }
    block = nullptr;
    if (state.gone.handle == memory) return What::stale;
    if (state.beyond(memory)) return (memory & low_bits()) ? What::no_handle : What::no_pointer;
    return What::unknown;
  }
};

}  // namespace winmem::spec
