// HeapAlloc, HeapReAlloc, HeapFree: the blocks of a heap.
#include "model/rule/pages.h"
#include "model/spec/heap_clauses.h"
#include "model/view/heap_block_view.h"

namespace winmem::spec {
namespace {

using A = HeapAllocView;
using R = HeapReAllocView;
using F = HeapFreeView;

constexpr auto moves = [](R& v, const Seen& seen) { v.move(seen); };

// The clauses that HeapAlloc, HeapReAlloc and HeapFree share.
template <class V>
constexpr Clause<V> untested_flags() {
  return {.id = "Heap.Flags.Untested",
          .says = "Flags that no public test passes can switch on debugging paths.",
          .facts = "HA-044 HA-045",
          .when = [](const V& v) { return v.untested_flags(); },
          .unspecified = true};
}
template <class V>
constexpr Clause<V> aligned() {
  return {.id = "Heap.Value.Aligned",
          .says = "A block is aligned to twice the size of a pointer: 16 bytes on x64, 8 on x86.",
          .facts = "HA-015 HA-016",
          .about = "value",
          .is = [](const V& v) { return multiple_of(v.alignment()); }};
}
template <class V>
constexpr Clause<V> apart() {
  return {.id = "Heap.Value.ApartFromAllLiving",
          .says =
              "No two living blocks share a byte, zero-byte ones have addresses of their own, and no block is "
              "the heap's handle.",
          .facts = "HA-005 HA-021 HA-054 HA-065 HX-714",
          .about = "value",
          .holds = [](const V& v, const Seen& seen) { return v.apart(seen.value, v.size, v.old); }};
}
template <class V>
constexpr Clause<V> smallest_leave_last_error() {
  return {
      .id = "Heap.LastError",
      .says = "The smallest blocks come and go without a last error; of others that is not told.",
      .facts = "HA-043 HF-005",
      .when = [](const V& v) { return v.smallest(); },
      .about = "last error",
      .holds = [](const V& v, const Seen& seen) { return error_allowed(no_error_written, *seen.outcome, v.state); }};
}

constexpr Clause<A> alloc_clauses[] = {
    not_a_heap<A>(),
    untested_flags<A>(),
    {.id = "HeapAlloc.MostOfAGrowableHeap",
     .says = "What _HEAP_MAXREQ gives of a growable heap the contract page does not say.",
     .facts = "CP-26",
     .scope = Scope::documented_only,
     .when = [](const A& v) { return v.asks_for_most() && !v.fixed(); },
     .unspecified = true},
    {.id = "HeapAlloc.Size.Possible",
     .says = "A size for which no address space has room fails; of the last error no test tells.",
     .facts = "HA-027 HA-029 CP-28",
     .when = [](const A& v) { return v.impossible(v.size) && !v.no_room_left() && !v.raises() && !v.most_of_fixed(); },
     .fails = {any_error}},
    {.id = "HeapAlloc.NoRoomLeft",
     .says =
         "On x86 a growable heap that has no room left beside what lives fails for lack of memory: a test on Windows "
         "saw the error that the page says is not set.",
     .facts = "HA-028",
     .when = [](const A& v) { return v.no_room_left() && !v.raises(); },
     .fails = {ERROR_NOT_ENOUGH_MEMORY}},
    {.id = "HeapAlloc.FixedHeap.NoLargeBlocks",
     .says = "A fixed-size heap serves no block of 512 KiB on x86 or 1 MiB on x64, even if it is larger.",
     .facts = "HA-032 HA-033 HA-034",
     .when = [](const A& v) { return v.fixed_serves_no_large(v.size) && !v.impossible(v.size) && !v.raises(); },
     .fails = {ERROR_NOT_ENOUGH_MEMORY}},
    {.id = "HeapAlloc.FixedHeap.NotBeyondItsMaximum",
     .says = "A fixed-size heap serves no block above its maximum; which last error it leaves is not told.",
     .facts = "HA-038 HA-033",
     .when = [](const A& v) { return v.fixed_has_less(v.size) && !v.impossible(v.size) && !v.raises(); },
     .fails = {any_error}},
    {.id = "HeapAlloc.GenerateExceptions",
     .says = "With HEAP_GENERATE_EXCEPTIONS, of the call or of the heap, a failure raises STATUS_NO_MEMORY, or "
             "STATUS_ACCESS_VIOLATION where the arguments are held to be improper.",
     .facts = "HA-039 HA-040 HA-041 HA-042 CP-24",
     .when = [](const A& v) { return v.raises() && v.cannot_be_served() && !v.most_of_fixed(); },
     .fails = {raising(STATUS_NO_MEMORY), raising(STATUS_ACCESS_VIOLATION)}},
    {.id = "HeapAlloc.Continued",
     .says = "What a handler brings about that continues the exception of a failed allocation is not told.",
     .facts = "HA-041",
     .when = [](const A& v) { return v.continued(); },
     .unspecified = true},
    {.id = "HeapAlloc.MostOfAFixedHeap",
     .says = "_HEAP_MAXREQ asks a fixed-size heap for the largest block that it can still give.",
     .facts = "CP-26",
     .scope = Scope::documented_only,
     .when = [](const A& v) { return v.most_of_fixed(); },
     .succeeds = true,
     .then = [](A& v, const Seen& seen) { v.add(seen.value, 0, v.fresh()).tainted = true; }},
    {.id = "HeapAlloc.FixedHeap.MayBeFull",
     .says = "How much a fixed-size heap gives beyond the surely free part depends on its bookkeeping.",
     .facts = "HA-023 HA-034 HA-035 HA-036 HA-038",
     .when = [](const A& v) { return v.fixed() && !v.surely_fits(v.size) && !v.impossible(v.size); },
     .succeeds = true,
     .may_fail = {any_error, raising(STATUS_NO_MEMORY)},
     .then = [](A& v, const Seen& seen) { v.add(seen.value, v.size, v.fresh()); }},
    {.id = "HeapAlloc.GivesABlock",
     .says = "A request is served, one for zero bytes too; with HEAP_ZERO_MEMORY the bytes are zero, else whatever "
             "they are.",
     .facts = "HA-001 HA-003 HA-004 HA-009 HA-010 HA-012 HA-013 HA-024 HA-031 HA-049 HA-064 CP-20 CP-22 CP-23 CP-24 "
              "CP-25 CP-27 HA-020 HA-035 HA-044 HA-045",
     .succeeds = true,
     .needs = [](const A& v) { return Demand{v.size, v.size, 0}; },
     .then = [](A& v, const Seen& seen) { v.add(seen.value, v.size, v.fresh()); }},
    aligned<A>(),
    {.id = "HeapAlloc.Value.LargeBlockAligned",
     .says = "In the NT heap a large block is aligned to eight times the size of a pointer.",
     .facts = "HA-018 HA-019 HA-023 HA-709",
     .when = [](const A& v) { return v.large(v.size); },
     .about = "value",
     .is = [](const A& v) { return multiple_of(8 * v.pointer()); }},
    apart<A>(),
    smallest_leave_last_error<A>(),
};

constexpr Clause<R> realloc_clauses[] = {
    not_a_heap<R>(),
    {.id = "HeapReAlloc.NotABlock",
     .says = "Reallocating what is not a living block of this heap may do anything.",
     .facts = "HX-100",
     .when = [](const R& v) { return v.heap && !v.of_null() && !v.old; },
     .undefined = true},
    untested_flags<R>(),
    {.id = "HeapReAlloc.OfOthers",
     .says = "Reallocating what GlobalAlloc or LocalAlloc made is not told by the evidence.",
     .facts = "GF-025",
     .when = [](const R& v) { return v.old && v.old->owner != Owner::heap; },
     .unspecified = true},
    {.id = "HeapReAlloc.Continued",
     .says = "What continuing a failed reallocation brings about is not told.",
     .facts = "HA-041 HX-051",
     .when = [](const R& v) { return v.continued(); },
     .unspecified = true},
    {.id = "HeapReAlloc.Null.Untested",
     .says =
         "NULL for a block is tested without flags and with HEAP_ZERO_MEMORY alone, in a heap made without options.",
     .facts = "HX-029",
     .when = [](const R& v) { return v.of_null() && v.untested_null(); },
     .unspecified = true},
    {.id = "HeapReAlloc.Null",
     .says = "A NULL block is not an allocation: the value is NULL and the last error becomes zero.",
     .facts = "HX-029",
     .when = [](const R& v) { return v.heap && v.of_null() && !v.untested_null(); },
     .fails_first = {ERROR_SUCCESS}},
    {.id = "HeapReAlloc.Size.Possible",
     .says = "A size for which no address space has room fails and leaves the block as it was.",
     .facts = "HX-033 HX-034 HF-029",
     .when = [](const R& v) { return v.impossible(v.size) && !v.raises(); },
     .fails = {any_error}},
    {.id = "HeapReAlloc.FixedHeap.NoLargeBlocks",
     .says = "In a fixed-size heap reallocation is bounded as allocation is.",
     .facts = "HX-049",
     .when = [](const R& v) { return v.fixed_refuses(v.size) && !v.impossible(v.size) && !v.raises(); },
     .fails = {any_error}},
    {.id = "HeapReAlloc.GenerateExceptions",
     .says = "With HEAP_GENERATE_EXCEPTIONS a failure raises STATUS_NO_MEMORY or STATUS_ACCESS_VIOLATION.",
     .facts = "HX-051 HA-040",
     .when = [](const R& v) { return v.raises() && v.cannot_be_served(); },
     .fails = {raising(STATUS_NO_MEMORY), raising(STATUS_ACCESS_VIOLATION)}},
    {.id = "HeapReAlloc.InPlace.LargeBlockGaveBack",
     .says = "A large block that shrank in place gave its pages back: it cannot have them again in place.",
     .facts = "HX-046",
     .when = [](const R& v) { return v.in_place() && v.gave_back() && !v.raises(); },
     .fails = {ERROR_NOT_ENOUGH_MEMORY}},
    {.id = "HeapReAlloc.InPlace.MayRefuse",
     .says = "In place only, a block may refuse to grow, and a small one to shrink; it is then as it was.",
     .facts = "HX-043 HX-047 HX-715",
     .when = [](const R& v) { return v.in_place() && v.old && !v.surely_in_place(); },
     .succeeds = true,
     .may_fail = {any_error, raising(STATUS_NO_MEMORY), raising(STATUS_ACCESS_VIOLATION)},
     .then = moves},
    {.id = "HeapReAlloc.FixedHeap.MayBeFull",
     .says = "How much a fixed-size heap gives beyond the surely free part depends on its bookkeeping.",
     .facts = "HX-049 HX-050",
     .when = [](const R& v) { return v.needs_room() && v.fixed() && !v.surely_fits(v.size); },
     .succeeds = true,
     .may_fail = {any_error, raising(STATUS_NO_MEMORY), raising(STATUS_ACCESS_VIOLATION)},
     .then = moves},
    {.id = "HeapReAlloc.Resizes",
     .says = "A block gets the new size, zero bytes too, where it is or elsewhere; what it held stays up to the "
             "smaller size, and with HEAP_ZERO_MEMORY the bytes beyond the old size are zero.",
     .facts = "HX-032 HX-036 HX-037 HX-038 HX-039 HX-040 HX-041 HX-042 HX-044 HX-045 HX-050 HX-705 "
              "HA-057",
     .when = [](const R& v) { return v.old != nullptr; },
     .succeeds = true,
     .needs = [](const R& v) { return Demand{v.size, v.size, 0}; },
     .then = moves},
    {.id = "HeapReAlloc.Value.InPlace",
     .says = "HEAP_REALLOC_IN_PLACE_ONLY never gives another address.",
     .facts = "HX-043",
     .when = [](const R& v) { return v.in_place(); },
     .about = "value",
     .is = [](const R& v) { return equal(v.argument[2]); }},
    aligned<R>(),
    apart<R>(),
};

constexpr Clause<F> free_clauses[] = {
    {.id = "HeapFree.Null.Documented",
     .says = "By the contract page only a pointer from HeapAlloc or HeapReAlloc may be freed: NULL is none.",
     .facts = "CP-35",
     .scope = Scope::documented_only,
     .when = [](const F& v) { return v.of_null(); },
     .undefined = true},
    {.id = "HeapFree.NotABlock",
     .says = "Freeing what is not a living block of this heap may do anything: on x64 the process ends.",
     .facts = "HF-016 HF-017 HF-018 HF-019 HF-020 HF-021 HF-022 HF-023 HF-024 HF-702 HF-706",
     .when = [](const F& v) { return !v.of_null() && !v.target; },
     .undefined = true},
    {.id = "HeapFree.Flags.MustBeZero",
     .says = "By the contract page the flags must be zero.",
     .facts = "CP-33 CP-37 CP-38",
     .scope = Scope::documented_only,
     .when = [](const F& v) { return v.flags != 0; },
     .fails_first = {ERROR_INVALID_PARAMETER}},
    {.id = "HeapFree.Flags.Untested",
     .says = "Flags other than HEAP_NO_SERIALIZE did no harm where they were seen, but can switch on debugging paths.",
     .facts = "HF-015 CP-33",
     .scope = Scope::windows_only,
     .when = [](const F& v) { return (v.flags & ~HEAP_NO_SERIALIZE) != 0; },
     .unspecified = true},
    {.id = "HeapFree.OfOthers",
     .says = "Freeing what GlobalAlloc or LocalAlloc made is not told by the evidence.",
     .facts = "GF-025",
     .when = [](const F& v) { return v.target && v.target->owner != Owner::heap; },
     .unspecified = true},
    {.id = "HeapFree.Null",
     .says = "Freeing NULL succeeds and does nothing, whatever the heap.",
     .facts = "HF-002 HF-003 HF-004 CP-35",
     .scope = Scope::windows_only,
     .when = [](const F& v) { return v.of_null(); },
     .succeeds = true,
     .leaves = no_error_written},
    {.id = "HeapFree.Frees",
     .says = "A living block is freed: small, large, or of zero bytes.",
     .facts = "HF-005 HF-006 HF-007 HF-018 HF-027 HF-028 HF-029 HF-705 CP-30 CP-31 CP-32 CP-34 CP-35 CP-36",
     .when = [](const F& v) { return v.target != nullptr; },
     .succeeds = true,
     .then = [](F& v, const Seen&) { v.free(); }},
    smallest_leave_last_error<F>(),
};

}  // namespace

void add_heap_block_pages(PageList& pages) {
  add(pages, "HeapAlloc", alloc_clauses);
  add(pages, "HeapReAlloc", realloc_clauses);
  add(pages, "HeapFree", free_clauses);
}

}  // namespace winmem::spec
