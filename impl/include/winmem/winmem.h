// The library's own switches, which Windows does not have.
#ifndef WINMEM_WINMEM_H
#define WINMEM_WINMEM_H

#include "types.h"

// What current Windows does; where Windows 10 and 11 are one, so is this. The default.
#define WINMEM_PROFILE_WINDOWS 0u

// What the letter of the contract page says, where it differs:
//   GlobalAlloc and LocalAlloc of a fixed block of 0 bytes return NULL;
//   HeapFree with flags other than 0 fails with ERROR_INVALID_PARAMETER;
//   HeapAlloc of _HEAP_MAXREQ gives the largest block that a fixed-size heap can still give;
//   PAGE_WRITECOPY and PAGE_EXECUTE_WRITECOPY are accepted for private memory.
#define WINMEM_PROFILE_DOCUMENTED 1u

// Chooses the profile of the whole process, from the next call on. FALSE and
// ERROR_INVALID_PARAMETER for a number that is no profile.
WINMEM_API BOOL WINAPI WinmemSetProfile(DWORD profile);

// Whether the process holds SeLockMemoryPrivilege, from the next call on. At first it does not, and
// MEM_LARGE_PAGES and AllocateUserPhysicalPages fail with ERROR_PRIVILEGE_NOT_HELD.
WINMEM_API VOID WINAPI WinmemHoldLockMemoryPrivilege(BOOL held);

// From now on the process may commit so many bytes (whole pages) more than it has committed at this
// moment, its heaps included; then VirtualAlloc fails with ERROR_COMMITMENT_LIMIT (VA-008, VA-714).
// What is decommitted may be committed again. ~0: as many as memory and swap have, as at first.
WINMEM_API VOID WINAPI WinmemLimitCommit(SIZE_T bytes);

#endif
