// Many calls in one line: counts, strides, slices.
#include "model/test/oracle/judging.h"

namespace winmem::test {
namespace {

TEST(Repetition, AStrideGivesEachCallItsValue) {
  judge(R"(
b = 4 * GlobalAlloc(GMEM_MOVEABLE, 0) -> 0x500008*4 by 0x10
GlobalSize(b[3]) -> 0
GlobalFree(each b) -> NULL*4
GlobalFree(b[3]) -> 0x500038 !ERROR_INVALID_HANDLE)");
}

TEST(Repetition, TheSameValueTwiceIsAnOverlapInItsPlay) {
  const Judging run(
      "b = 4 * GlobalAlloc(GMEM_MOVEABLE, 0) -> 0x500008*2 by 0x10, 0x500008, 0x500038   ;; "
      "deviates Moveable.Alloc.Value.ApartFromAllLiving value");
  run.check();
  EXPECT_EQ(run.last().play, 2u);
}

TEST(Repetition, OutcomesMayChangeOnTheWay) {
  judge(R"(
g = GlobalAlloc(GMEM_MOVEABLE, 16) -> 0x500008
d = GlobalLock(g) -> 0x601000
255 * GlobalLock(g) -> d*255
GlobalFlags(g) -> 0xff
254 * GlobalUnlock(g) -> TRUE*254
GlobalUnlock(g) -> FALSE !ERROR_SUCCESS)");
}

TEST(Repetition, WhatComesAfterADeviationIsFollowed) {
  judge(R"(
h = HeapCreate(0, 0, 0) -> 0x600000
b = 3 * HeapAlloc(h, 0, 16) -> 0x601000*3 by 0x10
HeapFree(h, 0, each b) -> FALSE !?, TRUE*2   ;; deviates HeapFree.Frees value
p = HeapAlloc(h, 0, 16) -> 0x601010
q = HeapAlloc(h, 0, 16) -> 0x601020)");
}

TEST(Repetition, ASliceAndItsReverseReachTheirElementsAlone) {
  judge(R"(
h = HeapCreate(0, 0, 0) -> 0x600000
b = 4 * HeapAlloc(h, 0, 8) -> 0x601000*4 by 0x10
HeapFree(h, 0, each reversed b[1..3]) -> TRUE*2
HeapSize(h, 0, b[0]) -> 8
HeapSize(h, 0, b[3]) -> 8
HeapValidate(h, 0, b[1]) -> TRUE     ;; unjudged)");
}

TEST(Repetition, AnOutcomeThatTellsOfFewerCallsIsNotJudged) {
  judge("3 * GetLargePageMinimum() -> 0x200000*2   ;; unjudged");
}

TEST(Repetition, SixtyFiveThousandHandlesAreThere) {
  judge(R"(
b = 64000 * GlobalAlloc(GMEM_MOVEABLE, 0) -> 0x1000008*64000 by 0x10
g = GlobalAlloc(GMEM_MOVEABLE, 0) -> NULL !ERROR_NOT_ENOUGH_MEMORY    ;; conforms Moveable.Alloc.LastHandles
c = 1536 * LocalAlloc(LMEM_MOVEABLE, 0) -> 0x2000008*1536 by 0x10
LocalAlloc(LMEM_MOVEABLE, 0) -> NULL !ERROR_NOT_ENOUGH_MEMORY         ;; conforms Moveable.Alloc.HandlesRunOut
GlobalAlloc(GMEM_MOVEABLE, 0) -> 0x3000008                            ;; deviates Moveable.Alloc.HandlesRunOut value
p = GlobalAlloc(GMEM_DISCARDABLE, 0) -> 0x601000
GlobalFree(each b) -> NULL*64000
LocalAlloc(LMEM_MOVEABLE, 0) -> NULL !ERROR_NOT_ENOUGH_MEMORY         ;; deviates Moveable.Alloc.Allocates value)");
}

TEST(Repetition, BelowThatNumberAHandleIsDue) {
  judge(R"(
b = 63999 * GlobalAlloc(GMEM_MOVEABLE, 0) -> 0x1000008*63999 by 0x10
GlobalAlloc(GMEM_MOVEABLE, 0) -> NULL !ERROR_NOT_ENOUGH_MEMORY        ;; deviates Moveable.Alloc.Allocates value)");
}

}  // namespace
}  // namespace winmem::test
