// A C program that knows nothing but <windows.h>.
#include <windows.h>

static int failures;

static void expect(int condition) {
  if (!condition) ++failures;
}

int main(void) {
  MEMORY_BASIC_INFORMATION info;
  SYSTEM_INFO system;
  DWORD old = 0;
  char* p;

  _Static_assert(sizeof(DWORD) == 4 && sizeof(SIZE_T) == sizeof(void*), "sizes");
#if defined(__x86_64__)
  _Static_assert(sizeof(MEMORY_BASIC_INFORMATION) == 48 && sizeof(SYSTEM_INFO) == 48, "sizes");
  _Static_assert(sizeof(CONTEXT) == 1232 && sizeof(EXCEPTION_RECORD) == 152, "sizes");
  _Static_assert(offsetof(MEMORY_BASIC_INFORMATION, RegionSize) == 24, "offset");
#endif
  GetSystemInfo(&system);
  expect(system.dwPageSize == 0x1000 && system.dwAllocationGranularity == 0x10000);
  expect(system.dwNumberOfProcessors >= 1 && GetLargePageMinimum() == 0x200000);
  p = (char*)VirtualAlloc(NULL, 0x2000, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
  expect(p != NULL);
  p[0x1FFF] = 1;
  expect(VirtualProtect(p, 1, PAGE_READONLY, &old) && old == PAGE_READWRITE);
  expect(VirtualQuery(p, &info, sizeof info) == sizeof info && info.RegionSize == 0x1000);
  SetLastError(0xDEADBEEF);
  expect(!VirtualFree(p, 0x2000, MEM_RELEASE) && GetLastError() == ERROR_INVALID_PARAMETER);
  expect(VirtualFree(p, 0, MEM_RELEASE));
  expect(WinmemSetProfile(WINMEM_PROFILE_DOCUMENTED) && WinmemSetProfile(WINMEM_PROFILE_WINDOWS));
  expect(!WinmemSetProfile(2));
  p = (char*)HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, 10);
  expect(p != NULL && p[9] == 0 && HeapSize(GetProcessHeap(), 0, p) == 10);
  expect(HeapFree(GetProcessHeap(), 0, p));
  return failures;
}
