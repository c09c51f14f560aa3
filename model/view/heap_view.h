// Heap calls as their pages see them.
#pragma once

#include "model/rule/clause.h"

namespace winmem::spec {

/// Block::heap of blocks in the process heap, whatever its handle is.
constexpr std::uint64_t process_heap_key = 1;

struct HeapView : View {
  std::uint64_t handle;
  Heap* heap;                ///< null: not a living heap of the script
  std::uint32_t flags;       ///< where the function has them
  Block* touched = nullptr;  ///< the block that the call is about, then the one that it made
  bool freed = false;        ///< the block is gone

  explicit HeapView(View base) : View(base), handle(argument[0]), heap(state.heap(handle)), flags(dword(1)) {}

  std::uint64_t key() const { return heap && heap->process ? process_heap_key : handle; }
  bool raises() const { return heap && ((heap->options | flags) & HEAP_GENERATE_EXCEPTIONS); }
  bool raises_instead() const { return raises(); }
  /// Whether a scripted handler would continue a failed allocation: what then happens no source tells.
  bool continued() const {
    for (const VectoredHandler& handler : state.handlers)
      if (handler.resumes && (handler.status == 0 || handler.status == STATUS_NO_MEMORY)) return raises();
    return false;
  }
  bool fixed() const { return heap && heap->maximum != 0; }
  std::uint64_t pointer() const { return system().pointer_size(); }
  std::uint64_t alignment() const { return 2 * pointer(); }
  /// From here on a request is a large block, which a fixed-size heap never serves (HA-032). Below, sources differ for
  /// three pages: HA-023 has the limit there, HA-033 behind.
  std::uint64_t large_block() const { return 0x20000 * pointer(); }
  /// Served with pages of its own (HA-023).
  bool large(std::uint64_t size) const { return !fixed() && system().nt_heap() && size + 0x1000 >= large_block(); }
  /// The low-fragmentation front end serves no block above 16 KiB (HA-057), and none on its own before 17 were made
  /// (HA-058, HA-059).
  bool behind_front_end(const Block& block) const {
    return system().nt_heap() && (block.size > 0x4000 || (heap && !heap->process && heap->made <= 17));
  }
  /// The address space has no room for it beside all that lives (HA-027, HA-028).
  bool impossible(std::uint64_t size) const {
    const std::uint64_t others = state.reserved() - (touched ? touched->size : 0);
    return size > system().maximum || size + others > system().maximum;
  }
  bool fixed_serves_no_large(std::uint64_t size) const { return fixed() && size >= large_block(); }
  bool fixed_has_less(std::uint64_t size) const { return fixed() && size > heap->maximum && size < large_block(); }
  bool fixed_refuses(std::uint64_t size) const { return fixed_serves_no_large(size) || fixed_has_less(size); }
  /// A fixed-size heap surely has room: fresh, within its initial size, its bookkeeping counted generously (HA-031,
  /// HA-038).
  bool surely_fits(std::uint64_t size) const {
    const std::uint64_t room = heap->initial, taken = heap->used + 64 * heap->made + 0x400 + 0x100 * pointer();
    return heap->gone == 0 && size + taken <= room && size + 0x4000 < large_block();
  }
  /// The living block of this heap that starts there, or null.
  Block* block(std::uint64_t address) const {
    Block* found = state.blocks.starting_at(address);
    return found && found->heap == key() ? found : nullptr;
  }
  Block& add(std::uint64_t base, std::uint64_t size, Contents contents) {
    if (heap) heap->used += size, ++heap->made, heap->empty += size == 0;
    Block made;
    made.base = base;
    made.size = size;
    made.heap = key();
    made.large = large(size);
    made.flagged = flags & (0xf00 | HEAP_TAIL_CHECKING_ENABLED | HEAP_FREE_CHECKING_ENABLED);
    made.contents = std::move(contents);
    touched = &state.add(std::move(made));
    return *touched;
  }
  void remove(const Block& block) {
    if (heap) heap->used -= std::min(heap->used, block.size), ++heap->gone;
    state.going.block = block.range();
    state.remove(block);
    touched = nullptr;
    freed = true;
  }
  bool apart(std::uint64_t base, std::uint64_t size, const Block* old) const {
    const Range place = range_of(base, size ? size : 1);
    const Range asked = impossible(size) ? range_of(base, 1) : place;  // what a vendor made of it nobody knows
    return base != handle && state.usable(asked) && !state.occupied(place, old);
  }
  /// The heap goes, with all its living blocks.
  void destroy() {
    state.blocks.remove_heap(handle);
    state.heaps.erase(handle);
    heap = nullptr;
  }
  bool tainted() const { return (heap && heap->tainted) || (touched && touched->tainted); }
  /// What a block's call did is in doubt with the block alone; without one, all of the heap is.
  void taint() {
    if (touched)
      state.taint(touched->range());
    else if (heap && !freed)
      heap->tainted = true;
  }
};

/// GetProcessHeap.
struct ProcessHeapView : View {
  explicit ProcessHeapView(View base) : View(base) {}
  void learn(std::uint64_t value) {
    Heap& heap = state.heaps[value];
    heap.handle = value;
    heap.process = true;
    state.process_heap = value;
    state.process_heap_known = true;
  }
};

struct HeapCreateView : View {
  static constexpr std::uint32_t known_options = HEAP_NO_SERIALIZE | HEAP_GENERATE_EXCEPTIONS |
                                                 HEAP_CREATE_ENABLE_EXECUTE | HEAP_REALLOC_IN_PLACE_ONLY |
                                                 HEAP_ZERO_MEMORY | HEAP_GROWABLE | HEAP_CREATE_ALIGN_16;
  std::uint32_t options;
  std::uint64_t initial, maximum;
  explicit HeapCreateView(View base) : View(base), options(dword(0)), initial(argument[1]), maximum(argument[2]) {}
  Heap* made = nullptr;
  bool untested() const {
    const bool impossible = initial > system().maximum || maximum > system().maximum;
    return impossible || (options & ~known_options) || (maximum != 0 && initial > maximum);
  }
  /// Whether the value is no living heap's, and lies in nothing that lives.
  bool apart(std::uint64_t value) const { return !state.heap(value) && !state.occupied({value, value + 1}); }
  void make(const Seen& seen) {
    made = &state.heaps[seen.value];
    *made = Heap{};
    made->handle = seen.value;
    made->options = options;
    made->maximum = state.page_up(maximum);
    made->initial = state.page_up(initial);
  }
  void follow(const Seen& seen) { make(seen); }
  void taint() {
    if (made) made->tainted = true;
  }
};

}  // namespace winmem::spec
