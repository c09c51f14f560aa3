// GlobalAlloc, GlobalFree, GlobalLock, GlobalUnlock and their Local twins.
#include "model/rule/pages.h"
#include "model/view/moveable_alloc_view.h"

namespace winmem::spec {
namespace {

using A = MoveableAllocView;
using V = MoveableView;

constexpr auto allocates = [](A& v, const Seen& seen) { v.allocate(seen.value); };

constexpr Clause<A> alloc_clauses[] = {
    {.id = "Moveable.Alloc.Flags.Untested",
     .says = "Bits outside GMEM_VALID_FLAGS, or LMEM_MODIFY and beyond, occur in no public test.",
     .facts = "GA-054 GA-055 LA-032",
     .when = [](const A& v) { return (v.flags & ~v.valid_flags()) != 0; },
     .unspecified = true},
    {.id = "Moveable.Alloc.FixedZero.Documented",
     .says = "By the contract page a fixed request for zero bytes gives NULL.",
     .facts = "CP-43 CP-58",
     .scope = Scope::documented_only,
     .when = [](const A& v) { return !v.moveable() && v.size == 0; },
     .fails_first = {any_error}},
    {.id = "Moveable.Alloc.Size.Possible",
     .says = "A size for which no address space has room cannot be had; of the error there are remarks only.",
     .facts = "GA-039 GA-040 GA-041 LA-026 LA-027 LA-029 LA-708 CP-46 CP-47 CP-61 CP-62",
     .when = [](const A& v) { return v.impossible(); },
     .fails = {any_error}},
    {.id = "Moveable.Alloc.HandlesRunOut",
     .says = "A process has 65,536 moveable handles, for both families together; the next request fails.",
     .facts = "GA-034 GA-035 LA-015 LA-016",
     .when = [](const A& v) { return v.moveable() && v.state.objects.size() >= all_handles; },
     .fails = {ERROR_NOT_ENOUGH_MEMORY}},
    {.id = "Moveable.Alloc.LastHandles",
     .says = "The last handles may be held by other code of the process.",
     .facts = "GA-033 LA-014",
     .when = [](const A& v) { return v.moveable() && v.state.objects.size() >= surely_free_handles; },
     .succeeds = true,
     .leaves = any_error,
     .may_fail = {ERROR_NOT_ENOUGH_MEMORY},
     .then = allocates},
    {.id = "Moveable.Alloc.Allocates",
     .says = "A request is served, fixed or moveable, for zero bytes too; obsolete flags are taken; with ZEROINIT the "
             "bytes are zero. The last error is left alone.",
     .facts = "GA-002 GA-008 GA-009 GA-010 GA-012 GA-013 GA-033 GA-036 GA-037 GA-042 GA-043 GA-044 GA-045 GA-046 "
              "GA-048 GA-049 GA-052 GA-053 GA-056 GA-057 GA-702 GA-704 LA-001 LA-003 LA-005 LA-007 LA-013 LA-017 "
              "LA-018 LA-019 LA-020 LA-022 LA-023 LA-024 LA-025 LA-028 LA-702 LA-703 LA-708 CP-39 CP-40 CP-41 CP-42 "
              "CP-44 CP-45 CP-54 CP-55 CP-56 CP-57 CP-59 CP-60",
     .succeeds = true,
     .leaves = no_error_written,
     .needs = [](const A& v) { return Demand{v.size, v.size, 0}; },
     .then = allocates},
    {.id = "Moveable.Alloc.Value.FixedAligned",
     .says = "A fixed block is aligned to twice the size of a pointer, which tells it from a handle.",
     .facts = "GA-003 GA-004 LA-012 LA-707",
     .when = [](const A& v) { return !v.moveable(); },
     .about = "value",
     .is = [](const A& v) { return multiple_of(2 * v.pointer()); }},
    {.id = "Moveable.Alloc.Value.HandleTagged",
     .says = "Of the low bits of a moveable handle exactly the one worth the size of a pointer is set.",
     .facts = "GA-014 GA-015",
     .when = [](const A& v) { return v.moveable() && v.global(); },
     .about = "value",
     .is = [](const A& v) { return bits(v.low_bits(), v.pointer()); }},
    {.id = "Moveable.Alloc.Value.ApartFromAllLiving",
     .says = "The value is no living handle and lies in no living block.",
     .facts = "HA-065 HA-021 GA-005 LA-030",
     .about = "value",
     .holds =
         [](const A& v, const Seen& seen) {
           const bool free =
               v.moveable() ? !v.state.occupied(range_of(seen.value, 1)) : v.free_place(seen.value, v.size);
           const Moveable* other = v.state.object(seen.value);
           return free && (!other || other->tainted);
         }},
};

constexpr Clause<V> free_clauses[] = {
    {.id = "Moveable.Free.NotTold",
     .says = "Freeing what this family did not make, or the data pointer of an object that is not locked, is not told "
             "by the evidence.",
     .facts = "GF-011 GF-024 GF-025 LF-018 LF-019",
     .when =
         [](const V& v) {
           const bool by_other = v.crosses() && !(v.global() && v.is(What::fixed));
           return v.is(What::heap_block) || by_other || v.unlocked_data();
         },
     .unspecified = true},
    {.id = "Moveable.Free.AcrossFamilies.Documented",
     .says = "By the contract page memory goes back to the family that it came from, and NULL came from none.",
     .facts = "CP-50 CP-65 GF-024 LF-018",
     .scope = Scope::documented_only,
     .when = [](const V& v) { return v.crosses() || (v.local() && v.is(What::null)); },
     .undefined = true},
    {.id = "Moveable.Free.NotMemory",
     .says = "Freeing a fixed block twice, or what is no memory object, ends the process on x64.",
     .facts = "GF-013 GF-014 GF-026 LF-014 LF-017",
     .when = [](const V& v) { return v.is(What::unknown); },
     .undefined = true},
    {.id = "Moveable.Free.StaleHandle",
     .says = "A freed or made-up handle is given back with ERROR_INVALID_HANDLE.",
     .facts = "GF-012 GF-015 GF-016 GF-019 GF-705 LF-010 LF-012 LF-015 CP-52 CP-53 CP-67 CP-68",
     .when = [](const V& v) { return v.is(What::stale, What::no_handle); },
     .fails = {ERROR_INVALID_HANDLE},
     .returns = the_argument},
    {.id = "Moveable.Free.Unmapped",
     .says = "An aligned pointer to nothing is given back with ERROR_NOACCESS.",
     .facts = "GF-018 GF-019 LF-013 LF-015",
     .when = [](const V& v) { return v.is(What::no_pointer); },
     .fails = {ERROR_NOACCESS},
     .returns = the_argument},
    {.id = "Moveable.Free.Null",
     .says = "Freeing NULL gives NULL and does nothing.",
     .facts = "GF-701 LF-003",
     .when = [](const V& v) { return v.is(What::null); },
     .succeeds = true,
     .leaves = no_error_written},
    {.id = "Moveable.Free.DataPointer",
     .says = "The data pointer of a locked object frees its data; what becomes of the handle is not told.",
     .facts = "GF-010 LF-009",
     .when = [](const V& v) { return v.is(What::data); },
     .succeeds = true,
     .leaves = no_error_written,
     .then = [](V& v, const Seen&) { v.remove_data(); }},
    {.id = "Moveable.Free.Frees",
     .says = "A success gives NULL: for fixed blocks and for moveable objects, discarded or locked; a lock does not "
             "protect.",
     .facts = "GF-002 GF-004 GF-005 GF-006 GF-007 GF-008 GF-009 GF-022 GF-023 GF-024 GF-706 LF-001 LF-002 LF-004 "
              "LF-005 LF-006 LF-007 LF-008 LF-020 LF-021 LF-022 CP-48 CP-49 CP-50 CP-51 CP-63 CP-64 CP-65 CP-66",
     .when = [](const V& v) { return v.living(); },
     .succeeds = true,
     .leaves = no_error_written,
     .then = [](V& v, const Seen&) { v.remove(); }},
};

constexpr Clause<V> lock_clauses[] = {
    {.id = "Moveable.Lock.NotTold",
     .says = "Locking what this family did not make, or the data pointer of an unlocked object, is not told by the "
             "evidence.",
     .when = [](const V& v) { return v.not_told(); },
     .unspecified = true},
    {.id = "Moveable.Lock.Null",
     .says = "Locking NULL fails; of the error there is a remark only.",
     .facts = "GX-011 LX-710",
     .when = [](const V& v) { return v.is(What::null); },
     .fails = {any_error}},
    {.id = "Moveable.Lock.StaleHandle",
     .says = "Locking a freed or made-up handle fails with ERROR_INVALID_HANDLE.",
     .facts = "GX-008 GX-009 LX-004 LX-005 LF-016",
     .when = [](const V& v) { return v.is(What::stale, What::no_handle); },
     .fails = {ERROR_INVALID_HANDLE}},
    {.id = "GlobalLock.Unmapped",
     .says = "Locking an aligned pointer to nothing fails with ERROR_INVALID_HANDLE.",
     .facts = "GX-010",
     .when = [](const V& v) { return v.global() && v.is(What::no_pointer); },
     .fails = {ERROR_INVALID_HANDLE}},
    {.id = "LocalLock.Unmapped",
     .says = "Locking an aligned pointer to nothing fails without setting an error.",
     .facts = "LX-006",
     .when = [](const V& v) { return v.local() && v.is(What::no_pointer); },
     .fails = {no_error_written}},
    {.id = "Moveable.Lock.Discarded",
     .says = "An object without memory, of zero bytes or discarded, cannot be locked.",
     .facts = "GX-006 GX-007 LX-003",
     .when = [](const V& v) { return v.is(What::moveable) && v.object->discarded; },
     .fails = {ERROR_DISCARDED}},
    {.id = "Moveable.Lock.Counts",
     .says = "Locking a moveable handle counts, up to 255, and gives the data pointer; the last error is left alone.",
     .facts = "GX-002 GX-003 GX-016 LX-002",
     .when = [](const V& v) { return v.is(What::moveable); },
     .succeeds = true,
     .leaves = no_error_written,
     .then = [](V& v, const Seen& seen) { v.lock(seen.value); }},
    {.id = "Moveable.Lock.Pointer",
     .says = "Locking a pointer, to fixed memory or to the data of an object, gives it back and counts nothing.",
     .facts = "GX-001 GX-012 LX-001 LX-703",
     .when = [](const V& v) { return v.is(What::fixed, What::data); },
     .succeeds = true,
     .leaves = no_error_written},
    {.id = "Moveable.Lock.Value.ThePointer",
     .says = "A pointer is locked to itself, and an object that is locked gives the same pointer again.",
     .facts = "GX-001 GX-003 GX-012 LX-001 LX-002 LX-703",
     .when = [](const V& v) { return !v.is(What::moveable) || (v.object->data && v.object->locks); },
     .about = "value",
     .is = [](const V& v) { return equal(v.is(What::moveable) ? v.object->data : v.memory); }},
    {.id = "Moveable.Lock.Value.Apart",
     .says = "The data of an object is a block of its own and not the handle.",
     .facts = "GA-014 GX-002 HX-056",
     .when = [](const V& v) { return v.is(What::moveable) && !(v.object->data && v.object->locks); },
     .about = "value",
     .holds = [](const V& v, const Seen& seen) { return v.free_for_data(seen.value); }},
    {.id = "GlobalLock.Value.Aligned",
     .says = "The data of an object are aligned to twice the size of a pointer, as a fixed block is.",
     .facts = "GX-095",
     .when = [](const V& v) { return v.global() && v.is(What::moveable); },
     .about = "value",
     .is = [](const V& v) { return multiple_of(2 * v.pointer()); }},
    {.id = "GlobalLock.Value.Copied",
     .says =
         "The data of an object that was a fixed block of 12 or 0x20000 bytes, converted with 512 for the size, is a "
         "copy, at another address; of others that is not told.",
     .facts = "GX-070",
     .when = [](const V& v) { return v.is(What::moveable) && v.object->copied_from != 0; },
     .about = "value",
     .is = [](const V& v) { return not_equal(v.object->copied_from); }},
};

constexpr Clause<V> unlock_clauses[] = {
    {.id = "Moveable.Unlock.NotTold",
     .says = "Unlocking a discarded object, what this family did not make, the data pointer of an unlocked object, "
             "NULL, of which there are remarks only, and for Local data pointers, where sources differ.",
     .facts = "LX-708 LX-709 LX-014 GX-022",
     .when =
         [](const V& v) {
           const bool differ = v.is(What::null) || (v.local() && v.is(What::data));
           return v.not_told() || differ || (v.global() && v.is(What::no_pointer)) ||
                  (v.is(What::moveable) && v.object->discarded);
         },
     .unspecified = true},
    {.id = "GlobalUnlock.StaleHandle",
     .says = "Unlocking a freed or made-up handle gives TRUE although it sets an error.",
     .facts = "GX-019 GX-020",
     .when = [](const V& v) { return v.global() && v.is(What::stale, What::no_handle); },
     .fails = {ERROR_INVALID_HANDLE},
     .returns = [](const V&) { return not_equal(0); }},
    {.id = "LocalUnlock.StaleHandle",
     .says = "Unlocking a freed or made-up handle fails.",
     .facts = "LX-012 LX-013 LF-016",
     .when = [](const V& v) { return v.local() && v.is(What::stale, What::no_handle); },
     .fails = {ERROR_INVALID_HANDLE}},
    {.id = "LocalUnlock.Pointer",
     .says = "A pointer is never locked: unlocking it fails, and does not touch it. The suite that saw TRUE (LX-704, "
             "LX-745) runs through an interceptor that it shares with Global.",
     .facts = "LX-010 LX-011 LX-014",
     .when = [](const V& v) { return v.local() && v.is(What::fixed, What::no_pointer); },
     .fails = {ERROR_NOT_LOCKED}},
    {.id = "Moveable.Unlock.NotLocked",
     .says = "Unlocking an object that is not locked fails.",
     .facts = "GX-015 LX-009",
     .when = [](const V& v) { return v.is(What::moveable) && v.object->locks == 0; },
     .fails = {ERROR_NOT_LOCKED}},
    {.id = "Moveable.Unlock.Last",
     .says = "The unlock that brings the count to zero gives FALSE and sets the last error to zero: a success.",
     .facts = "GX-014 GX-707 LX-008 LX-707",
     .when = [](const V& v) { return v.is(What::moveable) && v.object->locks == 1; },
     .succeeds = true,
     .leaves = Error(ERROR_SUCCESS),
     .then = [](V& v, const Seen&) { v.object->locks = 0; },
     .returns = [](const V&) { return equal(0); }},
    {.id = "Moveable.Unlock.Counts",
     .says = "An unlock that leaves locks gives TRUE.",
     .facts = "GX-013 GX-016 LX-007 GX-707 LX-707",
     .when = [](const V& v) { return v.is(What::moveable) && v.object->locks > 1; },
     .succeeds = true,
     .leaves = no_error_written,
     .then = [](V& v, const Seen&) { --v.object->locks; },
     .returns = [](const V&) { return not_equal(0); }},
    {.id = "GlobalUnlock.Pointer",
     .says = "Unlocking a pointer, to fixed memory or to the data of an object, gives TRUE and changes nothing.",
     .facts = "GX-017 GX-018 GX-023",
     .when = [](const V& v) { return v.global(); },
     .succeeds = true,
     .leaves = no_error_written,
     .returns = [](const V&) { return not_equal(0); }},
};

}  // namespace

void add_moveable_pages(PageList& pages) {
  add(pages, {"GlobalAlloc", "LocalAlloc"}, alloc_clauses);
  add(pages, {"GlobalFree", "LocalFree"}, free_clauses);
  add(pages, {"GlobalLock", "LocalLock"}, lock_clauses);
  add(pages, {"GlobalUnlock", "LocalUnlock"}, unlock_clauses);
}

}  // namespace winmem::spec
