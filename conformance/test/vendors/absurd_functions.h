/* The functions of an absurd vendor, by how they tell success. X(name) is expanded for each. */
#ifndef WINMEM_ABSURD_FUNCTIONS_H
#define WINMEM_ABSURD_FUNCTIONS_H

/* clang-format never settles on one layout of these lists. */
/* clang-format off */

/* A nonzero value is success: a BOOL. */
#define ABSURD_BOOLEANS(X)                                                          \
  X(VirtualFree) X(VirtualProtect) X(VirtualLock) X(VirtualUnlock)                  \
  X(HeapDestroy) X(HeapFree) X(HeapValidate) X(HeapLock) X(HeapUnlock)              \
  X(GlobalUnlock) X(LocalUnlock) X(RemoveVectoredExceptionHandler)

/* A nonzero value is success: an address, a handle, a count of bytes. */
#define ABSURD_VALUES(X)                                                            \
  X(VirtualAlloc) X(VirtualQuery)                                                   \
  X(HeapCreate) X(HeapAlloc) X(HeapReAlloc) X(GetProcessHeap)                       \
  X(GlobalAlloc) X(GlobalReAlloc) X(GlobalLock) X(GlobalSize) X(GlobalHandle)       \
  X(LocalAlloc) X(LocalReAlloc) X(LocalLock) X(LocalSize) X(LocalHandle)            \
  X(AddVectoredExceptionHandler)

/* Zero is success; a failure gives the handle back. */
#define ABSURD_HANDLES(X) X(GlobalFree) X(LocalFree)

/* All ones are failure. */
#define ABSURD_SIZES(X) X(HeapSize)

/* 0x8000, GMEM_INVALID_HANDLE and LMEM_INVALID_HANDLE, is failure. */
#define ABSURD_FLAGS(X) X(GlobalFlags) X(LocalFlags)

/* clang-format on */

#endif
