// view, image, stack as their pages see them.
#pragma once

#include "model/rule/clause.h"

namespace winmem::spec {

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
