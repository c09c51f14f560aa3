// Private heaps and the process heap.
#ifndef WINMEM_HEAP_H
#define WINMEM_HEAP_H

#include "types.h"

#define HEAP_NO_SERIALIZE 0x1u
#define HEAP_GROWABLE 0x2u
#define HEAP_GENERATE_EXCEPTIONS 0x4u
#define HEAP_ZERO_MEMORY 0x8u
#define HEAP_REALLOC_IN_PLACE_ONLY 0x10u
#define HEAP_CREATE_ENABLE_EXECUTE 0x40000u

WINMEM_API HANDLE WINAPI HeapCreate(DWORD options, SIZE_T initial, SIZE_T maximum);
WINMEM_API BOOL WINAPI HeapDestroy(HANDLE heap);
WINMEM_API LPVOID WINAPI HeapAlloc(HANDLE heap, DWORD flags, SIZE_T bytes);
WINMEM_API LPVOID WINAPI HeapReAlloc(HANDLE heap, DWORD flags, LPVOID block, SIZE_T bytes);
WINMEM_API BOOL WINAPI HeapFree(HANDLE heap, DWORD flags, LPVOID block);
WINMEM_API SIZE_T WINAPI HeapSize(HANDLE heap, DWORD flags, LPCVOID block);
WINMEM_API BOOL WINAPI HeapValidate(HANDLE heap, DWORD flags, LPCVOID block);
WINMEM_API HANDLE WINAPI GetProcessHeap(void);
WINMEM_API BOOL WINAPI HeapLock(HANDLE heap);
WINMEM_API BOOL WINAPI HeapUnlock(HANDLE heap);

#endif
