// HeapValidate of a whole heap tells books that do not fit together. Programs cannot write them;
// here they are spoilt one by one.
#include "heap/address_map.h"
#include "heap/heap.h"
#include "heap/region.h"
#include "impl/test/heap/support.h"

namespace winmem::heap_test {
namespace {

using heap::AddressMap;
using heap::Entry;
using heap::Region;

class SoundBooks : public testing::Test {
 protected:
  ~SoundBooks() override { EXPECT_TRUE(HeapValidate(heap_, 0, nullptr)); }

  // Expects that the heap is not sound while `place` holds `value`.
  template <typename Field, typename Value>
  void ExpectNoticed(Field* place, Value value) {
    ASSERT_TRUE(HeapValidate(heap_, 0, nullptr));
    const auto before = static_cast<Value>(*place);
    *place = value;
    EXPECT_FALSE(HeapValidate(heap_, 0, nullptr));
    *place = before;
  }

  Region* RegionOf(void* block) { return AddressMap::Instance().Find(block); }
  Entry* EntriesOf(void* block) {
    Region* region = RegionOf(block);
    const auto offset = static_cast<std::size_t>(static_cast<std::byte*>(block) - region->base);
    return region->entries + offset / heap::kGranule;
  }

  const PrivateHeap heap_;
  void* first_ = HeapAlloc(heap_, 0, 100);
  void* second_ = HeapAlloc(heap_, 0, 100);
  void* large_ = HeapAlloc(heap_, 0, kLarge);
};

TEST_F(SoundBooks, EveryBlockBeginsWhereTheOneBeforeItEnds) {
  Entry* entry = EntriesOf(second_);
  ExpectNoticed(&entry->head, entry->head & ~heap::kStart);
  ExpectNoticed(&entry->prior, entry->prior + 1);
}

TEST_F(SoundBooks, ABlockHasTwoGranulesAtLeastAndEndsInItsRegion) {
  Entry* entry = EntriesOf(second_);
  ExpectNoticed(&entry->head, 1u << heap::kHeadShift | heap::kStart | heap::kBusy);
  ExpectNoticed(&entry->head, 0xFFFFu << heap::kHeadShift | heap::kStart | heap::kBusy);
}

TEST_F(SoundBooks, NoTwoFreeBlocksLieSideBySide) {
  Entry* entry = EntriesOf(second_);
  ExpectNoticed(&entry->head, entry->head & ~heap::kBusy);
}

TEST_F(SoundBooks, ARequestFitsIntoItsBlock) {
  Entry* entry = EntriesOf(first_);
  ExpectNoticed(&entry[1].head, 1000u << 1);
  Region* large = RegionOf(large_);
  ExpectNoticed(&large->request, large->size);
}

TEST_F(SoundBooks, ARegionCountsItsBlocks) {
  Region* region = RegionOf(first_);
  ExpectNoticed(&region->busy, region->busy + 1);
}

TEST_F(SoundBooks, ARegionBelongsToItsHeapAndALargeBlockIsKnownByItsAddress) {
  ASSERT_TRUE(HeapValidate(heap_, 0, nullptr));
  // Another region of the heap: by the first one its handle is known.
  void* elsewhere = nullptr;
  do {
    elsewhere = HeapAlloc(heap_, 0, 0x8000);
  } while (elsewhere != nullptr && RegionOf(elsewhere) == RegionOf(first_));
  ASSERT_NE(elsewhere, nullptr);
  Region* region = RegionOf(elsewhere);
  heap::Heap* owner = region->heap.exchange(nullptr);
  EXPECT_FALSE(HeapValidate(heap_, 0, nullptr));
  region->heap = owner;
  Region* large = RegionOf(large_);
  AddressMap::Instance().Enter(large->base, 1, nullptr);
  EXPECT_FALSE(HeapValidate(heap_, 0, nullptr));
  AddressMap::Instance().Enter(large->base, 1, large);
}

}  // namespace
}  // namespace winmem::heap_test
