// HeapWalk, HeapCompact, HeapSetInformation, HeapQueryInformation: what a heap tells of itself.
#include "model/rule/pages.h"
#include "model/spec/heap_clauses.h"
#include "model/view/heap_query_view.h"

namespace winmem::spec {
namespace {

using W = HeapWalkView;
using I = HeapInformationView;
using Q = HeapQueryInformationView;

constexpr Clause<W> walk_clauses[] = {
    not_a_heap<W>(),
    {.id = "HeapWalk.NotTold",
     .says = "What goes on behind the end, or from an entry that the script made, is not told.",
     .when = [](const W& v) { return !v.agents_entry() || v.over(); },
     .unspecified = true},
    {.id = "HeapWalk.GoesOn",
     .says = "An entry whose lpData is NULL begins a walk, whatever else it holds; the one that a call left leads "
             "to the next element, until there are no more.",
     .facts = "HX-071 HX-072 HX-075 HX-078",
     .succeeds = true,
     .then = [](W& v, const Seen& seen) { v.note(seen); },
     .returns = [](const W& v) { return v.begins() ? not_equal(0) : any(); }},
    {.id = "HeapWalk.Ends",
     .says = "A walk ends with FALSE and ERROR_NO_MORE_ITEMS, which only its end leaves, and not before each living "
             "block was shown.",
     .facts = "HX-072 HX-075 HX-076",
     .about = "end",
     .holds = [](const W& v, const Seen& seen) { return v.ends_rightly(seen); },
     .shows = [](const W&) { return std::string("FALSE and ERROR_NO_MORE_ITEMS once each living block was shown"); }},
    {.id = "HeapWalk.BlocksOnce",
     .says = "Each living block is shown once, as busy and nothing else, with the size that was requested; no other "
             "block is. All else is layout.",
     .facts = "HX-075 HX-076 HF-007",
     .about = "entry",
     .holds = [](const W& v, const Seen& seen) { return v.right(v.entry(seen)); },
     .shows = [](const W&) { return std::string("each living block of the heap once, busy, with its size"); }},
};

constexpr Clause<HeapCompactView> compact_clauses[] = {
    not_a_heap<HeapCompactView>(),
    {.id = "HeapCompact.NotTold",
     .says = "How much is free depends on a heap's bookkeeping: a program saw more than 1024 bytes; by the page 0 with "
             "NO_ERROR says that nothing is.",
     .facts = "HX-081 HX-082",
     .unspecified = true},
};

constexpr Clause<I> set_clauses[] = {
    {.id = "HeapSetInformation.NotSerialized",
     .says = "A heap without serialization has no low-fragmentation front end.",
     .facts = "HX-091",
     .when = [](const I& v) { return v.enables() && !v.serialized(); },
     .fails = {ERROR_INVALID_PARAMETER}},
    {.id = "HeapSetInformation.FixedHeap",
     .says = "A fixed-size heap has no low-fragmentation front end; which last error tells it is not known.",
     .facts = "HX-092",
     .when = [](const I& v) { return v.enables() && v.fixed(); },
     .fails = {any_error}},
    {.id = "HeapSetInformation.NotOff",
     .says = "The front end cannot be switched off.",
     .facts = "HX-090",
     .when = [](const I& v) { return v.disables(); },
     .fails = {ERROR_GEN_FAILURE}},
    {.id = "HeapSetInformation.NotTold",
     .says = "Other classes, other values, short buffers and heaps that are in use already are not told.",
     .facts = "HX-095 HX-104",
     .when = [](const I& v) { return !v.terminates() && !v.takes() && !v.refuses() && !v.disables(); },
     .unspecified = true},
    {.id = "HeapSetInformation.Sets",
     .says = "Growable heaps take the low-fragmentation front end: fresh ones and the process heap. Termination on "
             "corruption is switched on without data, for the whole process.",
     .facts = "HX-089 HX-093 HX-094",
     .succeeds = true,
     .then = [](I& v, const Seen&) { v.set(); }},
};

constexpr Clause<Q> query_clauses[] = {
    {.id = "HeapQueryInformation.NotTold",
     .says = "Other classes, short buffers, and heaps that are not the script's, are not told.",
     .facts = "HX-098",
     .when = [](const Q& v) { return !v.compatibility(); },
     .unspecified = true},
    {.id = "HeapQueryInformation.Tells",
     .says = "The compatibility information of a heap is told, into a larger buffer, too.",
     .facts = "HX-083 HX-084 HX-087 HX-711",
     .succeeds = true},
    {.id = "HeapQueryInformation.Kind",
     .says = "It is 0, 1 or 2: 0 of a fresh heap; 2 of one that was given a front end, or served 18 requests for zero "
             "bytes and their release.",
     .facts = "HX-083 HX-084 HX-089 HX-090 HX-091 HA-058",
     .about = "information",
     .is = [](const Q& v) { return v.kind(); }},
    {.id = "HeapQueryInformation.Length",
     .says = "The information is 4 bytes long.",
     .facts = "HX-084",
     .about = "length",
     .is = [](const Q&) { return equal(4); }},
};

}  // namespace

void add_heap_query_pages(PageList& pages) {
  add(pages, "HeapWalk", walk_clauses);
  add(pages, "HeapCompact", compact_clauses);
  add(pages, "HeapSetInformation", set_clauses);
  add(pages, "HeapQueryInformation", query_clauses);
}

}  // namespace winmem::spec
