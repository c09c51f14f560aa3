// VirtualQuery: tells state and protection of the pages that begin at an address.
#include "model/rule/pages.h"
#include "model/view/virtual_query_view.h"

namespace winmem::spec {
namespace {

using V = VirtualQueryView;

constexpr auto in_told = [](const V& v) { return v.told(); };
constexpr auto in_known = [](const V& v) { return v.known(); };
constexpr auto in_free = [](const V& v) { return v.free; };
template <std::uint32_t value>
constexpr Clause<V> of_free_memory(const char* id, const char* says, const char* field) {
  return {.id = id, .says = says, .facts = "VQ-007", .when = in_free, .about = field, .is = [](const V&) {
            return equal(value);
          }};
}

constexpr Clause<V> clauses[] = {
    {.id = "VirtualQuery.Length.WholeStructure",
     .says = "The buffer holds a whole MEMORY_BASIC_INFORMATION.",
     .facts = "VQ-019 VQ-131",
     .when = [](const V& v) { return v.length < v.structure(); },
     .fails = {ERROR_BAD_LENGTH}},
    {.id = "VirtualQuery.Address.NotInSystemHalf",
     .says = "An address above the highest application address is an invalid parameter; the highest itself is fine.",
     .facts = "VQ-015 VQ-016",
     .when = [](const V& v) { return v.address > v.system().maximum; },
     .fails = {ERROR_INVALID_PARAMETER}},
    {.id = "VirtualQuery.Buffer.Foreign",
     .says = "What a query does with a NULL or foreign buffer is not told by the evidence, but for a guard page.",
     .when = [](const V& v) { return !v.agents_own(1) && !v.guarded_buffer(); },
     .unspecified = true},
    {.id = "VirtualQuery.Buffer.GuardPage",
     .says = "A guard page that the system meets makes the call fail, and is an ordinary page from then on.",
     .facts = "VQ-098",
     .when = [](const V& v) { return v.guarded_buffer(); },
     .fails = {any_error}},

    {.id = "VirtualQuery.Succeeds",
     .says = "A query of any application address succeeds, of free memory too, and changes nothing.",
     .facts = "VQ-001 VQ-008 VQ-017 VQ-018 VQ-027",
     .succeeds = true},
    {.id = "VirtualQuery.Value.StructureSize",
     .says = "The value is the size of the structure: 48 bytes on x64, 28 on x86.",
     .facts = "VQ-001",
     .about = "value",
     .is = [](const V& v) { return equal(v.structure()); }},
    {.id = "VirtualQuery.BaseAddress.RoundedDown",
     .says = "The region begins at the page that was asked for, not at the first page like it.",
     .facts = "VQ-004 VQ-005 VQ-006",
     .about = "BaseAddress",
     .is = [](const V& v) { return equal(v.page); }},
    {.id = "VirtualQuery.RegionSize.ToTheEndOfEqualPages",
     .says = "The region reaches to the end of the pages of the allocation that have the same state and protection.",
     .facts = "VQ-005 VQ-010 VQ-011 VQ-012 VQ-013 VQ-137 VA-010 VA-012 VF-050",
     .when = [](const V& v) { return v.whole(); },
     .about = "RegionSize",
     .is = [](const V& v) { return v.region_size(); }},
    {.id = "VirtualQuery.RegionSize.AtLeastAPage",
     .says = "A region is at least one page; that at the start of the address space reaches to 64 KiB or further.",
     .facts = "VQ-006 VQ-708",
     .when = [](const V& v) { return !v.whole(); },
     .about = "RegionSize",
     .is = [](const V& v) { return at_least(v.low ? 0x10000 - v.page : v.system().page); }},
    {.id = "VirtualQuery.AllocationBase.OfTheAllocation",
     .says = "AllocationBase is where the allocation begins.",
     .facts = "VQ-002 VQ-004 VQ-021",
     .when = in_known,
     .about = "AllocationBase",
     .is = [](const V& v) { return equal(v.allocation->base); }},
    {.id = "VirtualQuery.AllocationProtect.AsReserved",
     .says = "AllocationProtect is the protection with which the allocation was reserved, or mapped.",
     .facts = "VQ-002 VQ-004 VQ-021 VQ-026 VQ-709 VQ-710 VQ-711 VQ-024 VA-046 VA-114 VA-116 VA-129 VA-131",
     .when = in_known,
     .about = "AllocationProtect",
     .is = [](const V& v) { return v.told_protection(v.allocation->protection); }},
    {.id = "VirtualQuery.State.OfThePage",
     .says = "State is MEM_COMMIT or MEM_RESERVE.",
     .facts = "VQ-002 VQ-003 VQ-709 VQ-710 VF-031 VQ-021 VQ-023 VQ-024 VQ-711",
     .when = in_told,
     .about = "State",
     .is = [](const V& v) { return equal(v.pages().committed ? MEM_COMMIT : MEM_RESERVE); }},
    {.id = "VirtualQuery.Protect.OfThePage",
     .says = "Protect is the page's own protection, with modifiers; 0 for reserved pages.",
     .facts = "VQ-002 VQ-003 VQ-014 VQ-026 VQ-027 VQ-097 VQ-709 VQ-710 VA-088 VA-089 VA-090 VA-091 VA-093 VA-114 "
              "VQ-045 VQ-046 VQ-047 VQ-021 VQ-711",
     .when = in_known,
     .about = "Protect",
     .is = [](const V& v) { return v.told_protection(v.pages().protection); }},
    {.id = "VirtualQuery.Type.OfTheAllocation",
     .says = "What VirtualAlloc made is MEM_PRIVATE, a view is MEM_MAPPED, a program MEM_IMAGE.",
     .facts = "VQ-002 VQ-003 VQ-013 VQ-021 VQ-709 VQ-710 VQ-711",
     .when = in_known,
     .about = "Type",
     .is = [](const V& v) { return equal(v.allocation->type); }},
    {.id = "VirtualQuery.State.Free",
     .says = "Free memory is MEM_FREE: right after a release, always behind the last page of an allocation in its "
             "granule, and in the first 64 KiB.",
     .facts = "VQ-007 VQ-008 VQ-009 VQ-708 VF-001",
     .when = in_free,
     .about = "State",
     .is = [](const V&) { return equal(MEM_FREE); }},
    of_free_memory<PAGE_NOACCESS>("VirtualQuery.Protect.Free", "Free memory reports PAGE_NOACCESS.", "Protect"),
    of_free_memory<0>("VirtualQuery.AllocationBase.Free", "Free memory has no allocation base.", "AllocationBase"),
    of_free_memory<0>("VirtualQuery.AllocationProtect.Free", "Free memory has no allocation protection.",
                      "AllocationProtect"),
    of_free_memory<0>("VirtualQuery.Type.Free", "Free memory has no type.", "Type"),
    {.id = "VirtualQuery.State.HeapBlock",
     .says = "A heap block is committed memory.",
     .facts = "HA-052 GA-058 LA-030",
     .when = [](const V& v) { return v.steady_block(); },
     .about = "State",
     .is = [](const V&) { return equal(MEM_COMMIT); }},
};

}  // namespace

void add_virtual_query_pages(PageList& pages) {
  add(pages, "VirtualQuery", clauses);
}

}  // namespace winmem::spec
