// HeapSize, HeapValidate, HeapWalk, HeapSetInformation and HeapQueryInformation as their pages see them.
#pragma once

#include "model/view/heap_view.h"
#include "model/view/protection.h"

namespace winmem::spec {

/// HeapCompact: to ask changes nothing, whatever the answer.
struct HeapCompactView : HeapView {
  using HeapView::HeapView;
  void taint() {}
};

/// HeapSize, HeapValidate.
struct HeapBlockView : HeapView {
  Block* target;
  explicit HeapBlockView(View base) : HeapView(base), target(heap ? block(argument[2]) : nullptr) { touched = target; }
  std::uint64_t address() const { return argument[2]; }
  bool untested_flags() const { return (flags & ~HEAP_NO_SERIALIZE) != 0; }
  /// To ask changes nothing, whatever the answer.
  void taint() {}
  /// Freed by the call before, and too small for pages of its own (HA-014, HA-018).
  bool freed_small_block() const {
    const Range& gone = state.gone.block;
    return heap && !target && address() != 0 && gone.begin == address() && gone.size() < 0x4000;
  }
  bool unmapped() const { return heap && state.beyond(address()) && address() % alignment() == 0; }
  /// Memory of VirtualAlloc: no heap's.
  const Allocation* foreign() const {
    const Allocation* there = heap ? state.space.find(address()) : nullptr;
    const bool known = there && !there->tainted && !(there->at(address()).protection & PAGE_GUARD);
    return known ? there : nullptr;
  }
  bool unreadable() const {
    const Allocation* there = foreign();
    return there && !(there->at(address()).committed && readable(there->at(address()).protection));
  }
  /// HeapValidate is told of: the whole heap, its blocks, and what was asked of Windows besides.
  bool told() const {
    const bool asked = unmapped() || unreadable() || foreign_in_the_open();
    return heap && (address() == 0 || target || asked || freed_small_block());
  }
  /// It can be read there and around, as in the array that Windows was asked about (HX-061).
  bool foreign_in_the_open() const {
    const Allocation* there = foreign();
    const Range around{address() - 64, address() + 64};
    return there && address() % 64 == 0 && around.within(there->range()) &&
           there->all(around, [](const Pages& pages) { return pages.committed && readable(pages.protection); });
  }
};

/// A call with the agent's entry; the plays of a repeated one go on from the entry that it holds.
struct HeapWalkView : HeapView {
  using HeapView::HeapView;
  bool begins() const { return play == 0; }
  bool agents_entry() const { return call.arguments[1].form == Argument::Form::out; }
  bool over() const { return !begins() && state.walk.over; }
  bool tainted() const { return HeapView::tainted() || (!begins() && state.walk.doubtful); }
  void taint() { state.walk.doubtful = true; }

  /// What a play told of a block, if it did.
  struct Entry {
    std::uint64_t data = 0, size = 0, flags = 0;
    const Block* block = nullptr;  ///< the living block at `data`
  };
  Entry entry(const Seen& seen) const {
    Entry told;
    if (!seen.success() || !seen.field(0, told.data)) return told;
    told.block = block(told.data);
    const bool whole = seen.field(4, told.flags) && (!told.block || seen.field(1, told.size));
    return whole && (!told.block || certain(*told.block)) ? told : Entry();
  }
  /// How a walk shows blocks with user flags, and those of GlobalAlloc and LocalAlloc, is not told (HX-077).
  bool certain(const Block& block) const {
    const bool plain = block.owner == Owner::heap && !block.flagged;
    return plain && !block.tainted && !block.doubtful_size && behind_front_end(block);
  }
  bool shown(const Block& block) const { return !begins() && state.walk.shown.contains(block.base); }
  bool all_shown() const {
    for (const auto& [base, block] : state.blocks.all())
      if (block.heap == key() && certain(block) && !shown(block)) return false;
    return true;
  }
  bool ends_rightly(const Seen& seen) const {
    const LastError& error = seen.outcome->last_error;
    const bool no_more = error.state == LastError::State::set && error.code == ERROR_NO_MORE_ITEMS;
    if (seen.success()) return !no_more;
    return all_shown() && (no_more || error.state == LastError::State::not_recorded);
  }
  /// Whether an entry may be told: of a living block, or of what is no block. Other code has blocks in the process
  /// heap, the front end in every heap.
  bool right(const Entry& told) const {
    const bool busy = told.flags & PROCESS_HEAP_ENTRY_BUSY;
    if (!told.block) return !busy || !system().nt_heap() || heap->process || heap->made > 17 || block(told.data);
    // Windows 7 flags large blocks as DDE-share, too (HX-076).
    const bool seven = told.block->large && state.profile == Profile::windows_7;
    const std::uint64_t others = told.flags & ~(PROCESS_HEAP_ENTRY_BUSY | (seven ? PROCESS_HEAP_ENTRY_DDESHARE : 0u));
    return busy && !others && !shown(*told.block) && told.size == (told.block->size & 0xffffffff);
  }
  void note(const Seen& seen) {
    if (begins()) state.walk = {};
    if (std::uint64_t data = 0; seen.success() && seen.field(0, data)) state.walk.shown.insert(data);
    state.walk.over = !seen.success();
  }
};

/// HeapSetInformation.
struct HeapInformationView : HeapView {
  static constexpr std::uint64_t standard = 0, front_end = 2;
  using HeapView::HeapView;
  bool is_of(std::uint32_t what) const { return dword(1) == what; }
  bool compatibility() const {
    return heap && is_of(HeapCompatibilityInformation) && agents_own(2) && argument[3] >= 4;
  }
  bool serialized() const { return heap && !(heap->options & HEAP_NO_SERIALIZE); }
  /// After a call that is not told of, or a wrong one, only the heap's kind is in doubt.
  void taint() {
    if (heap) heap->kind_open = true;
  }
  bool fresh() const {
    return !heap->kind_open && !fixed() && !heap->process && !heap->made && !heap->front_end && system().nt_heap();
  }
  /// Set by hand, or brought about by the one pattern of requests that is known to do it (HA-058).
  bool has_front_end() const {
    const bool pattern = heap->made >= 18 && heap->empty == heap->made && heap->gone == heap->made;
    return heap->front_end || (pattern && !fixed() && !heap->options && !heap->process && system().nt_heap());
  }
  Expect kind() const {
    if (!heap || heap->kind_open) return at_most(front_end);
    return has_front_end() ? equal(front_end) : fresh() ? equal(standard) : at_most(front_end);
  }
  bool terminates() const {
    const bool whole_process = argument[0] == 0 || (heap && heap->process);
    return whole_process && is_of(HeapEnableTerminationOnCorruption) && argument[2] == 0 && argument[3] == 0;
  }
  bool enables() const { return compatibility() && argument[2] == front_end; }
  bool disables() const { return compatibility() && argument[2] < front_end && heap->front_end && !heap->kind_open; }
  void set() {
    if (enables()) heap->front_end = true;
  }
  bool refuses() const { return enables() && (fixed() || !serialized()); }
  /// Tested with a fresh heap without options (HX-089) and the process heap (HX-093).
  bool takes() const { return enables() && !refuses() && (heap->process || (fresh() && !heap->options)); }
};

struct HeapQueryInformationView : HeapInformationView {
  using HeapInformationView::HeapInformationView;
  void taint() {}
};

}  // namespace winmem::spec
