// The Win32 heap functions as the library itself calls them: the exported names are these and
// nothing more. They set the last error and raise exceptions as winmem/heap.h says.
#pragma once

#include "winmem/heap.h"

namespace winmem::heap {

HANDLE CreateHeap(DWORD options, SIZE_T initial, SIZE_T maximum);
BOOL DestroyHeap(HANDLE handle);
LPVOID Alloc(HANDLE handle, DWORD flags, SIZE_T bytes);
LPVOID ReAlloc(HANDLE handle, DWORD flags, LPVOID block, SIZE_T bytes);
BOOL Free(HANDLE handle, DWORD flags, LPVOID block);
SIZE_T Size(HANDLE handle, DWORD flags, LPCVOID block);
BOOL Validate(HANDLE handle, DWORD flags, LPCVOID block);
HANDLE ProcessHeap();
BOOL LockHeap(HANDLE handle);
BOOL UnlockHeap(HANDLE handle);
BOOL Walk(HANDLE handle, PROCESS_HEAP_ENTRY* entry);
SIZE_T Compact(HANDLE handle, DWORD flags);
BOOL SetInformation(HANDLE handle, HEAP_INFORMATION_CLASS what, PVOID data, SIZE_T bytes);
BOOL QueryInformation(HANDLE handle, HEAP_INFORMATION_CLASS what, PVOID data, SIZE_T bytes,
                      PSIZE_T told);

}  // namespace winmem::heap
