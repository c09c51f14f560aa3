#include "heap/free_index.h"

#include <gtest/gtest.h>

#include <vector>

namespace winmem::heap {
namespace {

// A region of the index's own, in which tests place free blocks.
class FreeIndex_ : public testing::Test {
 protected:
  FreeIndex_() : entries_(kGranules) {
    region_.entries = entries_.data();
    region_.granules = kGranules;
    index_.regions[0] = &region_;
  }

  // Enters a free block of so many granules; where it lies.
  std::uint32_t Enter(std::uint32_t granules) {
    const std::uint32_t at = next_;
    entries_[at].head = granules << kHeadShift | kStart;
    index_.Enter({&region_, at});
    next_ += granules;
    return at;
  }

  static constexpr std::uint32_t kGranules = 100000;
  std::vector<Entry> entries_;
  Region region_;
  FreeIndex index_;
  std::uint32_t next_ = 1;
};

TEST_F(FreeIndex_, WhatIsEmptyHasNothingToFind) {
  EXPECT_EQ(index_.Find(2).region, nullptr);
  EXPECT_EQ(index_.Largest().region, nullptr);
}

TEST_F(FreeIndex_, ABlockOfTheSizeIsFound) {
  Enter(9);
  const std::uint32_t wanted = Enter(10);
  Enter(300);
  EXPECT_EQ(index_.Find(10).index, wanted);
}

TEST_F(FreeIndex_, MoreGranulesThanAnyRegionHasAreNotFound) {
  Enter(5000);
  EXPECT_EQ(index_.Find((2u << FreeIndex::kIndexBits) - 1).region, nullptr);
}

// Blocks of several sizes share a bin: 1,025 to 1,087 granules.
TEST_F(FreeIndex_, TheBinThatHoldsSomeThatFitIsSearchedALittle) {
  const std::uint32_t fits = Enter(1050);
  for (int i = 0; i < 31; ++i) Enter(1026);
  EXPECT_EQ(index_.Find(1040).index, fits);
  Enter(1026);
  EXPECT_EQ(index_.Find(1040).region, nullptr);
}

TEST_F(FreeIndex_, TheLargestIsTheLargestOfItsBin) {
  Enter(1030);
  const std::uint32_t largest = Enter(1050);
  Enter(1026);
  EXPECT_EQ(index_.Largest().index, largest);
  index_.Remove({&region_, largest});
  EXPECT_NE(index_.Largest().index, largest);
}

}  // namespace
}  // namespace winmem::heap
