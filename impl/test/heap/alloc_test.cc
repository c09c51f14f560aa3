#include "impl/test/heap/support.h"

namespace winmem::heap_test {
namespace {

TEST(HeapAlloc, ZeroBytesGiveABlockOfSizeZero) {
  for (const SIZE_T maximum : {SIZE_T{0}, 8 * kUnit}) {
    const PrivateHeap heap(0, 0, maximum);
    void* first = HeapAlloc(heap, 0, 0);
    void* second = HeapAlloc(heap, 0, 0);
    ASSERT_NE(first, nullptr);
    ASSERT_NE(second, nullptr);
    EXPECT_NE(first, second);
    EXPECT_EQ(HeapSize(heap, 0, first), 0u);
    EXPECT_TRUE(HeapFree(heap, 0, first));
    EXPECT_TRUE(HeapFree(heap, 0, second));
  }
}

TEST(HeapAlloc, TheSizeIsTheRequestToTheByte) {
  const PrivateHeap heap;
  for (SIZE_T size = 0; size <= 4096; ++size) {
    void* block = HeapAlloc(heap, 0, size);
    ASSERT_EQ(HeapSize(heap, 0, block), size);
    std::memset(block, 0x5A, size);
  }
  for (const SIZE_T size : {SIZE_T{0xFD000}, SIZE_T{0xFDFFF}, SIZE_T{0xFE000}, SIZE_T{0xFF000},
                            SIZE_T{0x100000}, SIZE_T{0x140001}, SIZE_T{3072037}}) {
    void* block = HeapAlloc(heap, 0, size);
    ASSERT_EQ(HeapSize(heap, 0, block), size);
    std::memset(block, 0x5A, size);
  }
  EXPECT_TRUE(HeapValidate(heap, 0, nullptr));
}

TEST(HeapAlloc, EveryBlockIsAlignedAndLargeOnesMore) {
  const PrivateHeap heap;
  std::uintptr_t ordinary = 0;
  std::uintptr_t large = 0;
  for (int i = 0; i < 128; ++i) {
    ordinary |= Number(HeapAlloc(heap, 0, kUnit));
    large |= Number(HeapAlloc(heap, 0, kLarge));
  }
  EXPECT_EQ(ordinary % (4 * sizeof(void*)), 2 * sizeof(void*));  // HA-017
  EXPECT_EQ(large % (16 * sizeof(void*)), 8 * sizeof(void*));    // HA-018
  for (SIZE_T size = 1; size < kLarge; size += size / 2 + 1) {
    EXPECT_EQ(Number(HeapAlloc(heap, 0, size)) % (2 * sizeof(void*)), 0u) << size;
  }
}

TEST(HeapAlloc, BlocksOfAFreshHeapLieAsOnWindows) {
  const PrivateHeap heap(HEAP_NO_SERIALIZE);
  for (const SIZE_T size : {SIZE_T{0}, SIZE_T{1}, SIZE_T{16}, SIZE_T{24}, SIZE_T{256}}) {
    const auto first = Number(HeapAlloc(heap, 0, size));
    const auto second = Number(HeapAlloc(heap, 0, size));
    const SIZE_T least = size < 2 * sizeof(void*) ? 2 * sizeof(void*) : size;
    const SIZE_T unit = 2 * sizeof(void*);
    EXPECT_EQ(second - first, (least + 8 + unit - 1) / unit * unit) << size;  // HA-021
  }
}

TEST(HeapAlloc, ZeroMemoryClearsABlockThatWasUsedBefore) {
  const PrivateHeap heap;
  for (SIZE_T size = 1; size < 2 * kLarge; size = size * 3 + 1) {
    void* used = HeapAlloc(heap, 0, size);
    std::memset(used, 0xCC, size);
    EXPECT_TRUE(HeapFree(heap, 0, used));
    void* block = HeapAlloc(heap, HEAP_ZERO_MEMORY, size);
    EXPECT_TRUE(AllAre(block, size, 0)) << size;
  }
}

TEST(HeapAlloc, WithoutZeroMemoryOldBytesShow) {
  const PrivateHeap heap;
  void* used = HeapAlloc(heap, 0, 100);
  std::memset(used, 0xCC, 100);
  HeapFree(heap, 0, used);
  EXPECT_TRUE(AllAre(HeapAlloc(heap, 0, 100), 100, 0xCC));
}

TEST(HeapAlloc, ALargeBlockIsZeroUnasked) {
  const void* block = HeapAlloc(GetProcessHeap(), 0, 3072037);
  EXPECT_TRUE(AllAre(block, 3072037, 0));
  HeapFree(GetProcessHeap(), 0, const_cast<void*>(block));
}

TEST(HeapAlloc, AnImpossibleSizeFailsAndTheHeapStaysUsable) {
  const PrivateHeap heap;
  for (const SIZE_T size : {kFailed, kFailed - 7, kFailed / 2, kFailed / 2 + 1, _HEAP_MAXREQ}) {
    SetLastError(kPoison);
    EXPECT_EQ(HeapAlloc(heap, 0, size), nullptr) << size;
    EXPECT_EQ(GetLastError(), ERROR_NOT_ENOUGH_MEMORY);
  }
  EXPECT_NE(HeapAlloc(heap, 0, 16), nullptr);
  EXPECT_TRUE(HeapValidate(heap, 0, nullptr));
}

TEST(HeapAlloc, SuccessLeavesTheLastErrorAlone) {
  const PrivateHeap heap;
  SetLastError(kPoison);
  for (SIZE_T size = 0; size < 2 * kLarge; size = size * 2 + 1) {
    void* block = HeapAlloc(heap, HEAP_ZERO_MEMORY, size);
    block = HeapReAlloc(heap, 0, block, size + 100);
    EXPECT_NE(HeapSize(heap, 0, block), kFailed);
    EXPECT_TRUE(HeapFree(heap, 0, block));
  }
  EXPECT_EQ(GetLastError(), kPoison);
}

TEST(HeapAlloc, FlagsThatOnlyWindowsGivesAMeaningAreAccepted) {
  const PrivateHeap heap;
  for (const DWORD flags : {DWORD{0xD00}, DWORD{HEAP_CREATE_ALIGN_16}, DWORD{0x60}}) {
    void* block = HeapAlloc(heap, flags, 0x1000);  // HA-044, HA-020, HA-045
    EXPECT_EQ(HeapSize(heap, 0, block), 0x1000u);
  }
}

TEST(HeapAlloc, WhatIsNoHeapIsRefused) {
  int local = 0;
  const PrivateHeap heap;
  void* block = HeapAlloc(heap, 0, 16);
  HANDLE gone = HeapCreate(0, 0, 0);
  ASSERT_TRUE(HeapDestroy(gone));
  const HANDLE handles[] = {nullptr,         gone, &local, Unmapped(), block, Bytes(heap) + 0x1000,
                            Bytes(heap) + 16};
  for (HANDLE handle : handles) {
    SetLastError(kPoison);
    EXPECT_EQ(HeapAlloc(handle, HEAP_GENERATE_EXCEPTIONS, 16), nullptr);
    EXPECT_EQ(GetLastError(), ERROR_INVALID_HANDLE);
    EXPECT_EQ(HeapReAlloc(handle, 0, block, 16), nullptr);
    EXPECT_FALSE(HeapFree(handle, 0, block));
    EXPECT_EQ(HeapSize(handle, 0, block), kFailed);
    EXPECT_FALSE(HeapValidate(handle, 0, block));
    EXPECT_FALSE(HeapLock(handle));
    EXPECT_FALSE(HeapUnlock(handle));
    EXPECT_FALSE(HeapDestroy(handle));
    EXPECT_EQ(GetLastError(), ERROR_INVALID_HANDLE);
  }
  EXPECT_EQ(HeapSize(heap, 0, block), 16u);
}

}  // namespace
}  // namespace winmem::heap_test
