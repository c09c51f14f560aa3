// The lives of names.
#include "model/language/bindings.h"

#include <gtest/gtest.h>

#include "model/test/language/playing.h"

namespace winmem::test {
namespace {

using State = Binding::State;

TEST(Bindings, ANameIsUnboundUntilItsCallIsPlayedThenLivesOrFailed) {
  Playing p(
      "p = VirtualAlloc(NULL, 0x1000, MEM_RESERVE, 1) -> 0x10000\n"
      "q = VirtualAlloc(NULL, 0x1000, MEM_RESERVE, 1) -> NULL !8");
  EXPECT_EQ(p.state("p"), State::unbound);
  p.play();
  EXPECT_EQ(p.state("p"), State::living);
  EXPECT_EQ(p.binding("p").value, 0x10000u);
  EXPECT_EQ(p.binding("p").extent, 0x1000u);
  EXPECT_EQ(p.state("q"), State::failed);
}

TEST(Bindings, OnlyAReleaseEndsPagesAndADecommitDoesNot) {
  Playing p(
      "p = VirtualAlloc(NULL, 0x2000, MEM_RESERVE, 1) -> 0x10000\n"
      "VirtualFree(p, 0, MEM_DECOMMIT) -> TRUE\n"
      "VirtualFree(p, 1, MEM_RELEASE) -> FALSE !87\n"
      "VirtualFree(p, 0, MEM_RELEASE) -> TRUE");
  EXPECT_EQ(p.play(3).state("p"), State::living);
  EXPECT_EQ(p.play().state("p"), State::ended);
  EXPECT_EQ(p.binding("p").value, 0x10000u) << "it is still the number that it was";
}

TEST(Bindings, AReleaseEndsEveryNameInsideTheAllocationAndNoOther) {
  Playing p(
      "p = VirtualAlloc(NULL, 0x30000, MEM_RESERVE, 1) -> 0x10000\n"
      "q = VirtualAlloc(p+0x1234, 1, MEM_COMMIT, 4) -> 0x11000\n"
      "r = VirtualAlloc(p+0x2ffff, 1, MEM_COMMIT, 4) -> 0x3f000\n"
      "s = VirtualAlloc(NULL, 0x1000, MEM_RESERVE, 1) -> 0x40000\n"
      "VirtualFree(p+0xfff, 0, MEM_RELEASE) -> TRUE");
  p.play();
  EXPECT_EQ(p.state("p"), State::ended);
  EXPECT_EQ(p.state("q"), State::ended);
  EXPECT_EQ(p.state("r"), State::ended);
  EXPECT_EQ(p.state("s"), State::living);
}

TEST(Bindings, AReleaseOfAHugeReservationEndsTheNamesInsideToo) {
  Playing p(
      "p = VirtualAlloc(NULL, 0x100000000, MEM_RESERVE, 1) -> 0x100000000\n"
      "q = VirtualAlloc(p+0xffffffff, 1, MEM_COMMIT, 4) -> 0x1fffff000\n"
      "s = VirtualAlloc(NULL, 1, MEM_RESERVE, 1) -> 0x200000000\n"
      "h = HeapCreate(0, 0, 0) -> 0x150000000\n"
      "VirtualFree(p, 0, MEM_RELEASE) -> TRUE");
  p.play();
  EXPECT_EQ(p.state("q"), State::ended);
  EXPECT_EQ(p.state("s"), State::living);
  EXPECT_EQ(p.state("h"), State::living);
}

TEST(Bindings, DestroyingAHeapEndsItsBlocks) {
  Playing p(
      "h = HeapCreate(0, 0, 0) -> 0x500000\n"
      "g = HeapCreate(0, 0, 0) -> 0x600000\n"
      "a = HeapAlloc(h, 0, 8) -> 0x500100\n"
      "b = HeapAlloc(g, 0, 8) -> 0x600100\n"
      "c = HeapReAlloc(h, 0, a, 99) -> 0x500200\n"
      "HeapDestroy(h) -> TRUE");
  EXPECT_EQ(p.play(5).state("a"), State::ended);
  EXPECT_EQ(p.state("c"), State::living);
  EXPECT_EQ(p.binding("c").owner, 0x500000u);
  p.play();
  EXPECT_EQ(p.state("h"), State::ended);
  EXPECT_EQ(p.state("c"), State::ended);
  EXPECT_EQ(p.state("g"), State::living);
  EXPECT_EQ(p.state("b"), State::living);
}

TEST(Bindings, AReallocationThatGivesTheSameValueBackKeepsTheNameAndItsNewSize) {
  Playing p(
      "h = GetProcessHeap() -> 0x500000\n"
      "a = HeapAlloc(h, 0, 8) -> 0x500100\n"
      "HeapReAlloc(h, 0, a, 99) -> a\n"
      "HeapReAlloc(h, 0, a, 200) -> NULL !8");
  p.play();
  EXPECT_EQ(p.state("a"), State::living);
  EXPECT_EQ(p.binding("a").extent, 99u);
}

TEST(Bindings, AModifyingReallocationKeepsTheSize) {
  Playing p(
      "a = GlobalAlloc(GMEM_MOVEABLE, 8) -> 0x5f0008\n"
      "GlobalReAlloc(a, 0x1000, GMEM_MODIFY|GMEM_DISCARDABLE) -> a\n"
      "GlobalReAlloc(a, 16, GMEM_MOVEABLE) -> a");
  EXPECT_EQ(p.play(2).binding("a").extent, 8u);
  EXPECT_EQ(p.play().binding("a").extent, 16u);
}

TEST(Bindings, AFreeOfAMoveableObjectEndsItsHandleAndItsLockedPointers) {
  Playing p(
      "a = GlobalAlloc(GMEM_MOVEABLE, 8) -> 0x5f0008\n"
      "q = GlobalLock(a) -> 0x700010\n"
      "b = GlobalHandle(q) -> a\n"
      "f = GlobalFree(a) -> a !6\n"
      "GlobalFree(a) -> NULL");
  p.play(4);
  EXPECT_EQ(p.state("a"), State::living);
  EXPECT_EQ(p.binding("q").extent, 8u);
  EXPECT_EQ(p.binding("b").extent, 8u);
  p.play();
  EXPECT_EQ(p.state("a"), State::ended);
  EXPECT_EQ(p.state("b"), State::ended);
  EXPECT_EQ(p.state("q"), State::ended);
}

TEST(Bindings, FixedMemoryThatIsLockedIsOneThing) {
  Playing p("a = LocalAlloc(LPTR, 8) -> 0x700010\nq = LocalLock(a) -> a\nLocalFree(q) -> NULL");
  p.play();
  EXPECT_EQ(p.state("a"), State::ended);
  EXPECT_EQ(p.state("q"), State::ended);
}

TEST(Bindings, AnAddressThatIsGivenOutAgainLivesUnderItsNewNameOnly) {
  Playing p(
      "h = GetProcessHeap() -> 0x500000\n"
      "a = HeapAlloc(h, 0, 8) -> 0x500100\n"
      "HeapFree(h, 0, a) -> TRUE\n"
      "b = HeapAlloc(h, 0, 8) -> 0x500100\n"
      "HeapFree(h, 0, b) -> TRUE(0x5)\n"
      "c = HeapAlloc(h, 0, 8) -> 0x500100\n");
  p.play();
  EXPECT_EQ(p.state("a"), State::ended);
  EXPECT_EQ(p.state("b"), State::ended);
  EXPECT_EQ(p.state("c"), State::living);
}

TEST(Bindings, ListsHaveOneBindingForEachPlay) {
  Playing p(
      "b = 5 * GlobalAlloc(GMEM_MOVEABLE, 4) -> 0x5f0008*4 by 0x10, NULL !8\n"
      "GlobalFree(each reversed b[1..3]) -> NULL*2\n");
  p.play(1);
  EXPECT_EQ(p.binding("b", 3).value, 0x5f0038u);
  EXPECT_EQ(p.state("b", 4), State::failed);
  const Call& free = p.reading().call(1);
  EXPECT_EQ(p.bindings().plays(free), 2u);
  EXPECT_EQ(p.bindings().resolve(free, free.arguments[0].value, 0), 0x5f0028u);
  EXPECT_EQ(p.bindings().resolve(free, free.arguments[0].value, 1), 0x5f0018u);
  p.play();
  EXPECT_EQ(p.state("b", 0), State::living);
  EXPECT_EQ(p.state("b", 1), State::ended);
  EXPECT_EQ(p.state("b", 2), State::ended);
  EXPECT_EQ(p.state("b", 3), State::living);
}

TEST(Bindings, FieldsOfAnOutcomeAreKept) {
  Playing p(
      "i = GetSystemInfo(out) -> ok {dwPageSize=0x1000 lpMaximumApplicationAddress=0x7fff0000}\n"
      "VirtualAlloc(i.lpMaximumApplicationAddress+0x10001, 2*PTRSIZE, 0, 0) -> NULL",
      32);
  p.play(1);
  const Call& call = p.reading().call(1);
  EXPECT_TRUE(p.bindings().usable(call, 0));
  EXPECT_EQ(p.bindings().resolve(call, call.arguments[0].value, 0), 0x80000001u);
  EXPECT_EQ(p.bindings().resolve(call, call.arguments[1].value, 0), 8u);
}

TEST(Bindings, ACallThroughANameWithoutAPointerIsNotUsable) {
  Playing p(
      "q = VirtualAlloc(NULL, 1, 0, 0) -> NULL !87\nload(q, 1) -> skipped\n"
      "r = VirtualAlloc(NULL, 1, 0, 0) -> raises STATUS_NO_MEMORY\nload(r, 1) -> skipped\n"
      "s = VirtualAlloc(NULL, 1, MEM_RESERVE, 1) -> 0x10000\nload(s, 1) -> 0\n");
  p.play();
  EXPECT_FALSE(p.bindings().usable(p.reading().call(1), 0));
  EXPECT_FALSE(p.bindings().usable(p.reading().call(3), 0));
  EXPECT_TRUE(p.bindings().usable(p.reading().call(5), 0));
}

TEST(Bindings, OffsetsWrapInsideThePointersOfTheProcess) {
  Playing p("p = image() -> 0x10\nload(p-0x20, 4) -> 0", 32);
  p.play(1);
  const Call& call = p.reading().call(1);
  EXPECT_EQ(p.bindings().resolve(call, call.arguments[0].value, 0), 0xfffffff0u);
}

TEST(Bindings, AnArenaThatIsTooSmallIsNoticed) {
  const Reading r("b = 65536 * GlobalAlloc(0, 0)");
  ASSERT_TRUE(r.ok);
  char memory[1000];
  Arena arena(memory, sizeof memory);
  EXPECT_FALSE(Bindings(r.script, System(), arena).valid());
}

TEST(Bindings, AreValidFromSomeSizeOfTheArenaOnAndNeverBelow) {
  const Reading r("i = GetSystemInfo(out)\np = image()\nb = 9 * GlobalAlloc(0, 0)");
  ASSERT_TRUE(r.ok);
  bool valid = false;
  for (std::size_t room = 0; room < 4000; room += 8) {
    const std::unique_ptr<char[]> memory(new char[room]);
    Arena arena(memory.get(), room);
    const bool now = Bindings(r.script, System(), arena).valid();
    EXPECT_TRUE(now || !valid) << room;
    valid = now;
  }
  EXPECT_TRUE(valid);
}

TEST(Bindings, TheLinesOfAThreadThatReturnsBindNothing) {
  Playing p(
      "T2: p = VirtualAlloc(NULL, 0x1000, MEM_RESERVE, 1) -> 0x10000\n"
      "T2: HeapLock(PTR(-1)) -> blocked\n"
      "T2 returns -> TRUE");
  EXPECT_EQ(p.play(2).state("p"), State::living);
}

TEST(Bindings, ASliceIsAsLongAsItSays) {
  Playing p("b = 5 * GlobalAlloc(0, 4) -> 0x10*5 by 0x10\nGlobalFree(each b[1..4]) -> NULL*3");
  p.play(1);
  const Call& free = p.reading().call(1);
  EXPECT_EQ(p.bindings().plays(free), 3u);
  EXPECT_EQ(p.bindings().resolve(free, free.arguments[0].value, 0), 0x20u);
  EXPECT_EQ(p.bindings().resolve(free, free.arguments[0].value, 2), 0x40u);
}

TEST(Bindings, AReleaseEndsNothingBelowThePageThatItNames) {
  Playing p(
      "p = VirtualAlloc(NULL, 0x1000, MEM_RESERVE, 1) -> 0x10000\n"
      "q = VirtualAlloc(NULL, 0x1000, MEM_RESERVE, 1) -> 0x11000\n"
      "VirtualFree(q, 0, MEM_RELEASE) -> TRUE");
  p.play();
  EXPECT_EQ(p.state("p"), State::living);
  EXPECT_EQ(p.state("q"), State::ended);
}

TEST(Bindings, ReleasesEndNoHeapWhateverItsHandleIs) {
  Playing p(
      "b = 64 * HeapCreate(0, 0, 0) -> 0x10001000*64 by 0x10000\n"
      "q = 64 * VirtualAlloc(NULL, 0x1000, MEM_RESERVE, 1) -> 0x10000000*64 by 0x10000\n"
      "VirtualFree(each q, 0, MEM_RELEASE) -> TRUE*64");
  p.play();
  for (std::uint32_t i = 0; i < 64; ++i) {
    EXPECT_EQ(p.state("b", i), State::living);
    EXPECT_EQ(p.state("q", i), State::ended);
  }
}

TEST(Bindings, AnAllocationThatWouldPassTheEndOfAllAddressesIsReleasedLikeOthers) {
  Playing p(
      "p = VirtualAlloc(NULL, SIZE_MAX, MEM_RESERVE, 1) -> 0x10000\n"
      "q = VirtualAlloc(NULL, 1, MEM_RESERVE, 1) -> 0x20000\n"
      "VirtualFree(p, 0, MEM_RELEASE) -> TRUE");
  p.play();
  EXPECT_EQ(p.state("p"), State::ended);
  EXPECT_EQ(p.state("q"), State::living);
}

TEST(Bindings, ManyEndsCostNoScans) {
  // 50,000 heaps, each with a block, destroyed one after the other: with a scan this would take
  // minutes.
  Playing p(
      "b = 50000 * HeapCreate(0, 0, 0) -> 0x100000*50000 by 0x10000\n"
      "c = HeapAlloc(each b, 0, 8) -> 0x100100*50000 by 0x10000\n"
      "HeapDestroy(each b) -> TRUE*50000");
  p.play();
  EXPECT_EQ(p.state("b", 49999), State::ended);
  EXPECT_EQ(p.state("c", 0), State::ended);
}

}  // namespace
}  // namespace winmem::test
