#include <gtest/gtest.h>

#include "model/state/blocks.h"

namespace winmem::test {
namespace {

using spec::Block;
using spec::Blocks;
using spec::Owner;

Block block(std::uint64_t base, std::uint64_t size, std::uint64_t heap = 9) {
  Block made;
  made.base = base;
  made.size = size;
  made.heap = heap;
  return made;
}

TEST(Blocks, AreFoundByTheirStartAndByTheirBytes) {
  Blocks blocks;
  blocks.add(block(0x1000, 16));
  EXPECT_EQ(blocks.starting_at(0x1000)->size, 16u);
  EXPECT_EQ(blocks.starting_at(0x1001), nullptr);
  EXPECT_EQ(blocks.find(0x100f)->base, 0x1000u);
  EXPECT_EQ(blocks.find(0x1010), nullptr);
}

TEST(Blocks, OfZeroBytesHaveAnAddressOfTheirOwn) {
  Blocks blocks;
  blocks.add(block(0x1000, 0));
  EXPECT_NE(blocks.find(0x1000), nullptr);
  EXPECT_TRUE(blocks.occupied({0x1000, 0x1001}));
  EXPECT_FALSE(blocks.occupied({0x1001, 0x1002}));
}

TEST(Blocks, OccupyTheirBytesUnlessTheyAreExceptedOrTainted) {
  Blocks blocks;
  const Block& first = blocks.add(block(0x1000, 16));
  Block& second = blocks.add(block(0x1010, 16));
  EXPECT_TRUE(blocks.occupied({0xfff, 0x1001}));
  EXPECT_FALSE(blocks.occupied({0x1000, 0x1010}, &first));
  EXPECT_TRUE(blocks.occupied({0x1000, 0x1011}, &first)) << "growth in place runs into the next";
  second.tainted = true;
  EXPECT_FALSE(blocks.occupied({0x1000, 0x1011}, &first));
}

TEST(Blocks, MeetingTellsAllOfARange) {
  Blocks blocks;
  for (std::uint64_t i = 0; i < 4; ++i) blocks.add(block(0x1000 + i * 16, 16));
  EXPECT_EQ(blocks.meeting({0x100f, 0x1021}).size(), 3u);
  EXPECT_TRUE(blocks.meeting({0x1040, 0x2000}).empty());
}

TEST(Blocks, BytesAreThoseOfLivingBlocksButOfMoveableData) {
  Blocks blocks;
  blocks.add(block(0x1000, 100));
  Block data = block(0x2000, 50);
  data.owner = Owner::moveable;
  blocks.add(data);
  EXPECT_EQ(blocks.bytes(), 100u);
  blocks.remove(0x2000);
  blocks.remove(0x1000);
  blocks.remove(0x1000);
  EXPECT_EQ(blocks.bytes(), 0u);
}

TEST(Blocks, OfAHeapGoWithIt) {
  Blocks blocks;
  blocks.add(block(0x1000, 100, 1));
  blocks.add(block(0x2000, 100, 2));
  blocks.add(block(0x3000, 100, 1));
  blocks.remove_heap(1);
  EXPECT_EQ(blocks.find(0x1000), nullptr);
  EXPECT_NE(blocks.find(0x2000), nullptr);
  EXPECT_EQ(blocks.find(0x3000), nullptr);
  EXPECT_EQ(blocks.bytes(), 100u);
}

TEST(Blocks, ABlockEndsWhereNumbersEnd) {
  Blocks blocks;
  blocks.add(block(0ull - 16, 100));
  EXPECT_NE(blocks.find(0ull - 8), nullptr);
  EXPECT_EQ(blocks.find(8), nullptr);
}

}  // namespace
}  // namespace winmem::test
