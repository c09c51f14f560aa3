// GetWriteWatch, ResetWriteWatch: which pages of watched memory were written; and the physical pages of AWE windows.
#include "model/view/write_watch_view.h"

#include "model/rule/pages.h"

namespace winmem::spec {
namespace {

using V = WriteWatchView;

constexpr auto all_ones = [](const V&) { return equal(0xffffffff); };

constexpr Clause<V> watched_range = {
    .id = "WriteWatch.WatchedRange",
    .says = "The range is not empty, and lies within one allocation that was reserved with MEM_WRITE_WATCH.",
    .facts = "VQ-085 VQ-086 VQ-087 VQ-088 VQ-089 VQ-090 VQ-091",
    .when = [](const V& v) { return v.size == 0 || v.unwatched() || v.leaves(); },
    .fails = {ERROR_INVALID_PARAMETER},
    .returns = all_ones};
constexpr Clause<V> not_told = {
    .id = "WriteWatch.NotTold",
    .says =
        "What is watched where the script allocated nothing is not known; parts of pages, and a reset that "
        "leaves its allocation, occur in no public test.",
    .when =
        [](const V& v) {
          return (!v.allocation && !v.unwatched()) || (v.watched() && !v.whole_pages()) || (v.leaves() && !v.gets);
        },
    .unspecified = true};

constexpr Clause<V> get_clauses[] = {
    {.id = "GetWriteWatch.Flags.OnlyReset",
     .says = "WRITE_WATCH_FLAG_RESET is the only flag.",
     .facts = "VQ-084",
     .when = [](const V& v) { return (v.flags & ~std::uint32_t{WRITE_WATCH_FLAG_RESET}) != 0; },
     .fails = {ERROR_INVALID_PARAMETER},
     .returns = all_ones},
    watched_range,
    not_told,
    {.id = "GetWriteWatch.Pointers.Needed",
     .says = "The pointer to the count is needed, and where that tells of room the one to the list.",
     .facts = "VQ-080 VQ-082",
     .when = [](const V& v) { return v.agents_own(5) && (v.null(4) || (v.null(3) && v.room_told())); },
     .fails = {ERROR_NOACCESS},
     .returns = all_ones},
    {.id = "GetWriteWatch.Pointers.NoneForResults",
     .says = "Without count and granularity it fails; with which error is not told.",
     .facts = "VQ-080",
     .when = [](const V& v) { return v.null(4) && v.null(5); },
     .fails = {any_error},
     .returns = [](const V&) { return not_equal(0); }},
    {.id = "GetWriteWatch.Pointers.NotTold",
     .says = "A count of zero, a missing granularity alone, and results in the script's own memory are not told.",
     .when = [](const V& v) { return v.results_open(); },
     .unspecified = true},
    {.id = "GetWriteWatch.List.HoldsItsCount",
     .says = "A list with less room than its count says would be written past its end: a test must not do that.",
     .when = [](const V& v) { return v.overrun(); },
     .undefined = true},

    {.id = "GetWriteWatch.Tells",
     .says = "A query of watched memory succeeds, committed or only reserved, and leaves the marks as they are; "
             "WRITE_WATCH_FLAG_RESET takes them from the pages that were told, and from no others.",
     .facts = "VQ-064 VQ-065 VQ-068 VQ-072",
     .when = [](const V& v) { return v.watched(); },
     .succeeds = true,
     .then = [](V& v, const Seen& seen) { v.learn(seen); }},
    {.id = "GetWriteWatch.Count.OfWrittenPages",
     .says = "The count is that of the pages written, as far as there is room; reading, running, committing and "
             "protecting are no writing. A decommit forgets what was written since the pages were protected.",
     .facts = "VA-069 VA-071 VQ-063 VQ-065 VQ-066 VQ-068 VQ-071 VQ-073 VQ-075 VQ-076 VQ-077 VQ-101",
     .when = [](const V& v) { return v.all_known(); },
     .about = "count",
     .is = [](const V& v) { return equal(v.known_count()); }},
    {.id = "GetWriteWatch.Addresses.OfWrittenPages",
     .says = "The list holds the addresses of the written pages, upwards; of none, it stays as it was.",
     .facts = "VQ-063 VQ-066 VQ-068 VQ-073",
     .about = "list",
     .holds = [](const V& v, const Seen& seen) { return v.told_right(seen); },
     .shows = [](const V& v) { return v.written_pages(); }},
    {.id = "GetWriteWatch.Granularity.OfAPage",
     .says = "The granularity is the size of a page.",
     .facts = "VQ-063",
     .about = "granularity",
     .is = [](const V& v) { return equal(v.system().page); }},
};

constexpr Clause<V> reset_clauses[] = {
    watched_range,
    not_told,
    {.id = "ResetWriteWatch.Resets",
     .says = "A reset takes the marks from all pages of the range, committed or only reserved.",
     .facts = "VQ-072 VQ-076",
     .when = [](const V& v) { return v.watched(); },
     .succeeds = true,
     .then = [](V& v, const Seen&) { v.set_written(v.range, Written::no); }},
};

constexpr Clause<View> physical_clauses[] = {
    {.id = "PhysicalPages.NotTold",
     .says = "What physical pages do occurs in no public test; the evidence tells of their windows alone.",
     .unspecified = true},
};

}  // namespace

void add_write_watch_pages(PageList& pages) {
  add(pages, "GetWriteWatch", get_clauses);
  add(pages, "ResetWriteWatch", reset_clauses);
  add(pages, {"AllocateUserPhysicalPages", "MapUserPhysicalPages", "FreeUserPhysicalPages"}, physical_clauses);
}

}  // namespace winmem::spec
