// What VirtualQuery says, in one line each.
#pragma once

#include <gtest/gtest.h>

#include "winmem/last_error.h"
#include "winmem/virtual.h"

namespace winmem::test {

inline MEMORY_BASIC_INFORMATION Describe(const void* address) {
  MEMORY_BASIC_INFORMATION info = {};
  EXPECT_EQ(VirtualQuery(address, &info, sizeof info), sizeof info);
  return info;
}

// One region that begins at `address`, of the allocation that begins at `base`.
inline void ExpectRegion(const void* address, const void* base, SIZE_T size, DWORD state,
                         DWORD protect) {
  const MEMORY_BASIC_INFORMATION info = Describe(address);
  EXPECT_EQ(info.BaseAddress, address);
  EXPECT_EQ(info.AllocationBase, base);
  EXPECT_EQ(info.RegionSize, size);
  EXPECT_EQ(info.State, state);
  EXPECT_EQ(info.Protect, protect);
  EXPECT_EQ(info.Type, MEM_PRIVATE);
}

inline void ExpectFree(const void* address) {
  const MEMORY_BASIC_INFORMATION info = Describe(address);
  EXPECT_EQ(info.State, MEM_FREE);
  EXPECT_EQ(info.Protect, PAGE_NOACCESS);
  EXPECT_EQ(info.AllocationBase, nullptr);
  EXPECT_EQ(info.AllocationProtect, 0u);
  EXPECT_EQ(info.Type, 0u);
}

inline char* Reserve(SIZE_T size, DWORD protect = PAGE_NOACCESS) {
  void* p = VirtualAlloc(nullptr, size, MEM_RESERVE, protect);
  EXPECT_NE(p, nullptr);
  return static_cast<char*>(p);
}

inline char* Commit(SIZE_T size, DWORD protect = PAGE_READWRITE) {
  void* p = VirtualAlloc(nullptr, size, MEM_RESERVE | MEM_COMMIT, protect);
  EXPECT_NE(p, nullptr);
  return static_cast<char*>(p);
}

inline bool Release(void* p) {
  return VirtualFree(p, 0, MEM_RELEASE) != FALSE;
}

// A place where `size` bytes are free: somebody else could take it, but nobody does in these tests.
inline char* FreePlace(SIZE_T size) {
  char* p = Reserve(size);
  EXPECT_TRUE(Release(p));
  return p;
}

// Expects that `call` gives `failure` and sets the error.
template <class Result, class Call>
void ExpectError(Result failure, DWORD error, Call call) {
  SetLastError(0xDEADBEEF);
  EXPECT_EQ(call(), failure);
  EXPECT_EQ(GetLastError(), error);
}

template <class Call>
void ExpectAllocError(DWORD error, Call call) {
  ExpectError<void*>(nullptr, error, call);
}

template <class Call>
void ExpectFalse(DWORD error, Call call) {
  ExpectError(FALSE, error, call);
}

}  // namespace winmem::test
