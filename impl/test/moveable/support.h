// What the tests of this folder share.
#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "winmem/heap.h"
#include "winmem/last_error.h"
#include "winmem/moveable.h"

namespace winmem::moveable_test {

inline constexpr DWORD kPoison = 0xDEADBEEF;
inline constexpr SIZE_T kHuge = ~SIZE_T{0};
inline constexpr UINT kMoveable = GMEM_MOVEABLE;  // the same bits in both families
inline constexpr UINT kZero = GMEM_ZEROINIT;
inline constexpr UINT kModify = GMEM_MODIFY;

// One family of functions, so that a test can be played with both.
struct Family {
  const char* name;
  bool global;
  UINT discardable;
  UINT all_obsolete;
  HGLOBAL (*alloc)(UINT, SIZE_T);
  HGLOBAL (*realloc)(HGLOBAL, SIZE_T, UINT);
  HGLOBAL (*free)(HGLOBAL);
  LPVOID (*lock)(HGLOBAL);
  BOOL (*unlock)(HGLOBAL);
  SIZE_T (*size)(HGLOBAL);
  UINT (*flags)(HGLOBAL);
  HGLOBAL (*handle)(LPCVOID);
};

inline const Family kGlobal = {"Global",     true,          GMEM_DISCARDABLE, 0x7132,
                               GlobalAlloc,  GlobalReAlloc, GlobalFree,       GlobalLock,
                               GlobalUnlock, GlobalSize,    GlobalFlags,      GlobalHandle};
inline const Family kLocal = {"Local",     false,        LMEM_DISCARDABLE, 0xF32,
                              LocalAlloc,  LocalReAlloc, LocalFree,        LocalLock,
                              LocalUnlock, LocalSize,    LocalFlags,       LocalHandle};

// Tests that hold for both families alike.
class Both : public testing::TestWithParam<const Family*> {
 protected:
  Both() { SetLastError(kPoison); }
  const Family& f = *GetParam();
};

inline std::uintptr_t Number(const void* pointer) {
  return reinterpret_cast<std::uintptr_t>(pointer);
}

// What a program can read of a moveable object behind its handle.
inline std::uintptr_t StateWord(HGLOBAL handle) {
  return static_cast<std::uintptr_t*>(handle)[-1];
}
inline void* Slot(HGLOBAL handle) {
  return *static_cast<void**>(handle);
}

inline bool IsTagged(const void* value) {
  return Number(value) % (2 * sizeof(void*)) == sizeof(void*);
}

// The values with which the tests on Windows ask: made up, sign-extended from 32 bits.
inline HGLOBAL MadeUp(std::uint32_t low) {
  return reinterpret_cast<HGLOBAL>(static_cast<std::intptr_t>(static_cast<std::int32_t>(low)));
}
inline HGLOBAL MadeUpHandle() {
  return MadeUp(0xDEADBEE0 + sizeof(void*));
}
inline HGLOBAL UnmappedAddress() {
  return MadeUp(0xDEADBEE0);
}

inline bool AllAre(const void* block, std::size_t size, unsigned char value) {
  const auto* bytes = static_cast<const unsigned char*>(block);
  return size == 0 || (*bytes == value && std::memcmp(bytes, bytes + 1, size - 1) == 0);
}

// The last error, which is poisoned again.
inline DWORD TakeLastError() {
  const DWORD error = GetLastError();
  SetLastError(kPoison);
  return error;
}

#define WINMEM_BOTH_FAMILIES(suite)                        \
  INSTANTIATE_TEST_SUITE_P(                                \
      Families, suite, testing::Values(&kGlobal, &kLocal), \
      [](const testing::TestParamInfo<const Family*>& family) { return family.param->name; })

}  // namespace winmem::moveable_test
