// The Win32 names of this folder.
#include "system/last_error.h"
#include "virtual/address_space.h"
#include "virtual/caller_memory.h"
#include "virtual/commit_limit.h"
#include "virtual/memory.h"
#include "virtual/protection.h"
#include "winmem/winmem.h"

namespace {

using namespace winmem;

BOOL Succeed(DWORD error) {
  if (error == ERROR_SUCCESS) return TRUE;
  system::SetLastErrorCode(error);
  return FALSE;
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
  return Succeed(vm::CopyForCaller(info, &found, sizeof found)) ? sizeof found : 0;
}

BOOL VirtualProtect(LPVOID address, SIZE_T size, DWORD protect, PDWORD old) {
  if (!vm::IsProtection(protect)) return Succeed(ERROR_INVALID_PARAMETER);
  if (!Succeed(vm::ProbeForWrite(old, sizeof *old))) return FALSE;  // VQ-032
  constexpr DWORD kNothing = 0;
  DWORD before = kNothing;
  const DWORD error = vm::Protect(address, size, protect, &before);
  // When this call took the right to write it, *old stays as it is.
  if (before != kNothing) vm::CopyForCaller(old, &before, sizeof before);
  return Succeed(error);
}

BOOL VirtualLock(LPVOID address, SIZE_T size) {
  return Succeed(vm::Lock(address, size));
}

BOOL VirtualUnlock(LPVOID address, SIZE_T size) {
  return Succeed(vm::Unlock(address, size));
}

VOID WinmemLimitCommit(SIZE_T bytes) {
  const vm::LockedSpace space;
  const SIZE_T pages = bytes / system::kPageSize;
  vm::SetCommitLimit(bytes == ~SIZE_T{0} ? bytes : space->committed + pages);
}
