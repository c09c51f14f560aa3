// The Win32 names of this folder.
#include "moveable/calls.h"

using namespace winmem;
using moveable::Family;

HGLOBAL GlobalAlloc(UINT flags, SIZE_T bytes) {
  return moveable::Alloc(Family::kGlobal, flags, bytes);
}

HLOCAL LocalAlloc(UINT flags, SIZE_T bytes) {
  return moveable::Alloc(Family::kLocal, flags, bytes);
}

HGLOBAL GlobalReAlloc(HGLOBAL memory, SIZE_T bytes, UINT flags) {
  return moveable::ReAlloc(Family::kGlobal, memory, bytes, flags);
}

HLOCAL LocalReAlloc(HLOCAL memory, SIZE_T bytes, UINT flags) {
  return moveable::ReAlloc(Family::kLocal, memory, bytes, flags);
}

HGLOBAL GlobalFree(HGLOBAL memory) {
  return moveable::Free(memory);
}

HLOCAL LocalFree(HLOCAL memory) {
  return moveable::Free(memory);
}

LPVOID GlobalLock(HGLOBAL memory) {
  return moveable::Lock(Family::kGlobal, memory);
}

LPVOID LocalLock(HLOCAL memory) {
  return moveable::Lock(Family::kLocal, memory);
}

BOOL GlobalUnlock(HGLOBAL memory) {
  return moveable::Unlock(Family::kGlobal, memory);
}

BOOL LocalUnlock(HLOCAL memory) {
  return moveable::Unlock(Family::kLocal, memory);
}

SIZE_T GlobalSize(HGLOBAL memory) {
  return moveable::Size(memory);
}

SIZE_T LocalSize(HLOCAL memory) {
  return moveable::Size(memory);
}

UINT GlobalFlags(HGLOBAL memory) {
  return moveable::Flags(Family::kGlobal, memory);
}

UINT LocalFlags(HLOCAL memory) {
  return moveable::Flags(Family::kLocal, memory);
}

HGLOBAL GlobalHandle(LPCVOID address) {
  return moveable::Handle(Family::kGlobal, address);
}

HLOCAL LocalHandle(LPCVOID address) {
  return moveable::Handle(Family::kLocal, address);
}
