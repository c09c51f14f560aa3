// VirtualFree as its page sees it.
#pragma once

#include "model/rule/clause.h"

namespace winmem::spec {

struct VirtualFreeView : View {
  std::uint64_t address, size;
  std::uint32_t type;
  bool decommits, releases;
  bool overflows;
  Range range;             ///< whole pages; the end is computed from the unrounded address (VF-042)
  Allocation* allocation;  ///< where the range begins
  bool nobody;             ///< it is certain that nothing lives there

  explicit VirtualFreeView(View base) : View(base) {
    address = argument[0];
    size = argument[1];
    type = dword(2);
    decommits = type == MEM_DECOMMIT;
    releases = type == MEM_RELEASE;
    overflows = size != 0 && (address + (size - 1) < address || address + (size - 1) > system().maximum);
    range.begin = state.page_down(address);
    range.end = overflows ? range.begin : state.page_up(address + size);
    allocation = state.space.find(range.begin);
    nobody = !allocation && state.surely_free(range.begin);
  }

  bool low() const { return address < 0x10000; }
  bool at_base() const { return allocation && range.begin == allocation->base; }
  /// A view, or pages from its base on.
  bool view_from_base() const {
    return at_base() && allocation->view() && (releases || (size != 0 && range.within(allocation->range())));
  }
  /// What a decommit reaches: size 0 means all of it (VF-703).
  Range reach() const { return size == 0 ? allocation->range() : range; }
  bool locked() const {
    return decommits && allocation && !overflows && (size == 0 || range.within(allocation->range())) &&
           !allocation->all(reach(), [](const Pages& pages) { return pages.lock == Lock::none; });
  }

  bool tainted() const { return allocation && allocation->tainted; }
  void taint() { state.taint({range.begin, std::max(range.end, range.begin + 1)}); }
  void follow(const Seen&) {
    if (releases && allocation) release();
  }
  void release() {
    // Nobody else can be in the rest of the last granule (VQ-009, VA-028).
    state.going.memory = allocation->range();
    if (state.going.memory.end)
      state.going.memory.end = ((state.going.memory.end - 1) | (system().granularity - 1)) + 1;
    state.space.remove(allocation->base);
    allocation = nullptr;
  }
  /// Takes away pages, committed or not, with their contents.
  void decommit() {
    const Range pages = reach();
    state.space.count_committed(-static_cast<std::int64_t>(state.space.committed_in(*allocation, pages)));
    allocation->change(pages, [](Pages& run) {
      run.committed = false;
      run.protection = 0;
      if (run.protected_first) run.written = Written::no;  // VQ-077
      run.protected_first = false;
    });
    allocation->doubt(pages, {Written::yes});
    allocation->contents.write(pages.begin - allocation->base, pages.end - allocation->base, Contents::byte(0));
  }
};

}  // namespace winmem::spec
