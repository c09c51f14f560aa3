// VirtualProtect, VirtualLock and VirtualUnlock as their pages see them: a range of pages, and what lives there.
#pragma once

#include "model/rule/clause.h"
#include "model/view/protection.h"

namespace winmem::spec {

/// A range of whole pages and the allocation in which it begins: what the three functions have in
/// common.
struct PageRangeView : View {
  std::uint64_t address, size;
  bool overflows;
  Range range;
  Allocation* allocation;
  bool nobody;  ///< it is certain that nothing lives at the beginning

  explicit PageRangeView(View base, unsigned first = 0) : View(base) {
    address = argument[first];
    size = argument[first + 1];
    overflows = size != 0 && (address + (size - 1) < address || address + (size - 1) > system().maximum);
    range.begin = state.page_down(address);
    range.end = overflows ? range.begin : state.page_up(address + size);
    allocation = state.space.find(range.begin);
    nobody = !allocation && state.surely_free(range.begin);
  }
  bool inside() const { return allocation && size != 0 && !overflows && range.within(allocation->range()); }
  bool foreign() const { return allocation && allocation->foreign(); }
  bool committed() const {
    return inside() && allocation->all(range, [](const Pages& pages) { return pages.committed; });
  }
  bool no_access() const {
    return inside() &&
           !allocation->all(range, [](const Pages& pages) { return base_of(pages.protection) != PAGE_NOACCESS; });
  }
  bool guarded() const {
    return inside() && !allocation->all(range, [](const Pages& pages) { return !(pages.protection & PAGE_GUARD); });
  }
  bool all_locks_are(Lock lock) const {
    return inside() && allocation->all(range, [lock](const Pages& pages) { return pages.lock == lock; });
  }
  /// More than the default minimum of the working set may not be locked in all (VQ-713).
  bool beyond_quota() const { return range.size() + state.space.locked() > 0x10000; }
  bool any_lock_is(Lock lock) const {
    return inside() && !allocation->all(range, [lock](const Pages& pages) { return pages.lock != lock; });
  }
  void set_lock(Lock lock) {
    allocation->change(range, [lock](Pages& pages) { pages.lock = lock; });
    if (lock == Lock::held) allocation->doubt(range, {Written::no});  // whether that counts is not told
  }
  /// Of a range that is not locked as a whole: whether what was locked of it stays so is not told.
  void doubt_locks() {
    allocation->change(range, [](Pages& pages) {
      if (pages.lock == Lock::held) pages.lock = Lock::open;
    });
  }
  /// The system met the guard pages: which guards of a longer range are gone is not told; of one page it is.
  void spend_guards() {
    if (range.size() != system().page) taint();
    allocation->change(range, [](Pages& pages) { pages.protection &= ~PAGE_GUARD; });
  }
  bool tainted() const { return allocation && allocation->tainted; }
  void taint() { state.taint({range.begin, std::max(range.end, range.begin + 1)}); }
};

struct VirtualProtectView : PageRangeView {
  std::uint32_t protection;
  explicit VirtualProtectView(View base) : PageRangeView(base), protection(dword(2)) {}
  bool private_target() const { return allocation && !allocation->foreign(); }
  bool in_view() const { return committed() && allocation->view(); }
  bool beyond_view() const { return in_view() && view_forbids(allocation->protection, protection); }
  bool view_told() const { return in_view() && view_permits(allocation->protection, protection); }
  void protect() {
    if ((protection ^ allocation->protection) & caching_bits) allocation->caching_open = true;
    allocation->change(range, [this](Pages& pages) {
      pages.protection = protection;
      pages.protected_first = allocation->write_watch && pages.written == Written::no;
      if (base_of(protection) == PAGE_NOACCESS && pages.lock == Lock::held) pages.lock = Lock::open;  // VQ-061
    });
  }
};

}  // namespace winmem::spec
