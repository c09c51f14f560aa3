// HeapCreate, HeapDestroy, GetProcessHeap, HeapSize, HeapValidate, HeapLock, HeapUnlock.
#include "model/rule/pages.h"
#include "model/view/heap_query_view.h"

namespace winmem::spec {
namespace {

using H = HeapView;
using C = HeapCreateView;
using P = ProcessHeapView;
using B = HeapBlockView;

constexpr Clause<C> create_clauses[] = {
    {.id = "HeapCreate.Untested",
     .says = "Undocumented options, an initial size above the maximum, and sizes that no address space has room for "
             "occur in no public test.",
     .facts = "HX-008 HX-012 HX-013",
     .when = [](const C& v) { return v.untested(); },
     .unspecified = true},
    {.id = "HeapCreate.MakesAHeap",
     .says = "A heap is made, growable when the maximum is zero, else of a fixed size, which the initial size may "
             "equal.",
     .facts = "HX-003 HX-005 HX-011 HX-015 HX-016 HX-715 HA-001 HA-004 HA-031",
     .succeeds = true,
     .needs = [](const C& v) { return Demand{std::max(v.initial, v.maximum), v.initial, 0}; },
     .then = [](C& v, const Seen& seen) { v.make(seen); }},
    {.id = "HeapCreate.Value.Granule",
     .says = "The handle is an address on a 64 KiB boundary.",
     .facts = "HX-002 HX-714",
     .about = "value",
     .is = [](const C&) { return multiple_of(0x10000); }},
    {.id = "HeapCreate.Value.Apart",
     .says = "The handle is that of no living heap and lies in nothing that lives.",
     .facts = "HX-002 HX-714",
     .about = "value",
     .holds = [](const C& v, const Seen& seen) { return v.apart(seen.value); }},
};

constexpr Clause<H> destroy_clauses[] = {
    {.id = "HeapDestroy.NotAHeap",
     .says = "Destroying what is not a living private heap: the process heap, a heap already destroyed, NULL.",
     .facts = "HX-027 HX-028 HX-098 HX-099",
     .when = [](const H& v) { return !v.heap || v.heap->process; },
     .undefined = true},
    {.id = "HeapDestroy.Destroys",
     .says = "A private heap is destroyed with all its living blocks.",
     .facts = "HX-025 HX-026 HF-032 HX-708",
     .succeeds = true,
     .then = [](H& v, const Seen&) { v.destroy(); }},
};

constexpr Clause<P> process_heap_clauses[] = {
    {.id = "GetProcessHeap.Gives",
     .says = "Every process has a heap of its own from the start.",
     .facts = "HX-018",
     .succeeds = true,
     .then = [](P& v, const Seen& seen) { v.learn(seen.value); }},
    {.id = "GetProcessHeap.Value.NotNull",
     .says = "The handle of the process heap is not NULL.",
     .facts = "HX-018",
     .about = "value",
     .is = [](const P&) { return not_equal(0); }},
    {.id = "GetProcessHeap.Value.TheSame",
     .says = "Every call gives the same handle.",
     .facts = "HX-018",
     .when = [](const P& v) { return v.state.process_heap_known; },
     .about = "value",
     .is = [](const P& v) { return equal(v.state.process_heap); }},
};

constexpr Clause<B> size_clauses[] = {
    {.id = "HeapSize.NotABlock",
     .says = "Asking the size of what is not a living block of this heap may do anything.",
     .facts = "HX-053 HX-054 HX-055 HX-101",
     .when = [](const B& v) { return !v.target; },
     .undefined = true},
    {.id = "HeapSize.Flags.Untested",
     .says = "Flags other than HEAP_NO_SERIALIZE occur in no public test.",
     .when = [](const B& v) { return v.untested_flags(); },
     .unspecified = true},
    {.id = "HeapSize.Tells",
     .says = "The size of a living block can be asked at any time.",
     .facts = "HX-052",
     .when = [](const B& v) { return v.target != nullptr; },
     .succeeds = true,
     .returns = [](const B& v) { return not_equal(v.system().pointer_mask()); }},
    {.id = "HeapSize.Value.AsRequested",
     .says = "The value is the size that was requested, to the byte; 0 for a zero-byte block.",
     .facts = "HX-052 HA-064 HX-032 HX-039 HX-056 HA-002 HA-004 HA-009 HA-010 HA-003 GA-024",
     .when = [](const B& v) { return v.target && !v.target->doubtful_size; },
     .about = "value",
     .is = [](const B& v) { return equal(v.target->size); }},
};

constexpr Clause<B> validate_clauses[] = {
    {.id = "HeapValidate.NotReadable",
     .says = "Asking of an address that cannot be read crashes on newer Windows, where older ones set ERROR_NOACCESS.",
     .facts = "HX-060",
     .when = [](const B& v) { return v.unmapped() || v.unreadable(); },
     .undefined = true},
    {.id = "HeapValidate.FreedBlock",
     .says = "A block that was just freed is not valid; the last error is left alone while its pages are still mapped, "
             "as those of small blocks are.",
     .facts = "HF-008 HF-006",
     .when = [](const B& v) { return v.freed_small_block(); },
     .fails = {no_error_written}},
    {.id = "HeapValidate.ForeignMemory",
     .says = "Memory that can be read and is no block is not valid; the last error is left alone.",
     .facts = "HX-061",
     .when = [](const B& v) { return v.foreign_in_the_open(); },
     .fails = {no_error_written}},
    {.id = "HeapValidate.NotTold",
     .says = "What is said of other heaps' blocks, of the inside of a block, of what a handle points at and of heaps "
             "that are not the script's, and with flags other than HEAP_NO_SERIALIZE, is not told.",
     .facts = "HX-024 HX-065",
     .when = [](const B& v) { return !v.told() || v.untested_flags(); },
     .unspecified = true},
    {.id = "HeapValidate.LivingBlock",
     .says = "A living block is valid, of zero bytes too; so is the whole heap (NULL).",
     .facts = "HX-059 HX-063 HX-707 GA-005 HX-056 HA-065 LA-030",
     .succeeds = true},
};

constexpr Clause<H> lock_clauses[] = {
    {.id = "HeapLock.NotSerialized",
     .says = "A heap without serialization cannot be locked; nor can what is not a heap.",
     .facts = "HX-068",
     .when = [](const H& v) { return !v.heap || (v.heap->options & HEAP_NO_SERIALIZE); },
     .undefined = true},
    {.id = "HeapLock.Locks",
     .says = "A heap is locked, as often as one likes.",
     .facts = "HX-066 HX-069",
     .when = [](const H& v) { return v.heap != nullptr; },
     .succeeds = true,
     .then = [](H& v, const Seen&) { ++v.heap->locks; }},
};
constexpr Clause<H> unlock_clauses[] = {
    {.id = "HeapUnlock.NotLocked",
     .says = "Unlocking a heap that is not locked may do anything: no source tells.",
     .when = [](const H& v) { return !v.heap || v.heap->locks == 0; },
     .undefined = true},
    {.id = "HeapUnlock.Unlocks",
     .says = "Each lock is undone by one unlock.",
     .facts = "HX-066 HX-069",
     .when = [](const H& v) { return v.heap && v.heap->locks; },
     .succeeds = true,
     .then = [](H& v, const Seen&) { --v.heap->locks; }},
};

}  // namespace

void add_heap_pages(PageList& pages) {
  add(pages, "HeapCreate", create_clauses);
  add(pages, "HeapDestroy", destroy_clauses);
  add(pages, "GetProcessHeap", process_heap_clauses);
  add(pages, "HeapSize", size_clauses);
  add(pages, "HeapValidate", validate_clauses);
  add(pages, "HeapLock", lock_clauses);
  add(pages, "HeapUnlock", unlock_clauses);
}

}  // namespace winmem::spec
