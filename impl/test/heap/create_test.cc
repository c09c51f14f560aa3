#include <cstdint>
#include <vector>

#include "impl/test/heap/support.h"
#include "winmem/virtual.h"

namespace winmem::heap_test {
namespace {

TEST(HeapCreate, TheHandleIsAlignedTo64KibAndIsNoBlock) {
  for (const SIZE_T maximum : {SIZE_T{0}, SIZE_T{1}, SIZE_T{0x10000}, 5 * kUnit}) {
    const PrivateHeap heap(HEAP_NO_SERIALIZE, 0, maximum);
    EXPECT_EQ(Number(heap) % 0x10000, 0u);
    EXPECT_NE(HeapAlloc(heap, 0, 1), static_cast<HANDLE>(heap));
  }
}

TEST(HeapCreate, AnySizesAndOptionsGiveAHeapThatWorks) {
  for (const DWORD options : {0u, 1u, 4u, 5u, 0x10u, 0x40000u, 0x40005u}) {
    for (const SIZE_T initial :
         {SIZE_T{0}, SIZE_T{1}, SIZE_T{512}, SIZE_T{0x1001}, SIZE_T{0x50000}, SIZE_T{0x2000001}}) {
      for (const SIZE_T maximum : {SIZE_T{0}, SIZE_T{2048}, SIZE_T{0x10000}, SIZE_T{0x4000000}}) {
        const PrivateHeap heap(options, initial, maximum);
        void* block = HeapAlloc(heap, HEAP_ZERO_MEMORY, 1000);
        ASSERT_EQ(HeapSize(heap, 0, block), 1000u);
        EXPECT_TRUE(HeapValidate(heap, 0, nullptr));
      }
    }
  }
}

TEST(HeapCreate, WithoutMemoryItFails) {
  for (const SIZE_T size : {kFailed, kFailed / 2, SIZE_T{1} << (sizeof(void*) > 4 ? 62 : 31)}) {
    SetLastError(kPoison);
    EXPECT_EQ(HeapCreate(0, size, 0), nullptr);
    EXPECT_EQ(GetLastError(), ERROR_NOT_ENOUGH_MEMORY);
    SetLastError(kPoison);
    EXPECT_EQ(HeapCreate(0, 0, size), nullptr);
    EXPECT_EQ(GetLastError(), ERROR_NOT_ENOUGH_MEMORY);
  }
}

TEST(HeapCreate, SuccessLeavesTheLastErrorAlone) {
  SetLastError(kPoison);
  HANDLE heap = HeapCreate(0, 0, 0);
  EXPECT_TRUE(HeapLock(heap));
  EXPECT_TRUE(HeapUnlock(heap));
  EXPECT_TRUE(HeapDestroy(heap));
  EXPECT_EQ(GetLastError(), kPoison);
}

TEST(HeapCreate, ABlockIsCommittedPrivateMemory) {
  const PrivateHeap plain;
  const PrivateHeap code(HEAP_CREATE_ENABLE_EXECUTE);
  for (const SIZE_T size : {SIZE_T{10}, SIZE_T{0x30000}, kLarge}) {
    MEMORY_BASIC_INFORMATION info;
    ASSERT_EQ(VirtualQuery(HeapAlloc(plain, 0, size), &info, sizeof info), sizeof info);
    EXPECT_EQ(info.State, MEM_COMMIT);
    EXPECT_EQ(info.Type, MEM_PRIVATE);
    EXPECT_EQ(info.Protect, PAGE_READWRITE);
    ASSERT_EQ(VirtualQuery(HeapAlloc(code, 0, size), &info, sizeof info), sizeof info);
    EXPECT_EQ(info.Protect, PAGE_EXECUTE_READWRITE);  // HX-015
  }
}

#if defined(__x86_64__) || defined(__i386__)
TEST(HeapCreate, CodeInABlockRunsIfTheHeapIsForIt) {
  const PrivateHeap heap(HEAP_CREATE_ENABLE_EXECUTE);
  for (const SIZE_T size : {SIZE_T{16}, kLarge}) {
    auto* block = static_cast<unsigned char*>(HeapAlloc(heap, 0, size));
    *block = 0xC3;  // return
    reinterpret_cast<void (*)()>(block)();
  }
}
#endif

TEST(HeapCreate, AGrowingHeapReservesRegionsLikeThoseOfWindows) {
  const PrivateHeap heap(HEAP_NO_SERIALIZE);
  std::vector<SIZE_T> sizes;
  const void* last = nullptr;
  for (int i = 0; i < 100; ++i) {
    MEMORY_BASIC_INFORMATION info;
    VirtualQuery(HeapAlloc(heap, 0, 0x60000), &info, sizeof info);
    if (info.AllocationBase == last) continue;
    last = info.AllocationBase;
    SIZE_T size = 0;
    const char* at = static_cast<const char*>(last);
    while (VirtualQuery(at + size, &info, sizeof info) == sizeof info &&
           info.AllocationBase == last) {
      size += info.RegionSize;
    }
    sizes.push_back(size);
  }
  ASSERT_GE(sizes.size(), 6u);
  const std::vector<SIZE_T> first(sizes.begin(), sizes.begin() + 6);  // HA-056
  EXPECT_EQ(first,
            (std::vector<SIZE_T>{0x100000, 0x200000, 0x400000, 0x800000, 0xFD0000, 0xFD0000}));
}

TEST(HeapDestroy, GivesBackEveryBlock) {
  HANDLE heap = HeapCreate(0, 0, 0);
  void* small = HeapAlloc(heap, 0, 100);
  void* large = HeapAlloc(heap, 0, kLarge);
  for (int i = 0; i < 50; ++i) HeapAlloc(heap, 0, 0x60000);
  ASSERT_TRUE(HeapDestroy(heap));
  for (const void* address : {static_cast<const void*>(heap), static_cast<const void*>(small),
                              static_cast<const void*>(large)}) {
    MEMORY_BASIC_INFORMATION info;
    VirtualQuery(address, &info, sizeof info);
    EXPECT_EQ(info.State, MEM_FREE);
  }
}

TEST(HeapDestroy, ADestroyedHeapAndItsBlocksAreRefused) {
  HANDLE heap = HeapCreate(0, 0, 0);
  void* block = HeapAlloc(heap, 0, 100);
  ASSERT_TRUE(HeapDestroy(heap));
  SetLastError(kPoison);
  EXPECT_FALSE(HeapDestroy(heap));
  EXPECT_EQ(GetLastError(), ERROR_INVALID_HANDLE);
  EXPECT_FALSE(HeapFree(GetProcessHeap(), 0, block));
  EXPECT_EQ(GetLastError(), ERROR_INVALID_PARAMETER);
}

TEST(HeapDestroy, TheProcessHeapIsRefusedAndStaysUsable) {
  SetLastError(kPoison);
  EXPECT_FALSE(HeapDestroy(GetProcessHeap()));
  EXPECT_EQ(GetLastError(), ERROR_INVALID_HANDLE);
  void* block = HeapAlloc(GetProcessHeap(), 0, 10);
  EXPECT_TRUE(HeapFree(GetProcessHeap(), 0, block));
}

TEST(HeapDestroy, AThousandHeapsComeAndGo) {
  std::vector<HANDLE> heaps;
  for (int i = 0; i < 1000; ++i) {
    heaps.push_back(HeapCreate(0, 0, i % 2 == 0 ? 0 : 0x20000));
    ASSERT_NE(HeapAlloc(heaps.back(), 0, 100), nullptr);
  }
  for (HANDLE heap : heaps) EXPECT_TRUE(HeapDestroy(heap));
}

TEST(GetProcessHeap, IsTheSameOnEveryCall) {
  EXPECT_NE(GetProcessHeap(), nullptr);
  EXPECT_EQ(GetProcessHeap(), GetProcessHeap());
  EXPECT_TRUE(HeapValidate(GetProcessHeap(), 0, nullptr));
}

}  // namespace
}  // namespace winmem::heap_test
