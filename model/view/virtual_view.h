// Calls on virtual memory as their pages see them: the ranges that they mean, and what lives there.
#pragma once

#include "model/rule/clause.h"
#include "model/view/protection.h"

namespace winmem::spec {

struct VirtualAllocView : View {
  std::uint64_t address, size;
  std::uint32_t type, protection;
  bool reserves;  ///< makes a new allocation: MEM_RESERVE, or MEM_COMMIT at NULL (VA-702)
  bool commits, resets;
  bool overflows;      ///< the range would end above the address space
  Range range;         ///< whole pages; a reservation begins at a granule
  Allocation* target;  ///< what a commit or reset begins in
  bool nobody;         ///< it is certain that nothing lives at the beginning of the range
  Range made{};        ///< where the vendor put the allocation

  explicit VirtualAllocView(View base) : View(base) {
    address = argument[0];
    size = argument[1];
    type = dword(2);
    protection = dword(3);
    commits = type & MEM_COMMIT;
    reserves = (type & MEM_RESERVE) || (commits && address == 0);
    resets = type & (MEM_RESET | MEM_RESET_UNDO);
    const std::uint64_t last = address + (size ? size - 1 : 0);
    overflows = last < address || last > system().maximum;
    range.begin = reserves ? state.granule_down(address) : state.page_down(address);
    range.end = overflows ? range.begin : state.page_up(address + size);
    target = reserves ? nullptr : state.space.find(range.begin);
    nobody =
        !target && (state.gone.memory.holds(range.begin) || state.space.in_tail(range.begin, system().granularity));
  }

  bool has(std::uint32_t bits) const { return (type & bits) == bits; }
  bool inside() const { return target && range.within(target->range()); }
  /// A reservation at a place where the model knows that everything is free.
  bool surely_free() const { return range.within(state.gone.memory); }
  bool private_target() const { return reserves || (target && !target->foreign()); }
  /// Of a view it is told what a reset does, and commits of a few protections; of other foreign memory nothing.
  bool view_told() const {
    return inside() && target->view() && (has(MEM_RESET) || (commits && view_permits(target->protection, protection)));
  }
  bool beyond_view() const {
    return inside() && target->view() && commits && view_forbids(target->protection, protection);
  }
  std::uint64_t new_size() const { return state.page_up(size); }
  /// Bytes that the call would commit and that are not committed yet.
  std::uint64_t fresh() const {
    if (!commits) return 0;
    return target ? range.size() - state.space.committed_in(*target, range) : address ? range.size() : new_size();
  }
  bool large_pages() const { return type & MEM_LARGE_PAGES; }
  std::uint64_t large_page() const { return system().large_page ? system().large_page : 0x200000; }
  /// More than any address space has: VA-003 to VA-005. In a 32-bit process 2 GiB are, too, but with which error they
  /// fail nobody tells (VA-718).
  bool surely_too_large() const {
    return size > system().maximum && (system().bits == 64 || size >= system().pointer_mask() - 7);
  }
  /// Sizes near that of the whole address space can never be had; where the error changes is not known (VA-005).
  bool perhaps_too_large() const { return !surely_too_large() && size > system().maximum - 0x1000000; }

  bool tainted() const { return target && target->tainted; }
  void taint() {
    if (address != 0) state.taint({range.begin, std::max(range.end, range.begin + 1)});
    state.taint(made);
  }
  void follow(const Seen& seen) {
    const std::uint64_t bytes = state.page_up(size + (address & (system().page - 1)));
    if (!state.space.find(seen.value) && size != 0 && size <= system().maximum) add(range_of(seen.value, bytes));
  }
  void add(Range place) {
    Allocation allocation;
    allocation.base = place.begin;
    allocation.size = place.size();
    allocation.protection = protection;
    allocation.type = MEM_PRIVATE;
    allocation.write_watch = type & MEM_WRITE_WATCH;
    allocation.physical = type & MEM_PHYSICAL;
    allocation.caching_open = protection & PAGE_WRITECOMBINE;  // what is reported of it no source tells
    allocation.pages.push_back({0, commits, Lock::none, commits ? protection : 0});
    made = state.space.add(std::move(allocation)).range();
  }
};

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
    nobody =
        !allocation && (state.gone.memory.holds(range.begin) || state.space.in_tail(range.begin, system().granularity));
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
};

