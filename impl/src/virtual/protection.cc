#include "virtual/protection.h"

#include <sys/mman.h>

#include "system/profile.h"

namespace winmem::vm {
namespace {

constexpr DWORD kWritable =
    PAGE_READWRITE | PAGE_WRITECOPY | PAGE_EXECUTE_READWRITE | PAGE_EXECUTE_WRITECOPY;
constexpr DWORD kExecutable =
    PAGE_EXECUTE | PAGE_EXECUTE_READ | PAGE_EXECUTE_READWRITE | PAGE_EXECUTE_WRITECOPY;
constexpr DWORD kBase = PAGE_NOACCESS | PAGE_READONLY | kWritable | kExecutable;
constexpr DWORD kModifiers = PAGE_GUARD | PAGE_NOCACHE | PAGE_WRITECOMBINE;

}  // namespace

bool IsProtection(DWORD protect) {
  const DWORD base = protect & kBase;
  const DWORD modifiers = protect & kModifiers;
  if ((protect & ~(kBase | kModifiers | PAGE_TARGETS_INVALID)) != 0) return false;  // VA-104
  if (base == 0 || (base & (base - 1)) != 0) return false;  // VA-100, VA-101, VA-112
  if ((protect & PAGE_TARGETS_INVALID) != 0 && (base & kExecutable) == 0) return false;
  if (base == PAGE_NOACCESS && modifiers != 0) return false;    // VA-105, VA-106, VA-108
  return modifiers == 0 || (modifiers & (modifiers - 1)) == 0;  // VA-109..VA-111
}

bool IsPrivateProtection(DWORD protect) {
  const bool copy = (protect & (PAGE_WRITECOPY | PAGE_EXECUTE_WRITECOPY)) != 0;
  return IsProtection(protect) && (!copy || system::Documented());
}

bool Allows(DWORD protect, Access access) {
  if ((protect & (PAGE_GUARD | PAGE_NOACCESS)) != 0) return false;
  switch (access) {
    case Access::kRead:
      return true;
    case Access::kWrite:
      return (protect & kWritable) != 0;
    case Access::kExecute:
      return (protect & kExecutable) != 0;
  }
  return false;
}

int KernelProtection(DWORD protect) {
  return (Allows(protect, Access::kRead) ? PROT_READ : 0) |
         (Allows(protect, Access::kWrite) ? PROT_WRITE : 0) |
         (Allows(protect, Access::kExecute) ? PROT_EXEC : 0);
}

}  // namespace winmem::vm
