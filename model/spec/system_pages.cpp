// What tells of the process: the last error, the system's numbers; and exceptions that a program
// raises itself.
#include "model/rule/pages.h"
#include "model/view/exception_view.h"

namespace winmem::spec {
namespace {

constexpr Clause<View> get_last_error_clauses[] = {
    {.id = "GetLastError.Gives",
     .says = "GetLastError gives what was set last, and leaves it.",
     .facts = "ER-001",
     .succeeds = true,
     .leaves = no_error_written},
    {.id = "GetLastError.Value",
     .says = "The value is the last error of this thread.",
     .facts = "ER-001 ER-002 CP-11 CP-19",
     .when = [](const View& v) { return v.state.last_error_known; },
     .about = "value",
     .is = [](const View& v) { return equal(v.state.last_error); }},
};

constexpr Clause<View> set_last_error_clauses[] = {
    {.id = "SetLastError.Sets",
     .says = "SetLastError sets the last error of this thread.",
     .facts = "ER-002",
     .succeeds = true},
    {.id = "SetLastError.Value",
     .says = "Afterwards the last error is the number that was given.",
     .facts = "ER-002",
     .about = "last error",
     .holds = [](const View& v, const Seen& seen) { return error_allowed(Error(v.dword(0)), *seen.outcome, v.state); },
     .shows = [](const View& v) { return "the last error is then " + std::to_string(v.dword(0)); }},
};

constexpr Clause<View> get_system_info_clauses[] = {
    {.id = "GetSystemInfo.NeedsItsStructure",
     .says = "GetSystemInfo writes to its structure and cannot fail: where there is none, the process faults.",
     .when = [](const View& v) { return !v.agents_own(0); },
     .undefined = true},
    {.id = "GetSystemInfo.Succeeds", .says = "GetSystemInfo always succeeds.", .facts = "VQ-135", .succeeds = true},
    {.id = "GetSystemInfo.PageSize",
     .says = "The page size is 4096 bytes on x86 and x64.",
     .facts = "VQ-135",
     .about = "dwPageSize",
     .is = [](const View&) { return equal(0x1000); }},
    {.id = "GetSystemInfo.AllocationGranularity",
     .says = "The allocation granularity is 65536 bytes.",
     .facts = "VQ-135",
     .about = "dwAllocationGranularity",
     .is = [](const View&) { return equal(0x10000); }},
};

constexpr Clause<View> get_large_page_minimum_clauses[] = {
    {.id = "GetLargePageMinimum.Succeeds",
     .says = "GetLargePageMinimum always answers.",
     .facts = "VQ-136",
     .succeeds = true},
    {.id = "GetLargePageMinimum.TwoMebibytes",
     .says = "On x64 a large page is 2 MiB.",
     .facts = "VQ-136",
     .versions = on_x64,
     .about = "value",
     .is = [](const View&) { return equal(0x200000); }},
};

constexpr Clause<View> commit_limit_clauses[] = {
    {.id = "CommitLimit.Limits",
     .says = "From here on the process may commit so many bytes more, in whole pages.",
     .facts = "VA-008",
     .succeeds = true,
     .then = [](View& v, const Seen&) { v.state.limit_commit(v.argument[0]); }},
};

constexpr Clause<RaiseView> raise_exception_clauses[] = {
    {.id = "RaiseException.ReservedBit",
     .says = "Bit 28 of a status is reserved: the system clears it. Too many parameters, and parameters in the "
             "script's own memory, are not told.",
     .facts = "EX-001",
     .when = [](const RaiseView& v) { return v.reserved_bit() || v.parameters_open(); },
     .unspecified = true},
    {.id = "RaiseException.ContinuedNoncontinuable",
     .says = "Continuing a noncontinuable exception raises another one.",
     .facts = "EX-001",
     .when = [](const RaiseView& v) { return v.resumes && !v.continuable(); },
     .unspecified = true},
    {.id = "RaiseException.Raises",
     .says = "The exception goes to the vectored handlers in order and, when none continues, to the program.",
     .facts = "EX-001 EX-002",
     .when = [](const RaiseView& v) { return !v.resumes; },
     .fails = {raising(status_asked_for)}},
    {.id = "RaiseException.Continues",
     .says = "When a handler continues, RaiseException returns.",
     .facts = "EX-001 EX-002",
     .when = [](const RaiseView& v) { return v.resumes; },
     .succeeds = true},
    {.id = "RaiseException.HandlersSaw",
     .says = "Vectored handlers see the exception in order, until one continues.",
     .facts = "EX-002",
     .about = "sightings",
     .holds = [](const RaiseView& v, const Seen& seen) { return v.exceptions_right(seen); }},
};

constexpr Clause<HandlerView> add_handler_clauses[] = {
    {.id = "AddVectoredExceptionHandler.Adds",
     .says = "A handler is asked before all others when it is added first, else after them; the value stands for it.",
     .facts = "EX-002",
     .succeeds = true,
     .then = [](HandlerView& v, const Seen& seen) { v.add(seen.value); }},
};

constexpr Clause<RemoveView> remove_handler_clauses[] = {
    {.id = "RemoveVectoredExceptionHandler.NotThere",
     .says = "Removing what is not a handler gives zero.",
     .facts = "EX-003",
     .when = [](const RemoveView& v) { return v.handler() == nullptr; },
     .fails = {any_error}},
    {.id = "RemoveVectoredExceptionHandler.Removes",
     .says = "A removed handler is not asked again.",
     .facts = "EX-003",
     .when = [](const RemoveView& v) { return v.handler() != nullptr; },
     .succeeds = true,
     .then = [](RemoveView& v, const Seen&) { v.remove(); }},
};

}  // namespace

void add_system_pages(PageList& pages) {
  add(pages, "GetLastError", get_last_error_clauses);
  add(pages, "SetLastError", set_last_error_clauses);
  add(pages, "GetSystemInfo", get_system_info_clauses);
  add(pages, "GetLargePageMinimum", get_large_page_minimum_clauses);
  add(pages, "commit_limit", commit_limit_clauses);
  add(pages, "RaiseException", raise_exception_clauses);
  add(pages, "AddVectoredExceptionHandler", add_handler_clauses);
  add(pages, "RemoveVectoredExceptionHandler", remove_handler_clauses);
}

}  // namespace winmem::spec
