// VirtualAlloc: reserves, commits, resets pages.
#include "model/rule/pages.h"
#include "model/view/virtual_alloc_view.h"

namespace winmem::spec {
namespace {

using V = VirtualAllocView;

constexpr auto reserves = [](V& v, const Seen& seen) { v.reserve(seen.value); };

constexpr Clause<V> clauses[] = {
    // The type.
    {.id = "VirtualAlloc.Type.KnownBits",
     .says = "The allocation type holds only the bits that VirtualAlloc knows; placeholders need VirtualAlloc2.",
     .facts = "VA-052 VA-053 VA-054 VA-055 VA-056 VA-051 VQ-121",
     .when = [](const V& v) { return v.unknown_types(); },
     .fails_first = {ERROR_INVALID_PARAMETER}},
    {.id = "VirtualAlloc.Type.ResetUndoIsNew",
     .says = "Before Windows 8 there is no MEM_RESET_UNDO; what the bit does there is not told.",
     .facts = "VA-087",
     .versions = in_windows_7,
     .when = [](const V& v) { return v.has(MEM_RESET_UNDO); },
     .unspecified = true},
    {.id = "VirtualAlloc.Type.AsksForSomething",
     .says = "The type asks for at least one of MEM_COMMIT, MEM_RESERVE, MEM_RESET, MEM_RESET_UNDO.",
     .facts = "VA-050 VA-057 VA-063 VA-051",
     .when = [](const V& v) { return !(v.type & (MEM_COMMIT | MEM_RESERVE | MEM_RESET | MEM_RESET_UNDO)); },
     .fails_first = {ERROR_INVALID_PARAMETER}},
    {.id = "VirtualAlloc.Type.ResetStandsAlone",
     .says = "MEM_RESET goes with no other type.",
     .facts = "VA-060 VA-061 VA-062",
     .when = [](const V& v) { return v.has(MEM_RESET) && v.type != MEM_RESET && !v.has(MEM_RESET_UNDO); },
     .fails_first = {ERROR_INVALID_PARAMETER}},
    {.id = "VirtualAlloc.Type.ResetUndoStandsAlone",
     .says = "MEM_RESET_UNDO goes with no other type; which error it gives is not shown anywhere.",
     .facts = "VA-086",
     .when = [](const V& v) { return v.has(MEM_RESET_UNDO) && v.type != MEM_RESET_UNDO && !v.unknown_types(); },
     .fails_first = {any_error}},
    {.id = "VirtualAlloc.Type.PhysicalOnlyReserves",
     .says = "MEM_PHYSICAL reserves an AWE window and never commits.",
     .facts = "VA-063 VA-065",
     .when = [](const V& v) { return v.has(MEM_PHYSICAL) && (!v.has(MEM_RESERVE) || v.commits); },
     .fails_first = {ERROR_INVALID_PARAMETER}},
    {.id = "VirtualAlloc.Type.PhysicalWithMore",
     .says = "What MEM_PHYSICAL does beside another flag than MEM_RESERVE is documented as a failure and tested "
             "nowhere.",
     .facts = "VA-067",
     .when = [](const V& v) { return v.has(MEM_PHYSICAL | MEM_RESERVE) && v.type != (MEM_PHYSICAL | MEM_RESERVE); },
     .unspecified = true},
    {.id = "VirtualAlloc.Type.Untested",
     .says = "These types occur in no public test: bits without a documented use here, MEM_WRITE_WATCH without "
             "MEM_RESERVE, MEM_TOP_DOWN for a commit at an address.",
     .facts = "VA-069 VA-058",
     .when =
         [](const V& v) {
           return v.untested_types() || (v.has(MEM_WRITE_WATCH) && !v.has(MEM_RESERVE)) ||
                  (v.has(MEM_TOP_DOWN) && !v.reserves);
         },
     .unspecified = true},
    {.id = "VirtualAlloc.Type.LargePagesInOneCall",
     .says = "Large pages are reserved and committed in one call.",
     .facts = "VA-073",
     .when = [](const V& v) { return v.has(MEM_LARGE_PAGES) && !v.has(MEM_RESERVE | MEM_COMMIT); },
     .fails_first = {any_error}},

    // The protection.
    {.id = "VirtualAlloc.Protection.OneBase",
     .says = "The protection is exactly one base protection, with modifiers or without; also for a plain reserve.",
     .facts = "VA-094 VA-095 VA-100 VA-101 VA-104 VA-124 VQ-119",
     .when = [](const V& v) { return no_protection(v.protection) && !v.resets; },
     .fails_first = {ERROR_INVALID_PARAMETER}},
    {.id = "VirtualAlloc.Protection.OneBaseForAReset",
     .says = "A reset ignores its protection, which must be one base protection nevertheless; the error is not told.",
     .facts = "VA-081",
     .when = [](const V& v) { return no_protection(v.protection) && v.resets; },
     .fails_first = {any_error}},
    {.id = "VirtualAlloc.Protection.NoCopyOnWrite",
     .says = "Private memory is never copy-on-write.",
     .facts = "VA-096 VA-097 VA-098 VA-099 VA-103 CP-08",
     .scope = Scope::windows_only,
     .when =
         [](const V& v) {
           return one_base(v.protection) && copies_on_write(v.protection) && v.private_target() && !v.resets;
         },
     .fails_first = {ERROR_INVALID_PARAMETER}},
    {.id = "VirtualAlloc.Protection.NoAccessStandsAlone",
     .says = "PAGE_NOACCESS takes neither PAGE_GUARD nor PAGE_WRITECOMBINE.",
     .facts = "VA-105 VA-106",
     .when = [](const V& v) { return modifies_no_access(v.protection); },
     .fails_first = {ERROR_INVALID_PARAMETER}},
    {.id = "VirtualAlloc.Protection.UntestedMix",
     .says = "Documentation forbids PAGE_GUARD with caching bits, both caching bits, PAGE_NOACCESS with PAGE_NOCACHE "
             "and a modifier alone; no public test shows it. Other bits, such as PAGE_TARGETS_INVALID, and a reset "
             "with a copy-on-write protection are as open.",
     .facts = "VA-108 VA-109 VA-110 VA-111 VA-112 VA-117",
     .when =
         [](const V& v) {
           return untested_mix(v.protection) || other_bits(v.protection) || (v.resets && copies_on_write(v.protection));
         },
     .unspecified = true},
    {.id = "VirtualAlloc.Protection.WindowIsReadWrite",
     .says = "An AWE window is reserved with PAGE_READWRITE.",
     .facts = "VA-066",
     .when = [](const V& v) { return v.type == (MEM_PHYSICAL | MEM_RESERVE) && v.protection != PAGE_READWRITE; },
     .fails = {any_error}},

    // Address and size.
    {.id = "VirtualAlloc.Size.NotZero",
     .says = "A size of zero is refused.",
     .facts = "VA-001 VA-701 VA-051 CP-10",
     .when = [](const V& v) { return v.size == 0 && !v.large_pages(); },
     .fails_first = {ERROR_INVALID_PARAMETER}},
    {.id = "VirtualAlloc.Address.NotInLowestGranule",
     .says = "A non-NULL address below 64 KiB is refused, not taken for NULL.",
     .facts = "VA-118 VA-119",
     .when = [](const V& v) { return v.address != 0 && v.address < 0x10000; },
     .fails_first = {ERROR_INVALID_PARAMETER}},
    {.id = "VirtualAlloc.Address.NotInSystemHalf",
     .says = "An address above the highest application address is refused as a parameter, for a commit too.",
     .facts = "VA-121 VA-122",
     .when = [](const V& v) { return v.address > v.system().maximum; },
     .fails_first = {ERROR_INVALID_PARAMETER}},
    {.id = "VirtualAlloc.Size.WithinAddressSpace",
     .says = "A size larger than the whole address space is an invalid parameter, not a lack of memory.",
     .facts = "VA-003 VA-004 VA-005 VA-712",
     .when = [](const V& v) { return v.surely_too_large(); },
     .fails_first = {ERROR_INVALID_PARAMETER}},
    {.id = "VirtualAlloc.Size.NearTheAddressSpace",
     .says = "Nearly all of the address space cannot be had; from which size on it is an invalid parameter, and no "
             "lack of memory, no test tells.",
     .facts = "VA-005 VA-712 VA-718",
     .when = [](const V& v) { return v.perhaps_too_large(); },
     .fails = {ERROR_INVALID_PARAMETER, ERROR_NOT_ENOUGH_MEMORY, ERROR_COMMITMENT_LIMIT}},
    {.id = "VirtualAlloc.Range.WithinAddressSpace",
     .says = "A range that begins in the address space and ends above it occurs in no public test.",
     .facts = "VA-123",
     .when =
         [](const V& v) {
           return v.address != 0 && v.overflows && v.address <= v.system().maximum && !v.surely_too_large();
         },
     .unspecified = true},
    {.id = "VirtualAlloc.LargePages.WholeLargePages",
     .says = "A request for large pages is a multiple of the large-page minimum, and not zero.",
     .facts = "VA-074 VA-001",
     .when = [](const V& v) { return v.large_pages() && (v.size == 0 || v.size % v.large_page() != 0); },
     .fails = {any_error}},
    {.id = "VirtualAlloc.LargePages.NeedPrivilege",
     .says = "Large pages need the privilege to lock memory; the error without it is not seen anywhere.",
     .facts = "VA-072 CP-07",
     .when = [](const V& v) { return v.has(MEM_LARGE_PAGES | MEM_RESERVE | MEM_COMMIT) && !v.state.lock_memory; },
     .fails = {any_error}},
    {.id = "VirtualAlloc.Commit.WithinTheLimit",
     .says = "A commit that would pass the commit limit fails and commits nothing; a reservation takes nothing of it.",
     .facts = "VA-008",
     .when = [](const V& v) { return v.state.limited() && !v.state.commits_unseen && v.state.past_limit(v.fresh()); },
     .fails = {ERROR_COMMITMENT_LIMIT}},
    {.id = "VirtualAlloc.Reserve.RangeIsFree",
     .says = "A reservation never takes what is allocated: the rounded range must be free, and the call never moves "
             "elsewhere.",
     .facts = "VA-013 VA-710 VA-030 VA-031 VA-032 VF-048 VQ-111",
     .when = [](const V& v) { return v.reserves && v.taken(); },
     .fails = {ERROR_INVALID_ADDRESS}},
    {.id = "VirtualAlloc.Commit.OnlyReserved",
     .says = "A commit at an address where nothing is reserved fails; it does not reserve.",
     .facts = "VA-707 VA-036",
     .when = [](const V& v) { return v.commits && !v.reserves && v.nobody; },
     .fails = {ERROR_INVALID_ADDRESS}},
    {.id = "VirtualAlloc.Commit.WithinOneAllocation",
     .says = "A commit lies within one allocation; it neither passes its end nor crosses into the next, and fails as a "
             "whole.",
     .facts = "VA-037 VA-038 VA-039",
     .when = [](const V& v) { return v.commits && v.target && !v.overflows && !v.inside(); },
     .fails = {ERROR_INVALID_ADDRESS}},
    {.id = "VirtualAlloc.Reset.WithinOneAllocation",
     .says = "A reset lies within one allocation.",
     .facts = "VA-079 VA-080",
     .when = [](const V& v) { return v.has(MEM_RESET) && ((v.target && !v.overflows && !v.inside()) || v.nobody); },
     .fails = {ERROR_INVALID_ADDRESS}},
    {.id = "VirtualAlloc.Place.NotKnown",
     .says = "A commit or reset where the script allocated nothing: what lives there is not known. Nor is what undoing "
             "a reset does there, or what a copy-on-write protection does where nothing lives.",
     .when =
         [](const V& v) {
           const bool open = v.has(MEM_RESET_UNDO) || (v.commits && copies_on_write(v.protection));
           return !v.reserves && ((!v.target && (!v.nobody || open)) || (v.has(MEM_RESET_UNDO) && !v.inside()));
         },
     .unspecified = true},
    {.id = "VirtualAlloc.Place.NotPrivate",
     .says = "A commit or reset in an AWE window, an image or a stack is not told by the evidence, nor most of a view.",
     .when =
         [](const V& v) {
           return v.target && (v.target->physical || (v.target->foreign() && !v.view_told() && !v.beyond_view()));
         },
     .unspecified = true},
    {.id = "VirtualAlloc.Commit.OpenedForReading",
     .says = "A commit gives a view that was opened for reading no right to write.",
     .facts = "VA-134 VQ-120",
     .when = [](const V& v) { return v.beyond_view(); },
     .fails = {ERROR_INVALID_PARAMETER}},

    // What it does.
    {.id = "VirtualAlloc.LargePages.MayNotBeHad",
     .says = "With the privilege a request for large pages succeeds where there are enough of them.",
     .facts = "VA-075 CP-07",
     .when = [](const V& v) { return v.large_pages(); },
     .succeeds = true,
     .may_fail = {ERROR_NO_SYSTEM_RESOURCES, ERROR_COMMITMENT_LIMIT, ERROR_INVALID_ADDRESS},
     .then = reserves},
    {.id = "VirtualAlloc.Reserve.TakesTheRange",
     .says = "A reservation takes whole pages from a granule boundary on: the address is rounded down to 64 KiB, the "
             "end up to a page. Where the address space is full it fails for lack of memory.",
     .facts = "VA-010 VA-012 VA-016 VA-025 VA-058 VA-059 VA-064 VA-069 VA-107 VA-114 VA-702 CP-03 CP-05 CP-06 CP-07 "
              "CP-08 VA-006 VA-007 VQ-123",
     .when = [](const V& v) { return v.reserves && (v.address == 0 || v.surely_free()); },
     .succeeds = true,
     .needs = [](const V& v) { return Demand{v.new_size(), v.commits ? v.new_size() : 0, 0}; },
     .then = reserves},
    {.id = "VirtualAlloc.Reserve.MayBeTaken",
     .says = "At an address of which the script knows nothing, something may live already.",
     .facts = "VA-120 VA-710",
     .when = [](const V& v) { return v.reserves; },
     .succeeds = true,
     .may_fail = {ERROR_INVALID_ADDRESS},
     .needs = [](const V& v) { return Demand{v.new_size(), v.commits ? v.new_size() : 0, 0}; },
     .then = reserves},
    {.id = "VirtualAlloc.Commit.CommitsWholePages",
     .says = "A commit makes every page that the range touches accessible, reserved or committed before; committed "
             "ones keep their contents, all get the protection, and AllocationProtect stays.",
     .facts = "VA-027 VA-034 VA-040 VA-042 VA-044 VA-045 VA-046 VA-116 CP-03 CP-06 VA-129 VA-131 VA-071",
     .when = [](const V& v) { return v.commits && v.inside(); },
     .succeeds = true,
     .needs = [](const V& v) { return Demand{0, v.range.size(), 0}; },
     .then = [](V& v, const Seen&) { v.commit(); }},
    {.id = "VirtualAlloc.Reset.ChangesNothingButContents",
     .says = "A reset gives up the contents; state and protection stay, reserved pages are fine, and the protection "
             "argument is ignored.",
     .facts = "VA-076 VA-078 CP-03 CP-07 VA-082",
     .when = [](const V& v) { return v.has(MEM_RESET) && v.inside(); },
     .succeeds = true,
     .then = [](V& v, const Seen&) { v.give_up_contents(); }},
    {.id = "VirtualAlloc.ResetUndo.MayComeTooLate",
     .says = "Undoing a reset succeeds when the data is still there and fails when some of it became zero.",
     .facts = "VA-085 VA-076 CP-07",
     .when = [](const V& v) { return v.has(MEM_RESET_UNDO) && v.inside(); },
     .succeeds = true,
     .may_fail = {any_error}},

    // What a success gives.
    {.id = "VirtualAlloc.Value.Granule",
     .says = "An address that the system chooses is a multiple of the allocation granularity.",
     .facts = "VA-015 VA-059 CP-05",
     .when = [](const V& v) { return v.reserves && v.address == 0; },
     .about = "value",
     .is = [](const V& v) { return multiple_of(v.system().granularity); }},
    {.id = "VirtualAlloc.Value.RoundedDown",
     .says = "The value is where the range begins: the wanted address rounded down to 64 KiB for a reservation, to a "
             "page otherwise.",
     .facts = "VA-016 VA-017 VA-019 VA-021 VA-022 VA-023 VA-024 VA-026 VA-028 CP-04 CP-09",
     .when = [](const V& v) { return v.address != 0 && !v.resets; },
     .about = "value",
     .is = [](const V& v) { return equal(v.range.begin); }},
    {.id = "VirtualAlloc.Value.ResetGivesTheAddress",
     .says = "A reset of whole pages gives their address.",
     .facts = "VA-076 VA-078 VA-085",
     .when = [](const V& v) { return v.resets && v.address == v.range.begin; },
     .about = "value",
     .is = [](const V& v) { return equal(v.address); }},
    {.id = "VirtualAlloc.Value.ApartFromAllLiving",
     .says = "A new allocation lies apart from everything that lives.",
     .facts = "VA-014 VA-710",
     .when = [](const V& v) { return v.reserves; },
     .about = "value",
     .holds = [](const V& v, const Seen& seen) { return v.apart(seen.value); }},
};

}  // namespace

void add_virtual_alloc_pages(PageList& pages) {
  add(pages, "VirtualAlloc", clauses);
}

}  // namespace winmem::spec
