#include "virtual/granule_index.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <iterator>
#include <map>
#include <random>

#include "system/layout.h"

namespace {

using winmem::vm::GranuleIndex;

// Every bit that an address can have.
constexpr std::uintptr_t kAllBits = winmem::system::kHighestAddress | 0x10000;

void* Value(std::uintptr_t address) {
  return reinterpret_cast<void*>(address + 1);
}

TEST(GranuleIndex, IsEmptyAtFirst) {
  const GranuleIndex index;
  EXPECT_EQ(index.AtOrBelow(kAllBits), nullptr);
  EXPECT_EQ(index.Above(0), nullptr);
}

TEST(GranuleIndex, FindsByEveryAddressOfTheGranule) {
  GranuleIndex index;
  ASSERT_TRUE(GranuleIndex::Prepare());
  index.Insert(0x30000, Value(3));
  EXPECT_EQ(index.AtOrBelow(0x3FFFF), Value(3));
  EXPECT_EQ(index.AtOrBelow(0x2FFFF), nullptr);
  EXPECT_EQ(index.Above(0x2FFFF), Value(3));
  EXPECT_EQ(index.Above(0x30000), nullptr);
  index.Erase(0x30000);
  EXPECT_EQ(index.AtOrBelow(0x3FFFF), nullptr);
}

TEST(GranuleIndex, KeepsANoteBesideAnEntryUntilItIsErased) {
  GranuleIndex index;
  EXPECT_EQ(index.Note(0x30000), 0u);
  ASSERT_TRUE(GranuleIndex::Prepare());
  index.Insert(0x30000, Value(3));
  EXPECT_EQ(index.Note(0x30000), 0u);
  index.SetNote(0x30000, 7);
  EXPECT_EQ(index.Note(0x3FFFF), 7u);
  EXPECT_EQ(index.Note(0x40000), 0u);
  ASSERT_TRUE(GranuleIndex::Prepare());
  index.Insert(0x40000, Value(4));
  index.Erase(0x30000);
  EXPECT_EQ(index.Note(0x30000), 0u);
  ASSERT_TRUE(GranuleIndex::Prepare());
  index.Insert(0x30000, Value(3));
  EXPECT_EQ(index.Note(0x30000), 0u);
  index.Erase(0x30000);
  index.Erase(0x40000);
}

// Against std::map, with clusters and with far neighbours.
TEST(GranuleIndex, DoesWhatAMapDoes) {
  std::mt19937_64 random(11);
  GranuleIndex index;
  std::map<std::uintptr_t, void*> map;
  for (int step = 0; step < 50000; ++step) {
    const int spread = static_cast<int>(random() % 32);
    const auto granule = static_cast<std::uintptr_t>(random() & ((std::uint64_t{1} << spread) - 1));
    const std::uintptr_t address = (granule << 16) & kAllBits;
    const auto here = map.find(address);
    if (here != map.end()) {
      index.Erase(address);
      map.erase(here);
    } else {
      ASSERT_TRUE(GranuleIndex::Prepare());
      index.Insert(address, Value(address));
      map[address] = Value(address);
    }
    const std::uintptr_t asked = (static_cast<std::uintptr_t>(random() >> 33) << 16) & kAllBits;
    for (const std::uintptr_t question : {asked, address}) {
      const auto above = map.upper_bound(question);
      EXPECT_EQ(index.Above(question), above == map.end() ? nullptr : above->second);
      EXPECT_EQ(index.AtOrBelow(question),
                above == map.begin() ? nullptr : std::prev(above)->second);
    }
  }
}

}  // namespace
