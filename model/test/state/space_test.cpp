#include <gtest/gtest.h>

#include "model/state/space.h"

namespace winmem::test {
namespace {

using spec::Allocation;
using spec::Lock;
using spec::Pages;
using spec::Range;
using spec::Space;
using spec::Written;

Allocation allocation(std::uint64_t base, std::uint64_t size, bool committed = false) {
  Allocation made;
  made.base = base;
  made.size = size;
  made.pages.push_back({0, committed, Lock::none, committed ? 4u : 0u});
  return made;
}

void commit(Allocation& in, Range range, std::uint32_t protection = 4) {
  in.change(range, [=](Pages& pages) {
    pages.committed = true;
    pages.protection = protection;
  });
}

/// Offsets where its runs of pages begin.
std::vector<std::uint64_t> starts(const Allocation& of) {
  std::vector<std::uint64_t> result;
  result.reserve(of.pages.size());
  for (const Pages& pages : of.pages) result.push_back(pages.start);
  return result;
}

using Starts = std::vector<std::uint64_t>;

TEST(Allocation, AChangeInTheMiddleSplitsTheRunsInThree) {
  Allocation a = allocation(0x10000, 0x10000);
  commit(a, {0x14000, 0x16000});
  EXPECT_EQ(starts(a), (Starts{0, 0x4000, 0x6000}));
  EXPECT_FALSE(a.at(0x13fff).committed);
  EXPECT_TRUE(a.at(0x14000).committed);
  EXPECT_TRUE(a.at(0x15fff).committed);
  EXPECT_FALSE(a.at(0x16000).committed);
}

TEST(Allocation, EqualNeighboursJoinAgain) {
  Allocation a = allocation(0x10000, 0x10000);
  commit(a, {0x11000, 0x12000});
  commit(a, {0x12000, 0x14000});
  EXPECT_EQ(starts(a), (Starts{0, 0x1000, 0x4000}));
  commit(a, {0x11000, 0x14000}, 2);
  commit(a, {0x10000, 0x20000}, 2);
  EXPECT_EQ(starts(a), (Starts{0}));
}

TEST(Allocation, AChangeReachesFirstAndLastPage) {
  Allocation a = allocation(0x10000, 0x3000);
  commit(a, {0x10000, 0x11000});
  commit(a, {0x12000, 0x13000});
  EXPECT_EQ(starts(a), (Starts{0, 0x1000, 0x2000}));
  EXPECT_EQ(a.end_of_run(0x12000), 0x13000u);
  EXPECT_EQ(a.end_of_run(0x10800), 0x11000u);
}

TEST(Allocation, LocksDoNotEndARegionForAQuery) {
  Allocation a = allocation(0x10000, 0x4000, true);
  a.change({0x11000, 0x12000}, [](Pages& pages) { pages.lock = Lock::held; });
  EXPECT_EQ(a.pages.size(), 3u);
  EXPECT_EQ(a.end_of_run(0x10000), 0x14000u);
}

TEST(Allocation, AllAsksThePagesOfTheRangeAlone) {
  Allocation a = allocation(0x10000, 0x4000);
  commit(a, {0x11000, 0x13000});
  const auto committed = [](const Pages& pages) { return pages.committed; };
  EXPECT_TRUE(a.all({0x11000, 0x13000}, committed));
  EXPECT_FALSE(a.all({0x10000, 0x12000}, committed));
  EXPECT_FALSE(a.all({0x12000, 0x14000}, committed));
}

TEST(Space, FindsTheAllocationThatHoldsAnAddress) {
  Space space;
  space.add(allocation(0x10000, 0x1000));
  space.add(allocation(0x30000, 0x20000));
  EXPECT_EQ(space.find(0x10fff)->base, 0x10000u);
  EXPECT_EQ(space.find(0x11000), nullptr);
  EXPECT_EQ(space.find(0x4ffff)->base, 0x30000u);
  EXPECT_EQ(space.find(0xffff), nullptr);
}

TEST(Space, IsOccupiedWhereALivingAllocationIs) {
  Space space;
  space.add(allocation(0x20000, 0x3000));
  EXPECT_TRUE(space.occupied({0x10000, 0x20001}));
  EXPECT_TRUE(space.occupied({0x22fff, 0x30000}));
  EXPECT_FALSE(space.occupied({0x10000, 0x20000}));
  EXPECT_FALSE(space.occupied({0x23000, 0x30000}));
  space.taint({0x20000, 0x20001});
  EXPECT_FALSE(space.occupied({0x20000, 0x23000})) << "of a tainted one nobody knows";
}

TEST(Space, TheRestOfTheLastGranuleIsItsTail) {
  Space space;
  space.add(allocation(0x20000, 0x3000));
  EXPECT_FALSE(space.in_tail(0x22fff, 0x10000));
  EXPECT_TRUE(space.in_tail(0x23000, 0x10000));
  EXPECT_TRUE(space.in_tail(0x2ffff, 0x10000));
  EXPECT_FALSE(space.in_tail(0x30000, 0x10000));
  space.add(allocation(0x40000, 0x10000));
  EXPECT_FALSE(space.in_tail(0x50000, 0x10000)) << "a whole granule has no tail";
}

TEST(Space, CountsReservedAndCommittedBytes) {
  Space space;
  Allocation& a = space.add(allocation(0x10000, 0x10000));
  EXPECT_EQ(space.reserved(), 0x10000u);
  EXPECT_EQ(space.committed(), 0u);
  commit(a, {0x11000, 0x13000});
  EXPECT_EQ(space.committed_in(a, {0x10000, 0x12000}), 0x1000u);
  EXPECT_EQ(space.committed_in(a, a.range()), 0x2000u);
  space.count_committed(0x2000);
  space.add(allocation(0x30000, 0x5000, true));
  EXPECT_EQ(space.committed(), 0x7000u);
  space.remove(0x10000);
  EXPECT_EQ(space.reserved(), 0x5000u);
  EXPECT_EQ(space.committed(), 0x5000u);
  space.remove(0x10000);
  EXPECT_EQ(space.reserved(), 0x5000u) << "what is not there cannot go";
}

TEST(Space, ANewAllocationTakesThePlaceOfWhatItOverlaps) {
  Space space;
  space.add(allocation(0x10000, 0x40000, true));
  space.add(allocation(0x60000, 0x1000, true));
  space.add(allocation(0x30000, 0x40000, true));
  EXPECT_EQ(space.find(0x10000), nullptr);
  EXPECT_EQ(space.find(0x60000)->base, 0x30000u);
  EXPECT_EQ(space.reserved(), 0x40000u);
  EXPECT_EQ(space.committed(), 0x40000u);
}

TEST(Space, AnAllocationEndsWhereNumbersEnd) {
  Space space;
  const std::uint64_t top = 0ull - 0x10000;
  space.add(allocation(top, 0x40000));
  EXPECT_EQ(space.find(top + 0x8000)->base, top);
  EXPECT_EQ(space.find(0x8000), nullptr);
  EXPECT_TRUE(space.occupied({top, top + 1}));
}

TEST(Space, CountsWhatIsLockedOrMayBe) {
  Space space;
  Allocation& a = space.add(allocation(0x10000, 0x10000, true));
  a.change({0x10000, 0x12000}, [](Pages& pages) { pages.lock = Lock::held; });
  a.change({0x14000, 0x15000}, [](Pages& pages) { pages.lock = Lock::open; });
  EXPECT_EQ(space.locked(), 0x3000u);
}

TEST(Allocation, DoubtsOnlyMarksOfWatchedPagesThatItIsToldToDoubt) {
  Allocation a = allocation(0x10000, 0x3000, true);
  a.doubt({0x10000, 0x13000}, {Written::no});
  EXPECT_EQ(a.at(0x10000).written, Written::no);
  a.write_watch = true;
  a.change({0x11000, 0x12000}, [](Pages& pages) { pages.written = Written::yes; });
  EXPECT_EQ(starts(a), (Starts{0, 0x1000, 0x2000}));
  EXPECT_EQ(a.end_of_run(0x10000), 0x13000u) << "a query does not tell of writes (VQ-013)";
  a.doubt({0x10000, 0x13000}, {Written::yes});
  EXPECT_EQ(a.at(0x10000).written, Written::no);
  EXPECT_EQ(a.at(0x11000).written, Written::open);
  a.doubt({0x10000, 0x13000}, {Written::no, Written::yes});
  EXPECT_EQ(starts(a), Starts{0});
}

}  // namespace
}  // namespace winmem::test
