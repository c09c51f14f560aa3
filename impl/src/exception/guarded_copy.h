// Reading and writing memory that a caller named and that may not be there.
#pragma once

#include <cstddef>

#include "winmem/exception.h"
#include "winmem/last_error.h"

namespace winmem::exception {

// Copies bytes upwards. 0, or the status with which the first inaccessible byte ended the copy:
// STATUS_ACCESS_VIOLATION, or STATUS_GUARD_PAGE_VIOLATION (the page is a guard page no longer, as
// after a system call, VQ-098). What lies before that byte is copied. No handler hears of it.
DWORD GuardedCopy(void* to, const void* from, std::size_t size);

// The fault that ended a copy, as an exception: its status and parameters.
struct Fault {
  DWORD status = 0;  // 0: there was none, and the rest means nothing
  DWORD count;
  ULONG_PTR parameters[3];
};

// As above, and the same with bytes that are 0. False: *fault says what ended it. For memory of the
// program that must not change hands meanwhile: a lock may be held here, as no handler runs;
// whoever called undoes what it began, lets go of the lock, and raises the fault
// (exception/raise.h).
bool GuardedCopy(void* to, const void* from, std::size_t size, Fault* fault);
bool GuardedClear(void* to, std::size_t size, Fault* fault);

// The signal handler's: the exception to which a fault inside a copy of this thread amounts.
void NoteFaultOfCopy(const EXCEPTION_RECORD& record);

// The last error that a system call would set for such a status (VQ-134).
constexpr DWORD ErrorOfStatus(DWORD status) {
  return status == STATUS_ACCESS_VIOLATION ? ERROR_NOACCESS : status;
}

}  // namespace winmem::exception
