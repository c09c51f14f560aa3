// Virtual memory for the library's own code: what the exported functions do, without the last
// error. Each returns an error code of winmem/last_error.h, ERROR_SUCCESS when it succeeded. The
// errors and what they mean are in winmem/virtual.h.
#pragma once

#include "winmem/last_error.h"
#include "winmem/virtual.h"

namespace winmem::vm {

struct Placed {
  void* base;  // null when it failed
  DWORD error;
};

Placed Alloc(void* address, SIZE_T size, DWORD type, DWORD protect);
DWORD Free(void* address, SIZE_T size, DWORD type);

// Fills *info, which the caller owns.
DWORD Query(const void* address, MEMORY_BASIC_INFORMATION* info);

// Of what IsProtection accepts. Stores the old protection in *old, which the caller owns, also
// where VirtualProtect stores it on failure.
DWORD Protect(void* address, SIZE_T size, DWORD protect, DWORD* old);

DWORD Lock(void* address, SIZE_T size);
DWORD Unlock(void* address, SIZE_T size);

}  // namespace winmem::vm
