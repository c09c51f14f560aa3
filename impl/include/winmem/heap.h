// Private heaps and the process heap.
//
// A block is at least 16-byte aligned on x64 and 8-byte aligned on x86 (HA-015, HA-016). The heap
// knows its blocks exactly: any other pointer, a freed one, one into a block, one of another heap,
// is refused with ERROR_INVALID_PARAMETER and nothing is touched, and a handle that is no heap is
// refused with ERROR_INVALID_HANDLE. Windows leaves that undefined and mostly ends the process.
// Where a call copies or clears bytes of a block that the program has protected, it raises as the
// program's own access would, and has changed nothing (winmem/exception.h).
#ifndef WINMEM_HEAP_H
#define WINMEM_HEAP_H

#include "types.h"

#define HEAP_NO_SERIALIZE 0x1u
#define HEAP_GROWABLE 0x2u
#define HEAP_GENERATE_EXCEPTIONS 0x4u
#define HEAP_ZERO_MEMORY 0x8u
#define HEAP_REALLOC_IN_PLACE_ONLY 0x10u
#define HEAP_TAIL_CHECKING_ENABLED 0x20u
#define HEAP_FREE_CHECKING_ENABLED 0x40u
#define HEAP_CREATE_ALIGN_16 0x10000u
#define HEAP_CREATE_ENABLE_EXECUTE 0x40000u

// The request that the contract page describes by name: a multiple of 32 just below SIZE_MAX.
#define _HEAP_MAXREQ (~(SIZE_T)0x1F)

// PROCESS_HEAP_ENTRY.wFlags: what an element of a heap is; none of them: a free block.
#define PROCESS_HEAP_REGION 0x1u
#define PROCESS_HEAP_UNCOMMITTED_RANGE 0x2u
#define PROCESS_HEAP_ENTRY_BUSY 0x4u
#define PROCESS_HEAP_SEG_ALLOC 0x8u
#define PROCESS_HEAP_ENTRY_MOVEABLE 0x10u
#define PROCESS_HEAP_ENTRY_DDESHARE 0x20u

typedef struct {
  HANDLE hMem;
  DWORD dwReserved[3];
} PROCESS_HEAP_ENTRY_BLOCK;
typedef struct {
  DWORD dwCommittedSize;
  DWORD dwUnCommittedSize;
  LPVOID lpFirstBlock;
  LPVOID lpLastBlock;  // where the region ends
} PROCESS_HEAP_ENTRY_REGION;

typedef struct _PROCESS_HEAP_ENTRY {
  PVOID lpData;       // a block's address; where a region, or what of it is not committed, begins
  DWORD cbData;       // of a living block what was requested, to the byte
  BYTE cbOverhead;    // bytes that the heap keeps beside it, 255 if more
  BYTE iRegionIndex;  // a number for each region; 64: a block with pages of its own (HX-076)
  WORD wFlags;
  union {
    PROCESS_HEAP_ENTRY_BLOCK Block;
    PROCESS_HEAP_ENTRY_REGION Region;
  };
} PROCESS_HEAP_ENTRY, *LPPROCESS_HEAP_ENTRY, *PPROCESS_HEAP_ENTRY;

typedef enum _HEAP_INFORMATION_CLASS {
  HeapCompatibilityInformation = 0,
  HeapEnableTerminationOnCorruption = 1,
  HeapOptimizeResources = 3
} HEAP_INFORMATION_CLASS;

// options: HEAP_NO_SERIALIZE, HEAP_GENERATE_EXCEPTIONS, HEAP_CREATE_ENABLE_EXECUTE; other bits mean
// nothing. maximum 0: the heap grows as needed, and initial is only what it begins with. Otherwise
// the heap has that many bytes, rounded up to pages (HX-011), some of which it needs itself
// (HA-038); no block of 0xFE000 bytes or more (x86: 0x7E000) comes from it (HA-032, HA-033).
// Returns a handle that is a multiple of 64 KiB (HX-002) and no block's address (HX-714).
//   ERROR_NOT_ENOUGH_MEMORY   there is no memory for it (HX-013)
WINMEM_API HANDLE WINAPI HeapCreate(DWORD options, SIZE_T initial, SIZE_T maximum);

// Gives back the heap with all its blocks (HX-026).
//   ERROR_INVALID_HANDLE      the process heap, which stays as it is (HX-028)
WINMEM_API BOOL WINAPI HeapDestroy(HANDLE heap);

// bytes may be 0: that is a block like others (HA-001). HEAP_ZERO_MEMORY: its bytes are 0
// (HA-012). HEAP_NO_SERIALIZE: the heap's lock is not looked at (HA-046).
//   ERROR_NOT_ENOUGH_MEMORY   it cannot be had; with HEAP_GENERATE_EXCEPTIONS here or at
//                             HeapCreate, STATUS_NO_MEMORY is raised first (HA-028, HA-040)
WINMEM_API LPVOID WINAPI HeapAlloc(HANDLE heap, DWORD flags, SIZE_T bytes);

