// How the functions of this folder answer.
#pragma once

#include "heap/pages.h"
#include "system/last_error.h"

namespace winmem::moveable {

// The last error stays as it is: no code of ours.
inline constexpr DWORD kUnchanged = 0xFFFFFFFF;

template <typename T>
struct Answer {
  T value;
  DWORD error = kUnchanged;
};

// To be called when no lock is held.
template <typename T>
T Give(Answer<T> answer) {
  if (answer.error != kUnchanged) system::SetLastErrorCode(answer.error);
  return answer.value;
}

// The error of those functions that on Windows look into the memory behind an address and so notice
// that it is not there (GF-018, GX-086, LX-018, LX-029).
inline DWORD ErrorOfNoBlock(const void* address) {
  return heap::IsReadable(address) ? ERROR_INVALID_HANDLE : ERROR_NOACCESS;
}

}  // namespace winmem::moveable
