#include <map>
#include <vector>

#include "impl/test/heap/support.h"

namespace winmem::heap_test {
namespace {

std::vector<PROCESS_HEAP_ENTRY> Walk(HANDLE heap) {
  std::vector<PROCESS_HEAP_ENTRY> entries;
  PROCESS_HEAP_ENTRY entry;
  std::memset(&entry, 0xCD, sizeof entry);
  entry.lpData = nullptr;
  while (HeapWalk(heap, &entry)) entries.push_back(entry);
  EXPECT_EQ(GetLastError(), ERROR_NO_MORE_ITEMS);
  return entries;
}

std::map<void*, SIZE_T> BusyBlocks(HANDLE heap) {
  std::map<void*, SIZE_T> busy;
  for (const PROCESS_HEAP_ENTRY& entry : Walk(heap)) {
    if (entry.wFlags != PROCESS_HEAP_ENTRY_BUSY) continue;
    EXPECT_TRUE(busy.emplace(entry.lpData, entry.cbData).second) << entry.lpData;
  }
  return busy;
}

TEST(HeapWalk, OfAFreshHeapShowsARegionAFreeBlockAndWhatIsNotCommitted) {  // HX-073, HX-010
  const PrivateHeap heap;
  const auto entries = Walk(heap);
  ASSERT_EQ(entries.size(), 3u);
  EXPECT_EQ(entries[0].wFlags, PROCESS_HEAP_REGION);
  EXPECT_EQ(entries[0].lpData, heap);
  EXPECT_EQ(entries[0].Region.dwCommittedSize, 0x400 * sizeof(void*));
  EXPECT_EQ(entries[0].Region.dwCommittedSize + entries[0].Region.dwUnCommittedSize, 0x10000u);
  EXPECT_EQ(entries[1].wFlags, 0);
  EXPECT_EQ(entries[1].cbOverhead, 4 * sizeof(void*));
  EXPECT_NE(entries[1].cbData, 0u);
  EXPECT_EQ(entries[2].wFlags, PROCESS_HEAP_UNCOMMITTED_RANGE);
}

TEST(HeapWalk, ShowsEachLivingBlockOnceWithItsSize) {
  const PrivateHeap heap;
  std::map<void*, SIZE_T> living;
  for (SIZE_T i = 0; i < 3000; ++i) {
    const SIZE_T size = i * 37 % 5000 + (i % 500 == 0 ? kLarge : 0);
    void* block = HeapAlloc(heap, 0, size);
    ASSERT_NE(block, nullptr);
    living[block] = size;
    if (i % 3 == 0) {
      EXPECT_TRUE(HeapFree(heap, 0, living.begin()->first));
      living.erase(living.begin());
    }
  }
  EXPECT_EQ(BusyBlocks(heap), living);
}

TEST(HeapWalk, ShowsLargeBlocksLastInOrderOfAllocation) {  // HX-076
  const PrivateHeap heap;
  void* first = HeapAlloc(heap, 0, kLarge + 1);
  void* second = HeapAlloc(heap, 0, kLarge + 2);
  const auto entries = Walk(heap);
  ASSERT_EQ(entries.size(), 5u);
  EXPECT_EQ(entries[3].lpData, first);
  EXPECT_EQ(entries[3].cbData, kLarge + 1);
  EXPECT_EQ(entries[3].iRegionIndex, 64);
  EXPECT_EQ(entries[4].lpData, second);
}

TEST(HeapWalk, OfAHeapWhoseBlocksAreFreedIsAsBefore) {  // HF-009
  const PrivateHeap heap;
  const auto before = Walk(heap);
  void* large = HeapAlloc(heap, 0, kLarge);
  void* small = HeapAlloc(heap, 0, 100);
  EXPECT_TRUE(HeapFree(heap, 0, large));
  EXPECT_TRUE(HeapFree(heap, 0, small));
  const auto after = Walk(heap);
  ASSERT_EQ(after.size(), before.size());
  EXPECT_EQ(std::memcmp(after.data(), before.data(), before.size() * sizeof before[0]), 0);
}

TEST(HeapWalk, EndsInAHeapOfManyRegionsOfWhichMostHaveNothingCommitted) {
  const SIZE_T size = sizeof(void*) > 4 ? SIZE_T{0x80000000} : SIZE_T{0x8000000};
  const HANDLE heap = HeapCreate(0, 0, size);
  ASSERT_NE(heap, nullptr);
  std::size_t regions = 0, uncommitted = 0;
  for (const PROCESS_HEAP_ENTRY& entry : Walk(heap)) {
    regions += entry.wFlags == PROCESS_HEAP_REGION;
    uncommitted += entry.wFlags == PROCESS_HEAP_UNCOMMITTED_RANGE;
    ASSERT_LE(regions, 0x1000u) << "the walk goes round in circles";
  }
  EXPECT_GT(regions, 1u);
  EXPECT_EQ(uncommitted, regions);
  EXPECT_NE(HeapCompact(heap, 0), 0u);
  EXPECT_TRUE(HeapDestroy(heap));
}

TEST(HeapWalk, RefusesAnEntryThatNamesNoElement) {
  const PrivateHeap heap;
  const PrivateHeap other;
  char* block = Bytes(HeapAlloc(heap, 0, 100));
  void* foreign = HeapAlloc(other, 0, 100);
  char* large = Bytes(HeapAlloc(heap, 0, kLarge));
  char* uncommitted = Bytes(static_cast<HANDLE>(heap)) + 0xF000;
  for (void* place :
       {static_cast<void*>(block + 1), static_cast<void*>(block + 32), foreign,
        static_cast<void*>(large + 16), static_cast<void*>(uncommitted), Unmapped()}) {
    PROCESS_HEAP_ENTRY entry = {};
    entry.lpData = place;
    EXPECT_FALSE(HeapWalk(heap, &entry));
    EXPECT_EQ(GetLastError(), ERROR_INVALID_PARAMETER);
    EXPECT_EQ(entry.lpData, place);
  }
  EXPECT_FALSE(HeapWalk(heap, nullptr));
  PROCESS_HEAP_ENTRY entry = {};
  EXPECT_FALSE(HeapWalk(block, &entry));
  EXPECT_EQ(GetLastError(), ERROR_INVALID_HANDLE);
}

TEST(HeapCompact, GivesTheLargestCommittedFreeBlock) {
  const PrivateHeap heap;
  const SIZE_T free = HeapCompact(heap, 0);
  EXPECT_GT(free, 0u);
  EXPECT_LT(free, 0x400 * sizeof(void*));
  EXPECT_EQ(Walk(heap)[1].cbData, free);
  EXPECT_EQ(HeapCompact(nullptr, 0), 0u);
  EXPECT_EQ(GetLastError(), ERROR_INVALID_HANDLE);
}

TEST(HeapCompact, OfAHeapWithoutAFreeBlockIsZeroAndNoError) {  // HX-082
  const PrivateHeap heap(0, 0x10000, 0x10000);
  for (SIZE_T size = 0x10000; size > 0; size /= 2) {
    while (HeapAlloc(heap, 0, size) != nullptr) {
    }
  }
  while (HeapAlloc(heap, 0, 0) != nullptr) {
  }
  SetLastError(kPoison);
  EXPECT_EQ(HeapCompact(heap, 0), 0u);
  EXPECT_EQ(GetLastError(), NO_ERROR);
}

}  // namespace
}  // namespace winmem::heap_test
