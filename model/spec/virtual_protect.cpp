// VirtualProtect, VirtualLock, VirtualUnlock: what committed pages allow, and whether they may
// leave memory.
#include "model/rule/pages.h"
#include "model/view/page_range_view.h"

namespace winmem::spec {
namespace {

using R = PageRangeView;

using V = VirtualProtectView;

constexpr Clause<V> protect_clauses[] = {
    {.id = "VirtualProtect.OldProtection.Writable",
     .says = "The pointer for the old protection is needed; without it nothing is changed.",
     .facts = "VQ-032 VQ-705",
     .when = [](const V& v) { return !v.agents_own(3) && v.argument[3] == 0; },
     .fails = {ERROR_NOACCESS}},
    {.id = "VirtualProtect.OldProtection.Foreign",
     .says = "An old-protection pointer into memory of the script is not followed by the model.",
     .when = [](const V& v) { return !v.agents_own(3) && v.argument[3] != 0; },
     .unspecified = true},
    {.id = "VirtualProtect.Protection.OneBase",
     .says = "The protection is exactly one base protection, with modifiers or without.",
     .facts = "VQ-033 VQ-034 VQ-035 VQ-705",
     .when = [](const V& v) { return no_protection(v.protection); },
     .fails = {ERROR_INVALID_PARAMETER}},
    {.id = "VirtualProtect.Protection.NoCopyOnWrite",
     .says = "Private memory is never copy-on-write.",
     .facts = "VQ-036 CP-08",
     .scope = Scope::windows_only,
     .when = [](const V& v) { return one_base(v.protection) && copies_on_write(v.protection) && v.private_target(); },
     .fails = {ERROR_INVALID_PARAMETER}},
    {.id = "VirtualProtect.Protection.UntestedMix",
     .says = "Mixes of modifiers that only documentation forbids, and bits such as PAGE_TARGETS_INVALID, are open.",
     .facts = "VA-105 VA-106 VA-108 VA-109 VA-110 VA-111 VQ-051",
     .when =
         [](const V& v) {
           return untested_mix(v.protection) || other_bits(v.protection) || modifies_no_access(v.protection);
         },
     .unspecified = true},
    {.id = "VirtualProtect.Size.NotZero",
     .says = "A size of zero fails; for the error there is one report only.",
     .facts = "VQ-702 VQ-705",
     .when = [](const V& v) { return v.size == 0; },
     .fails = {any_error}},
    {.id = "VirtualProtect.Address.NotInSystemHalf",
     .says = "An address that no program can have fails; with which error is not tested.",
     .facts = "VQ-705",
     .when = [](const V& v) { return v.address > v.system().maximum || v.address < 0x10000; },
     .fails = {any_error}},
    {.id = "VirtualProtect.Range.WithinAddressSpace",
     .says = "A range that begins in the address space and ends above it occurs in no public test.",
     .when = [](const V& v) { return v.overflows && v.address >= 0x10000 && v.address <= v.system().maximum; },
     .unspecified = true},
    {.id = "VirtualProtect.Place.NotKnown",
     .says = "Protecting where the script allocated nothing: what lives there is not known.",
     .when =
         [](const V& v) {
           return !v.allocation && !v.nobody && v.address >= 0x10000 && v.address <= v.system().maximum;
         },
     .unspecified = true},
    {.id = "VirtualProtect.Place.NotPrivate",
     .says = "What becomes of foreign memory is not told, but for a few protections of a view.",
     .when = [](const V& v) { return v.foreign() && !v.beyond_view() && !v.view_told(); },
     .unspecified = true},
    {.id = "VirtualProtect.View.OpenedForReading",
     .says = "A view that was opened for reading never becomes writable; it may be copied on write.",
     .facts = "VQ-048 VQ-049 VQ-120",
     .when = [](const V& v) { return v.beyond_view(); },
     .fails = {ERROR_INVALID_PARAMETER}},
    {.id = "VirtualProtect.Place.Window",
     .says = "An AWE window cannot be protected.",
     .facts = "VQ-050",
     .when = [](const V& v) { return v.allocation && v.allocation->physical; },
     .fails = {any_error}},
    {.id = "VirtualProtect.NothingThere",
     .says = "Free memory cannot be protected.",
     .facts = "VQ-041",
     .when = [](const V& v) { return v.nobody; },
     .fails = {ERROR_INVALID_ADDRESS}},
    {.id = "VirtualProtect.WithinOneAllocation",
     .says = "The range lies within one allocation; otherwise no page of it is changed.",
     .facts = "VQ-040",
     .when = [](const V& v) { return v.allocation && v.size != 0 && !v.overflows && !v.inside(); },
     .fails = {any_error}},
    {.id = "VirtualProtect.AllCommitted",
     .says = "Every page of the range is committed; otherwise none is changed.",
     .facts = "VQ-028 VQ-029 VF-047 VQ-114",
     .when = [](const V& v) { return v.inside() && !v.committed() && !v.allocation->physical; },
     .fails = {ERROR_INVALID_ADDRESS}},

    {.id = "VirtualProtect.ChangesWholePages",
     .says = "Every page that the range touches gets the protection; contents stay.",
     .facts = "VQ-012 VQ-037 VQ-038 VQ-039 VQ-043 VQ-044 VQ-049",
     .when = [](const V& v) { return v.committed(); },
     .succeeds = true,
     .then = [](V& v, const Seen&) { v.protect(); }},
    {.id = "VirtualProtect.OldProtection.OfTheFirstPage",
     .says = "The old protection is that of the first page, with its modifiers.",
     .facts = "VQ-031 VQ-037 VQ-044",
     .about = "old",
     .is = [](const V& v) { return reported(*v.allocation, v.allocation->at(v.range.begin).protection); }},
};

constexpr Clause<R> lock_clauses[] = {
    {.id = "VirtualLock.Place.NotKnown",
     .says = "Locking where the script allocated nothing, foreign memory, nothing at all, or guard pages beyond the "
             "quota is not told by the evidence.",
     .when =
         [](const R& v) {
           return v.size == 0 || v.foreign() || v.overflows || (!v.allocation && !v.nobody) || v.address < 0x10000 ||
                  (v.guarded() && v.beyond_quota());
         },
     .unspecified = true},
    {.id = "VirtualLock.GuardPage",
     .says = "The first lock of a guard page fails with the exception's own code, and the guard is gone.",
     .facts = "VQ-052 VQ-098",
     .when = [](const R& v) { return v.committed() && v.guarded() && !v.no_access(); },
     .fails = {STATUS_GUARD_PAGE_VIOLATION},
     .then = [](R& v, const Seen&) { v.spend_guards(); }},
    {.id = "VirtualLock.OnlyCommitted",
     .says = "Only committed pages can be locked; the error is not told by the evidence.",
     .facts = "VQ-054",
     .when = [](const R& v) { return v.nobody || (v.allocation && !v.committed()); },
     .fails = {any_error}},
    {.id = "VirtualLock.OnlyAccessible",
     .says = "Pages without access cannot be locked; the error is not told by the evidence.",
     .facts = "VQ-055",
     .when = [](const R& v) { return v.committed() && v.no_access(); },
     .fails = {any_error}},
    {.id = "VirtualLock.BeyondQuota",
     .says = "More than the minimum working set may not be had: some 200 KiB by default.",
     .facts = "VQ-056 VQ-060",
     .when = [](const R& v) { return v.committed() && v.beyond_quota(); },
     .succeeds = true,
     .may_fail = {ERROR_WORKING_SET_QUOTA, ERROR_NO_SYSTEM_RESOURCES},
     .then = [](R& v, const Seen&) { v.set_lock(Lock::held); }},
    {.id = "VirtualLock.LocksWholePages",
     .says = "Every page that the range touches is locked; a lock does not count.",
     .facts = "VQ-053 VQ-060",
     .when = [](const R& v) { return v.committed(); },
     .succeeds = true,
     .then = [](R& v, const Seen&) { v.set_lock(Lock::held); }},
};

constexpr Clause<R> unlock_clauses[] = {
    {.id = "VirtualUnlock.Place.NotKnown",
     .says = "Unlocking where the script allocated nothing, uncommitted pages, foreign ones, or pages whose lock is in "
             "doubt is not told.",
     .facts = "VQ-061",
     .when = [](const R& v) { return v.foreign() || !v.committed() || v.any_lock_is(Lock::open); },
     .unspecified = true},
    {.id = "VirtualUnlock.AllLocked",
     .says = "Every page of the range is locked: one unlock undoes any number of locks.",
     .facts = "VQ-057 VQ-058 VQ-059",
     .when = [](const R& v) { return v.any_lock_is(Lock::none); },
     .fails = {ERROR_NOT_LOCKED},
     .then = [](R& v, const Seen&) { v.doubt_locks(); }},
    {.id = "VirtualUnlock.UnlocksWholePages",
     .says = "Every page that the range touches is unlocked; the range need not be one that was locked.",
     .facts = "VQ-059",
     .when = [](const R& v) { return v.all_locks_are(Lock::held); },
     .succeeds = true,
     .then = [](R& v, const Seen&) { v.set_lock(Lock::none); }},
};

}  // namespace

void add_virtual_protect_pages(PageList& pages) {
  add(pages, "VirtualProtect", protect_clauses);
  add(pages, "VirtualLock", lock_clauses);
  add(pages, "VirtualUnlock", unlock_clauses);
}

}  // namespace winmem::spec