// Returns the block's address, a new one if it had to move, which HEAP_REALLOC_IN_PLACE_ONLY
// forbids (HX-043). Contents stay, HEAP_ZERO_MEMORY clears exactly the added bytes (HX-036). 0
// bytes leave a living block (HX-032).
//   NO_ERROR                  block is NULL: nothing is allocated (HX-029)
//   ERROR_NOT_ENOUGH_MEMORY   it cannot be had; the block is as before (HX-034). Raises as
//                             HeapAlloc does (HX-051)
WINMEM_API LPVOID WINAPI HeapReAlloc(HANDLE heap, DWORD flags, LPVOID block, SIZE_T bytes);

// TRUE for NULL, whatever the heap (HF-002, HF-003). In the documented profile flags must be 0:
//   ERROR_INVALID_PARAMETER   they are not
WINMEM_API BOOL WINAPI HeapFree(HANDLE heap, DWORD flags, LPVOID block);

// What was asked for, to the byte (HX-052). (SIZE_T)-1 when it fails (HX-053).
WINMEM_API SIZE_T WINAPI HeapSize(HANDLE heap, DWORD flags, LPCVOID block);

// Whether block is a living block of the heap; NULL: whether the whole heap is in order. FALSE
// leaves the last error alone (HX-061, HF-008), but for
//   ERROR_NOACCESS            block cannot be read (HX-060)
WINMEM_API BOOL WINAPI HeapValidate(HANDLE heap, DWORD flags, LPCVOID block);

// The heap that the Global and Local families allocate from. It grows.
//   ERROR_NOT_ENOUGH_MEMORY   the first call found no memory for it; NULL is returned
WINMEM_API HANDLE WINAPI GetProcessHeap(void);

// Waits until no other thread is in the heap, and keeps them out until as many calls of HeapUnlock
// (HX-067, HX-069). A HEAP_NO_SERIALIZE heap returns TRUE and keeps out nobody (HX-068).
WINMEM_API BOOL WINAPI HeapLock(HANDLE heap);

//   ERROR_NOT_LOCKED          this thread has not locked it (unspecified on Windows)
WINMEM_API BOOL WINAPI HeapUnlock(HANDLE heap);

// Tells of the heap's elements, one a call: lpData NULL begins, and the entry that a call left
// leads to the next one (HX-071). It holds all state, so a walk may be dropped anywhere (HX-078).
//   ERROR_NO_MORE_ITEMS       there are no more; the entry stays as it is (HX-072)
//   ERROR_INVALID_PARAMETER   entry is NULL, or names no element of the heap
WINMEM_API BOOL WINAPI HeapWalk(HANDLE heap, LPPROCESS_HEAP_ENTRY entry);

// The bytes of the largest committed free block (HX-081). Freed neighbours are always joined, so
// there is nothing else to do.
//   NO_ERROR                  0: there is none (HX-082)
WINMEM_API SIZE_T WINAPI HeapCompact(HANDLE heap, DWORD flags);

// HeapCompatibilityInformation: a ULONG of 2 asks for the low-fragmentation front end, which is
// then reported and cannot be switched off (HX-089, HX-090). This heap has none and works as
// before. HeapEnableTerminationOnCorruption: TRUE whatever the other arguments (HX-094); there is
// nothing to terminate for, because wrong pointers are refused.
//   ERROR_GEN_FAILURE         another value than 2 after 2 (HX-090)
//   ERROR_INVALID_PARAMETER   2 for a HEAP_NO_SERIALIZE (HX-091) or fixed-size heap (HX-092),
//                             another value, an unknown class
//   ERROR_INSUFFICIENT_BUFFER fewer than 4 bytes (unspecified on Windows: HX-104)
WINMEM_API BOOL WINAPI HeapSetInformation(HANDLE heap, HEAP_INFORMATION_CLASS what, PVOID data,
                                          SIZE_T bytes);

// HeapCompatibilityInformation: writes a ULONG to data, 0 or 2 (HX-083, HX-084); bytes may be more
// than its 4 (HX-087). told, unless NULL, becomes 4.
//   ERROR_INSUFFICIENT_BUFFER fewer than 4 bytes, or data is NULL
//   ERROR_INVALID_PARAMETER   an unknown class
WINMEM_API BOOL WINAPI HeapQueryInformation(HANDLE heap, HEAP_INFORMATION_CLASS what, PVOID data,
                                            SIZE_T bytes, PSIZE_T told);

#endif
