// Protections: which exist, and what they let a program do.
#pragma once

#include "winmem/virtual.h"

namespace winmem::vm {

enum class Access { kRead, kWrite, kExecute };

// Whether there is such a protection (VA-088..VA-117, VQ-033..VQ-035), and whether private memory
// can have it in the chosen profile (VA-096..VA-099, VQ-036).
bool IsProtection(DWORD protect);
bool IsPrivateProtection(DWORD protect);

// What VirtualQuery reports of it: call-target information is taken and dropped (VA-117; what
// Windows reports of that bit is unspecified).
constexpr DWORD Reported(DWORD protect) {
  return protect & ~PAGE_TARGETS_INVALID;
}

// Whether committed pages with this protection can be accessed so. A guard page lets nothing pass.
bool Allows(DWORD protect, Access access);

// PROT_* for committed pages with this protection. What may be executed may be read: page tables of
// x86 cannot forbid it (VQ-110).
int KernelProtection(DWORD protect);

}  // namespace winmem::vm
