// Calls of VirtualAlloc, and of what works on pages.
#include <algorithm>

#include "fuzz/generate/maker.h"

namespace winmem::fuzz {

using namespace win;
using Kind_ = Thing::Kind;

/// A reservation of a few pages or granules.
Line Maker::reserve(std::uint32_t type, Argument address) {
  const std::uint64_t bytes = page_bytes(std::uint64_t{1} << 21);
  type |= MEM_RESERVE | extra_flags(Set::allocation_type, MEM_TOP_DOWN);
  if (swarm_.weight[static_cast<std::size_t>(Recipe::get_write_watch)] > 0 && random_.one_in(2))
    type |= MEM_WRITE_WATCH;
  std::uint32_t page_protection = protection();
  if (random_.one_in(40)) {
    type = MEM_RESERVE | MEM_PHYSICAL;
    page_protection = PAGE_READWRITE;
  }
  // Most of what is committed is meant to be written to.
  if ((type & MEM_COMMIT) != 0 && random_.one_in(2)) page_protection = PAGE_READWRITE;
  return line("VirtualAlloc",
              {std::move(address), number(bytes), constant(type), constant(page_protection)});
}

bool Maker::virtual_call(Recipe recipe, Line& result) {
  switch (recipe) {
    case Recipe::reserve:
      result = reserve(0, number(0));
      return true;
    case Recipe::reserve_commit:
      result = reserve(MEM_COMMIT, number(0));
      return true;
    case Recipe::reserve_again: {
      const spec::Gone& gone = run_.state().gone;
      if (gone.memory.begin == gone.memory.end) return false;
      for (const Thing& thing : gone_)
        if (thing.value == gone.memory.begin) {
          result = reserve(random_.one_in(2) ? MEM_COMMIT : 0, name(thing));
          result.arguments[1] = number(page_bytes(gone.memory.size()));
          return true;
        }
      return false;
    }
    default:
      break;
  }
  const Thing* thing = any({Kind_::pages, Kind_::pages, Kind_::pages, Kind_::foreign});
  if (!thing) return false;
  const spec::Allocation* target = allocation(*thing);
  if (!target || (target->foreign() && !random_.one_in(3))) return false;
  const std::uint64_t offset = page_offset(target->size - (thing->value - target->base));
  const std::uint64_t rest = target->size - (thing->value - target->base) - offset;
  // Now and then beyond the end, or all of it.
  const std::uint64_t bytes = random_.one_in(12)  ? rest + random_.below(0x2000) + 1
                              : random_.one_in(4) ? rest
                                                  : page_bytes(rest);
  std::uint32_t type = MEM_COMMIT;
  if (recipe == Recipe::reset) type = random_.one_in(4) ? MEM_RESET_UNDO : MEM_RESET;
  std::uint32_t page_protection = random_.one_in(2) ? PAGE_READWRITE : protection();
  if (recipe == Recipe::reset) page_protection = PAGE_NOACCESS;
  result = line("VirtualAlloc",
                {name(*thing, offset), number(bytes), constant(type), constant(page_protection)});
  return true;
}

/// GetWriteWatch and ResetWriteWatch: mostly of what is watched.
bool Maker::watch_call(Recipe recipe, const Thing& thing, std::uint64_t offset, std::uint64_t bytes,
                       Line& result) {
  if (!allocation(thing)->write_watch && !random_.one_in(4)) return false;
  const std::uint64_t room = random_.one_in(4) ? 1 : 64;
  const std::uint32_t flags = random_.one_in(3) ? WRITE_WATCH_FLAG_RESET : 0;
  result = recipe == Recipe::get_write_watch
               ? line("GetWriteWatch", {constant(flags), name(thing, offset), number(bytes),
                                        list_of(room), going_in(room), out()})
               : line("ResetWriteWatch", {name(thing, offset), number(bytes)});
  return true;
}

/// VirtualFree, VirtualQuery, VirtualProtect, VirtualLock, VirtualUnlock, write watches.
bool Maker::page_call(Recipe recipe, Line& result) {
  if (recipe == Recipe::large_page_minimum) {
    result = line("GetLargePageMinimum", {});
    return true;
  }
  if (recipe == Recipe::physical_allocate) {
    const Thing* room = any({Kind_::pages});
    if (!room) return false;
    result = line("AllocateUserPhysicalPages",
                  {number(~std::uint64_t{0}), going_in(1 + random_.below(4)), name(*room)});
    result.arguments[0].value.number.form = Number::Form::pointer;
    return true;
  }
  if (recipe == Recipe::query) {
    result = line("VirtualQuery", {any_place(), out(), size_of()});
    return true;
  }
  const Thing* thing = any({Kind_::pages, Kind_::pages, Kind_::pages, Kind_::foreign});
  if (!thing) return false;
  const spec::Allocation* target = allocation(*thing);
  if (!target) return false;
  const std::uint64_t before = thing->value - target->base;
  std::uint64_t offset = page_offset(target->size - before);
  std::uint64_t bytes = page_bytes(target->size - before - offset);
  switch (recipe) {
    case Recipe::release:
      if (thing->kind == Kind_::pages) {
        gone_.push_back(*thing);
        gone_.back().value = target->base;
      }
      result = line("VirtualFree", {name(*thing, ~before + 1), number(0), constant(MEM_RELEASE)});
      return true;
    case Recipe::decommit:
      if (random_.one_in(4)) {
        offset = ~before + 1;
        bytes = 0;
      }
      result = line("VirtualFree", {name(*thing, offset), number(bytes), constant(MEM_DECOMMIT)});
      return true;
    case Recipe::protect:
    case Recipe::lock_pages:
    case Recipe::unlock_pages: {
      // Most of it where something is committed: a protection of a reservation only fails.
      for (const spec::Pages& pages : target->pages)
        if (pages.committed && pages.start >= before && random_.one_in(2)) {
          offset = pages.start - before;
          bytes = page_bytes(std::min<std::uint64_t>(
              target->end_of_run(target->base + pages.start) - target->base - pages.start,
              0x40000));
        }
      if (recipe == Recipe::protect)
        result = line("VirtualProtect",
                      {name(*thing, offset), number(bytes), constant(protection()), out()});
      else
        result = line(recipe == Recipe::lock_pages ? Text("VirtualLock") : Text("VirtualUnlock"),
                      {name(*thing, offset), number(bytes)});
      return true;
    }
    case Recipe::get_write_watch:
    case Recipe::reset_write_watch:
      return watch_call(recipe, *thing, offset, bytes, result);
    default:
      return false;
  }
}

}  // namespace winmem::fuzz
