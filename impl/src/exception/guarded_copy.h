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

// The last error that a system call would set for such a status (VQ-134).
constexpr DWORD ErrorOfStatus(DWORD status) {
  return status == STATUS_ACCESS_VIOLATION ? ERROR_NOACCESS : status;
}

}  // namespace winmem::exception
