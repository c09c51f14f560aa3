// Memory that was just freed is judged on the next line, and never later.
#include "model/test/oracle/judging.h"

namespace winmem::test {
namespace {

std::string released() {
  return std::string(two_pages()) + "VirtualFree(p, 0, MEM_RELEASE) -> TRUE\n";
}

TEST(JustFreed, ASecondReleaseIsJudgedRightAway) {
  judge(released() +
        "VirtualFree(p, 0, MEM_RELEASE) -> TRUE   ;; deviates VirtualFree.NothingThere");
  judge(released() + R"(
VirtualFree(p, 0, MEM_RELEASE) -> FALSE !ERROR_INVALID_ADDRESS   ;; conforms VirtualFree.NothingThere
VirtualFree(p, 0, MEM_RELEASE) -> TRUE                           ;; unjudged VirtualFree.Place.NotKnown)");
}

TEST(JustFreed, AccessesFaultRightAway) {
  judge(released() + "read(p, 1) -> 0x00*1   ;; deviates Access.Violation");
  judge(released() + R"(
read(p, 1) -> raises STATUS_ACCESS_VIOLATION(read, p)
read(p, 1) -> 0x00*1                                  ;; unjudged Access.NotTold)");
}

TEST(JustFreed, AQueryTellsFreeMemoryRightAway) {
  judge(released() + R"(
VirtualQuery(p, out, sizeof) -> sizeof {BaseAddress=p AllocationBase=NULL AllocationProtect=0 RegionSize=0x7000 State=MEM_FREE Protect=PAGE_NOACCESS Type=0}
VirtualQuery(p, out, sizeof) -> sizeof {State=MEM_COMMIT}   ;; conforms)");
  judge(released() +
        "VirtualQuery(p, out, sizeof) -> sizeof {State=MEM_RESERVE}   ;; deviates "
        "VirtualQuery.State.Free State");
}

TEST(JustFreed, ItsPlaceCanBeTakenRightAway) {
  judge(released() +
        "VirtualAlloc(p, 0x1000, MEM_RESERVE, PAGE_NOACCESS) -> NULL !ERROR_INVALID_ADDRESS   ;; "
        "deviates VirtualAlloc.Reserve.TakesTheRange value");
  judge(released() + R"(
VirtualProtect(p, 1, PAGE_READONLY, out) -> FALSE !ERROR_INVALID_ADDRESS
VirtualAlloc(p, 0x1000, MEM_RESERVE, PAGE_NOACCESS) -> NULL !ERROR_INVALID_ADDRESS   ;; conforms VirtualAlloc.Reserve.MayBeTaken)");
}

TEST(JustFreed, TheRestOfItsLastGranuleIsFreeToo) {
  judge(R"(
p = VirtualAlloc(NULL, 0x1000, MEM_RESERVE, PAGE_NOACCESS) -> 0x10000000
VirtualFree(p, 0, MEM_RELEASE) -> TRUE
VirtualAlloc(p+0x1000, 0x1000, MEM_RESERVE, PAGE_NOACCESS) -> NULL !ERROR_INVALID_ADDRESS   ;; deviates VirtualAlloc.Reserve.TakesTheRange value)");
}

TEST(JustFreed, ACommitThereDoesNotReserve) {
  judge(released() + R"(
VirtualAlloc(p, 0x1000, MEM_COMMIT, PAGE_READWRITE) -> NULL !ERROR_INVALID_ADDRESS   ;; conforms VirtualAlloc.Commit.OnlyReserved
VirtualAlloc(p, 0x1000, MEM_COMMIT, PAGE_READWRITE) -> p                             ;; unjudged VirtualAlloc.Place.NotKnown)");
}

TEST(JustFreed, AHeapBlockMayStayMapped) {
  judge(R"(
h = HeapCreate(0, 0, 0) -> 0x600000
p = HeapAlloc(h, 0, 0x20000) -> 0x10000000
HeapFree(h, 0, p) -> TRUE
read(p, 1) -> 0x00*1                                            ;; unjudged Access.NotTold
q = HeapAlloc(h, 0, 0x20000) -> 0x10000000
HeapFree(h, 0, q) -> TRUE
VirtualQuery(q+0x1000, out, sizeof) -> sizeof {State=MEM_COMMIT})");
}

TEST(JustFreed, AHeapBlockDoesNotValidate) {
  judge(R"(
h = HeapCreate(0, 0, 0) -> 0x600000
p = HeapAlloc(h, 0, 16) -> 0x601000
HeapFree(h, 0, p) -> TRUE
HeapValidate(h, 0, p) -> FALSE                                  ;; conforms HeapValidate.FreedBlock
HeapValidate(h, 0, p) -> TRUE                                   ;; unjudged HeapValidate.NotTold)");
}

TEST(JustFreed, AHandleIsStaleOnTheNextLineAlone) {
  const std::string freed =
      "g = GlobalAlloc(GMEM_MOVEABLE, 16) -> 0x500008\nGlobalFree(g) -> NULL\n";
  judge(freed +
        "GlobalFree(g) -> NULL                       ;; deviates Moveable.Free.StaleHandle value");
  judge(freed +
        "GlobalFree(g) -> g !ERROR_INVALID_HANDLE    ;; conforms Moveable.Free.StaleHandle\n"
        "GlobalLock(g) -> 0x601000                   ;; unjudged Moveable.Lock.NotTold");
}

TEST(JustFreed, AFixedBlockMustNotBeFreedTwice) {
  judge(R"(
g = GlobalAlloc(GMEM_FIXED, 16) -> 0x601000
GlobalFree(g) -> NULL
GlobalFree(g) -> ends STATUS_HEAP_CORRUPTION   ;; undefined Moveable.Free.NotMemory)");
}

}  // namespace
}  // namespace winmem::test
