// Heaps as such: making, destroying, asking, locking.
#include "model/test/oracle/judging.h"

namespace winmem::test {
namespace {

const char* const heap = "h = HeapCreate(0, 0, 0) -> 0x600000\n";

TEST(HeapCreate, AHandleIsAFreeGranule) {
  judge(R"(
h = HeapCreate(0, 0x40000, 0x40000) -> 0x600000
HeapCreate(0, 0, 0) -> 0x610008                         ;; deviates HeapCreate.Value.Granule value
HeapCreate(0, 0, 0) -> 0x600000                         ;; deviates HeapCreate.Value.Apart value
HeapCreate(0, 0x20000, 0x10000) -> 0x700000             ;; unjudged HeapCreate.Untested
HeapCreate(0x80000000, 0, 0) -> NULL                    ;; unjudged HeapCreate.Untested
HeapCreate(0, SIZE_MAX, 0) -> NULL !ERROR_NOT_ENOUGH_MEMORY   ;; unjudged HeapCreate.Untested)");
}

TEST(HeapDestroy, TakesLivingBlocksWithIt) {
  judge(std::string(heap) + R"(
p = HeapAlloc(h, 0, 16) -> 0x601000
HeapDestroy(h) -> TRUE
read(p, 1) -> 0x00*1                                    ;; unjudged Access.NotTold
g = HeapCreate(0, 0, 0) -> 0x600000
HeapAlloc(g, 0, 16) -> 0x601000
HeapDestroy(h) -> TRUE)");
}

TEST(HeapDestroy, OfTheProcessHeapOrOfNoHeapIsUndefined) {
  judge(R"(
h = GetProcessHeap() -> 0x600000
HeapDestroy(h) -> FALSE !ERROR_INVALID_HANDLE           ;; undefined HeapDestroy.NotAHeap
HeapDestroy(NULL) -> TRUE                               ;; undefined HeapDestroy.NotAHeap)");
}

TEST(GetProcessHeap, IsNotNullAndAlwaysTheSame) {
  judge(R"(
GetProcessHeap() -> 0x600000
GetProcessHeap() -> 0x600000
GetProcessHeap() -> 0x700000                            ;; deviates GetProcessHeap.Value.TheSame value)");
}

TEST(HeapSize, IsTheRequestToTheByte) {
  judge(std::string(heap) + R"(
p = HeapAlloc(h, 0, 17) -> 0x601000
z = HeapAlloc(h, 0, 0) -> 0x602000
HeapSize(h, 0, p) -> 0x11
HeapSize(h, 0, z) -> 0
HeapSize(h, 0, p) -> 0x20                               ;; deviates HeapSize.Value.AsRequested value
HeapSize(h, HEAP_NO_SERIALIZE, z) -> 0
HeapSize(h, 0x80000000, z) -> 0x77                      ;; unjudged HeapSize.Flags.Untested
HeapSize(h, 0, z) -> SIZE_MAX                           ;; deviates HeapSize.Tells value
HeapSize(h, 0, 0x1234) -> SIZE_MAX                      ;; undefined HeapSize.NotABlock)");
}

TEST(HeapSize, ReachesTheDataOfMoveableObjects) {
  judge(R"(
h = GetProcessHeap() -> 0x600000
g = GlobalAlloc(GMEM_MOVEABLE, 100) -> 0x500008
d = GlobalLock(g) -> 0x601000
HeapSize(h, 0, d) -> 0x64
HeapValidate(h, 0, d) -> TRUE
f = LocalAlloc(LMEM_FIXED, 3) -> 0x602000
HeapSize(h, 0, f) -> 4                                  ;; deviates HeapSize.Value.AsRequested value)");
}

TEST(HeapValidate, KnowsBlocksFromOtherMemory) {
  judge(std::string(heap) + R"(
p = HeapAlloc(h, 0, 16) -> 0x601000
v = VirtualAlloc(NULL, 0x2000, MEM_RESERVE, PAGE_NOACCESS) -> 0x10000000
VirtualAlloc(v, 0x1000, MEM_COMMIT, PAGE_READWRITE) -> v
HeapValidate(h, 0, p) -> TRUE
HeapValidate(h, 0, NULL) -> TRUE
HeapValidate(h, 0, v) -> FALSE                          ;; unjudged HeapValidate.NotTold
HeapValidate(h, 0, v+0x40) -> FALSE                     ;; conforms HeapValidate.ForeignMemory
HeapValidate(h, 0, v+0x40) -> FALSE !ERROR_NOACCESS     ;; deviates HeapValidate.ForeignMemory last error
HeapValidate(h, 0, PTR(-1)) -> FALSE                    ;; unjudged HeapValidate.NotTold
HeapValidate(h, 0, p+8) -> FALSE                        ;; unjudged HeapValidate.NotTold)");
  judge(std::string(heap) + R"(
v = VirtualAlloc(NULL, 0x1000, MEM_RESERVE, PAGE_NOACCESS) -> 0x10000000
HeapValidate(h, 0, v+0x40) -> FALSE !ERROR_NOACCESS     ;; undefined HeapValidate.NotReadable)");
  judge(std::string(heap) + R"(
HeapValidate(h, 0, PTR(-0x21524200)) -> FALSE           ;; undefined HeapValidate.NotReadable)");
}

TEST(HeapValidate, SaysNothingOfPagesThatAreOnTheirWay) {
  const std::string page = std::string(heap) +
                           "v = VirtualAlloc(NULL, 0x2000, MEM_RESERVE|MEM_COMMIT, "
                           "PAGE_READWRITE) -> 0x10000000\n";
  const std::string protect = page + "VirtualProtect(v, 1, ";
  const std::string ask = ", out) -> TRUE\nHeapValidate(h, 0, v+0x40) -> FALSE";
  judge(protect + "PAGE_NOACCESS" + ask + " ;; undefined HeapValidate.NotReadable");
  judge(protect + "PAGE_READWRITE|PAGE_GUARD" + ask + " ;; unjudged HeapValidate.NotTold");
  judge(page +
        "VirtualProtect(v+0x1000, 1, PAGE_NOACCESS, out) -> TRUE\n"
        "HeapValidate(h, 0, v+0xfc0) -> FALSE\n"
        "HeapValidate(h, 0, v+0xfe0) -> FALSE ;; unjudged HeapValidate.NotTold");
}

TEST(HeapValidate, OnlyOfASmallBlockThatWasJustFreedAnythingIsTold) {
  judge(std::string(heap) + R"(
p = HeapAlloc(h, 0, 16) -> 0x601000
q = HeapAlloc(h, 0, 0x8000) -> 0x602000
HeapFree(h, 0, p) -> TRUE
HeapValidate(h, 0, p) -> FALSE                          ;; conforms HeapValidate.FreedBlock
HeapFree(h, 0, q) -> TRUE
HeapValidate(h, 0, q) -> FALSE                          ;; unjudged HeapValidate.NotTold)");
}

TEST(HeapValidate, ALivingBlockThatDoesNotValidateDeviates) {
  judge(std::string(heap) + R"(
p = HeapAlloc(h, 0, 0) -> 0x601000
HeapValidate(h, 0, p) -> FALSE                          ;; deviates HeapValidate.LivingBlock value)");
}

TEST(HeapLock, EachLockNeedsItsUnlock) {
  judge(std::string(heap) + R"(
HeapLock(h) -> TRUE
HeapLock(h) -> TRUE
HeapUnlock(h) -> TRUE
HeapUnlock(h) -> FALSE                                  ;; deviates HeapUnlock.Unlocks value)");
  judge(std::string(heap) + "HeapUnlock(h) -> TRUE      ;; undefined HeapUnlock.NotLocked");
}

TEST(HeapLock, OfWhatIsNoHeapIsUndefinedAndNothingHappens) {
  judge(R"(
HeapLock(0x1234) -> TRUE                                ;; undefined HeapLock.NotSerialized
HeapUnlock(0x1234) -> TRUE                              ;; undefined HeapUnlock.NotLocked
h = HeapCreate(HEAP_NO_SERIALIZE, 0, 0) -> 0x600000
HeapLock(h) -> TRUE                                     ;; undefined HeapLock.NotSerialized)");
}

}  // namespace
}  // namespace winmem::test
