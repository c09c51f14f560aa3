#include "model/test/oracle/judging.h"

namespace winmem::test {
namespace {

const char* const locked =
    "g = GlobalAlloc(GMEM_MOVEABLE, 16) -> 0x500008\nd = GlobalLock(g) -> 0x601000\n"
    "pattern(d, 16, 7) -> ok\n";

TEST(MoveableReAlloc, ContentsSurviveGrowthUnderTheHandle) {
  judge(std::string(locked) + R"(
GlobalReAlloc(g, 32, GMEM_MOVEABLE|GMEM_ZEROINIT) -> g
GlobalFlags(g) -> 1
e = GlobalLock(g) -> 0x602000
read(e, 32) -> pattern(7)+0*16 0x00*16
read(d, 1) -> 0x00*1                                    ;; unjudged Access.NotTold
GlobalReAlloc(g, 8, 0) -> g
read(e, 8) -> pattern(7)+0*8
GlobalSize(g) -> 8
GlobalReAlloc(g, 8, 0) -> 0x500018                      ;; deviates Moveable.ReAlloc.SameSize value)");
}

TEST(MoveableReAlloc, ALockedObjectGrowsInPlaceOrNotAtAll) {
  judge(std::string(locked) + R"(
GlobalReAlloc(g, 512, 0) -> NULL !ERROR_NOT_ENOUGH_MEMORY
GlobalSize(g) -> 0x10
GlobalReAlloc(g, 512, 0) -> g
read(d, 16) -> pattern(7)+0*16)");
}

TEST(MoveableReAlloc, SizeZeroDiscardsWhatIsNotLocked) {
  judge(std::string(locked) + R"(
GlobalReAlloc(g, 0, GMEM_MOVEABLE) -> NULL              ;; conforms Moveable.ReAlloc.Zero.NotWhileLocked
GlobalUnlock(g) -> FALSE !ERROR_SUCCESS
GlobalReAlloc(g, 0, 0) -> NULL !ERROR_INVALID_PARAMETER ;; conforms Moveable.ReAlloc.Zero.NeedsMoveable
GlobalReAlloc(g, 0, GMEM_MOVEABLE) -> g                 ;; conforms Moveable.ReAlloc.Zero.Discards
GlobalFlags(g) -> GMEM_DISCARDED
GlobalSize(g) -> 0
GlobalReAlloc(g, 0, GMEM_MOVEABLE) -> g                 ;; unjudged Moveable.ReAlloc.Untested)");
}

TEST(MoveableReAlloc, ADiscardedObjectGetsMemoryAgain) {
  judge(R"(
g = LocalAlloc(LMEM_MOVEABLE, 0) -> 0x500008
LocalReAlloc(g, 10, LMEM_MOVEABLE) -> g
LocalSize(g) -> 0x10
LocalSize(g) -> 9                                       ;; deviates Moveable.Size.Regrown value)");
}

TEST(MoveableReAlloc, ModifyIgnoresTheSize) {
  judge(std::string(locked) + R"(
GlobalReAlloc(g, SIZE_MAX, GMEM_MODIFY|GMEM_DISCARDABLE) -> g
GlobalFlags(g) -> 0x101
GlobalReAlloc(g, 0, GMEM_MODIFY) -> g
GlobalFlags(g) -> 0x1
GlobalSize(g) -> 0x10
GlobalReAlloc(g, 512, GMEM_MOVEABLE|GMEM_DISCARDABLE) -> NULL   ;; conforms Moveable.ReAlloc.DiscardableNeedsModify
read(d, 16) -> pattern(7)+0*16)");
}

TEST(MoveableReAlloc, GlobalConvertsFixedBlocksAndLocalDoesNot) {
  judge(R"(
p = GlobalAlloc(GMEM_FIXED, 16) -> 0x601000
pattern(p, 16, 3) -> ok
g = GlobalReAlloc(p, 0, GMEM_MODIFY|GMEM_MOVEABLE) -> 0x500008
GlobalSize(g) -> 0x10
GlobalFlags(g) -> 0x2000
d = GlobalLock(g) -> 0x602000
read(d, 16) -> pattern(3)+0*16
l = LocalAlloc(LMEM_FIXED, 16) -> 0x603000
LocalReAlloc(l, 0, LMEM_MODIFY|LMEM_MOVEABLE) -> l
LocalReAlloc(l, 0, LMEM_MODIFY|LMEM_MOVEABLE) -> 0x500018   ;; deviates Moveable.ReAlloc.Modify.Fixed value)");
}

TEST(MoveableReAlloc, AFixedBlockMovesOnlyWithTheFlag) {
  judge(R"(
p = GlobalAlloc(GMEM_FIXED, 16) -> 0x601000
pattern(p, 16, 3) -> ok
GlobalReAlloc(p, 32, 0) -> NULL !ERROR_NOT_ENOUGH_MEMORY
q = GlobalReAlloc(p, 32, GMEM_MOVEABLE|GMEM_ZEROINIT) -> 0x602000
read(q, 32) -> pattern(3)+0*16 0x00*16
r = GlobalReAlloc(q, 0, GMEM_MOVEABLE) -> 0x603000
GlobalFree(r) -> NULL
s = LocalAlloc(LMEM_FIXED, 16) -> 0x604000
LocalReAlloc(s, 8, 0) -> 0x605000                       ;; deviates Moveable.ReAlloc.FixedStays value)");
  judge(R"(
p = LocalAlloc(LMEM_FIXED, 16) -> 0x601000
q = LocalAlloc(LMEM_FIXED, 16) -> 0x601010
LocalReAlloc(p, 32, LMEM_MOVEABLE) -> p                 ;; deviates Moveable.ReAlloc.Value.StaysFixed value)");
}

TEST(MoveableReAlloc, AZeroByteBlockMayHaveHadAByte) {
  judge(R"(
p = GlobalAlloc(GMEM_FIXED, 0) -> 0x601000
q = GlobalReAlloc(p, 4, GMEM_MOVEABLE|GMEM_ZEROINIT) -> 0x602000
read(q, 4) -> 0xcd*1 0x00*3
read(q, 4) -> 0xcd*1 0x01*3                             ;; deviates read.ContentsSurvive contents)");
}

TEST(MoveableReAlloc, WhatIsNoObjectIsRefused) {
  judge(R"(
GlobalReAlloc(NULL, 0, 0) -> NULL !ERROR_NOT_ENOUGH_MEMORY
LocalReAlloc(PTR(-0x21524118), 0, LMEM_MOVEABLE) -> NULL !ERROR_INVALID_HANDLE
LocalReAlloc(PTR(-0x21524120), 0, LMEM_MOVEABLE) -> NULL !ERROR_NOACCESS
LocalReAlloc(PTR(-0x21524120), 0, LMEM_MODIFY) -> NULL  ;; unjudged Moveable.ReAlloc.Untested
LocalReAlloc(PTR(-0x21524120), 0, 0x8002) -> NULL       ;; unjudged Moveable.ReAlloc.Untested
g = GlobalAlloc(GMEM_MOVEABLE, 16) -> 0x500008
GlobalReAlloc(g, SIZE_MAX, 0) -> NULL !ERROR_NOT_ENOUGH_MEMORY
GlobalSize(g) -> 0x10)");
}

TEST(MoveableReAlloc, OfADataPointerLittleIsTold) {
  judge(std::string(locked) + R"(
GlobalReAlloc(d, 32, GMEM_MOVEABLE) -> 0x602000         ;; unjudged Moveable.ReAlloc.NotTold
GlobalSize(g) -> 0                                      ;; unjudged)");
  judge(std::string(locked) +
        "GlobalReAlloc(d, 16, 0) -> NULL   ;; deviates Moveable.ReAlloc.DataPointer value");
  judge(std::string(locked) +
        "GlobalReAlloc(d, 0, GMEM_MOVEABLE) -> NULL   ;; deviates Moveable.ReAlloc.DataPointer "
        "value");
  judge(std::string(locked) +
        "GlobalReAlloc(d, 0, GMEM_ZEROINIT) -> NULL !ERROR_NOT_ENOUGH_MEMORY   ;; unjudged "
        "Moveable.ReAlloc.NotTold");
}

TEST(MoveableReAlloc, TheSameSizeAndADiscardLeaveTheLastErrorAlone) {
  judge(R"(
g = GlobalAlloc(GMEM_MOVEABLE, 16) -> 0x500008
GlobalReAlloc(g, 16, 0) -> g
GlobalReAlloc(g, 16, 0) -> g !ERROR_SUCCESS             ;; deviates Moveable.ReAlloc.SameSize last error)");
  judge(R"(
g = GlobalAlloc(GMEM_MOVEABLE, 16) -> 0x500008
GlobalReAlloc(g, 0, GMEM_MOVEABLE) -> g !ERROR_SUCCESS  ;; deviates Moveable.ReAlloc.Zero.Discards last error)");
}

TEST(MoveableReAlloc, ALargeFixedBlockShrinksWhereItIs) {
  judge(R"(
p = GlobalAlloc(GMEM_FIXED, 0x20000) -> 0x610000
GlobalReAlloc(p, 10, GMEM_MOVEABLE) -> 0x640000         ;; deviates Moveable.ReAlloc.LargeFixedShrinks value)");
  judge(R"(
p = LocalAlloc(LMEM_FIXED, 0x20000) -> 0x610000
LocalReAlloc(p, 0, 0) -> NULL !ERROR_NOT_ENOUGH_MEMORY  ;; deviates Moveable.ReAlloc.LargeFixedShrinks value)");
  judge(R"(
p = LocalAlloc(LMEM_FIXED, 200000) -> 0x610000
q = LocalAlloc(LMEM_FIXED, 200001) -> 0x660000
LocalReAlloc(q, 0, LMEM_MOVEABLE) -> 0x6a0000
LocalReAlloc(p, 0, LMEM_MOVEABLE) -> 0x6b0000           ;; deviates Moveable.ReAlloc.LargeFixedShrinks value)");
}

TEST(MoveableReAlloc, ASmallFixedBlockThatCannotGrowLacksMemory) {
  judge(R"(
p = GlobalAlloc(GMEM_FIXED, 12) -> 0x601000
GlobalReAlloc(p, 12, 0) -> NULL !ERROR_NOT_ENOUGH_MEMORY
GlobalReAlloc(p, 13, 0) -> p
GlobalFree(p) -> NULL
q = GlobalAlloc(GMEM_FIXED, 12) -> 0x601000
GlobalReAlloc(q, 24, 0) -> NULL !ERROR_INVALID_HANDLE   ;; deviates Moveable.ReAlloc.SmallFixedStays value)");
}

TEST(MoveableReAlloc, TheKindOfTheHeapTellsWhatBecomesOfADataPointerToNothing) {
  const std::string held = R"(
h = GlobalAlloc(GMEM_MOVEABLE, 4) -> 0x500008
d = GlobalLock(h) -> 0x601000
)";
  const std::string mark = "   ;; deviates Moveable.ReAlloc.DataPointer.";
  const std::string lacks = "GlobalReAlloc(d, 0, 0) -> NULL !ERROR_NOT_ENOUGH_MEMORY";
  judge(held + "GlobalReAlloc(d, 0, 0) -> d\nGlobalSize(h) -> 4   ;; unjudged");
  judge(held + "GlobalReAlloc(d, 0, 0) -> 0x602000" + mark + "ToNothing value");
  judge(held + lacks + mark + "ToNothing value");
  const std::string segment = "# system: heap=segment\n" + held;
  judge(segment + lacks + "\nGlobalSize(h) -> 4");
  judge(segment + "GlobalReAlloc(d, 0, 0) -> d" + mark + "NotToNothing value");
  judge("# system: heap=own\n" + held + lacks + "   ;; unjudged Moveable.ReAlloc.NotTold");
}

const std::string served = R"(
b = 18 * GlobalAlloc(GMEM_FIXED, 12) -> 0x10000*18 by 0x20
GlobalFree(each b) -> NULL*18
p = GlobalAlloc(GMEM_FIXED, 12) -> 0x20000
h = GlobalAlloc(GMEM_MOVEABLE, 12) -> 0x30008
d = GlobalLock(h) -> 0x30100
)";

