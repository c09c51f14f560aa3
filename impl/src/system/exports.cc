// The Win32 names of this folder.
#include <unistd.h>

#include "system/last_error.h"
#include "system/layout.h"
#include "system/privilege.h"
#include "system/profile.h"
#include "winmem/system.h"

namespace {

using namespace winmem;

DWORD Processors() {
  const long online = sysconf(_SC_NPROCESSORS_ONLN);
  return online < 1 ? 1 : static_cast<DWORD>(online);
}

}  // namespace

DWORD GetLastError() {
  return system::LastErrorCode();
}

VOID SetLastError(DWORD code) {
  system::SetLastErrorCode(code);
}

VOID GetSystemInfo(LPSYSTEM_INFO info) {
  constexpr DWORD kMaskBits = sizeof(DWORD_PTR) * 8;
  const DWORD count = Processors();
  *info = SYSTEM_INFO{};
  info->dwPageSize = system::kPageSize;
  info->lpMinimumApplicationAddress = reinterpret_cast<LPVOID>(system::kLowestAddress);
  info->lpMaximumApplicationAddress = reinterpret_cast<LPVOID>(system::kHighestAddress);
  info->dwActiveProcessorMask = count >= kMaskBits ? ~DWORD_PTR{0} : (DWORD_PTR{1} << count) - 1;
  info->dwNumberOfProcessors = count;
  info->dwAllocationGranularity = system::kGranularity;
#if defined(__x86_64__)
  info->wProcessorArchitecture = PROCESSOR_ARCHITECTURE_AMD64;
  info->dwProcessorType = PROCESSOR_AMD_X8664;
#else
  info->wProcessorArchitecture = PROCESSOR_ARCHITECTURE_INTEL;
  info->dwProcessorType = PROCESSOR_INTEL_PENTIUM;
#endif
  info->wProcessorLevel = 6;
}

SIZE_T GetLargePageMinimum() {
  return system::kLargePage;
}

BOOL WinmemSetProfile(DWORD profile) {
  if (system::SetProfile(profile)) return TRUE;
  system::SetLastErrorCode(ERROR_INVALID_PARAMETER);
  return FALSE;
}

VOID WinmemHoldLockMemoryPrivilege(BOOL held) {
  system::HoldLockMemory(held != FALSE);
}
