#include "model/view/access_view.h"

#include <algorithm>

namespace winmem::spec {
namespace {

Access access_of(Text name) {
  if (name == Text("execute")) return Access::execute;
  return name == Text("read") || name == Text("load") ? Access::read : Access::write;
}

bool permits(std::uint32_t protection, Access access) {
  switch (access) {
    case Access::read:
      return readable(protection);
    case Access::write:
      return writable(protection);
    case Access::execute:
      return executable(protection);
  }
  return false;
}

}  // namespace

AccessView::AccessView(View base) : View(base), access(access_of(function.name)), address(argument[0]), at(address) {
  count = access == Access::execute ? 1 : argument[1];
  const std::uint64_t end = address + count;
  open = end < address;
  while (!open && at < end) {
    std::uint64_t next = 0;
    if (!meet(next)) return;
    at = std::min(next, end);
  }
}

bool AccessView::stop(Fault kind) {
  fault = kind;
  return false;
}

bool AccessView::resumed(std::uint32_t status) {
  for (const VectoredHandler& handler : state.handlers) {
    if (handler.status != 0 && handler.status != status) continue;
    sightings.push_back({handler.token, status, at});
    if (handler.resumes) return true;
  }
  return false;
}

bool AccessView::meet(std::uint64_t& next) {
  if (Allocation* allocation = state.space.find(at)) {
    const Pages& pages = allocation->at(at);
    touches_taint = touches_taint || allocation->tainted;
    next = allocation->end_of_run(at);
    if (allocation->physical || allocation->extent != Extent::whole) return open = true, false;
    const std::uint64_t page = state.page_down(at);
    const bool guarded =
        pages.committed && (pages.protection & PAGE_GUARD) && (guards.empty() || guards.back() != page);
    if (guarded && base_of(pages.protection) != PAGE_NOACCESS) {
      guards.push_back(page);  // one shot, whoever handles it (VQ-092, VQ-097)
      next = at;
      return resumed(STATUS_GUARD_PAGE_VIOLATION) || stop(Fault::guard);
    }
    if (pages.protection & PAGE_GUARD) next = page + system().page;
    if (pages.committed && permits(pages.protection, access)) return true;
    // Page tables cannot forbid reading what may be executed, documentation does (VQ-110).
    if (pages.committed && access == Access::read && base_of(pages.protection) == PAGE_EXECUTE)
      return open = true, false;
    // 32-bit processes may run data (VQ-107).
    if (pages.committed && access == Access::execute && readable(pages.protection) && system().bits != 64)
      return open = true, false;
  } else if (Block* block = state.blocks.find(at)) {
    touches_taint = touches_taint || block->tainted;
    if (block->size == 0 || !stays(*block)) return open = true, false;
    next = block->range().end;
    // Heaps are for data unless they were made for code (HA-053, HX-015); 32-bit processes may run data (VQ-107).
    const Heap* heap = state.heap(block->heap);
    if (access != Access::execute || (heap && heap->options & HEAP_CREATE_ENABLE_EXECUTE)) return true;
    if (system().bits != 64) return open = true, false;
  } else if (state.beyond(at)) {
    address_told = system().bits == 32;
  } else if (at >= 0x10000 && !state.gone.memory.holds(at) && !state.space.in_tail(at, system().granularity)) {
    return open = true, false;
  }
  for_ever = resumed(STATUS_ACCESS_VIOLATION);
  return stop(Fault::violation);
}

bool AccessView::stays(const Block& block) const {
  if (block.owner != Owner::moveable) return true;
  const Moveable* owner = state.object(block.object);
  return owner && owner->locks;
}

void AccessView::taint() {
  // What a window shows is not followed: an access there leaves nothing in doubt.
  const Allocation* stopped_in = open ? state.space.find(at) : nullptr;
  const bool window = stopped_in && stopped_in->physical;
  const std::uint64_t touched = window ? at - address : count ? count : 1;
  if ((access == Access::write || !open) && touched != 0) state.taint(range_of(address, touched));
}

bool AccessView::exceptions_right(const Seen& seen) const {
  const auto told = [&](const spec::Seen& from, const winmem::Exception& exception, std::uint64_t place) {
    if (!exception.parameters_stated) return true;
    if (exception.parameters.size != 2) return false;
    const Pattern& kind = exception.parameters[0];
    const Pattern& where = exception.parameters[1];
    const bool right_kind =
        kind.op != Pattern::Op::equal || from.number(kind.value) == static_cast<std::uint64_t>(access);
    const bool right_place = !address_told || where.op != Pattern::Op::equal || from.number(where.value) == place;
    return right_place && (right_kind || !address_told);
  };
  const Outcome& outcome = *seen.outcome;
  if (outcome.kind == Outcome::Kind::raises && !told(seen, outcome.exception, at)) return false;
  if (outcome.sightings.size != sightings.size()) return false;
  for (std::uint32_t i = 0; i < outcome.sightings.size; ++i) {
    const Sighting& sighting = outcome.sightings[i];
    if (sighting.exception.status != sightings[i].status || !told(seen, sighting.exception, sightings[i].address))
      return false;
  }
  return true;
}

}  // namespace winmem::spec