TEST(MoveableReAlloc, WhatTheFrontEndServesIsNotResizedInPlace) {
  judge(served + R"(
GlobalReAlloc(p, 12, 0) -> NULL !ERROR_NOT_ENOUGH_MEMORY
GlobalReAlloc(p, 512, 0) -> NULL !ERROR_NOT_ENOUGH_MEMORY
GlobalReAlloc(p, 10, 0) -> NULL !ERROR_INVALID_HANDLE
GlobalReAlloc(h, 512, 0) -> NULL
GlobalReAlloc(p, 512, 0) -> p      ;; deviates Moveable.ReAlloc.FrontEnd.DoesNotGrow value)");
  judge(served +
        "GlobalReAlloc(p, 10, 0) -> p "
        ";; deviates Moveable.ReAlloc.FrontEnd.DoesNotShrink value");
  judge(served +
        "GlobalReAlloc(p, 12, 0) -> p "
        ";; deviates Moveable.ReAlloc.FrontEnd.RefusesItsOwnSize value");
  judge(served +
        "GlobalReAlloc(h, 512, 0) -> h "
        ";; deviates Moveable.ReAlloc.FrontEnd.LockedDoesNotGrow value");
}

TEST(MoveableReAlloc, OnlyTheNtHeapRefusesABlockItsOwnSize) {
  for (const std::string kind : {"segment", "own"}) {
    const std::string head = "# system: heap=" + kind + "\n" + served;
    judge(head + "GlobalReAlloc(p, 12, 0) -> p");
    judge(head + "GlobalReAlloc(h, 512, 0) -> h");
    judge(head +
          "GlobalReAlloc(p, 13, 0) -> p "
          ";; deviates Moveable.ReAlloc.FrontEnd.DoesNotGrow value");
  }
}

