// Heap calls as their pages see them.
#pragma once

#include "model/rule/clause.h"

namespace winmem::spec {

/// Block::heap of blocks in the process heap, whatever its handle is.
constexpr std::uint64_t process_heap_key = 1;

struct HeapView : View {
  std::uint64_t handle;
  Heap* heap;           ///< null: not a living heap of the script
  std::uint32_t flags;  ///< where the function has them

  explicit HeapView(View base) : View(base), handle(argument[0]), heap(state.heap(handle)), flags(dword(1)) {}

  std::uint64_t key() const { return heap && heap->process ? process_heap_key : handle; }
  bool raises() const { return heap && ((heap->options | flags) & HEAP_GENERATE_EXCEPTIONS); }
  bool fixed() const { return heap && heap->maximum != 0; }
  std::uint64_t pointer() const { return system().pointer_size(); }
  std::uint64_t alignment() const { return 2 * pointer(); }
  /// From here on a request is a large block, which a fixed-size heap never serves: the evidence leaves a page of doubt
  /// below.
  std::uint64_t large_block() const { return 0x20000 * pointer() - 0x1000; }
  /// No address space has room for it (HA-027, HA-706).
  bool impossible(std::uint64_t size) const { return size > system().maximum; }
  bool fixed_refuses(std::uint64_t size) const { return fixed() && (size >= large_block() || size > heap->maximum); }
  /// A fixed-size heap surely has room: fresh, within its initial size, its bookkeeping counted generously (HA-031,
  /// HA-038).
  bool surely_fits(std::uint64_t size) const {
    const std::uint64_t room = heap->initial, taken = heap->used + 64 * heap->made + 0x400 + 0x100 * pointer();
    return !heap->freed && size + taken <= room && size + 0x2000 < large_block();
  }
  /// The living block of this heap that starts there, or null.
  Block* block(std::uint64_t address) const {
    Block* found = state.blocks.starting_at(address);
    return found && found->heap == key() ? found : nullptr;
  }
  Block& add(std::uint64_t base, std::uint64_t size, Contents contents) {
    if (heap) heap->used += size, ++heap->made;
    Block made;
    made.base = base;
    made.size = size;
    made.heap = key();
    made.contents = std::move(contents);
    return state.blocks.add(std::move(made));
  }
  void remove(const Block& block) {
    if (heap) heap->used -= block.size, heap->freed = true;
    state.going.memory = block.range();
    state.blocks.remove(block.base);
  }
  bool apart(std::uint64_t base, std::uint64_t size, const Block* old) const {
    const Range place{base, base + (size ? size : 1)};
    const bool meets_only_old = old && old->range().meets(place);
    return base != handle && !state.space.occupied(place) && (!state.blocks.occupied(place) || meets_only_old);
  }
  bool tainted() const { return heap && heap->tainted; }
  void taint() {
    if (heap) heap->tainted = true;
  }
};

}  // namespace winmem::spec