struct VirtualQueryView : View {
  std::uint64_t address, length;
  std::uint64_t page;      ///< the address rounded down
  Allocation* allocation;  ///< null: none of the script's
  bool low;                ///< in the first 64 KiB, which are free (VQ-708)
  bool free;               ///< it is certain that nothing lives there
  Block* block;            ///< a heap block of the script that holds the address

  explicit VirtualQueryView(View base) : View(base) {
    address = argument[0];
    length = argument[2];
    page = state.page_down(address);
    allocation = state.space.find(page);
    low = address < 0x10000 && system().bits == 64;
    free = !allocation && (low || state.gone.memory.holds(page) || state.space.in_tail(page, system().granularity));
    block = allocation ? nullptr : state.blocks.find(address);
  }

  std::uint64_t structure() const { return structure_size(function, system().bits); }
  bool told() const { return allocation && !allocation->physical; }
  bool known() const { return told() && allocation->extent != Extent::some_page; }
  bool whole() const { return told() && allocation->extent == Extent::whole; }
  /// A page that is written becomes the program's own, and its protection another (VQ-025).
  bool copies() const { return allocation->view() && copies_on_write(pages().protection); }
  const Pages& pages() const { return allocation->at(page); }
  /// Whether the system meets a guard page of the script where it should write the answer, and nothing else.
  bool guarded_buffer() const {
    const Allocation* owner = agents_own(1) ? nullptr : state.space.find(argument[1]);
    const bool in_page = state.page_down(argument[1]) == state.page_down(argument[1] + structure() - 1);
    return owner && in_page && length >= structure() && (owner->at(argument[1]).protection & PAGE_GUARD);
  }
  bool caching_open() const { return allocation->caching_open; }

  /// The data of a moveable object stays where it is only while the object is locked.
  bool steady_block() const {
    const Moveable* owner = block ? state.object(block->object) : nullptr;
    return block && block->size != 0 && (block->owner != Owner::moveable || (owner && owner->locks));
  }

  bool tainted() const { return (allocation && allocation->tainted) || (block && block->tainted); }
};

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
    nobody =
        !allocation && (state.gone.memory.holds(range.begin) || state.space.in_tail(range.begin, system().granularity));
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
};

/// view, image, stack: memory that none of the functions under test made.
struct SetupView : View {
  explicit SetupView(View base) : View(base) {}
  /// SEC_RESERVE beside the protection: nothing is committed yet (VQ-024).
  bool reserves() const { return dword(1) & 0x4000000; }
  bool mappable() const {
    const std::uint32_t protection = dword(1) & ~0x4000000u;
    return argument[0] != 0 && argument[0] <= enough_committed &&
           (protection == PAGE_READONLY || protection == PAGE_READWRITE || protection == PAGE_WRITECOPY);
  }
  void map(std::uint64_t base) {
    const Range place = range_of(base, state.page_up(argument[0]));
    Allocation& mapped = add(place, MEM_MAPPED, dword(1) & ~0x4000000u, Extent::whole);
    if (!reserves()) return;
    state.space.count_committed(-static_cast<std::int64_t>(place.size()));
    mapped.change(place, [](Pages& pages) { pages = {pages.start, false, Lock::none, 0}; });
  }
  void begin_program(std::uint64_t base) {
    Allocation& program = add(page_at(base), MEM_IMAGE, PAGE_EXECUTE_WRITECOPY, Extent::first_page);
    program.change(program.range(), [](Pages& pages) { pages.protection = PAGE_READONLY; });
  }
  void use_stack(std::uint64_t address) { add(page_at(address), MEM_PRIVATE, PAGE_READWRITE, Extent::some_page); }

 private:
  Range page_at(std::uint64_t address) const { return range_of(state.page_down(address), system().page); }
  Allocation& add(Range place, std::uint32_t type, std::uint32_t protection, Extent extent) {
    Allocation allocation;
    allocation.base = place.begin;
    allocation.size = place.size();
    allocation.protection = protection;
    allocation.type = type;
    allocation.extent = extent;
    allocation.pages.push_back({0, true, Lock::none, protection});
    if (extent != Extent::whole) allocation.contents = Contents(Contents::unknown());
    return state.space.add(std::move(allocation));
  }
};

}  // namespace winmem::spec
