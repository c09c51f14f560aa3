// Calls on heaps and their blocks.
#include "fuzz/generate/maker.h"

namespace winmem::fuzz {

using namespace win;
using Kind_ = Thing::Kind;

bool Maker::heap_call(Recipe recipe, Line& result) {
  auto& state = const_cast<spec::State&>(run_.state());
  if (recipe == Recipe::heap_create) {
    const std::uint32_t options = extra_flags(
        Set::heap, HEAP_NO_SERIALIZE | HEAP_GENERATE_EXCEPTIONS | HEAP_CREATE_ENABLE_EXECUTE);
    const std::uint64_t maximum =
        random_.one_in(3) ? 0x10000 * (1 + random_.below(8)) + random_.below(2) * 0x1000 : 0;
    const std::uint64_t initial = random_.one_in(2) ? 0 : 0x1000 * random_.below(16);
    result = line("HeapCreate", {constant(options), number(initial), number(maximum)});
    return true;
  }
  if (recipe == Recipe::process_heap) {
    result = line("GetProcessHeap", {});
    return true;
  }
  const Thing* heap = any({Kind_::heap});
  if (!heap) return false;
  if (recipe == Recipe::heap_destroy) {
    if (heap->value == state.process_heap) return false;
    result = line("HeapDestroy", {name(*heap)});
    return true;
  }
  const std::uint32_t common = HEAP_NO_SERIALIZE | HEAP_GENERATE_EXCEPTIONS;
  if (recipe == Recipe::heap_allocate) {
    result =
        line("HeapAlloc",
             {name(*heap),
              constant(extra_flags(Set::heap, common) | (random_.one_in(2) ? HEAP_ZERO_MEMORY : 0)),
              number(small_size())});
    return true;
  }
  const Thing* block = any({Kind_::block});
  if (!block) return false;
  const spec::Block* living = state.blocks.starting_at(block->value);
  if (!living) return false;
  // Its own heap, so that wrong heaps are the exception.
  for (const Thing& thing : things_)
    if (thing.kind == Kind_::heap && thing.value == living->heap) heap = &thing;
  switch (recipe) {
    case Recipe::heap_reallocate: {
      const std::uint32_t flags = extra_flags(Set::heap, common) |
                                  (random_.one_in(2) ? HEAP_ZERO_MEMORY : 0) |
                                  (random_.one_in(3) ? HEAP_REALLOC_IN_PLACE_ONLY : 0);
      std::uint64_t bytes = small_size();
      if (random_.one_in(3)) bytes = living->size + random_.below(3);
      if (random_.one_in(4)) bytes = living->size / 2;
      result = line("HeapReAlloc", {name(*heap), constant(flags), name(*block), number(bytes)});
      return true;
    }
    case Recipe::heap_free:
      result = line("HeapFree", {name(*heap), constant(extra_flags(Set::heap, HEAP_NO_SERIALIZE)),
                                 name(*block)});
      return true;
    case Recipe::heap_size:
      result = line("HeapSize", {name(*heap), constant(extra_flags(Set::heap, HEAP_NO_SERIALIZE)),
                                 name(*block)});
      return true;
    default:
      return false;
  }
}

/// What asks and changes a heap as a whole.
bool Maker::heap_state_call(Recipe recipe, Line& result) {
  const auto& state = run_.state();
  const Thing* heap = any({Kind_::heap});
  if (!heap) return false;
  const std::uint32_t serialize = extra_flags(Set::heap, HEAP_NO_SERIALIZE);
  switch (recipe) {
    case Recipe::heap_validate: {
      const Thing* block = random_.one_in(2) ? any({Kind_::block}) : nullptr;
      result = line("HeapValidate",
                    {name(*heap), constant(serialize), block ? name(*block) : number(0)});
      return true;
    }
    case Recipe::heap_lock:
      result = line("HeapLock", {name(*heap)});
      return true;
    case Recipe::heap_unlock:
      if (state.heaps.at(heap->value).locks == 0) return false;
      result = line("HeapUnlock", {name(*heap)});
      return true;
    case Recipe::heap_walk:
      result = line("HeapWalk", {name(*heap), out()});
      result.call.repeated = true;
      result.call.repeat = 8 + static_cast<std::uint32_t>(random_.below(200));
      return true;
    case Recipe::heap_compact:
      result = line("HeapCompact", {name(*heap), constant(serialize)});
      return true;
    case Recipe::heap_set:
      // What is set for the process's heap is set for good.
      if (heap->value == state.process_heap) return false;
      result = line("HeapSetInformation", {name(*heap), constant(HeapCompatibilityInformation),
                                           going_in(random_.below(4)), number(4)});
      return true;
    case Recipe::heap_ask:
      result = line("HeapQueryInformation",
                    {name(*heap), constant(HeapCompatibilityInformation), out(), number(4), out()});
      return true;
    default:
      return false;
  }
}

}  // namespace winmem::fuzz
