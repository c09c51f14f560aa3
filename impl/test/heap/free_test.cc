#include <algorithm>
#include <random>
#include <vector>

#include "impl/test/heap/support.h"

namespace winmem::heap_test {
namespace {

TEST(HeapFree, NullSucceedsWhateverTheHeap) {
  const PrivateHeap heap;
  SetLastError(kPoison);
  EXPECT_TRUE(HeapFree(heap, 0, nullptr));
  EXPECT_TRUE(HeapFree(nullptr, 0, nullptr));
  EXPECT_EQ(GetLastError(), kPoison);
}

TEST(HeapFree, SuccessLeavesTheLastErrorAlone) {
  const PrivateHeap heap;
  void* small = HeapAlloc(heap, 0, 1);
  void* large = HeapAlloc(heap, 0, kLarge);
  SetLastError(kPoison);
  EXPECT_TRUE(HeapFree(heap, 0, small));
  EXPECT_TRUE(HeapFree(heap, 0, large));
  EXPECT_EQ(GetLastError(), kPoison);
}

TEST(HeapFree, UnknownFlagsDoNotMakeItFail) {
  const PrivateHeap heap;
  EXPECT_TRUE(HeapFree(heap, 0xFFFFFFFF, HeapAlloc(heap, HEAP_ZERO_MEMORY, 4)));  // HF-015
}

// Every function that takes a block refuses the pointer, and the heap is as it was.
void ExpectRefused(HANDLE heap, void* pointer) {
  SetLastError(kPoison);
  EXPECT_FALSE(HeapFree(heap, HEAP_GENERATE_EXCEPTIONS, pointer)) << pointer;  // HF-016
  EXPECT_EQ(GetLastError(), ERROR_INVALID_PARAMETER);
  SetLastError(kPoison);
  EXPECT_EQ(HeapReAlloc(heap, 0, pointer, 1), nullptr) << pointer;
  EXPECT_EQ(GetLastError(), ERROR_INVALID_PARAMETER);
  SetLastError(kPoison);
  EXPECT_EQ(HeapSize(heap, 0, pointer), kFailed) << pointer;
  EXPECT_EQ(GetLastError(), ERROR_INVALID_PARAMETER);
  EXPECT_FALSE(HeapValidate(heap, 0, pointer)) << pointer;
  EXPECT_TRUE(HeapValidate(heap, 0, nullptr));
}

TEST(HeapFree, WhatIsNoBlockIsRefusedAndNothingIsTouched) {
  const PrivateHeap heap;
  const PrivateHeap other;
  void* block = HeapAlloc(heap, 0, 100);
  void* large = HeapAlloc(heap, 0, kLarge);
  std::memset(block, 0x11, 100);
  void* freed = HeapAlloc(heap, 0, 64);
  HeapFree(heap, 0, freed);
  void* freed_large = HeapAlloc(heap, 0, 2 * kLarge);
  HeapFree(heap, 0, freed_large);
  static char mapped[64];
  int local = 0;
  for (void* pointer :
       {Unmapped(), static_cast<void*>(mapped), static_cast<void*>(&local), freed, freed_large,
        HeapAlloc(other, 0, 100), HeapAlloc(other, 0, kLarge), static_cast<void*>(heap),
        reinterpret_cast<void*>(1), reinterpret_cast<void*>(0x300), reinterpret_cast<void*>(-1)}) {
    ExpectRefused(heap, pointer);
  }
  for (const int offset : {1, 8, 16, 32, 99, 112, 4096, 65536}) {
    ExpectRefused(heap, Bytes(block) + offset);
    ExpectRefused(heap, Bytes(large) + offset);
  }
  EXPECT_TRUE(AllAre(block, 100, 0x11));
  EXPECT_TRUE(HeapFree(heap, 0, block));
  EXPECT_TRUE(HeapFree(heap, 0, large));
  ExpectRefused(heap, block);
  ExpectRefused(heap, large);
}

TEST(HeapFree, FreeNeighboursAreJoined) {
  const PrivateHeap heap(0, 0x40000, 0x40000);
  std::vector<void*> blocks;
  while (void* block = HeapAlloc(heap, 0, 1000)) blocks.push_back(block);
  EXPECT_GT(blocks.size(), 200u);
  EXPECT_EQ(HeapAlloc(heap, 0, 0x20000), nullptr);
  std::shuffle(blocks.begin(), blocks.end(), std::mt19937(1));
  for (void* block : blocks) {
    ASSERT_TRUE(HeapFree(heap, 0, block));
    ASSERT_TRUE(HeapValidate(heap, 0, nullptr));
  }
  EXPECT_NE(HeapAlloc(heap, 0, 0x3F400), nullptr);
}

TEST(HeapFree, AHundredThousandBlocksGoInAnyOrder) {
  const PrivateHeap heap;
  std::vector<void*> blocks(100000);
  std::mt19937 random(2);
  for (void*& block : blocks) block = HeapAlloc(heap, 0, random() % 200);
  std::shuffle(blocks.begin(), blocks.end(), random);
  for (void* block : blocks) ASSERT_TRUE(HeapFree(heap, 0, block));
  EXPECT_TRUE(HeapValidate(heap, 0, nullptr));
}

TEST(HeapFree, WritingToFreedBlocksDoesNotDisturbTheHeap) {
  const PrivateHeap heap;
  void* blocks[100];
  for (void*& block : blocks) block = HeapAlloc(heap, 0, 100);
  for (int i = 0; i < 100; i += 2) HeapFree(heap, 0, blocks[i]);
  for (void* block : blocks) std::memset(block, 0xFF, 104);
  EXPECT_TRUE(HeapValidate(heap, 0, nullptr));
  for (int i = 1; i < 100; i += 2) EXPECT_TRUE(HeapFree(heap, 0, blocks[i]));
  EXPECT_TRUE(HeapValidate(heap, 0, nullptr));
}

}  // namespace
}  // namespace winmem::heap_test
