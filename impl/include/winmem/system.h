// What the machine is like: page size, allocation granularity, the range of user addresses.
#ifndef WINMEM_SYSTEM_H
#define WINMEM_SYSTEM_H

#include "types.h"

#define PROCESSOR_ARCHITECTURE_INTEL 0
#define PROCESSOR_ARCHITECTURE_AMD64 9

#define PROCESSOR_INTEL_PENTIUM 586
#define PROCESSOR_AMD_X8664 8664

typedef struct _SYSTEM_INFO {
  WORD wProcessorArchitecture;  // Windows' header also knows these two as one dwOemId
  WORD wReserved;
  DWORD dwPageSize;                    // bytes: 0x1000 (VQ-135)
  LPVOID lpMinimumApplicationAddress;  // 0x10000: the first 64 KiB cannot be had (VA-118)
  LPVOID lpMaximumApplicationAddress;  // the last byte that a program may own
  DWORD_PTR dwActiveProcessorMask;     // one bit a processor, the first 64 or 32
  DWORD dwNumberOfProcessors;
  DWORD dwProcessorType;
  DWORD dwAllocationGranularity;  // bytes: 0x10000 (VQ-135)
  WORD wProcessorLevel;
  WORD wProcessorRevision;
} SYSTEM_INFO, *LPSYSTEM_INFO;

// Fills *info, which must be writable: Windows reports no error here either.
WINMEM_API VOID WINAPI GetSystemInfo(LPSYSTEM_INFO info);

// Bytes: 0x200000 on x64 (VQ-136, VQ-720).
WINMEM_API SIZE_T WINAPI GetLargePageMinimum(void);

#endif
