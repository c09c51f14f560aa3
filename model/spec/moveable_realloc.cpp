// GlobalReAlloc and LocalReAlloc: every transition of a memory object.
#include "model/rule/pages.h"
#include "model/view/moveable_realloc_view.h"

namespace winmem::spec {
namespace {

using V = MoveableReAllocView;

constexpr auto resizes_object = [](V& v, const Seen&) { v.resize_object(); };
constexpr auto resizes_fixed = [](V& v, const Seen& seen) { v.resize_fixed(seen.value); };

constexpr Clause<V> clauses[] = {
    {.id = "Moveable.ReAlloc.NotTold",
     .says =
         "Reallocating what this family did not make, and most of what can be asked of a data pointer, is not told.",
     .when =
         [](const V& v) {
           return v.is(What::unknown, What::heap_block) || v.crosses() || (v.is(What::data) && !v.told_of_data());
         },
     .unspecified = true},
    {.id = "Moveable.ReAlloc.Untested",
     .says = "No public test shows: GMEM_DISCARDABLE for a fixed Global block without both GMEM_MODIFY and "
             "GMEM_MOVEABLE; anything for a discarded object but memory with GMEM_MOVEABLE; GMEM_MODIFY or "
             "GMEM_DISCARDABLE for what is no object; bits without a name.",
     .facts = "GX-049 GX-084 GX-086 GA-054 LA-032",
     .when = [](const V& v) { return v.untested(); },
     .unspecified = true},
    {.id = "Moveable.ReAlloc.Null",
     .says = "NULL is never an allocation: it fails for lack of memory.",
     .facts = "GX-048 LX-031",
     .when = [](const V& v) { return v.is(What::null); },
     .fails = {ERROR_NOT_ENOUGH_MEMORY}},
    {.id = "Moveable.ReAlloc.StaleHandle",
     .says = "A freed or made-up handle fails with ERROR_INVALID_HANDLE.",
     .facts = "GX-084 GX-085 LX-059 LX-060",
     .when = [](const V& v) { return v.is(What::stale, What::no_handle); },
     .fails = {ERROR_INVALID_HANDLE}},
    {.id = "Moveable.ReAlloc.Unmapped",
     .says = "An aligned pointer to nothing fails with ERROR_NOACCESS.",
     .facts = "GX-086 LX-061",
     .when = [](const V& v) { return v.is(What::no_pointer); },
     .fails = {ERROR_NOACCESS}},
    {.id = "Moveable.ReAlloc.DiscardableNeedsModify",
     .says = "DISCARDABLE is taken together with MODIFY only; without it the call fails and nothing changes.",
     .facts = "GX-060 GX-061 GX-062 LX-041 LX-042",
     .when =
         [](const V& v) {
           return v.discardable() && !v.modifies() && (v.of_moveable() || (v.local() && v.is(What::fixed)));
         },
     .fails = {any_error}},
    {.id = "Moveable.ReAlloc.Size.Possible",
     .says = "A size for which no address space has room cannot be had, and the object stays as it was; of the error "
             "there are remarks only.",
     .facts = "GX-087 GX-088 LX-062 LX-723 LF-021",
     .when = [](const V& v) { return v.impossible() && v.living() && !v.discardable(); },
     .fails = {any_error}},
    {.id = "Moveable.ReAlloc.Zero.NeedsMoveable",
     .says = "Size zero without MOVEABLE fails for a moveable object.",
     .facts = "GX-051 LX-034",
     .when = [](const V& v) { return v.has_memory() && v.resizes() && v.bytes == 0 && !v.may_move(); },
     .fails = {any_error}},
    {.id = "Moveable.ReAlloc.Zero.NotWhileLocked",
     .says = "A locked object cannot be discarded.",
     .facts = "GX-093 LX-035",
     .when = [](const V& v) { return v.locked() && v.resizes() && v.bytes == 0; },
     .fails = {any_error}},

    {.id = "Moveable.ReAlloc.DataPointer.NotToNothing",
     .says = "In a segment heap the data pointer of a locked object cannot be resized to nothing without flags.",
     .facts = "GX-742 LX-742",
     .when = [](const V& v) { return v.is(What::data) && v.empties_data() && !v.system().nt_heap(); },
     .fails = {ERROR_NOT_ENOUGH_MEMORY}},
    {.id = "Moveable.ReAlloc.FrontEnd.DoesNotGrow",
     .says =
         "Without flags a fixed block that the low-fragmentation front end serves does not grow. It serves 12 bytes "
         "once 18 such blocks lived at once and were freed; a segment heap grows no block in place either.",
     .facts = "GX-072 GX-082 GX-724 LX-048 LX-056 LX-724",
     .when = [](const V& v) { return v.of_front_end() && v.bytes > v.block->size; },
     .fails = {ERROR_NOT_ENOUGH_MEMORY}},
    {.id = "Moveable.ReAlloc.FrontEnd.DoesNotShrink",
     .says = "Nor does it shrink, not even to nothing; of the error no test tells.",
     .facts = "GX-073 GX-724 LX-049 LX-054 LX-724",
     .when = [](const V& v) { return v.of_front_end() && v.bytes < v.block->size; },
     .fails = {any_error}},
    {.id = "Moveable.ReAlloc.FrontEnd.RefusesItsOwnSize",
     .says = "In the NT heap it does not even take the size that it has.",
     .facts = "GX-071 GX-724 LX-047 LX-724",
     .when = [](const V& v) { return v.of_front_end() && v.bytes == v.block->size && v.system().nt_heap(); },
     .fails = {ERROR_NOT_ENOUGH_MEMORY}},
    {.id = "Moveable.ReAlloc.FrontEnd.LockedDoesNotGrow",
     .says = "In the NT heap a locked object that the front end serves does not grow without flags.",
     .facts = "GX-055 LX-038",
     .when =
         [](const V& v) {
           const bool served = v.locked() && v.object->front_end && v.system().nt_heap();
           return served && v.flags == 0 && v.bytes > v.object->size;
         },
     .fails = {any_error}},

    {.id = "Moveable.ReAlloc.DataPointer.ToNothing",
     .says = "Without flags the data pointer of a locked object that is to have nothing comes back in the NT heap, and "
             "the last error is left alone.",
     .facts = "GX-742 LX-742",
     .when = [](const V& v) { return v.is(What::data) && v.empties_data() && v.system().nt_heap(); },
     .succeeds = true,
     .leaves = no_error_written,
     .then = [](V& v, const Seen&) { v.object->tainted = true; },
     .returns = the_argument},
    {.id = "Moveable.ReAlloc.DataPointer",
     .says = "The data pointer of a locked object can be reallocated to its own size, and with MOVEABLE to nothing; "
             "what becomes of the handle is not told.",
     .facts = "GX-741 GX-743 LX-741 LX-743",
     .when = [](const V& v) { return v.is(What::data); },
     .succeeds = true,
     .then = [](V& v, const Seen&) { v.taint(); }},
    {.id = "Moveable.ReAlloc.Modify.Moveable",
     .says = "MODIFY ignores the size and gives the handle back; with DISCARDABLE the object is discardable from then "
             "on.",
     .facts = "GX-064 GX-065 LX-043 LX-044",
     .when = [](const V& v) { return v.of_moveable() && v.modifies(); },
     .succeeds = true,
     .then = [](V& v, const Seen&) { v.mark(); },
     .returns = the_argument},
    {.id = "GlobalReAlloc.Modify.FixedBecomesMoveable",
     .says = "MODIFY with MOVEABLE turns a fixed block into a moveable object of the same size and contents; the old "
             "block is gone.",
     .facts = "GX-067 GX-068 GX-069 GX-070 GF-022",
     .when = [](const V& v) { return v.global() && v.is(What::fixed) && v.modifies() && v.may_move(); },
     .succeeds = true,
     .needs = [](const V& v) { return Demand{v.block->size, v.block->size, 1}; },
     .then = [](V& v, const Seen& seen) { v.convert(seen.value); },
     .returns = [](const V& v) { return bits(v.low_bits(), v.pointer()); }},
    {.id = "Moveable.ReAlloc.Modify.Fixed",
     .says = "MODIFY ignores the size and gives a fixed pointer back; LocalReAlloc never makes it moveable.",
     .facts = "GX-066 LX-045 LX-046",
     .when = [](const V& v) { return v.is(What::fixed) && v.modifies(); },
     .succeeds = true,
     .returns = the_argument},
    {.id = "Moveable.ReAlloc.Zero.Discards",
     .says = "Size zero with MOVEABLE discards an object that is not locked; the handle stays, and the last error "
             "is left alone.",
     .facts = "GX-050 GX-092 GX-719 LX-033 LX-719 LX-024",
     .when = [](const V& v) { return v.of_moveable() && v.bytes == 0; },
     .succeeds = true,
     .leaves = no_error_written,
     .then = [](V& v, const Seen&) { v.discard(); },
     .returns = the_argument},
    {.id = "Moveable.ReAlloc.Discarded.GetsMemoryAgain",
     .says = "A discarded object gets memory again under the same handle.",
     .facts = "GX-049 LX-032 LX-066 CP-42 CP-57",
     .when = [](const V& v) { return v.of_moveable() && v.object->discarded; },
     .succeeds = true,
     .needs = [](const V& v) { return Demand{v.bytes, v.bytes, 0}; },
     .then = [](V& v, const Seen&) { v.regrow(); },
     .returns = the_argument},
    {.id = "Moveable.ReAlloc.LockedStays",
     .says = "Without MOVEABLE a locked object grows only where it is, and fails where it cannot.",
     .facts = "LX-037",
     .when = [](const V& v) { return v.locked() && !v.may_move() && v.bytes > v.object->size; },
     .succeeds = true,
     .may_fail = {any_error},
     .then = [](V& v, const Seen&) { v.resize_in_place(); },
     .returns = the_argument},
    {.id = "Moveable.ReAlloc.SameSize",
     .says = "A moveable object, locked or not, can always be given the size that it has; the last error is left "
             "alone.",
     .facts = "GX-089 LX-717 LX-721",
     .when = [](const V& v) { return v.of_moveable() && v.bytes == v.object->size; },
     .succeeds = true,
     .leaves = no_error_written,
     .then = resizes_object,
     .returns = the_argument},
    {.id = "Moveable.ReAlloc.Resizes",
     .says = "A moveable object gets the new size under its handle: shrinking keeps the address, growing may move the "
             "data, with MOVEABLE in spite of a lock; the lock count stays, and so do the contents up to the smaller "
             "size.",
     .facts = "GX-053 GX-054 GX-056 GX-057 GX-058 GX-059 LX-037 LX-039 LX-040 LX-058",
     .when = [](const V& v) { return v.of_moveable(); },
     .succeeds = true,
     .needs = [](const V& v) { return Demand{v.bytes, v.bytes, 0}; },
     .then = resizes_object,
     .returns = the_argument},
    {.id = "Moveable.ReAlloc.LargeFixedShrinks",
     .says = "A large fixed block shrinks where it is, down to zero bytes, with MOVEABLE and without.",
     .facts = "GX-078 GX-081 LX-052 LX-055 LX-064",
     .when = [](const V& v) { return v.large() && v.bytes < v.block->size; },
     .succeeds = true,
     .then = resizes_fixed,
     .returns = the_argument},
    {.id = "Moveable.ReAlloc.SmallFixedStays",
     .says = "Without MOVEABLE a small fixed block grows where it is or not at all, for lack of memory, and perhaps "
             "does not even take its own size: that depends on the heap, where nothing shows its front end.",
     .facts = "GX-082 GX-724 GX-725 LX-056 LX-724 LX-725",
     .when = [](const V& v) { return v.small() && !v.may_move() && v.bytes >= v.block->size; },
     .succeeds = true,
     .may_fail = {ERROR_NOT_ENOUGH_MEMORY},
     .then = resizes_fixed,
     .returns = the_argument},
    {.id = "Moveable.ReAlloc.FixedStays",
     .says = "Without MOVEABLE a fixed block is resized where it is, what is new zero with ZEROINIT, or not at all.",
     .facts = "GX-077 GX-726 LX-052 LX-726",
     .when = [](const V& v) { return v.is(What::fixed) && !v.may_move(); },
     .succeeds = true,
     .may_fail = {any_error},
     .then = resizes_fixed,
     .returns = the_argument},
    {.id = "Moveable.ReAlloc.FixedMoves",
     .says = "With MOVEABLE a fixed block gets the new size, zero bytes too, at the same address or another; it stays "
             "fixed, its contents stay up to the smaller size, and with ZEROINIT what is new is zero.",
     .facts = "GX-074 GX-075 GX-076 GX-077 GX-726 GF-023 LX-050 LX-051 LX-052 LX-053 LX-057 LX-728 LF-020",
     .when = [](const V& v) { return v.is(What::fixed); },
     .succeeds = true,
     .needs = [](const V& v) { return Demand{v.bytes, v.bytes, 0}; },
     .then = resizes_fixed},
    {.id = "Moveable.ReAlloc.Value.StaysFixed",
     .says = "The value is a fixed pointer, aligned as one, apart from everything else that lives.",
     .facts = "GX-074 LX-012 LX-050 LX-728",
     .when = [](const V& v) { return v.is(What::fixed) && !v.modifies() && v.may_move(); },
     .about = "value",
     .holds =
         [](const V& v, const Seen& seen) {
           return seen.value % (2 * v.pointer()) == 0 && v.free_place(seen.value, v.bytes, v.block);
         }},
};

}  // namespace

void add_moveable_realloc_pages(PageList& pages) {
  add(pages, {"GlobalReAlloc", "LocalReAlloc"}, clauses);
}

}  // namespace winmem::spec
