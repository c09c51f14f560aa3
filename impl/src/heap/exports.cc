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
