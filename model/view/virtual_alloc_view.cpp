#include "model/view/virtual_alloc_view.h"

namespace winmem::spec {

VirtualAllocView::VirtualAllocView(View base) : View(base) {
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
  nobody = !target && state.surely_free(range.begin);
}

Range VirtualAllocView::placed(std::uint64_t value) const {
  const bool as_asked = address != 0 && state.granule_down(value) == range.begin;
  return as_asked ? range : range_of(state.page_down(value), new_size());
}

bool VirtualAllocView::apart(std::uint64_t value) const {
  const Range place = placed(value);
  const bool in_tail = address == 0 && state.space.in_tail(value, system().granularity);
  return !state.occupied(place) && value <= system().maximum && place.end - 1 <= system().maximum && !in_tail;
}

void VirtualAllocView::add(Range place) {
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

void VirtualAllocView::follow(const Seen& seen) {
  const std::uint64_t bytes = state.page_up(size + (address & (system().page - 1)));
  if (!state.space.find(seen.value) && size != 0 && size <= system().maximum) add(range_of(seen.value, bytes));
}

void VirtualAllocView::reserve(std::uint64_t value) {
  add(placed(value));
  // A base that is no page leaves it open which pages are meant; how parts of large pages behave is not told.
  if (large_pages() || (address == 0 && value % system().page != 0)) taint();
}

void VirtualAllocView::commit() {
  const auto before = state.space.committed_in(*target, range);
  if ((protection ^ target->protection) & caching_bits) target->caching_open = true;
  target->change(range, [this](Pages& pages) {
    pages.committed = true;
    pages.protection = protection;
    pages.protected_first = false;
    if (base_of(protection) == PAGE_NOACCESS && pages.lock == Lock::held) pages.lock = Lock::open;  // VQ-061
  });
  target->doubt(range, {Written::yes});
  state.space.count_committed(static_cast<std::int64_t>(range.size() - before));
}

void VirtualAllocView::give_up_contents() {
  target->doubt(range, {Written::no, Written::yes});
  target->contents.write(range.begin - target->base, range.end - target->base, Contents::given_up());
}

}  // namespace winmem::spec
