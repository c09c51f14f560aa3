// HeapAlloc, HeapReAlloc and HeapFree as their pages see them.
#pragma once

#include "model/view/heap_view.h"

namespace winmem::spec {

struct HeapAllocView : HeapView {
  // Bits that some test passed and Windows took (HA-020, HA-044, HA-045), besides the documented ones.
  static constexpr std::uint32_t known_flags = HEAP_NO_SERIALIZE | HEAP_GENERATE_EXCEPTIONS | HEAP_ZERO_MEMORY | 0xf00 |
                                               HEAP_TAIL_CHECKING_ENABLED | HEAP_FREE_CHECKING_ENABLED |
                                               HEAP_CREATE_ALIGN_16;
  std::uint64_t size;
  Block* old = nullptr;  ///< of HeapReAlloc
  explicit HeapAllocView(View base) : HeapView(base), size(argument[2]) {}
  bool untested_flags() const { return (flags & ~known_flags) != 0; }
  /// _HEAP_MAXREQ: the largest request there is (the header's constant).
  bool asks_for_most() const { return size == (system().pointer_mask() & ~std::uint64_t{0x1f}); }
  bool most_of_fixed() const { return asks_for_most() && fixed() && state.profile == Profile::documented; }
  bool cannot_be_served() const { return impossible(size) || fixed_refuses(size); }
  /// Possible by itself, but not beside all that lives, in 32 bits: of these the error was seen (HA-028).
  bool no_room_left() const { return system().bits == 32 && !fixed() && size <= system().maximum && impossible(size); }
  bool zeroes() const { return flags & HEAP_ZERO_MEMORY; }
  /// No larger than the smallest block: of these alone it is tested that the last error is left alone (HA-043, HF-005).
  bool smallest() const { return size <= alignment(); }
  Contents fresh() const { return Contents(zeroes() ? Contents::byte(0) : Contents::unknown()); }
  void follow(const Seen& seen) { add(seen.value, 0, Contents(Contents::unknown())); }
};

struct HeapReAllocView : HeapAllocView {
  explicit HeapReAllocView(View base) : HeapAllocView(base) {
    size = argument[3];
    if (heap) old = touched = block(argument[2]);
  }
  void follow(const Seen& seen) {
    if (old) state.taint(old->range());
    HeapAllocView::follow(seen);
  }
  bool untested_flags() const { return (flags & ~(known_flags | HEAP_REALLOC_IN_PLACE_ONLY)) != 0; }
  bool of_null() const { return argument[2] == 0; }
  bool untested_null() const { return heap && ((flags | heap->options) & ~HEAP_ZERO_MEMORY); }
  bool in_place() const { return flags & HEAP_REALLOC_IN_PLACE_ONLY; }
  /// Behind the front end a block shrinks in place, and an ordinary one grows back while nothing else was made (HX-044,
  /// HX-045); in the process heap, nobody knows what others make.
  bool surely_in_place() const {
    const bool alone = !heap->process && old->since == heap->made;
    const bool own = size <= old->size || (alone && !old->large && size <= old->room);
    return own && old->size > 0x4000 && size > 0x4000 && system().nt_heap();
  }
  /// Beyond what the block surely has where it is.
  bool needs_room() const { return old && size > old->size && !(in_place() && surely_in_place()); }
  /// A large block begins eight pointers into its pages, and has given back those that it did not need (HX-046).
  bool gave_back() const {
    const auto pages = [&](std::uint64_t bytes) { return state.page_up(bytes + 8 * pointer()); };
    return old && old->large && size <= old->room && pages(size) > pages(old->size);
  }
  void move(const Seen& seen) {
    Block next = *old;
    next.contents.resize(next.size, size, zeroes() ? Contents::byte(0) : Contents::unknown());
    const std::uint64_t gone_before = heap->gone;
    const Range before = state.going.block;
    remove(*old);
    old = nullptr;
    const bool here = seen.value == next.base;
    if (here) heap->gone = gone_before, state.going.block = before;
    Block& made = add(seen.value, size, std::move(next.contents));
    // Some systems with Windows 7 say one byte (HX-032).
    made.doubtful_size = size == 0 && state.profile == Profile::windows_7;
    made.flagged |= next.flagged;
    if (!here || !in_place()) return;
    made.large = next.large;
    made.room = size < next.size ? std::max(next.size, next.room) : next.room;
    made.since = heap->made;
  }
};

struct HeapFreeView : HeapView {
  Block* target;
  explicit HeapFreeView(View base) : HeapView(base), target(heap ? block(argument[2]) : nullptr) { touched = target; }
  bool of_null() const { return argument[2] == 0; }
  void free() {
    remove(*target);
    target = nullptr;
  }
  bool smallest() const { return target && target->size <= alignment(); }
};

}  // namespace winmem::spec
