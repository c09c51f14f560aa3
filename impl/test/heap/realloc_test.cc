#include "impl/test/heap/support.h"

namespace winmem::heap_test {
namespace {

constexpr DWORD kInPlace = HEAP_REALLOC_IN_PLACE_ONLY;

TEST(HeapReAlloc, NullIsNoAllocationAndSetsNoError) {
  const PrivateHeap heap;
  SetLastError(kPoison);
  EXPECT_EQ(HeapReAlloc(heap, HEAP_GENERATE_EXCEPTIONS, nullptr, 1), nullptr);
  EXPECT_EQ(GetLastError(), NO_ERROR);
}

TEST(HeapReAlloc, ZeroBytesLeaveALivingBlock) {
  const PrivateHeap heap;
  for (const SIZE_T size : {SIZE_T{0}, SIZE_T{1}, SIZE_T{4000}, kLarge}) {
    void* block = HeapReAlloc(heap, 0, HeapAlloc(heap, 0, size), 0);
    ASSERT_NE(block, nullptr);
    EXPECT_EQ(HeapSize(heap, 0, block), 0u);
    EXPECT_TRUE(HeapFree(heap, 0, block));
  }
}

TEST(HeapReAlloc, ContentsSurviveAndTheSizeIsExactForEveryPair) {
  const PrivateHeap heap;
  for (SIZE_T from = 0; from <= 100; ++from) {
    for (SIZE_T to = 0; to <= 100; ++to) {
      void* block = HeapAlloc(heap, 0, from);
      std::memset(block, 0x7A, from);
      block = HeapReAlloc(heap, HEAP_ZERO_MEMORY, block, to);
      ASSERT_EQ(HeapSize(heap, 0, block), to);
      ASSERT_TRUE(AllAre(block, from < to ? from : to, 0x7A));
      if (to > from) {
        ASSERT_TRUE(AllAre(Bytes(block) + from, to - from, 0));
      }
      HeapFree(heap, 0, block);
    }
  }
}

// Down and up again across the sizes where large blocks begin (HX-036, HX-039).
TEST(HeapReAlloc, GrowingClearsExactlyWhatIsAddedAcrossTheLargeThreshold) {
  const PrivateHeap heap;
  constexpr SIZE_T kBelow = kLarge - 0x10000;
  void* block = HeapAlloc(heap, 0, kBelow);
  std::memset(block, 0x7A, kBelow);
  SIZE_T size = kBelow;
  for (; size < kLarge + 0x10000; size += 0x100) {
    block = HeapReAlloc(heap, HEAP_ZERO_MEMORY, block, size + 0x100);
    ASSERT_EQ(HeapSize(heap, 0, block), size + 0x100);
    ASSERT_TRUE(AllAre(Bytes(block) + size, 0x100, 0)) << size;
    std::memset(Bytes(block) + size, 0x7A, 0x100);
  }
  for (; size > kBelow; size -= 0x100) {
    block = HeapReAlloc(heap, HEAP_ZERO_MEMORY, block, size - 0x100);
    ASSERT_EQ(HeapSize(heap, 0, block), size - 0x100);
  }
  EXPECT_TRUE(AllAre(block, size, 0x7A));
}

TEST(HeapReAlloc, AStaleTailIsClearedAfterShrinkingAndGrowingInPlace) {
  const PrivateHeap heap;
  for (const SIZE_T size : {SIZE_T{100}, SIZE_T{5000}, kLarge}) {
    void* block = HeapAlloc(heap, 0, size);
    std::memset(block, 0xEE, size);
    block = HeapReAlloc(heap, 0, block, size - 30);
    block = HeapReAlloc(heap, HEAP_ZERO_MEMORY, block, size);
    EXPECT_TRUE(AllAre(block, size - 30, 0xEE));
    EXPECT_TRUE(AllAre(Bytes(block) + size - 30, 30, 0));
  }
}

TEST(HeapReAlloc, AnOrdinaryBlockShrinksAndGrowsBackInPlace) {
  for (const SIZE_T maximum : {SIZE_T{0}, 8 * kUnit}) {
    const PrivateHeap heap(0, maximum, maximum);
    void* block = HeapAlloc(heap, 0, 2 * kUnit);
    EXPECT_EQ(HeapReAlloc(heap, kInPlace, block, kUnit * 3 / 2), block);  // HX-044, HX-045
    EXPECT_EQ(HeapReAlloc(heap, kInPlace, block, 2 * kUnit), block);
  }
}

TEST(HeapReAlloc, ALargeBlockThatShrankGivesItsPagesBack) {
  const PrivateHeap heap;
  void* block = HeapAlloc(heap, 0, 0x100000);
  EXPECT_EQ(HeapReAlloc(heap, kInPlace, block, kUnit * 3 / 2), block);
  SetLastError(kPoison);
  EXPECT_EQ(HeapReAlloc(heap, kInPlace, block, 2 * kUnit), nullptr);  // HX-046
  EXPECT_EQ(GetLastError(), ERROR_NOT_ENOUGH_MEMORY);
  EXPECT_EQ(HeapSize(heap, 0, block), kUnit * 3 / 2);
  EXPECT_TRUE(HeapFree(heap, 0, block));
}

TEST(HeapReAlloc, GrowsInPlaceWhenTheNeighbourIsFree) {
  const PrivateHeap heap(HEAP_REALLOC_IN_PLACE_ONLY, 512, 2048);  // HX-715
  void* block = HeapAlloc(heap, 0, 256);
  EXPECT_EQ(HeapReAlloc(heap, kInPlace, block, 1024), block);
  EXPECT_EQ(HeapSize(heap, 0, block), 1024u);
}

TEST(HeapReAlloc, InPlaceOnlyNeverMovesAndAFailureChangesNothing) {
  const PrivateHeap heap;
  void* block = HeapAlloc(heap, 0, 1000);
  void* next = HeapAlloc(heap, 0, 1000);
  std::memset(block, 0x33, 1000);
  SetLastError(kPoison);
  EXPECT_EQ(HeapReAlloc(heap, kInPlace | HEAP_ZERO_MEMORY, block, 5000), nullptr);
  EXPECT_EQ(GetLastError(), ERROR_NOT_ENOUGH_MEMORY);
  EXPECT_EQ(HeapSize(heap, 0, block), 1000u);
  EXPECT_TRUE(AllAre(block, 1000, 0x33));
  HeapFree(heap, 0, next);
  EXPECT_EQ(HeapReAlloc(heap, kInPlace, block, 2000), block);
}

TEST(HeapReAlloc, AnImpossibleSizeLeavesTheBlockAsItWas) {
  const PrivateHeap heap;
  for (const SIZE_T old : {SIZE_T{0}, SIZE_T{50}, kLarge}) {
    void* block = HeapAlloc(heap, 0, old);
    std::memset(block, 0x42, old);
    for (const SIZE_T size : {kFailed, kFailed - 7}) {
      SetLastError(kPoison);
      EXPECT_EQ(HeapReAlloc(heap, 0, block, size), nullptr);
      EXPECT_EQ(GetLastError(), ERROR_NOT_ENOUGH_MEMORY);
    }
    EXPECT_EQ(HeapSize(heap, 0, block), old);
    EXPECT_TRUE(AllAre(block, old, 0x42));
    EXPECT_TRUE(HeapFree(heap, 0, block));
  }
}

TEST(HeapReAlloc, ABlockThatMovedIsNoBlockAtItsOldAddress) {
  const PrivateHeap heap;
  void* block = HeapAlloc(heap, 0, 100);
  HeapAlloc(heap, 0, 100);
  void* moved = HeapReAlloc(heap, 0, block, 1000);
  ASSERT_NE(moved, block);
  EXPECT_EQ(HeapSize(heap, 0, block), kFailed);
  EXPECT_EQ(HeapSize(heap, 0, moved), 1000u);
}

}  // namespace
}  // namespace winmem::heap_test
