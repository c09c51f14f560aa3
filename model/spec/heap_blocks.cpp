// HeapAlloc, HeapReAlloc, HeapFree: the blocks of a heap.
#include "model/spec/pages.h"
#include "model/view/heap_view.h"

namespace winmem::spec {
namespace {

// Bits that some test passed and Windows took (HA-020, HA-044, HA-045), besides the documented ones.
constexpr std::uint32_t known_flags = HEAP_NO_SERIALIZE | HEAP_GENERATE_EXCEPTIONS | HEAP_ZERO_MEMORY | 0xf00 |
                                      HEAP_TAIL_CHECKING_ENABLED | HEAP_FREE_CHECKING_ENABLED | HEAP_CREATE_ALIGN_16;

struct AllocView : HeapView {
  std::uint64_t size;
  explicit AllocView(View base) : HeapView(base), size(argument[2]) {}
  /// _HEAP_MAXREQ: the largest request there is (the header's constant).
  bool asks_for_most() const { return size == (system().pointer_mask() & ~std::uint64_t{0x1f}); }
  bool most_of_fixed() const { return asks_for_most() && fixed() && state.profile == Profile::documented; }
  bool zeroes() const { return flags & HEAP_ZERO_MEMORY; }
  Contents fresh() const { return Contents(zeroes() ? Contents::byte(0) : Contents::unknown()); }
  void follow(const Seen& seen) { add(seen.value, 0, Contents(Contents::unknown())); }
};
using A = AllocView;

constexpr Clause<A> alloc_clauses[] = {
    {.id = "HeapAlloc.NotAHeap",
     .says = "Allocating from what is not a living heap may do anything.",
     .facts = "HX-098",
     .when = [](const A& v) { return !v.heap; },
     .undefined = true},
    {.id = "HeapAlloc.Flags.Untested",
     .says = "Flags that no public test passes can switch on debugging paths.",
     .facts = "HA-044 HA-045",
     .when = [](const A& v) { return (v.flags & ~known_flags) != 0; },
     .unspecified = true},
    {.id = "HeapAlloc.MostOfAGrowableHeap",
     .says = "What _HEAP_MAXREQ gives of a growable heap the contract page does not say.",
     .facts = "CP-HeapAlloc",
     .scope = Scope::documented_only,
     .when = [](const A& v) { return v.asks_for_most() && !v.fixed(); },
     .unspecified = true},
    {.id = "HeapAlloc.Size.Possible",
     .says = "A size for which no address space has room fails; which last error it leaves is contradictory.",
     .facts = "HA-027 HA-028 HA-029 HA-706 HA-707",
     .when = [](const A& v) { return v.impossible(v.size) && !v.raises() && !v.most_of_fixed(); },
     .fails = {any_error}},
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
     .facts = "HA-039 HA-040 HA-041 HA-042",
     .when =
         [](const A& v) {
           return v.raises() && (v.impossible(v.size) || v.fixed_refuses(v.size)) && !v.most_of_fixed();
         },
     .fails = {raising(STATUS_NO_MEMORY), raising(STATUS_ACCESS_VIOLATION)}},
    {.id = "HeapAlloc.Continued",
     .says = "What a handler brings about that continues the exception of a failed allocation is not told.",
     .facts = "HA-041",
     .when = [](const A& v) { return v.continued(); },
     .unspecified = true},
    {.id = "HeapAlloc.MostOfAFixedHeap",
     .says = "_HEAP_MAXREQ asks a fixed-size heap for the largest block that it can still give.",
     .facts = "CP-HeapAlloc",
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
     .facts = "HA-001 HA-003 HA-004 HA-009 HA-010 HA-012 HA-013 HA-024 HA-031 HA-049 HA-064 HA-701 HA-704 HA-705",
     .succeeds = true,
     .needs = [](const A& v) { return Demand{v.size, v.size, 0}; },
     .then = [](A& v, const Seen& seen) { v.add(seen.value, v.size, v.fresh()); }},
    {.id = "HeapAlloc.Value.Aligned",
     .says = "A block is aligned to twice the size of a pointer: 16 bytes on x64, 8 on x86.",
     .facts = "HA-015 HA-016 HA-702 HA-703",
     .about = "value",
     .is = [](const A& v) { return multiple_of(v.alignment()); }},
    {.id = "HeapAlloc.Value.LargeBlockAligned",
     .says = "In the NT heap a large block is aligned to eight times the size of a pointer.",
     .facts = "HA-018 HA-019 HA-063",
     .when = [](const A& v) { return v.system().nt_heap && !v.fixed() && v.size >= 0x20000 * v.pointer(); },
     .about = "value",
     .is = [](const A& v) { return multiple_of(8 * v.pointer()); }},
    {.id = "HeapAlloc.Value.ApartFromAllLiving",
     .says = "No two living blocks share a byte, zero-byte ones have addresses of their own, and no block is the "
             "heap's handle.",
     .facts = "HA-005 HA-021 HA-054 HA-065 HX-714",
     .about = "value",
     .holds = [](const A& v, const Seen& seen) { return v.apart(seen.value, v.size, nullptr); }},
};

struct ReAllocView : AllocView {
  Block* old;
  explicit ReAllocView(View base) : AllocView(base), old(nullptr) {
    size = argument[3];
    if (heap) old = touched = block(argument[2]);
  }
  void follow(const Seen& seen) {
    if (old) state.taint(old->range());
    AllocView::follow(seen);
  }
  bool of_null() const { return argument[2] == 0; }
  bool in_place() const { return flags & HEAP_REALLOC_IN_PLACE_ONLY; }
  /// Shrinking in place works in the NT heap but in its low-fragmentation front end, which serves up to 16 KiB (HX-044,
  /// HX-047).
  bool surely_in_place() const { return size <= old->size && old->size > 0x4000 && size > 0x4000 && system().nt_heap; }
};
using R = ReAllocView;

void move(R& v, const Seen& seen) {
  Block next = *v.old;
  next.contents.resize(next.size, v.size, v.zeroes() ? Contents::byte(0) : Contents::unknown());
  const bool freed_before = v.heap->freed;
  const Range before = v.state.going.block;
  v.remove(*v.old);
  if (seen.value == next.base) v.heap->freed = freed_before, v.state.going.block = before;
  v.old = nullptr;
  // Some systems with Windows 7 say one byte (HX-032).
  v.add(seen.value, v.size, std::move(next.contents)).doubtful_size =
      v.size == 0 && v.state.profile == Profile::windows_7;
}

constexpr Clause<R> realloc_clauses[] = {
    {.id = "HeapReAlloc.NotAHeap",
     .says = "Reallocating in what is not a living heap may do anything.",
     .facts = "HX-098",
     .when = [](const R& v) { return !v.heap; },
     .undefined = true},
    {.id = "HeapReAlloc.NotABlock",
     .says = "Reallocating what is not a living block of this heap may do anything.",
     .facts = "HX-100",
     .when = [](const R& v) { return v.heap && !v.of_null() && !v.old; },
     .undefined = true},
    {.id = "HeapReAlloc.Flags.Untested",
     .says = "Flags that no public test passes can switch on debugging paths.",
     .facts = "HA-044 HA-045",
     .when = [](const R& v) { return (v.flags & ~(known_flags | HEAP_REALLOC_IN_PLACE_ONLY)) != 0; },
     .unspecified = true},
    {.id = "HeapReAlloc.OfOthers",
     .says = "Reallocating what GlobalAlloc or LocalAlloc made is not told by the evidence.",
     .facts = "GF-025",
     .when = [](const R& v) { return v.old && v.old->owner != Owner::heap; },
     .unspecified = true},
    {.id = "HeapReAlloc.Continued",
     .says = "With HEAP_GENERATE_EXCEPTIONS no test shows NULL for a block, nor what continuing a failure brings "
             "about.",
     .facts = "HA-041 HX-051",
     .when = [](const R& v) { return v.continued() || (v.raises() && v.of_null()); },
     .unspecified = true},
    {.id = "HeapReAlloc.Null",
     .says = "A NULL block is not an allocation: the value is NULL and the last error becomes zero.",
     .facts = "HX-029 HX-030 HX-703",
     .when = [](const R& v) { return v.heap && v.of_null() && !v.raises(); },
     .fails_first = {ERROR_SUCCESS}},
    {.id = "HeapReAlloc.Size.Possible",
     .says = "A size for which no address space has room fails and leaves the block as it was.",
     .facts = "HX-033 HX-034 HX-716 HF-029",
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
     .when = [](const R& v) { return v.raises() && (v.impossible(v.size) || v.fixed_refuses(v.size)); },
     .fails = {raising(STATUS_NO_MEMORY), raising(STATUS_ACCESS_VIOLATION)}},
    {.id = "HeapReAlloc.InPlace.MayRefuse",
     .says = "In place only, a block may refuse to grow, and a small one to shrink; it is then as it was.",
     .facts = "HX-043 HX-046 HX-047 HX-715",
     .when = [](const R& v) { return v.in_place() && v.old && !v.surely_in_place(); },
     .succeeds = true,
     .may_fail = {any_error, raising(STATUS_NO_MEMORY), raising(STATUS_ACCESS_VIOLATION)},
     .then = move},
    {.id = "HeapReAlloc.FixedHeap.MayBeFull",
     .says = "How much a fixed-size heap gives beyond the surely free part depends on its bookkeeping.",
     .facts = "HX-049 HX-050",
     .when = [](const R& v) { return v.old && v.fixed() && v.size > v.old->size && !v.surely_fits(v.size); },
     .succeeds = true,
     .may_fail = {any_error, raising(STATUS_NO_MEMORY), raising(STATUS_ACCESS_VIOLATION)},
     .then = move},
    {.id = "HeapReAlloc.Resizes",
     .says = "A block gets the new size, zero bytes too, where it is or elsewhere; what it held stays up to the "
             "smaller size, and with HEAP_ZERO_MEMORY the bytes beyond the old size are zero.",
     .facts = "HX-032 HX-036 HX-037 HX-038 HX-039 HX-040 HX-041 HX-042 HX-044 HX-045 HX-050 HX-701 HX-704 HX-705",
     .when = [](const R& v) { return v.old != nullptr; },
     .succeeds = true,
     .needs = [](const R& v) { return Demand{v.size, v.size, 0}; },
     .then = move},
    {.id = "HeapReAlloc.Value.InPlace",
     .says = "HEAP_REALLOC_IN_PLACE_ONLY never gives another address.",
     .facts = "HX-043",
     .when = [](const R& v) { return v.in_place(); },
     .about = "value",
     .is = [](const R& v) { return equal(v.argument[2]); }},
    {.id = "HeapReAlloc.Value.Aligned",
     .says = "A block is aligned to twice the size of a pointer.",
     .facts = "HA-015 HA-016",
     .about = "value",
     .is = [](const R& v) { return multiple_of(v.alignment()); }},
    {.id = "HeapReAlloc.Value.ApartFromAllLiving",
     .says = "The block shares no byte with another living one.",
     .facts = "HA-021 HA-054",
     .when = [](const R& v) { return v.old != nullptr; },
     .about = "value",
     .holds = [](const R& v, const Seen& seen) { return v.apart(seen.value, v.size, v.old); }},
};

struct FreeView : HeapView {
  Block* target;
  explicit FreeView(View base) : HeapView(base), target(heap ? block(argument[2]) : nullptr) { touched = target; }
  bool of_null() const { return argument[2] == 0; }
};
using F = FreeView;

constexpr Clause<F> free_clauses[] = {
    {.id = "HeapFree.Null.Documented",
     .says = "By the contract page only a pointer from HeapAlloc or HeapReAlloc may be freed: NULL is none.",
     .facts = "CP-HeapFree",
     .scope = Scope::documented_only,
     .when = [](const F& v) { return v.of_null(); },
     .undefined = true},
    {.id = "HeapFree.NotABlock",
     .says = "Freeing what is not a living block of this heap may do anything: on x64 the process ends.",
     .facts = "HF-016 HF-017 HF-019 HF-020 HF-021 HF-022 HF-023 HF-024 HF-702 HF-704 HF-706",
     .when = [](const F& v) { return !v.of_null() && !v.target; },
     .undefined = true},
    {.id = "HeapFree.Flags.MustBeZero",
     .says = "By the contract page the flags must be zero.",
     .facts = "CP-HeapFree",
     .scope = Scope::documented_only,
     .when = [](const F& v) { return v.flags != 0; },
     .fails_first = {ERROR_INVALID_PARAMETER}},
    {.id = "HeapFree.Flags.Untested",
     .says = "Flags other than HEAP_NO_SERIALIZE did no harm where they were seen, but can switch on debugging paths.",
     .facts = "HF-015 HF-703",
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
     .facts = "HF-002 HF-003 HF-004 HF-701",
     .scope = Scope::windows_only,
     .when = [](const F& v) { return v.of_null(); },
     .succeeds = true},
    {.id = "HeapFree.Frees",
     .says = "A living block is freed: small, large, or of zero bytes.",
     .facts = "HF-005 HF-006 HF-007 HF-018 HF-027 HF-028 HF-029 HF-705",
     .when = [](const F& v) { return v.target != nullptr; },
     .succeeds = true,
     .then =
         [](F& v, const Seen&) {
           v.remove(*v.target);
           v.target = nullptr;
         }},
};

}  // namespace

void add_heap_block_pages(PageList& pages) {
  add(pages, "HeapAlloc", alloc_clauses);
  add(pages, "HeapReAlloc", realloc_clauses);
  add(pages, "HeapFree", free_clauses);
}

}  // namespace winmem::spec
