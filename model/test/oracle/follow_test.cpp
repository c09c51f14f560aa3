// The model follows what the vendor reported, right or wrong.
#include "model/test/oracle/judging.h"

namespace winmem::test {
namespace {

TEST(Follow, AReleaseThatShouldHaveFailedFrees) {
  judge(std::string(two_pages()) + R"(
VirtualFree(p, 0x1000, MEM_RELEASE) -> TRUE         ;; deviates VirtualFree.Release.TakesNoSize value
q = VirtualAlloc(NULL, 0x20000, MEM_RESERVE, PAGE_NOACCESS) -> 0x10000000
VirtualFree(q, 0, MEM_RELEASE) -> TRUE)");
}

TEST(Follow, AWrongAddressIsWhereTheAllocationIs) {
  judge(R"(
p = VirtualAlloc(NULL, 0x1000, MEM_COMMIT, PAGE_READWRITE) -> 0x10001000  ;; deviates VirtualAlloc.Value.Granule value
read(p, 1) -> 0x00*1
VirtualQuery(p, out, sizeof) -> sizeof {AllocationBase=0x10001000 RegionSize=0x1000}
VirtualAlloc(NULL, 0x2000, MEM_RESERVE, PAGE_NOACCESS) -> 0x10000000      ;; deviates VirtualAlloc.Value.ApartFromAllLiving value)");
}

TEST(Follow, AnAllocationThatShouldHaveFailedLives) {
  judge(R"(
p = VirtualAlloc(NULL, 0x1000, MEM_COMMIT, 0) -> 0x10000000         ;; deviates VirtualAlloc.Protection.OneBase value
VirtualFree(p, 0, MEM_RELEASE) -> FALSE !ERROR_INVALID_ADDRESS      ;; unjudged
VirtualAlloc(p, 0, MEM_COMMIT, PAGE_READWRITE) -> p                 ;; unjudged)");
}

TEST(Follow, ADecommitThatShouldHaveFailedLeavesTheRestJudged) {
  judge(std::string(two_pages()) + R"(
q = VirtualAlloc(NULL, 0x1000, MEM_COMMIT, PAGE_READWRITE) -> 0x20000000
VirtualFree(q, 0x1001, MEM_DECOMMIT) -> TRUE        ;; deviates VirtualFree.Decommit.WithinOneAllocation value
read(p, 4) -> 0x00*4
read(q, 4) -> raises STATUS_ACCESS_VIOLATION        ;; unjudged)");
}

TEST(Follow, AFailureThatShouldHaveSucceededChangesNothing) {
  judge(std::string(two_pages()) + R"(
q = VirtualAlloc(NULL, 0x1000, MEM_COMMIT, PAGE_READWRITE) -> NULL !ERROR_NOT_ENOUGH_MEMORY  ;; deviates VirtualAlloc.Reserve.TakesTheRange value
read(p, 4) -> 0x00*4
VirtualAlloc(p, 0x1000, MEM_COMMIT, PAGE_READWRITE) -> NULL !ERROR_NOT_ENOUGH_MEMORY         ;; deviates VirtualAlloc.Commit.CommitsWholePages value)");
}

TEST(Follow, ABlockThatShouldHaveBeenRefusedLives) {
  judge(R"(
h = HeapCreate(0, 0x1000, 0x10000) -> 0x600000
p = HeapAlloc(h, 0, 0x20000) -> 0x601000            ;; deviates HeapAlloc.FixedHeap.NotBeyondItsMaximum value
HeapFree(h, 0, p) -> FALSE                          ;; unjudged)");
}

TEST(Follow, AReallocationOfNullThatGaveABlockLeavesItInDoubt) {
  judge(R"(
h = HeapCreate(0, 0, 0) -> 0x600000
p = HeapReAlloc(h, 0, NULL, 16) -> 0x601000         ;; deviates HeapReAlloc.Null value
HeapFree(h, 0, p) -> FALSE                          ;; unjudged
g = GlobalReAlloc(NULL, 16, GMEM_MOVEABLE) -> 0x500008   ;; deviates Moveable.ReAlloc.Null value
GlobalSize(g) -> 0                                  ;; unjudged
GlobalFree(g) -> g !ERROR_INVALID_HANDLE            ;; unjudged)");
}

TEST(Follow, AHeapThatShouldNotExistIsInDoubt) {
  judge(R"(
h = HeapCreate(0, SIZE_MAX, 0) -> 0x600000          ;; unjudged HeapCreate.Untested
HeapAlloc(h, 0, 1) -> NULL                          ;; unjudged)");
}

TEST(Follow, WhatANameDidNotGetIsNotJudged) {
  judge(R"(
h = HeapCreate(0, 0, 0) -> NULL !ERROR_NOT_ENOUGH_MEMORY   ;; deviates HeapCreate.MakesAHeap value
HeapAlloc(h, 0, 1) -> 0x601000                             ;; unjudged
HeapDestroy(h) -> FALSE                                    ;; unjudged
p = VirtualAlloc(NULL, 0, MEM_COMMIT, PAGE_READWRITE) -> NULL !ERROR_INVALID_PARAMETER
fill(p, 1, 1) -> skipped                                   ;; skipped)");
}

TEST(Follow, ANullProcessHeapServesCallsAllTheSame) {
  judge(R"(
h = GetProcessHeap() -> NULL                        ;; deviates GetProcessHeap.Value.NotNull value
p = HeapAlloc(h, 0, 16) -> 0x601000
HeapFree(h, 0, p) -> TRUE)");
}

TEST(Follow, TwoLivingBlocksInOnePlaceAreCaught) {
  judge(R"(
h = HeapCreate(0, 0, 0) -> 0x600000
p = HeapAlloc(h, 0, 32) -> 0x601000
q = HeapAlloc(h, 0, 32) -> 0x601010                 ;; deviates Heap.Value.ApartFromAllLiving value
r = HeapAlloc(h, 0, 0) -> 0x602000
s = HeapAlloc(h, 0, 0) -> 0x602000                  ;; deviates Heap.Value.ApartFromAllLiving value
t = HeapAlloc(h, 0, 16) -> 0x603000
u = HeapAlloc(h, 0, 16) -> 0x603010
HeapReAlloc(h, 0, t, 32) -> t                       ;; deviates Heap.Value.ApartFromAllLiving value)");
}

TEST(Follow, OverlapsAreCaughtAcrossFamilies) {
  judge(R"(
p = VirtualAlloc(NULL, 0x20000, MEM_RESERVE, PAGE_NOACCESS) -> 0x10000000
q = VirtualAlloc(NULL, 0x10000, MEM_RESERVE, PAGE_NOACCESS) -> 0x10010000   ;; deviates VirtualAlloc.Value.ApartFromAllLiving value
r = VirtualAlloc(NULL, 0x1000, MEM_RESERVE, PAGE_NOACCESS) -> 0x20000000
g = GlobalAlloc(GMEM_FIXED, 16) -> 0x20000ff0                               ;; deviates Moveable.Alloc.Value.ApartFromAllLiving value
k = LocalAlloc(LMEM_MOVEABLE, 16) -> 0x500008
l = GlobalAlloc(GMEM_MOVEABLE, 16) -> 0x500008                              ;; deviates Moveable.Alloc.Value.ApartFromAllLiving value)");
}

}  // namespace
}  // namespace winmem::test
