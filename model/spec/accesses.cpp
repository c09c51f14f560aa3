// Plain memory accesses: fill, pattern, read go byte by byte upwards; load, store and execute are
// one instruction each.
#include "model/rule/pages.h"
#include "model/view/access_view.h"

namespace winmem::spec {
namespace {

using V = AccessView;

constexpr auto gets_as_far = [](V& v, const Seen&) { v.get_as_far(); };

// The clauses that the accesses share.
constexpr Clause<V> width = {.id = "Access.Width",
                             .says = "One instruction moves 1, 2, 4 or 8 bytes.",
                             .when = [](const V& v) { return v.odd_width(); },
                             .undefined = true};
constexpr Clause<V> not_told = {
    .id = "Access.NotTold",
    .says =
        "What an access meets outside the script's memory, in an AWE window or behind the end of a block is not "
        "known; whether PAGE_EXECUTE alone can be read is open.",
    .facts = "VQ-110 HF-030 GF-026 LF-023",
    .when = [](const V& v) { return v.open; },
    .unspecified = true};
constexpr Clause<V> for_ever = {.id = "Access.ResumedForEver",
                                .says = "A handler that resumes an access which faults again never ends.",
                                .when = [](const V& v) { return v.for_ever; },
                                .undefined = true};
constexpr Clause<V> guard = {
    .id = "Access.GuardPage",
    .says =
        "The first touch of a guard page raises STATUS_GUARD_PAGE_VIOLATION, with the kind of access and the "
        "address, once; the page is then an ordinary one.",
    .facts = "VQ-092 VQ-095 VQ-096 VQ-097 VQ-026 VQ-100 VA-115 VA-720",
    .when = [](const V& v) { return v.fault == V::Fault::guard; },
    .fails = {raising(STATUS_GUARD_PAGE_VIOLATION)},
    .then = gets_as_far};
constexpr Clause<V> violation = {
    .id = "Access.Violation",
    .says =
        "Touching what is not committed, or not accessible so, raises STATUS_ACCESS_VIOLATION with the kind of "
        "access and the address.",
    .facts = "VQ-104 VQ-106 VQ-107 VQ-108 VA-043 VA-048 VF-019 VF-046 HA-053",
    .when = [](const V& v) { return v.fault == V::Fault::violation; },
    .fails = {raising(STATUS_ACCESS_VIOLATION)},
    .then = gets_as_far};
constexpr Clause<V> handlers_saw = {
    .id = "Access.HandlersSaw",
    .says =
        "Vectored handlers see each exception in order, until one continues; a continued guard page repeats the "
        "access.",
    .facts = "VQ-092 VA-720",
    .about = "sightings",
    .holds = [](const V& v, const Seen& seen) { return v.exceptions_right(seen); }};

constexpr Clause<V> write_clauses[] = {
    not_told,
    for_ever,
    guard,
    violation,
    {.id = "Access.Writes",
     .says = "Committed writable pages take the bytes.",
     .facts = "VA-024 VA-034 VQ-109 LA-031",
     .succeeds = true,
     .then = gets_as_far},
    handlers_saw,
};

constexpr Clause<V> read_clauses[] = {
    not_told,
    for_ever,
    guard,
    violation,
    {.id = "read.Reads",
     .says = "Committed readable pages can be read.",
     .facts = "VA-034 VQ-043 HA-052",
     .succeeds = true,
     .then = gets_as_far},
    handlers_saw,
    {.id = "read.ContentsSurvive",
     .says = "Memory holds what was written last: zero when freshly committed or asked for, and what it was through "
             "commits, protection changes, moves and other calls.",
     .facts = "VA-034 VA-044 VA-049 VF-049 VF-706 VQ-043 HA-009 HA-010 HA-012 HA-054 HA-055 HX-036 HX-037 HX-039 "
              "HX-040 HX-041 HX-042 HX-050 HX-705 GA-008 GA-029 LA-003 LA-004 LA-031 LX-057 LX-058 LX-728 GA-702 "
              "GX-726 LA-702 LX-726",
     .about = "contents",
     .holds = [](const V& v, const Seen& seen) { return v.reads_as_known(seen); },
     .shows = [](const V& v) { return v.known_bytes(); }},
};

constexpr Clause<V> load_clauses[] = {
    width,
    not_told,
    for_ever,
    guard,
    violation,
    {.id = "load.Loads",
     .says = "Committed readable pages can be loaded from.",
     .facts = "VA-034 VQ-043",
     .succeeds = true,
     .then = gets_as_far},
    handlers_saw,
    {.id = "load.ContentsSurvive",
     .says = "Memory holds what was written last.",
     .facts = "VA-034 VA-044 VQ-043 HA-054",
     .about = "value",
     .holds = [](const V& v, const Seen& seen) { return v.loads_as_known(seen); }},
};

constexpr Clause<V> store_clauses[] = {
    width,
    not_told,
    for_ever,
    guard,
    violation,
    {.id = "store.Stores",
     .says = "Committed writable pages take the number, lowest byte first; a store that faults changes nothing.",
     .facts = "VA-024 VA-034",
     .succeeds = true,
     .then = [](V& v, const Seen&) { v.store(); }},
    handlers_saw,
};

constexpr Clause<V> execute_clauses[] = {
    {.id = "execute.KnownReturn",
     .says = "Only a byte 0xC3 that the script put there may be run.",
     .when = [](const V& v) { return v.fault == V::Fault::none && !v.open && !v.returns(); },
     .undefined = true},
    not_told,
    for_ever,
    guard,
    violation,
    {.id = "execute.Runs",
     .says = "Executable pages run.",
     .facts = "VQ-107 VQ-109 VA-723 HX-015 HA-712",
     .succeeds = true,
     .then = gets_as_far},
    handlers_saw,
};

}  // namespace

void add_access_pages(PageList& pages) {
  add(pages, {"fill", "pattern"}, write_clauses);
  add(pages, "read", read_clauses);
  add(pages, "load", load_clauses);
  add(pages, "store", store_clauses);
  add(pages, "execute", execute_clauses);
}

}  // namespace winmem::spec