TEST(MoveableReAlloc, TheFrontEndComesBehind18BlocksAtOnceThatWereFreed) {
  judge(R"(
b = 17 * GlobalAlloc(GMEM_FIXED, 12) -> 0x10000*17 by 0x20
GlobalFree(each b) -> NULL*17
p = GlobalAlloc(GMEM_FIXED, 12) -> 0x20000
GlobalReAlloc(p, 512, 0) -> p)");
  judge(R"(
b = 18 * GlobalAlloc(GMEM_FIXED, 12) -> 0x10000*18 by 0x20
GlobalFree(each b[1..18]) -> NULL*17
p = GlobalAlloc(GMEM_FIXED, 12) -> 0x20000
GlobalReAlloc(p, 512, 0) -> p)");
  judge(R"(
b = 18 * GlobalAlloc(GMEM_FIXED, 13) -> 0x10000*18 by 0x20
GlobalFree(each b) -> NULL*18
p = GlobalAlloc(GMEM_FIXED, 13) -> 0x20000
GlobalReAlloc(p, 512, 0) -> p)");
  judge(served + R"(
q = GlobalReAlloc(p, 13, GMEM_MOVEABLE) -> 0x20000
GlobalReAlloc(q, 512, 0) -> q)");
}

TEST(MoveableReAlloc, AConvertedBlockIsCopiedWithTheSizesThatWereTested) {
  const auto converts = [](const std::string& size, const std::string& asked,
                           const std::string& mark) {
    judge("p = GlobalAlloc(GMEM_FIXED, " + size + ") -> 0x601000\nh = GlobalReAlloc(p, " + asked +
          ", GMEM_MODIFY|GMEM_MOVEABLE) -> 0x500008\nGlobalLock(h) -> 0x601000" + mark);
  };
  const std::string mark = " ;; deviates GlobalLock.Value.Copied value";
  converts("12", "512", mark);
  converts("0x20000", "512", mark);
  converts("12", "0", "");
  converts("100000", "512", "");
}

}  // namespace
}  // namespace winmem::test
