// The Win32 names of this folder.
#include "heap/calls.h"

using namespace winmem;

HANDLE HeapCreate(DWORD options, SIZE_T initial, SIZE_T maximum) {
  return heap::CreateHeap(options, initial, maximum);
}

BOOL HeapDestroy(HANDLE handle) {
  return heap::DestroyHeap(handle);
}

LPVOID HeapAlloc(HANDLE handle, DWORD flags, SIZE_T bytes) {
  return heap::Alloc(handle, flags, bytes);
}

LPVOID HeapReAlloc(HANDLE handle, DWORD flags, LPVOID block, SIZE_T bytes) {
  return heap::ReAlloc(handle, flags, block, bytes);
}

BOOL HeapFree(HANDLE handle, DWORD flags, LPVOID block) {
  return heap::Free(handle, flags, block);
}

SIZE_T HeapSize(HANDLE handle, DWORD flags, LPCVOID block) {
  return heap::Size(handle, flags, block);
}

BOOL HeapValidate(HANDLE handle, DWORD flags, LPCVOID block) {
  return heap::Validate(handle, flags, block);
}

HANDLE GetProcessHeap() {
  return heap::ProcessHeap();
}

BOOL HeapLock(HANDLE handle) {
  return heap::LockHeap(handle);
}

BOOL HeapUnlock(HANDLE handle) {
  return heap::UnlockHeap(handle);
}

BOOL HeapWalk(HANDLE handle, LPPROCESS_HEAP_ENTRY entry) {
  return heap::Walk(handle, entry);
}

SIZE_T HeapCompact(HANDLE handle, DWORD flags) {
  return heap::Compact(handle, flags);
}

BOOL HeapSetInformation(HANDLE handle, HEAP_INFORMATION_CLASS what, PVOID data, SIZE_T bytes) {
  return heap::SetInformation(handle, what, data, bytes);
}

BOOL HeapQueryInformation(HANDLE handle, HEAP_INFORMATION_CLASS what, PVOID data, SIZE_T bytes,
                          PSIZE_T told) {
  return heap::QueryInformation(handle, what, data, bytes, told);
}
