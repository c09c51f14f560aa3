// VirtualFree: decommits pages, or releases an allocation.
#include "model/rule/pages.h"
#include "model/view/virtual_free_view.h"

namespace winmem::spec {
namespace {

using V = VirtualFreeView;

constexpr Clause<V> clauses[] = {
    {.id = "VirtualFree.Type.OneOfTwo",
     .says = "The free type is exactly MEM_DECOMMIT or exactly MEM_RELEASE, and is looked at before the address.",
     .facts = "VF-021 VF-022 VF-024 VF-025 VF-026 VF-027 VF-028 VF-029 VF-030 VF-061 CP-16",
     .when = [](const V& v) { return !v.decommits && !v.releases && (v.type & ~std::uint32_t{3}) != MEM_RELEASE; },
     .fails_first = {ERROR_INVALID_PARAMETER}},
    {.id = "VirtualFree.Type.Placeholders",
     .says = "Splitting and joining placeholders belongs to VirtualAlloc2, which is out of scope.",
     .facts = "VF-057 VF-059 VF-062 VF-063",
     .when = [](const V& v) { return !v.releases && (v.type & ~std::uint32_t{3}) == MEM_RELEASE; },
     .unspecified = true},
    {.id = "VirtualFree.Release.TakesNoSize",
     .says = "A release takes no size: it gives back the whole allocation.",
     .facts = "VF-003 VF-004 CP-15 CP-18",
     .when = [](const V& v) { return v.releases && v.size != 0; },
     .fails_first = {ERROR_INVALID_PARAMETER}},
    {.id = "VirtualFree.Address.NotInSystemHalf",
     .says = "An address above the highest application address is an invalid parameter.",
     .facts = "VF-017",
     .when = [](const V& v) { return v.address > v.system().maximum; },
     .fails_first = {ERROR_INVALID_PARAMETER}},
    {.id = "VirtualFree.Release.Null",
     .says = "A release of NULL releases nothing that was allocated.",
     .facts = "VF-015",
     .when = [](const V& v) { return v.releases && v.address == 0 && v.size == 0; },
     .fails = {ERROR_INVALID_ADDRESS}},
    {.id = "VirtualFree.Address.Low",
     .says = "No other address of the first 64 KiB is an allocation either, nor is NULL one to decommit; of the error "
             "no test tells.",
     .facts = "VF-015 VF-016 VQ-708",
     .when = [](const V& v) { return v.low() && !(v.releases && v.address == 0 && v.size == 0); },
     .fails = {any_error}},
    {.id = "VirtualFree.Range.Overflow",
     .says = "What a decommit does whose end overflows is not told by the evidence.",
     .when = [](const V& v) { return v.decommits && v.overflows && !(v.allocation && v.size <= v.system().maximum); },
     .unspecified = true},
    {.id = "VirtualFree.Place.NotKnown",
     .says = "Freeing where the script allocated nothing: what lives there is not known.",
     .when = [](const V& v) { return !v.allocation && !v.nobody && !v.low() && v.address <= v.system().maximum; },
     .unspecified = true},
    {.id = "VirtualFree.Place.NotPrivate",
     .says = "Freeing pages behind the base of a view, of an image, of a stack, or part of an AWE window is not "
             "told by the evidence.",
     .when =
         [](const V& v) {
           const bool open = v.allocation && (v.allocation->foreign() || (v.decommits && v.allocation->physical));
           return open && !v.view_from_base();
         },
     .unspecified = true},
    {.id = "VirtualFree.View",
     .says = "A view is neither released nor decommitted: only UnmapViewOfFile gives it back.",
     .facts = "VF-052 VF-707 VQ-118",
     .when = [](const V& v) { return v.view_from_base(); },
     .fails = {ERROR_INVALID_PARAMETER}},
    {.id = "VirtualFree.Decommit.Locked",
     .says = "What a decommit does to pages that VirtualLock holds is not told by the evidence.",
     .when = [](const V& v) { return v.locked(); },
     .unspecified = true},
    {.id = "VirtualFree.NothingThere",
     .says = "Free memory cannot be freed: not a second time, not behind the end of an allocation.",
     .facts = "VF-012 VF-014 VF-045 VQ-113",
     .when = [](const V& v) { return v.nobody; },
     .fails = {ERROR_INVALID_ADDRESS}},
    {.id = "VirtualFree.SizeZero.FirstPage",
     .says = "Size zero means the whole allocation, so the address lies in its first page.",
     .facts = "VF-009 VF-010 VF-011 VF-014 VQ-112",
     .when = [](const V& v) { return v.size == 0 && v.allocation && !v.at_base(); },
     .fails = {ERROR_INVALID_ADDRESS}},
    {.id = "VirtualFree.Decommit.WithinOneAllocation",
     .says = "A decommit ends within the allocation in which it begins; the end counts from the unrounded address.",
     .facts = "VF-041 VF-042 VF-043 VF-044 VQ-117",
     .when =
         [](const V& v) {
           return v.decommits && v.size != 0 && v.allocation && (v.overflows || !v.range.within(v.allocation->range()));
         },
     .fails = {ERROR_INVALID_PARAMETER}},

    {.id = "VirtualFree.Release.FreesAll",
     .says = "A release frees all pages of the allocation, reserved or committed; any address in the first page will "
             "do.",
     .facts = "VF-001 VF-004 VF-005 VF-007 VF-008 VF-011 VF-054 VF-067 VF-068 VA-025 CP-12 CP-13 CP-17",
     .when = [](const V& v) { return v.releases && v.at_base(); },
     .succeeds = true,
     .then = [](V& v, const Seen&) { v.release(); }},
    {.id = "VirtualFree.Decommit.LeavesReserved",
     .says = "A decommit makes every page that the range touches reserved, committed before or not, and loses its "
             "contents.",
     .facts = "VF-031 VF-032 VF-033 VF-034 VF-035 VF-039 VF-049 VF-050 VF-703 VF-706 VA-049 CP-12 CP-14",
     .when = [](const V& v) { return v.decommits && v.allocation; },
     .succeeds = true,
     .then = [](V& v, const Seen&) { v.decommit(); }},
};

}  // namespace

void add_virtual_free_pages(PageList& pages) {
  add(pages, "VirtualFree", clauses);
}

}  // namespace winmem::spec
