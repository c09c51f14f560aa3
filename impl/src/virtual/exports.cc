// The Win32 names of this folder. What a caller points to is touched only with no lock held, and by
// GuardedCopy.
#include "exception/guarded_copy.h"
#include "system/last_error.h"
#include "virtual/memory.h"
#include "virtual/protection.h"

namespace {

using namespace winmem;

BOOL Succeed(DWORD error) {
  if (error == ERROR_SUCCESS) return TRUE;
  system::SetLastErrorCode(error);
  return FALSE;
}

// The error for a place that cannot be written; it keeps what it holds.
DWORD ProbeForWrite(DWORD* place) {
  DWORD value = 0;
  DWORD status = exception::GuardedCopy(&value, place, sizeof value);
  if (status == 0) status = exception::GuardedCopy(place, &value, sizeof value);
  return status == 0 ? ERROR_SUCCESS : exception::ErrorOfStatus(status);
}

}  // namespace

LPVOID VirtualAlloc(LPVOID address, SIZE_T size, DWORD type, DWORD protect) {
  const vm::Placed placed = vm::Alloc(address, size, type, protect);
  if (placed.base == nullptr) system::SetLastErrorCode(placed.error);
  return placed.base;
}

BOOL VirtualFree(LPVOID address, SIZE_T size, DWORD type) {
  return Succeed(vm::Free(address, size, type));
}

SIZE_T VirtualQuery(LPCVOID address, PMEMORY_BASIC_INFORMATION info, SIZE_T length) {
  if (length < sizeof *info) {
    Succeed(ERROR_BAD_LENGTH);
    return 0;
  }
  MEMORY_BASIC_INFORMATION found;
  if (!Succeed(vm::Query(address, &found))) return 0;
  const DWORD status = exception::GuardedCopy(info, &found, sizeof found);
  return Succeed(exception::ErrorOfStatus(status)) ? sizeof found : 0;
}

BOOL VirtualProtect(LPVOID address, SIZE_T size, DWORD protect, PDWORD old) {
  if (!vm::IsProtection(protect)) return Succeed(ERROR_INVALID_PARAMETER);
  if (!Succeed(ProbeForWrite(old))) return FALSE;  // VQ-032
  constexpr DWORD kNothing = 0;
  DWORD before = kNothing;
  const DWORD error = vm::Protect(address, size, protect, &before);
  // When this call took the right to write it, *old stays as it is.
  if (before != kNothing) exception::GuardedCopy(old, &before, sizeof before);
  return Succeed(error);
}

BOOL VirtualLock(LPVOID address, SIZE_T size) {
  return Succeed(vm::Lock(address, size));
}

BOOL VirtualUnlock(LPVOID address, SIZE_T size) {
  return Succeed(vm::Unlock(address, size));
}
