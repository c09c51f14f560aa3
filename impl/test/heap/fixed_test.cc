#include <vector>

#include "impl/test/heap/support.h"

namespace winmem::heap_test {
namespace {

void ExpectNoMemory(HANDLE heap, SIZE_T size) {
  SetLastError(kPoison);
  EXPECT_EQ(HeapAlloc(heap, 0, size), nullptr) << size;
  EXPECT_EQ(GetLastError(), ERROR_NOT_ENOUGH_MEMORY);
}

TEST(FixedHeap, GivesNearlyAllOfItselfInOneBlock) {
  const PrivateHeap heap(0, kUnit, kUnit);  // HX-003
  const SIZE_T size = kUnit - (0x400 + 0x100 * sizeof(void*));
  void* block = HeapAlloc(heap, 0, size);  // HA-031
  EXPECT_EQ(HeapSize(heap, 0, block), size);
}

TEST(FixedHeap, CannotGiveItsWholeSize) {
  const PrivateHeap heap(0, 0x10000, 0x10000);
  ExpectNoMemory(heap, 0x10000);  // HA-038
  EXPECT_NE(HeapAlloc(heap, 0, 0x8000), nullptr);
}

TEST(FixedHeap, NeverServesALargeBlock) {
  const PrivateHeap heap(0, 8 * kUnit, 8 * kUnit);
  ExpectNoMemory(heap, 4 * kUnit);  // HA-032
  ExpectNoMemory(heap, kLarge - 0x1000);
  ExpectNoMemory(heap, kFailed);
  EXPECT_EQ(HeapSize(heap, 0, HeapAlloc(heap, 0, kUnit)), kUnit);                      // HA-035
  EXPECT_EQ(HeapSize(heap, 0, HeapAlloc(heap, 0, kLarge - 0x3000)), kLarge - 0x3000);  // HA-023
}

TEST(FixedHeap, GrowsABlockWhileSpaceRemains) {
  const PrivateHeap heap(0, 8 * kUnit, 8 * kUnit);
  void* block = HeapAlloc(heap, HEAP_ZERO_MEMORY, kUnit);
  block = HeapReAlloc(heap, HEAP_ZERO_MEMORY, block, 2 * kUnit);  // HX-050
  EXPECT_EQ(HeapSize(heap, 0, block), 2 * kUnit);
  EXPECT_TRUE(AllAre(block, 2 * kUnit, 0));
  SetLastError(kPoison);
  EXPECT_EQ(HeapReAlloc(heap, 0, block, 4 * kUnit), nullptr);  // HX-049
  EXPECT_EQ(GetLastError(), ERROR_NOT_ENOUGH_MEMORY);
  EXPECT_EQ(HeapSize(heap, 0, block), 2 * kUnit);
}

TEST(FixedHeap, EndsAndBeginsAgainWhenBlocksAreFreed) {
  const PrivateHeap heap(0, 0, 0x40000);
  for (int round = 0; round < 3; ++round) {
    std::vector<void*> blocks;
    while (void* block = HeapAlloc(heap, 0, 100)) blocks.push_back(block);
    EXPECT_GT(blocks.size(), 0x40000u / 128);
    ExpectNoMemory(heap, 100);
    for (void* block : blocks) ASSERT_TRUE(HeapFree(heap, 0, block));
  }
  EXPECT_TRUE(HeapValidate(heap, 0, nullptr));
}

TEST(FixedHeap, OneOfManyMegabytesIsUsedToItsEnd) {
  constexpr SIZE_T kMaximum = 40u << 20;
  const PrivateHeap heap(0, 0, kMaximum);
  SIZE_T total = 0;
  std::vector<void*> blocks;
  while (void* block = HeapAlloc(heap, 0, 0xC000)) {
    *static_cast<char*>(block) = 1;
    blocks.push_back(block);
    total += 0xC000;
  }
  EXPECT_GT(total, kMaximum - (1u << 20));
  EXPECT_TRUE(HeapValidate(heap, 0, nullptr));
  for (void* block : blocks) ASSERT_TRUE(HeapFree(heap, 0, block));
  EXPECT_NE(HeapAlloc(heap, 0, kLarge - 0x3000), nullptr);
}

}  // namespace
}  // namespace winmem::heap_test
