#include <gtest/gtest.h>

#include "model/state/state.h"

namespace winmem::test {
namespace {

using namespace spec;

Block data_of(std::uint64_t handle, std::uint64_t base) {
  Block made;
  made.base = base;
  made.size = 16;
  made.owner = Owner::moveable;
  made.object = handle;
  return made;
}

TEST(State, RoundsToPagesAndGranules) {
  const State state;
  EXPECT_EQ(state.page_down(0x12345), 0x12000u);
  EXPECT_EQ(state.page_up(0x12001), 0x13000u);
  EXPECT_EQ(state.page_up(0x12000), 0x12000u);
  EXPECT_EQ(state.granule_down(0x12345), 0x10000u);
}

TEST(State, CountsMoveableObjectsWhetherOrNotTheirDataIsKnown) {
  State state;
  Moveable& object = state.objects[8];
  object.handle = 8;
  state.resize(object, 100);
  EXPECT_EQ(state.committed(), 100u);
  state.add(data_of(8, 0x1000));
  EXPECT_EQ(state.committed(), 100u);
  state.resize(object, 10);
  EXPECT_EQ(state.reserved(), 10u);
}

TEST(State, ABlockInAnothersPlaceLeavesThatOneInDoubt) {
  State state;
  Moveable& object = state.objects[8];
  object.handle = 8;
  object.data = 0x1000;
  state.add(data_of(8, 0x1000));
  Block other;
  other.base = 0x1008;
  other.size = 4;
  state.add(other);
  EXPECT_EQ(object.data, 0u);
  EXPECT_TRUE(object.tainted);
  EXPECT_EQ(state.blocks.find(0x1000), nullptr);
  EXPECT_NE(state.blocks.find(0x1008), nullptr);
}

TEST(State, TaintReachesAllThatLivesInTheRange) {
  State state;
  Moveable& object = state.objects[8];
  object.data = 0x21000;
  state.add(data_of(8, 0x21000));
  Allocation allocation;
  allocation.base = 0x10000;
  allocation.size = 0x10000;
  allocation.pages.push_back({});
  state.space.add(allocation);
  state.taint({0x1ffff, 0x21001});
  EXPECT_TRUE(state.space.find(0x10000)->tainted);
  EXPECT_TRUE(object.tainted);
  EXPECT_TRUE(state.blocks.find(0x21000)->tainted);
}

TEST(State, TaintLeavesNeighboursAlone) {
  State state;
  Block block;
  block.base = 0x1000;
  block.size = 16;
  state.add(block);
  state.taint({0xf00, 0x1000});
  state.taint({0x1010, 0x2000});
  EXPECT_FALSE(state.blocks.find(0x1000)->tainted);
}

}  // namespace
}  // namespace winmem::test
