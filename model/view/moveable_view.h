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
  /// Whether it is one of these.
  template <class... Whats>
  bool is(Whats... ones) const {
    return ((what == ones) || ...);
  }
  bool made_up() const { return is(What::no_handle, What::no_pointer); }
  bool living() const { return is(What::fixed, What::moveable); }
  /// A data pointer that its object, being unlocked, need not keep.
  bool unlocked_data() const { return is(What::data) && object->locks == 0; }
  /// Made by the other family: what the functions of this one do with it is tested for GlobalFree alone (GF-706).
  bool crosses() const {
    if (object) return object->local != local();
    return block && block->owner != Owner::heap && (block->owner == Owner::fixed_local) != local();
  }
  /// What lock, unlock, size and handle are not tested with.
  bool not_told() const { return is(What::unknown, What::heap_block) || crosses() || unlocked_data(); }
  /// Of neither an object nor a block, as where a vendor succeeds with a handle that is none: zero.
  std::uint64_t size() const { return object ? object->size : block ? block->size : 0; }
  bool doubtful_size() const { return object ? object->doubtful_size : block && block->doubtful_size; }

  std::uint32_t valid_flags() const { return local() ? 0xf72 : 0x7f72; }
  bool allocates() const { return function.extent != no_parameter; }
  /// Whether so many bytes can stand there, apart from everything that lives but `old`.
  bool free_place(std::uint64_t base, std::uint64_t bytes, const Block* old = nullptr) const {
    const Range place = range_of(base, bytes ? bytes : 1);
    return state.usable(place) && !state.occupied(place, old);
  }
  /// Whether the data of the object can stand there.
  bool free_for_data(std::uint64_t base) const {
    return base != memory && free_place(base, object->size, state.blocks.starting_at(object->data));
  }
  /// Which bits GlobalFlags or LocalFlags tells: for Local the discardable bits are not settled (LX-019).
  Expect told_flags() const;

  // What a success changes.
  Block& add_fixed(std::uint64_t base, std::uint64_t bytes, Contents contents);
  Moveable& add_moveable(std::uint64_t handle, std::uint64_t bytes, Contents contents);
  /// The data of an object stands at `base` from now on.
  void learn_data(std::uint64_t base);
  /// Where the data stands is not known any more; its contents are.
  void forget_data();
  /// The object's data goes; what becomes of the handle is not told.
  void remove_data();
  /// The fixed block goes, or the object with its data.
  void remove();
  void remove_block();
  /// Locks the object: its data stands at the value.
  void lock(std::uint64_t value);

  /// A request that should have failed gave something: what it is worth nobody knows.
  void follow(const Seen& seen);
  bool tainted() const { return (object && object->tainted) || (block && block->tainted); }
  void taint() {
    if (function.observes) return;  // to ask changes nothing, whatever the answer
    if (object) object->tainted = true;
    if (block) block->tainted = true;
  }

 private:
  What classify();
};

/// What most reallocations and failed releases give: their first argument.
constexpr auto the_argument = [](const auto& view) { return equal(view.memory); };

}  // namespace winmem::spec
