// Memory of a caller that may not be there. To be touched only with no lock held: it could fault,
// and the fault handler takes the lock.
#pragma once

#include <cstddef>

#include "winmem/last_error.h"

namespace winmem::vm {

// ERROR_SUCCESS, or the error for the first byte that cannot be read or written (VQ-134).
DWORD CopyForCaller(void* to, const void* from, std::size_t size);

// The error for a place, of at least one byte, that cannot be written. It keeps what it holds: a
// byte of each page is read and written back.
DWORD ProbeForWrite(void* place, std::size_t size);

}  // namespace winmem::vm
