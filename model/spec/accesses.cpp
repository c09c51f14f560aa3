// Plain memory accesses: fill, pattern, read go byte by byte upwards; load, store and execute are
// one instruction each.
#include "model/rule/pages.h"
#include "model/view/access_view.h"

namespace winmem::spec {
namespace {

// The clauses that all accesses share, as functions of their views.
template <class V>
constexpr Clause<V> not_told() {
  Clause<V> clause{.id = "Access.NotTold",
                   .says =
                       "What an access meets outside the script's memory, in an AWE window or behind the end of a "
                       "block is not known; whether PAGE_EXECUTE alone can be read is open.",
                   .facts = "VQ-110 HF-030 GF-026 LF-023"};
  clause.when = [](const V& v) { return v.open; };
  clause.unspecified = true;
  return clause;
}
template <class V>
constexpr Clause<V> for_ever() {
  Clause<V> clause{.id = "Access.ResumedForEver",
                   .says = "A handler that resumes an access which faults again never ends."};
  clause.when = [](const V& v) { return v.for_ever; };
  clause.undefined = true;
  return clause;
}
template <class V>
constexpr Clause<V> guard(void (*then)(V&, const Seen&)) {
  Clause<V> clause{.id = "Access.GuardPage",
                   .says =
                       "The first touch of a guard page raises STATUS_GUARD_PAGE_VIOLATION, with the kind of "
                       "access and the address, once; the page is then an ordinary one.",
                   .facts = "VQ-092 VQ-095 VQ-096 VQ-097 VQ-026 VQ-100 VA-115 VA-720"};
  clause.when = [](const V& v) { return v.fault == AccessView::Fault::guard; };
  clause.fails = {raising(STATUS_GUARD_PAGE_VIOLATION)};
  clause.then = then;
  return clause;
}
template <class V>
constexpr Clause<V> violation(void (*then)(V&, const Seen&)) {
  Clause<V> clause{.id = "Access.Violation",
                   .says =
                       "Touching what is not committed, or not accessible so, raises STATUS_ACCESS_VIOLATION with "
                       "the kind of access and the address.",
                   .facts = "VQ-104 VQ-106 VQ-107 VQ-108 VA-043 VA-048 VF-019 VF-046 HA-053"};
  clause.when = [](const V& v) { return v.fault == AccessView::Fault::violation; };
  clause.fails = {raising(STATUS_ACCESS_VIOLATION)};
  clause.then = then;
  return clause;
}
template <class V>
constexpr Clause<V> handlers_saw() {
  Clause<V> clause{.id = "Access.HandlersSaw",
                   .says =
                       "Vectored handlers see each exception in order, until one continues; a continued guard page "
                       "repeats the access.",
                   .facts = "VQ-092 VA-720",
                   .about = "sightings"};
  clause.holds = [](const V& v, const Seen& seen) { return v.exceptions_right(seen); };
  return clause;
}

/// The bytes before the fault are written.
template <class V>
void write_up_to_fault(V& view, const Seen&) {
  view.spend_guards();
  view.write(view.at, view.piece());
}
template <class V>
void only_guards(V& view, const Seen&) {
  view.spend_guards();
}

template <class V>
constexpr Clause<V> writes() {
  Clause<V> clause{.id = "Access.Writes",
                   .says = "Committed writable pages take the bytes.",
                   .facts = "VA-024 VA-034 VQ-109 LA-031",
                   .succeeds = true};
  clause.then = write_up_to_fault<V>;
  return clause;
}

template <class V>
constexpr Clause<V> writing_clauses[] = {
    not_told<V>(), for_ever<V>(),     guard<V>(write_up_to_fault<V>), violation<V>(write_up_to_fault<V>),
    writes<V>(),   handlers_saw<V>(),
};

/// Reads what is known, and learns what was not: memory keeps what it showed once.
bool reads_as_known(const ReadView& v, const Seen& seen) {
  std::uint64_t offset = 0;
  Contents* contents = AccessView::contents_at(v.state, v.address, offset);
  if (v.count == 0 || !contents || !v.in_one_owner()) return true;
  return seen.outcome->is_content && contents->reads_as(offset, v.count, seen.outcome->content);
}
constexpr Clause<ReadView> read_clauses[] = {
    not_told<ReadView>(),
    for_ever<ReadView>(),
    guard<ReadView>(only_guards<ReadView>),
    violation<ReadView>(only_guards<ReadView>),
    {.id = "read.Reads",
     .says = "Committed readable pages can be read.",
     .facts = "VA-034 VQ-043 HA-052",
     .succeeds = true,
     .then = only_guards<ReadView>},
    handlers_saw<ReadView>(),
    {.id = "read.ContentsSurvive",
     .says = "Memory holds what was written last: zero when freshly committed or asked for, and what it was through "
             "commits, protection changes, moves and other calls.",
     .facts =
         "VA-034 VA-044 VA-049 VF-049 VF-706 VQ-043 HA-009 HA-010 HA-012 HA-054 HA-055 HX-036 HX-037 HX-039 HX-040 "
         "HX-041 HX-042 HX-050 HX-705 GA-008 GA-029 LA-003 LA-004 LA-031 LX-057 LX-058 LX-728 GA-702 LA-702",
     .about = "contents",
     .holds = reads_as_known,
     .shows = [](const ReadView& v) { return v.known_bytes(); }},
};

bool loads_as_known(const LoadView& v, const Seen& seen) {
  for (std::uint64_t i = 0; i < v.count; ++i) {
    std::uint64_t offset = 0;
    std::uint8_t byte = 0;
    const Contents* contents = AccessView::contents_at(v.state, v.address + i, offset);
    if (contents && contents->at(offset, byte) && static_cast<std::uint8_t>(seen.value >> (8 * i)) != byte)
      return false;
  }
  return true;
}
constexpr auto odd_width = [](std::uint64_t n) { return n != 1 && n != 2 && n != 4 && n != 8; };
template <class V>
constexpr Clause<V> width() {
  return {.id = "Access.Width",
          .says = "One instruction moves 1, 2, 4 or 8 bytes.",
          .when = [](const V& v) { return odd_width(v.count); },
          .undefined = true};
}
constexpr Clause<LoadView> load_clauses[] = {
    width<LoadView>(),
    not_told<LoadView>(),
    for_ever<LoadView>(),
    guard<LoadView>(only_guards<LoadView>),
    violation<LoadView>(only_guards<LoadView>),
    {.id = "load.Loads",
     .says = "Committed readable pages can be loaded from.",
     .facts = "VA-034 VQ-043",
     .succeeds = true,
     .then = only_guards<LoadView>},
    handlers_saw<LoadView>(),
    {.id = "load.ContentsSurvive",
     .says = "Memory holds what was written last.",
     .facts = "VA-034 VA-044 VQ-043 HA-054",
     .about = "value",
     .holds = loads_as_known},
};

void store(StoreView& v, const Seen&) {
  if (odd_width(v.count)) return;
  v.spend_guards();
  const std::uint64_t first = v.address;
  for (std::uint64_t i = 0; i < v.count; ++i) {
    v.address = first + i;
    v.write(v.address + 1, Contents::byte(static_cast<std::uint8_t>(v.argument[2] >> (8 * i))));
  }
  v.address = first;
}
constexpr Clause<StoreView> store_clauses[] = {
    width<StoreView>(),
    not_told<StoreView>(),
    for_ever<StoreView>(),
    guard<StoreView>(only_guards<StoreView>),
    violation<StoreView>(only_guards<StoreView>),
    {.id = "store.Stores",
     .says = "Committed writable pages take the number, lowest byte first; a store that faults changes nothing.",
     .facts = "VA-024 VA-034",
     .succeeds = true,
     .then = store},
    handlers_saw<StoreView>(),
};

constexpr Clause<ExecuteView> execute_clauses[] = {
    {.id = "execute.KnownReturn",
     .says = "Only a byte 0xC3 that the script put there may be run.",
     .when = [](const ExecuteView& v) { return v.fault == AccessView::Fault::none && !v.open && !v.returns(); },
     .undefined = true},
    not_told<ExecuteView>(),
    for_ever<ExecuteView>(),
    guard<ExecuteView>(only_guards<ExecuteView>),
    violation<ExecuteView>(only_guards<ExecuteView>),
    {.id = "execute.Runs",
     .says = "Executable pages run.",
     .facts = "VQ-107 VQ-109 VA-723 HX-015 HA-712",
     .succeeds = true,
     .then = only_guards<ExecuteView>},
    handlers_saw<ExecuteView>(),
};

}  // namespace

void add_access_pages(PageList& pages) {
  add(pages, "fill", writing_clauses<FillView>);
  add(pages, "pattern", writing_clauses<PatternView>);
  add(pages, "read", read_clauses);
  add(pages, "load", load_clauses);
  add(pages, "store", store_clauses);
  add(pages, "execute", execute_clauses);
}

}  // namespace winmem::spec
