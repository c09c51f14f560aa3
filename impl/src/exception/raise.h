// Raising an exception from inside the library: no lock may be held and no destructor be pending,
// because a handler may go on somewhere else altogether.
#pragma once

#include "exception/guarded_copy.h"
#include "winmem/exception.h"

namespace winmem::exception {

// What RaiseException does, out of reach of a RaiseException that a program put in its place. It
// returns when a handler continued.
void Raise(DWORD code, DWORD flags, DWORD count, const ULONG_PTR* arguments);

// Raises the exception that the fault would have been outside a copy.
void RaiseFault(const Fault& fault);

// Calls call(Fault*), which touches memory of the program by copies alone, and when one of them
// faulted has undone all and let go of its locks. The fault is raised then; a handler that
// continues lets the call begin again, as an instruction that faulted does.
template <class Call>
auto RaisingFaults(Call call) {
  for (;;) {
    Fault fault;
    const auto result = call(&fault);
    if (fault.status == 0) return result;
    RaiseFault(fault);
  }
}

}  // namespace winmem::exception
