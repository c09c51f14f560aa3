#include "model/test/oracle/judging.h"

namespace winmem::test {
namespace {

TEST(MoveableSize, IsTheRequestByHandleAndByPointer) {
  judge(R"(
g = GlobalAlloc(GMEM_MOVEABLE, 0x123) -> 0x500008
d = GlobalLock(g) -> 0x601000
GlobalSize(g) -> 0x123
GlobalSize(d) -> 0x123
z = GlobalAlloc(GMEM_FIXED, 0) -> 0x602000
GlobalSize(z) -> 1
GlobalSize(z) -> 0                                      ;; deviates Moveable.Size.AsRequested value
y = LocalAlloc(LMEM_FIXED, 0) -> 0x603000
LocalSize(y) -> 1                                       ;; deviates Moveable.Size.AsRequested value
GlobalSize(NULL) -> 0 !ERROR_INVALID_HANDLE
LocalSize(NULL) -> 0
GlobalSize(g) -> 0x123 !ERROR_SUCCESS                   ;; deviates Moveable.Size.AsRequested last error)");
}

TEST(MoveableSize, OfABlockThatWasEmptiedIsZeroOrOneWhereItWasSmall) {
  judge(R"(
p = GlobalAlloc(GMEM_FIXED, 16) -> 0x602000
q = GlobalReAlloc(p, 0, GMEM_MOVEABLE) -> 0x603000
GlobalSize(q) -> 0
GlobalSize(q) -> 1
GlobalSize(q) -> 8                                      ;; deviates Moveable.Size.DoubtfulZero value
l = GlobalAlloc(GMEM_FIXED, 0x20000) -> 0x610000
GlobalReAlloc(l, 0, 0) -> l
GlobalSize(l) -> 1                                      ;; deviates Moveable.Size.AsRequested value)");
}

TEST(MoveableSize, OfAnObjectThatGotMemoryAgainIsRoundedUpALittle) {
  judge(R"(
g = GlobalAlloc(GMEM_MOVEABLE, 0) -> 0x500008
GlobalReAlloc(g, 10, GMEM_MOVEABLE) -> g
GlobalSize(g) -> 16
GlobalSize(g) -> 9                                      ;; deviates Moveable.Size.Regrown value)");
  judge(R"(
g = GlobalAlloc(GMEM_MOVEABLE, 0) -> 0x500008
GlobalReAlloc(g, 10, GMEM_MOVEABLE) -> g
GlobalSize(g) -> 24                                     ;; deviates Moveable.Size.Value.Regrown value)");
}

TEST(MoveableFlags, TellLocksAndWhatIsRemembered) {
  judge(R"(
g = GlobalAlloc(GMEM_MOVEABLE|GMEM_DISCARDABLE|GMEM_DDESHARE|GMEM_NOTIFY, 4) -> 0x500008
GlobalFlags(g) -> 0x2100
d = GlobalLock(g) -> 0x601000
GlobalFlags(g) -> 0x2101
z = GlobalAlloc(GMEM_MOVEABLE|GMEM_DISCARDABLE, 0) -> 0x500018
GlobalFlags(z) -> 0x4100
p = GlobalAlloc(GMEM_FIXED|GMEM_DISCARDABLE, 4) -> 0x602000
GlobalFlags(p) -> 0
GlobalFlags(p) -> 0x100                                 ;; deviates Moveable.Flags.OfFixed value
l = LocalAlloc(LMEM_MOVEABLE|LMEM_DISCARDABLE, 4) -> 0x500028
LocalFlags(l) -> 0xf00
LocalFlags(l) -> 0
LocalFlags(l) -> 0x1                                    ;; deviates Moveable.Flags.OfMoveable value)");
}

TEST(MoveableFlags, OfWhatIsNoObjectAreInvalid) {
  judge(R"(
GlobalFlags(PTR(-0x21524118)) -> GMEM_INVALID_HANDLE !ERROR_INVALID_HANDLE
GlobalFlags(PTR(-0x21524120)) -> GMEM_INVALID_HANDLE !ERROR_INVALID_HANDLE
LocalFlags(PTR(-0x21524120)) -> LMEM_INVALID_HANDLE !ERROR_NOACCESS
LocalFlags(PTR(-0x21524120)) -> 0                       ;; deviates LocalFlags.Unmapped value
GlobalFlags(NULL) -> 0                                  ;; unjudged Moveable.Flags.NotTold)");
}

TEST(MoveableHandle, LeadsFromThePointerBack) {
  judge(R"(
g = GlobalAlloc(GMEM_MOVEABLE, 4) -> 0x500008
d = GlobalLock(g) -> 0x601000
GlobalHandle(d) -> g
p = LocalAlloc(LMEM_FIXED, 4) -> 0x602000
LocalHandle(p) -> p
h = GetProcessHeap() -> 0x600000
b = HeapAlloc(h, 0, 4) -> 0x603000
LocalHandle(b) -> b                                     ;; conforms LocalHandle.OfAHeapBlock
GlobalHandle(b) -> b                                    ;; unjudged Moveable.Handle.NotTold
GlobalHandle(NULL) -> NULL !ERROR_INVALID_HANDLE
LocalHandle(NULL) -> NULL
LocalHandle(PTR(-0x21524120)) -> NULL !ERROR_NOACCESS
LocalHandle(p) -> p !ERROR_SUCCESS                      ;; deviates Moveable.Handle.Tells last error
GlobalHandle(d) -> d                                    ;; deviates Moveable.Handle.Tells value
GlobalHandle(0x500018) -> NULL                          ;; undefined Moveable.Handle.OfAHandle)");
}

TEST(MoveableHandle, OfAHandleMayCrash) {
  judge(R"(
g = GlobalAlloc(GMEM_MOVEABLE, 4) -> 0x500008
GlobalHandle(g) -> raises STATUS_ACCESS_VIOLATION       ;; undefined Moveable.Handle.OfAHandle)");
}

}  // namespace
}  // namespace winmem::test
