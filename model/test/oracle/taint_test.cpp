// A deviation leaves in doubt what the call touched; what depends on it is not judged any more.
#include "model/test/oracle/judging.h"

namespace winmem::test {
namespace {

TEST(Taint, AfterADeviationTheAllocationIsNotJudged) {
  judge(std::string(two_pages()) + R"(
VirtualFree(p+0x1000, 0x20000, MEM_DECOMMIT) -> TRUE                ;; deviates VirtualFree.Decommit.WithinOneAllocation value
VirtualQuery(p, out, sizeof) -> sizeof {State=MEM_FREE}             ;; unjudged
VirtualProtect(p, 1, 0, out) -> TRUE {old=PAGE_READONLY}            ;; unjudged
read(p, 4) -> 0x05*4                                                ;; unjudged
VirtualFree(p, 0, MEM_RELEASE) -> FALSE !ERROR_ACCESS_DENIED        ;; unjudged)");
}

TEST(Taint, StaysWithWhatWasTouched) {
  judge(std::string(two_pages()) + R"(
q = VirtualAlloc(NULL, 0x10000, MEM_RESERVE|MEM_COMMIT, PAGE_READWRITE) -> 0x20000000
VirtualFree(p, 0x1000, MEM_RELEASE) -> TRUE                         ;; deviates VirtualFree.Release.TakesNoSize value
VirtualFree(q, 0x1000, MEM_RELEASE) -> TRUE                         ;; deviates VirtualFree.Release.TakesNoSize value)");
}

TEST(Taint, ReachesEveryAllocationOfTheRange) {
  judge(R"(
p = VirtualAlloc(NULL, 0x10000, MEM_RESERVE, PAGE_NOACCESS) -> 0x10000000
q = VirtualAlloc(p+0x10000, 0x10000, MEM_RESERVE, PAGE_NOACCESS) -> p+0x10000
VirtualAlloc(p, 0x20000, MEM_COMMIT, PAGE_READWRITE) -> p           ;; deviates VirtualAlloc.Commit.WithinOneAllocation value
read(p, 1) -> 0x00*1                                                ;; unjudged
read(q, 1) -> 0x00*1                                                ;; unjudged)");
}

TEST(Taint, OfAnUnspecifiedAllocationGoesIntoItsQueries) {
  judge(R"(
p = VirtualAlloc(NULL, 0x1000, MEM_RESERVE|MEM_COMMIT, PAGE_EXECUTE_READ|0x40000000) -> 0x10000000  ;; unjudged VirtualAlloc.Protection.UntestedMix
VirtualQuery(p, out, sizeof) -> sizeof {Protect=PAGE_EXECUTE_READ}  ;; unjudged)");
}

TEST(Taint, OfABlockGoesWithItsReallocation) {
  judge(R"(
h = HeapCreate(0, 0, 0) -> 0x600000
p = HeapAlloc(h, 0x80000000, 16) -> 0x601000                        ;; unjudged Heap.Flags.Untested
HeapSize(h, 0, p) -> 17                                             ;; unjudged
q = HeapReAlloc(h, 0, p, 32) -> 0x602000                            ;; unjudged
read(q, 1) -> raises STATUS_ACCESS_VIOLATION                        ;; unjudged
b = HeapAlloc(h, 0, 16) -> 0x603000
HeapSize(h, 0, b) -> 17                                             ;; deviates HeapSize.Value.AsRequested value)");
}

TEST(Taint, OfAHeapWithoutABlockReachesItsCallsAlone) {
  judge(R"(
h = HeapCreate(0, 0, 0) -> 0x600000
g = HeapCreate(0, 0, 0) -> 0x700000
p = HeapAlloc(g, 0, 16) -> 0x701000
HeapAlloc(h, 0, 16) -> NULL !ERROR_NOT_ENOUGH_MEMORY                ;; deviates HeapAlloc.GivesABlock value
HeapAlloc(h, 0, 16) -> NULL !ERROR_NOT_ENOUGH_MEMORY                ;; unjudged
HeapSize(g, 0, p) -> 0x10)");
}

TEST(Taint, OfAMoveableObjectStaysWithIt) {
  judge(R"(
g = GlobalAlloc(GMEM_MOVEABLE, 16) -> 0x500008
k = GlobalAlloc(GMEM_MOVEABLE, 16) -> 0x500018
GlobalReAlloc(g, 0, 0) -> g                                         ;; deviates Moveable.ReAlloc.Zero.NeedsMoveable value
GlobalFlags(g) -> 0x77                                              ;; unjudged
GlobalUnlock(g) -> TRUE                                             ;; unjudged
GlobalFlags(k) -> 0x77                                              ;; deviates Moveable.Flags.OfMoveable value)");
}

TEST(Taint, OfAnObjectWhoseDataWasFreedLeavesItsHandleAndItsPlaceToOthers) {
  judge(R"(
g = LocalAlloc(LMEM_MOVEABLE, 1) -> 0x830008
q = LocalLock(g) -> 0x344a00
LocalFree(q) -> NULL
LocalLock(g) -> 0x344a00                                            ;; unjudged
GlobalAlloc(GMEM_FIXED, 0) -> 0x344a00
LocalAlloc(LMEM_MOVEABLE, 0) -> 0x830008)");
}

TEST(Taint, MemoryInDoubtOverlapsNothing) {
  judge(std::string(two_pages()) + R"(
VirtualFree(p, 0, MEM_RELEASE) -> FALSE !ERROR_INVALID_ADDRESS      ;; deviates VirtualFree.Release.FreesAll value
q = VirtualAlloc(NULL, 0x1000, MEM_RESERVE, PAGE_NOACCESS) -> 0x10000000
VirtualQuery(q, out, sizeof) -> sizeof {RegionSize=0x2000}          ;; deviates VirtualQuery.RegionSize.ToTheEndOfEqualPages RegionSize)");
}

TEST(Taint, OfAnExceptionThatSawTheWrongAddress) {
  judge(std::string(two_pages()) + R"(
fill(p+0x2000, 1, 1) -> raises STATUS_ACCESS_VIOLATION(read, 0x1234)   ;; deviates Access.Violation exception
read(p, 1) -> 0x77*1                                                ;; unjudged)");
}

TEST(Taint, AWrongNumberLeavesNoDoubt) {
  judge(std::string(two_pages()) + R"(
VirtualFree(p, 0x1000, MEM_RELEASE) -> FALSE !ERROR_ACCESS_DENIED   ;; deviates VirtualFree.Release.TakesNoSize last error
VirtualProtect(p, 1, PAGE_READONLY, out) -> TRUE {old=PAGE_NOACCESS} ;; deviates VirtualProtect.OldProtection.OfTheFirstPage old
VirtualQuery(p, out, sizeof) -> sizeof {Protect=PAGE_READWRITE}     ;; deviates VirtualQuery.Protect.OfThePage Protect
fill(p, 1, 1) -> ok                                                 ;; deviates Access.Violation value)");
}

TEST(Taint, AnAnswerThatNoTestTellsLeavesNoDoubtEither) {
  judge(R"(
h = HeapCreate(0, 0, 0) -> 0x600000
p = HeapAlloc(h, HEAP_ZERO_MEMORY, 16) -> 0x601000
HeapValidate(h, 0, p+8) -> TRUE                                     ;; unjudged HeapValidate.NotTold
read(p, 17) -> 0x00*17                                              ;; unjudged Access.NotTold
HeapSize(h, 0, p) -> 0x10
read(p, 16) -> 0x01*16                                              ;; deviates read.ContentsSurvive contents)");
}

TEST(Taint, OfABufferInTheScriptsMemoryIsOfItsContentsAlone) {
  judge(R"(
p = VirtualAlloc(NULL, 0x1000, MEM_COMMIT, PAGE_READWRITE) -> 0x10000000
q = VirtualAlloc(NULL, 0x1000, MEM_COMMIT, PAGE_READWRITE) -> 0x10010000
VirtualProtect(p, 1, PAGE_READONLY, q) -> TRUE                      ;; unjudged VirtualProtect.OldProtection.Foreign
read(q, 4) -> 0x04*1 0x00*3
read(q+0x10, 4) -> 0x01*4                                           ;; deviates read.ContentsSurvive contents
s = VirtualAlloc(NULL, 0x1000, MEM_COMMIT, PAGE_READWRITE) -> 0x10030000
VirtualQuery(s, s+0x100, sizeof) -> sizeof                          ;; unjudged
read(s+0x100, 4) -> 0x77*4
read(s, 4) -> 0x77*4                                                ;; deviates read.ContentsSurvive contents)");
}

TEST(Taint, OfABufferInTheScriptsMemoryHidesNoLaterFault) {
  judge(R"(
p = VirtualAlloc(NULL, 0x1000, MEM_COMMIT, PAGE_READWRITE) -> 0x10000000
VirtualQuery(p, p, sizeof) -> sizeof                                ;; unjudged
VirtualFree(p, 0, MEM_RELEASE) -> FALSE !ERROR_INVALID_PARAMETER    ;; deviates VirtualFree.Release.FreesAll value
q = VirtualAlloc(NULL, 0x1000, MEM_COMMIT, PAGE_READWRITE|PAGE_GUARD) -> 0x10010000
VirtualQuery(q, q, sizeof) -> 0 !ERROR_NOACCESS
VirtualFree(q, 0, MEM_RELEASE) -> TRUE                              ;; unjudged)");
}

}  // namespace
}  // namespace winmem::test
