// GlobalAlloc, GlobalFree and their Local twins.
#include "model/test/oracle/judging.h"

namespace winmem::test {
namespace {

TEST(MoveableAlloc, FixedBlocksAreAlignedAndHandlesTagged) {
  judge(R"(
GlobalAlloc(GMEM_FIXED, 16) -> 0x601000
GlobalAlloc(GMEM_FIXED, 16) -> 0x601028                 ;; deviates Moveable.Alloc.Value.FixedAligned value
LocalAlloc(LMEM_FIXED, 0) -> 0x602000
GlobalAlloc(GMEM_MOVEABLE, 0) -> 0x500008
GlobalAlloc(GMEM_MOVEABLE, 0) -> 0x500020               ;; deviates Moveable.Alloc.Value.HandleTagged value
LocalAlloc(LMEM_MOVEABLE, 0) -> 0x500030)");
}

TEST(MoveableAlloc, ImpossibleSizesAndUntestedFlags) {
  judge(R"(
GlobalAlloc(GMEM_FIXED, SIZE_MAX) -> NULL !ERROR_NOT_ENOUGH_MEMORY
LocalAlloc(LMEM_MOVEABLE, SIZE_MAX) -> NULL             ;; conforms Moveable.Alloc.Size.Possible
LocalAlloc(LMEM_MOVEABLE, SIZE_MAX) -> 0x500008         ;; deviates Moveable.Alloc.Size.Possible value
GlobalAlloc(GMEM_MODIFY, 16) -> 0x601008                ;; unjudged Moveable.Alloc.Flags.Untested
LocalAlloc(0x1000, 16) -> NULL !ERROR_INVALID_PARAMETER ;; unjudged Moveable.Alloc.Flags.Untested
GlobalAlloc(GMEM_NOT_BANKED|GMEM_NOTIFY|GMEM_DISCARDABLE, 16) -> NULL   ;; deviates Moveable.Alloc.Allocates value)");
}

TEST(MoveableAlloc, ZeroinitIsZeroForHandlesToo) {
  judge(R"(
p = GlobalAlloc(GPTR, 16) -> 0x601000
read(p, 16) -> 0x00*16
g = LocalAlloc(LHND, 16) -> 0x500008
d = LocalLock(g) -> 0x602000
read(d, 16) -> 0x00*15 0x01*1                           ;; deviates read.ContentsSurvive contents)");
}

TEST(MoveableFree, GivesNullAndTheArgumentWhereItFails) {
  judge(R"(
g = GlobalAlloc(GMEM_MOVEABLE, 16) -> 0x500008
GlobalFree(g) -> NULL
GlobalFree(g) -> g !ERROR_INVALID_HANDLE
GlobalFree(NULL) -> NULL
LocalFree(PTR(-1)) -> PTR(-1) !ERROR_INVALID_HANDLE
LocalFree(PTR(-0x21524120)) -> PTR(-0x21524120) !ERROR_NOACCESS
LocalFree(PTR(-0x21524120)) -> NULL                     ;; deviates Moveable.Free.Unmapped value)");
}

TEST(MoveableFree, ALockDoesNotProtect) {
  judge(R"(
g = LocalAlloc(LMEM_MOVEABLE, 16) -> 0x500008
d = LocalLock(g) -> 0x601000
LocalFree(g) -> NULL
h = GetProcessHeap() -> 0x600000
HeapAlloc(h, 0, 16) -> 0x601000)");
}

TEST(MoveableFree, TheDataPointerOfALockedObjectFreesItsData) {
  judge(R"(
g = GlobalAlloc(GMEM_MOVEABLE, 16) -> 0x500008
d = GlobalLock(g) -> 0x601000
GlobalFree(d) -> NULL                                   ;; conforms Moveable.Free.DataPointer
GlobalFlags(g) -> 0x1                                   ;; unjudged)");
  judge(R"(
g = GlobalAlloc(GMEM_MOVEABLE, 16) -> 0x500008
d = GlobalLock(g) -> 0x601000
GlobalUnlock(g) -> FALSE !ERROR_SUCCESS
GlobalFree(d) -> NULL                                   ;; unjudged Moveable.Free.NotTold)");
}

TEST(MoveableFree, AcrossFamiliesOnlyOneWayIsTested) {
  judge(R"(
l = LocalAlloc(LMEM_FIXED, 16) -> 0x601000
GlobalFree(l) -> NULL                                   ;; conforms Moveable.Free.Frees
g = GlobalAlloc(GMEM_FIXED, 16) -> 0x602000
LocalFree(g) -> NULL                                    ;; unjudged Moveable.Free.NotTold
k = LocalAlloc(LMEM_MOVEABLE, 16) -> 0x500008
GlobalFree(k) -> NULL                                   ;; unjudged Moveable.Free.NotTold
h = GetProcessHeap() -> 0x600000
p = HeapAlloc(h, 0, 16) -> 0x603000
LocalFree(p) -> NULL                                    ;; unjudged Moveable.Free.NotTold
GlobalFree(0x123450) -> 0x123450 !ERROR_INVALID_HANDLE  ;; undefined Moveable.Free.NotMemory)");
}

}  // namespace
}  // namespace winmem::test
