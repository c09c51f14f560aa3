// GlobalSize, GlobalFlags, GlobalHandle and their Local twins: what can be asked of a memory object.
#include "model/rule/pages.h"
#include "model/view/moveable_view.h"

namespace winmem::spec {
namespace {

using V = MoveableView;

constexpr Clause<V> size_clauses[] = {
    {.id = "Moveable.Size.NotTold",
     .says = "The size of what this family did not make, and of the data pointer of an unlocked object, is not told by "
             "the evidence; some such numbers crash on x64.",
     .facts = "GX-036 GX-039",
     .when = [](const V& v) { return v.not_told(); },
     .unspecified = true},
    {.id = "Moveable.Size.Null",
     .says = "NULL has size zero; of the error there is a remark only.",
     .facts = "GX-037 LX-713",
     .when = [](const V& v) { return v.is(What::null); },
     .fails = {any_error}},
    {.id = "Moveable.Size.Invalid",
     .says = "A freed or made-up handle, and an aligned pointer to nothing, have size zero and ERROR_INVALID_HANDLE.",
     .facts = "GX-031 GX-032 GX-033 LX-021 LX-023 LF-016",
     .when = [](const V& v) { return v.is(What::stale) || v.made_up(); },
     .fails = {ERROR_INVALID_HANDLE}},
    {.id = "Moveable.Size.OfADiscarded",
     .says = "An object without memory has size zero; what the last error says of it is not told.",
     .facts = "GA-019 GA-020 GX-050 LX-024 LX-033",
     .when = [](const V& v) { return v.object && v.object->discarded; },
     .succeeds = true,
     .returns = [](const V&) { return equal(0); }},
    {.id = "Moveable.Size.DoubtfulZero",
     .says = "A block reallocated to zero bytes has size zero, or one, as on Windows 7; of small Global blocks no test "
             "tells which.",
     .facts = "GX-081 LX-053 LX-055",
     .when = [](const V& v) { return v.block && !v.object && v.block->doubtful_size; },
     .succeeds = true,
     .leaves = no_error_written,
     .returns = [](const V&) { return at_most(1); }},
    {.id = "Moveable.Size.Regrown",
     .says = "An object that got memory again after a discard has at least the size asked for.",
     .facts = "GX-049 LX-032",
     .when = [](const V& v) { return v.object && v.object->doubtful_size; },
     .succeeds = true,
     .returns = [](const V& v) { return at_least(v.object->size); }},
    {.id = "Moveable.Size.Value.Regrown",
     .says = "Ten bytes given again to an object after a discard are not rounded up beyond sixteen.",
     .facts = "GX-049 LX-032",
     .when = [](const V& v) { return v.object && v.object->doubtful_size && v.object->size == 10; },
     .about = "value",
     .is = [](const V&) { return at_most(16); }},
    {.id = "Moveable.Size.AsRequested",
     .says = "The size is what was requested, to the byte, by handle or by data pointer; GlobalAlloc makes one byte "
             "of a fixed request for none. The last error is left alone.",
     .facts = "GA-006 GA-007 GA-011 GA-027 GA-028 GX-034 GX-038 GX-711 GX-712 LA-703 LA-008 LA-009 LX-025 LX-712",
     .succeeds = true,
     .leaves = no_error_written,
     .returns = [](const V& v) { return equal(v.size()); }},
};

constexpr auto invalid_flags = [](const V&) { return equal(GMEM_INVALID_HANDLE); };

constexpr Clause<V> flags_clauses[] = {
    {.id = "Moveable.Flags.NotTold",
     .says = "The flags of NULL, of a data pointer and of what this family did not make are not told by the evidence.",
     .when = [](const V& v) { return v.is(What::unknown, What::heap_block, What::null, What::data) || v.crosses(); },
     .unspecified = true},
    {.id = "Moveable.Flags.Invalid",
     .says = "A freed or made-up handle has the flag INVALID_HANDLE, and ERROR_INVALID_HANDLE.",
     .facts = "GX-028 GX-029 LX-016 LX-017 LF-016",
     .when = [](const V& v) { return v.is(What::stale, What::no_handle); },
     .fails = {ERROR_INVALID_HANDLE},
     .returns = invalid_flags},
    {.id = "GlobalFlags.Unmapped",
     .says = "An aligned pointer to nothing has the flag INVALID_HANDLE, and ERROR_INVALID_HANDLE.",
     .facts = "GX-030",
     .when = [](const V& v) { return v.global() && v.is(What::no_pointer); },
     .fails = {ERROR_INVALID_HANDLE},
     .returns = invalid_flags},
    {.id = "LocalFlags.Unmapped",
     .says = "An aligned pointer to nothing has the flag INVALID_HANDLE, and ERROR_NOACCESS.",
     .facts = "LX-018",
     .when = [](const V& v) { return v.local() && v.is(What::no_pointer); },
     .fails = {ERROR_NOACCESS},
     .returns = invalid_flags},
    {.id = "Moveable.Flags.OfFixed",
     .says = "Fixed memory has no flags and no lock count.",
     .facts = "GA-042 GA-043 GX-025 LA-019 LX-020",
     .when = [](const V& v) { return v.is(What::fixed); },
     .succeeds = true,
     .returns = [](const V& v) { return bits(v.local() ? 0xffffffff & ~LMEM_DISCARDABLE : 0xffffffff, 0); }},
    {.id = "Moveable.Flags.OfMoveable",
     .says = "The low byte is the lock count; above it stand DISCARDED, and for Global DISCARDABLE and DDESHARE as "
             "they were given. Other obsolete flags are forgotten.",
     .facts = "GA-018 GA-021 GA-028 GA-031 GA-032 GA-044 GA-045 GA-046 GA-048 GA-049 GA-053 GX-002 GX-003 GX-024 "
              "GX-027 LA-009 LA-020 LA-022 LX-002 LX-008",
     .when = [](const V& v) { return v.is(What::moveable); },
     .succeeds = true,
     .returns = [](const V& v) { return v.told_flags(); }},
};

constexpr Clause<V> handle_clauses[] = {
    {.id = "Moveable.Handle.OfAHandle",
     .says = "Asking the handle of a handle, living, freed or made up, crashes on x64.",
     .facts = "GX-046 GX-047 LX-030 LX-744",
     .when = [](const V& v) { return v.is(What::moveable, What::stale, What::no_handle, What::unknown); },
     .undefined = true},
    {.id = "Moveable.Handle.NotTold",
     .says = "The handle of what the other family made, of an unlocked object's data, and for Global of a block that "
             "HeapAlloc made, is not told by the evidence.",
     .when = [](const V& v) { return v.not_told() && !(v.local() && v.is(What::heap_block)); },
     .unspecified = true},
    {.id = "Moveable.Handle.Null",
     .says = "NULL has no handle; of the error there is a remark only.",
     .facts = "GX-045 LX-716",
     .when = [](const V& v) { return v.is(What::null); },
     .fails = {any_error}},
    {.id = "GlobalHandle.Unmapped",
     .says = "An aligned pointer to nothing has no handle: ERROR_INVALID_HANDLE.",
     .facts = "GX-094",
     .when = [](const V& v) { return v.global() && v.is(What::no_pointer); },
     .fails = {ERROR_INVALID_HANDLE}},
    {.id = "LocalHandle.Unmapped",
     .says = "An aligned pointer to nothing has no handle: ERROR_NOACCESS.",
     .facts = "LX-029",
     .when = [](const V& v) { return v.local() && v.is(What::no_pointer); },
     .fails = {ERROR_NOACCESS}},
    {.id = "LocalHandle.OfAHeapBlock",
     .says = "A block of the process heap is its own handle.",
     .facts = "LX-028",
     .when = [](const V& v) { return v.is(What::heap_block); },
     .succeeds = true,
     .returns = [](const V& v) { return equal(v.memory); }},
    {.id = "Moveable.Handle.Tells",
     .says = "The data pointer of a locked object leads to its handle, a fixed pointer to itself; the last error is "
             "left alone.",
     .facts = "GX-040 GX-041 LX-026 LX-027",
     .succeeds = true,
     .leaves = no_error_written,
     .returns = [](const V& v) { return equal(v.is(What::data) ? v.object->handle : v.memory); }},
};

}  // namespace

void add_moveable_query_pages(PageList& pages) {
  add(pages, {"GlobalSize", "LocalSize"}, size_clauses);
  add(pages, {"GlobalFlags", "LocalFlags"}, flags_clauses);
  add(pages, {"GlobalHandle", "LocalHandle"}, handle_clauses);
}

}  // namespace winmem::spec
