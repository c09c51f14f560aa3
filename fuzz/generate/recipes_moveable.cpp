// Calls of the Global and Local families, which are twins.
#include "fuzz/generate/maker.h"

namespace winmem::fuzz {

using namespace win;
using Kind_ = Thing::Kind;

namespace {

struct Twins {
  Text global, local;
};

Text of(const Twins& twins, bool local) {
  return local ? twins.local : twins.global;
}

}  // namespace

bool Maker::moveable_call(Recipe recipe, Line& result) {
  auto& state = const_cast<spec::State&>(run_.state());
  bool local = random_.one_in(2);
  const std::uint32_t discardable = local ? 0xf00u : 0x100u;
  if (recipe == Recipe::moveable_allocate) {
    std::uint32_t flags = random_.one_in(3) ? 0 : GMEM_MOVEABLE;
    if (random_.one_in(2)) flags |= GMEM_ZEROINIT;
    if (flags & GMEM_MOVEABLE && random_.one_in(4)) flags |= discardable;
    flags |= extra_flags(Set::gmem, GMEM_NOCOMPACT | GMEM_NODISCARD | (local ? 0 : GMEM_DDESHARE));
    result =
        line(of({"GlobalAlloc", "LocalAlloc"}, local), {constant(flags), number(small_size())});
    return true;
  }
  const Thing* thing = recipe == Recipe::moveable_handle
                           ? any({Kind_::pointer, Kind_::pointer, Kind_::block, Kind_::object})
                       : random_.one_in(8) ? any({Kind_::object, Kind_::block, Kind_::pointer})
                                           : any({Kind_::object, Kind_::object, Kind_::block});
  if (!thing) return false;
  // The family that made it, nearly always: what the other does is mostly not told.
  const spec::Block* block = state.blocks.starting_at(thing->value);
  const spec::Moveable* object =
      state.object(block && block->object ? block->object : thing->value);
  if (block && block->owner == spec::Owner::heap && !random_.one_in(6)) return false;
  if (object && !random_.one_in(40)) local = object->local;
  if (!object && block && !random_.one_in(40)) local = block->owner == spec::Owner::fixed_local;
  const std::uint64_t size = object ? object->size : block ? block->size : 0;
  switch (recipe) {
    case Recipe::moveable_reallocate: {
      std::uint32_t flags = 0;
      if (random_.one_in(2)) flags |= GMEM_MOVEABLE;
      if (random_.one_in(2)) flags |= GMEM_ZEROINIT;
      if (random_.one_in(4)) flags |= GMEM_MODIFY;
      if (random_.one_in(6)) flags |= discardable;
      std::uint64_t bytes = random_.one_in(4) ? 0 : small_size();
      if (random_.one_in(3)) bytes = size + random_.below(3);
      result = line(of({"GlobalReAlloc", "LocalReAlloc"}, local),
                    {name(*thing), number(bytes), constant(flags)});
      return true;
    }
    case Recipe::moveable_free:
      result = line(of({"GlobalFree", "LocalFree"}, local), {name(*thing)});
      return true;
    case Recipe::moveable_lock:
    case Recipe::moveable_unlock: {
      result = recipe == Recipe::moveable_lock
                   ? line(of({"GlobalLock", "LocalLock"}, local), {name(*thing)})
                   : line(of({"GlobalUnlock", "LocalUnlock"}, local), {name(*thing)});
      // To the ends of the lock count.
      if (random_.one_in(10)) {
        constexpr std::uint32_t often[] = {2, 3, 254, 255, 256};
        result.call.repeated = true;
        result.call.repeat = random_.pick(often);
      }
      return true;
    }
    case Recipe::moveable_size:
      result = line(of({"GlobalSize", "LocalSize"}, local), {name(*thing)});
      return true;
    case Recipe::moveable_flags:
      result = line(of({"GlobalFlags", "LocalFlags"}, local), {name(*thing)});
      return true;
    case Recipe::moveable_handle:
      result = line(of({"GlobalHandle", "LocalHandle"}, local), {name(*thing)});
      return true;
    default:
      return false;
  }
}

}  // namespace winmem::fuzz
