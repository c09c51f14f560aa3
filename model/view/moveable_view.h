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
  no_handle,   ///< a made-up number with the tag of a handle that nobody can own
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
  /// A data pointer that its object, being unlocked, need not keep.
  bool unlocked_data() const { return is(What::data) && object->locks == 0; }
  /// Made by the other family: what the functions of this one do with it is tested for GlobalFree alone (GF-706).
  bool crosses() const {
    if (object) return object->local != local();
    return block && block->owner != Owner::heap && (block->owner == Owner::fixed_local) != local();
  }
  /// What lock, unlock, size and handle are not tested with.
  bool not_told() const { return is(What::unknown) || is(What::heap_block) || crosses() || unlocked_data(); }
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
    block = &state.add(std::move(made));
    object = nullptr;
    return *block;
  }
  Moveable& add_moveable(std::uint64_t handle, std::uint64_t bytes, Contents contents) {
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
    made.doubtful_size = object->doubtful_size;
    made.contents = std::move(object->contents);
    state.add(std::move(made));
    object->data = base;
  }
  /// Where the data stands is not known any more; its contents are.
  void forget_data() {
    if (!object->data) return;
    if (Block* there = state.blocks.starting_at(object->data)) object->contents = std::move(there->contents);
    state.blocks.remove(object->data);
    object->data = 0;
    block = nullptr;
  }
  void remove_object() {
    forget_data();
    state.going.handle = object->handle;
    state.resize(*object, 0);
    state.objects.erase(object->handle);
    object = nullptr;
  }
  void remove_block() {
    state.going.block = block->range();
    state.remove(*block);
    block = nullptr;
  }
  /// A new value, or the memory behind it, meets nothing that lives.
  bool apart(std::uint64_t base, std::uint64_t bytes, const Block* old = nullptr) const {
    const Range place = range_of(base, bytes ? bytes : 1);
    return !state.space.occupied(place) && !state.blocks.occupied(place, old);
  }
  bool free_place(std::uint64_t base, std::uint64_t bytes, const Block* old = nullptr) const {
    return state.usable(range_of(base, bytes ? bytes : 1)) && apart(base, bytes, old);
  }
  std::uint32_t valid_flags() const { return local() ? 0xf72 : 0x7f72; }
  bool allocates() const { return function.extent != no_parameter; }
  /// A request that should have failed gave something: what it is worth nobody knows.
  void follow(const Seen& seen) {
    if (!allocates() || state.object(seen.value) || state.blocks.find(seen.value)) return;
    if (seen.value & pointer())
      add_moveable(seen.value, 0, Contents(Contents::unknown()));
    else
      add_fixed(seen.value, 0, Contents(Contents::unknown()));
  }
  bool tainted() const { return (object && object->tainted) || (block && block->tainted); }
  void taint() {
    if (function.observes) return;  // to ask changes nothing, whatever the answer
    if (object) object->tainted = true;
    if (block) block->tainted = true;
  }

 private:
  What classify() {
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
};

}  // namespace winmem::spec
