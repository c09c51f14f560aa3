// Accesses, last errors, exceptions, set-up calls.
#include <algorithm>

#include "fuzz/generate/maker.h"

namespace winmem::fuzz {

using namespace win;
using Kind_ = Thing::Kind;

/// Something with an address, and how far from its name on it reaches.
const Thing* Maker::readable(std::uint64_t& bytes) {
  auto& state = const_cast<spec::State&>(run_.state());
  const Thing* thing = any({Kind_::pages, Kind_::block, Kind_::pointer, Kind_::foreign});
  if (!thing) return nullptr;
  if (thing->kind == Kind_::pages || thing->kind == Kind_::foreign) {
    const spec::Allocation* target = allocation(*thing);
    if (!target || (target->foreign() && !target->view()) || target->physical || target->tainted)
      return nullptr;
    bytes = target->size - (thing->value - target->base);
  } else {
    const spec::Block* block = state.blocks.starting_at(thing->value);
    if (!block || block->size == 0 || block->tainted) return nullptr;
    bytes = block->size;
  }
  return thing;
}

bool Maker::access_call(Recipe recipe, Line& result) {
  std::uint64_t bytes = 0;
  const Thing* thing = readable(bytes);
  if (!thing) return false;
  const bool pages = thing->kind == Kind_::pages || thing->kind == Kind_::foreign;
  std::uint64_t offset = 0;
  if (thing->takes_offsets) offset = pages ? page_offset(bytes) : random_.below(bytes);
  const std::uint64_t rest = bytes - offset;
  std::uint64_t count =
      std::min<std::uint64_t>(pages ? page_bytes(rest) : 1 + random_.below(rest), 0x8000);
  if (random_.one_in(4)) count = std::min<std::uint64_t>(rest, 0x8000);
  constexpr std::uint64_t widths[] = {1, 2, 4, 8};
  std::uint64_t width = random_.pick(widths);
  while (width > rest && !pages) width /= 2;
  switch (recipe) {
    case Recipe::fill:
      result = line("fill", {name(*thing, offset), number(count),
                             number(random_.one_in(3) ? 0xc3 : random_.below(256))});
      return true;
    case Recipe::pattern:
      result = line("pattern", {name(*thing, offset), number(count), number(1 + random_.below(9))});
      return true;
    case Recipe::read:
      result = line("read", {name(*thing, offset), number(count)});
      return true;
    case Recipe::load:
      result = line("load", {name(*thing, offset), number(width)});
      return true;
    case Recipe::store:
      result = line("store", {name(*thing, offset), number(width),
                              number(random_.one_in(3) ? 0xc3c3 : random_.next())});
      return true;
    case Recipe::execute:
      if (!pages) return false;
      result = line("execute", {name(*thing, offset)});
      return run_.returns_at(thing->value + offset);
    default:
      return false;
  }
}

bool Maker::other_call(Recipe recipe, Line& result) {
  const bool handlers = swarm_.handlers;
  switch (recipe) {
    case Recipe::get_error:
      result = line("GetLastError", {});
      return true;
    case Recipe::set_error: {
      constexpr std::uint64_t codes[] = {0, 1, 5, 87, 487, 0xffffffff};
      result = line("SetLastError", {number(random_.pick(codes))});
      return true;
    }
    case Recipe::system_info:
      result = line("GetSystemInfo", {out()});
      return true;
    case Recipe::raise:
      if (!handlers) return false;
      result = line("RaiseException", {number(0xe0000001), number(0), number(0), number(0)});
      return true;
    case Recipe::add_handler: {
      if (!handlers) return false;
      constexpr std::uint32_t statuses[] = {STATUS_GUARD_PAGE_VIOLATION, 0xe0000001,
                                            STATUS_NO_MEMORY};
      Argument handler;
      handler.form = Argument::Form::handler;
      handler.handler.status = random_.pick(statuses);
      handler.handler.action = random_.one_in(3) || handler.handler.status == STATUS_NO_MEMORY
                                   ? Handler::Action::search
                                   : Handler::Action::resume;
      result = line("AddVectoredExceptionHandler", {number(random_.below(2)), handler});
      return true;
    }
    case Recipe::remove_handler: {
      const Thing* handler = any({Kind_::handler});
      if (!handler) return false;
      result = line("RemoveVectoredExceptionHandler", {name(*handler)});
      return true;
    }
    case Recipe::view: {
      if (!swarm_.foreign) return false;
      constexpr std::uint32_t protections[] = {PAGE_READWRITE, PAGE_READWRITE, PAGE_READONLY};
      result = line(
          "view", {number(0x1000 * (1 + random_.below(20))), constant(random_.pick(protections))});
      return true;
    }
    case Recipe::image:
      if (!swarm_.foreign) return false;
      result = line("image", {});
      return true;
    case Recipe::stack:
      if (!swarm_.foreign) return false;
      result = line("stack", {});
      return true;
    default:
      return false;
  }
}

}  // namespace winmem::fuzz
