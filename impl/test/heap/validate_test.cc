#include "impl/test/heap/support.h"
#include "winmem/virtual.h"

namespace winmem::heap_test {
namespace {

TEST(HeapValidate, ALivingBlockIsValid) {
  const PrivateHeap heap;
  SetLastError(kPoison);
  for (const SIZE_T size : {SIZE_T{0}, SIZE_T{1}, SIZE_T{5000}, kLarge}) {
    EXPECT_TRUE(HeapValidate(heap, 0, HeapAlloc(heap, 0, size)));
  }
  EXPECT_TRUE(HeapValidate(heap, 0, nullptr));
  EXPECT_EQ(GetLastError(), kPoison);
}

TEST(HeapValidate, WhatCannotBeReadSetsNoAccess) {
  const PrivateHeap heap;
  void* reserved = VirtualAlloc(nullptr, 0x10000, MEM_RESERVE, PAGE_NOACCESS);
  void* closed = VirtualAlloc(nullptr, 0x10000, MEM_RESERVE | MEM_COMMIT, PAGE_NOACCESS);
  for (void* address : {Unmapped(), reinterpret_cast<void*>(16), reserved, closed}) {
    SetLastError(kPoison);
    EXPECT_FALSE(HeapValidate(heap, 0, address)) << address;
    EXPECT_EQ(GetLastError(), ERROR_NOACCESS) << address;
  }
  VirtualFree(reserved, 0, MEM_RELEASE);
  VirtualFree(closed, 0, MEM_RELEASE);
}

TEST(HeapValidate, WhatCanBeReadAndIsNoBlockLeavesTheLastErrorAlone) {
  const PrivateHeap heap;
  const PrivateHeap other;
  alignas(64) static const char array[128] = {};
  const char* block = Bytes(HeapAlloc(heap, 0, 64));
  const void* foreign = HeapAlloc(other, 0, 64);
  void* freed = HeapAlloc(heap, 0, 0);
  HeapFree(heap, 0, freed);
  SetLastError(kPoison);
  for (const void* address :
       {static_cast<const void*>(array), static_cast<const void*>(freed), foreign,
        static_cast<const void*>(block + 16), static_cast<const void*>(block + 1)}) {
    EXPECT_FALSE(HeapValidate(heap, 0, address)) << address;
  }
  EXPECT_EQ(GetLastError(), kPoison);
}

}  // namespace
}  // namespace winmem::heap_test
