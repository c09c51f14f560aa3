#include "model/test/oracle/judging.h"

namespace winmem::test {
namespace {

const char* const object = "g = GlobalAlloc(GMEM_MOVEABLE, 16) -> 0x500008\n";

TEST(MoveableLock, CountsUpAndDown) {
  judge(std::string(object) + R"(
d = GlobalLock(g) -> 0x601000
GlobalLock(g) -> d
GlobalFlags(g) -> 2
GlobalUnlock(g) -> TRUE
GlobalUnlock(g) -> FALSE !ERROR_SUCCESS
GlobalUnlock(g) -> FALSE !ERROR_NOT_LOCKED
GlobalUnlock(g) -> TRUE                                 ;; deviates Moveable.Unlock.NotLocked value)");
}

TEST(MoveableLock, TheCountEndsAt255) {
  judge(std::string(object) + R"(
d = GlobalLock(g) -> 0x601000
255 * GlobalLock(g) -> 0x601000*255
254 * GlobalUnlock(g) -> TRUE*254
GlobalUnlock(g) -> TRUE                                 ;; deviates Moveable.Unlock.Last value)");
}

TEST(MoveableLock, WhileItIsLockedTheDataStays) {
  judge(std::string(object) + R"(
d = GlobalLock(g) -> 0x601000
GlobalLock(g) -> 0x602000                               ;; deviates Moveable.Lock.Value.ThePointer value)");
  judge(std::string(object) + R"(
d = GlobalLock(g) -> 0x601000
GlobalUnlock(g) -> FALSE !ERROR_SUCCESS
GlobalLock(g) -> 0x602000)");
}

TEST(MoveableLock, TheDataIsABlockOfItsOwn) {
  judge(std::string(object) +
        "GlobalLock(g) -> g       ;; deviates Moveable.Lock.Value.Apart value");
  judge(std::string(object) + R"(
p = GlobalAlloc(GMEM_FIXED, 64) -> 0x601000
GlobalLock(g) -> 0x601010                                 ;; deviates Moveable.Lock.Value.Apart value)");
}

TEST(MoveableLock, PointersAreLockedToThemselvesAndCountNothing) {
  judge(std::string(object) + R"(
d = GlobalLock(g) -> 0x601000
GlobalLock(d) -> d
GlobalFlags(g) -> 1
GlobalUnlock(d) -> TRUE
GlobalUnlock(g) -> FALSE !ERROR_SUCCESS
GlobalLock(d) -> d                                      ;; unjudged Moveable.Lock.NotTold
p = LocalAlloc(LMEM_FIXED, 16) -> 0x602000
LocalLock(p) -> p
LocalUnlock(p) -> FALSE !ERROR_NOT_LOCKED
LocalUnlock(p) -> TRUE                                  ;; deviates LocalUnlock.Pointer value)");
}

TEST(MoveableLock, WithoutMemoryThereIsNothingToLock) {
  judge(R"(
g = GlobalAlloc(GMEM_MOVEABLE, 0) -> 0x500008
GlobalLock(g) -> NULL !ERROR_DISCARDED
GlobalLock(g) -> 0x601000                               ;; deviates Moveable.Lock.Discarded value)");
  judge(R"(
g = GlobalAlloc(GMEM_MOVEABLE, 0) -> 0x500008
GlobalUnlock(g) -> FALSE !ERROR_NOT_LOCKED              ;; unjudged Moveable.Unlock.NotTold)");
}

TEST(MoveableLock, FamiliesDifferOverWhatIsNoObject) {
  judge(R"(
GlobalLock(NULL) -> NULL !ERROR_INVALID_HANDLE          ;; conforms Moveable.Lock.Null
GlobalLock(NULL) -> NULL                                ;; conforms Moveable.Lock.Null
LocalLock(NULL) -> 0x601000                             ;; deviates Moveable.Lock.Null value
GlobalLock(PTR(-0x21524120)) -> NULL !ERROR_INVALID_HANDLE
LocalLock(PTR(-0x21524120)) -> NULL
LocalLock(PTR(-0x21524120)) -> NULL !ERROR_INVALID_HANDLE   ;; deviates LocalLock.Unmapped last error
GlobalUnlock(PTR(-0x21524118)) -> TRUE !ERROR_INVALID_HANDLE
GlobalUnlock(PTR(-0x21524118)) -> FALSE !ERROR_INVALID_HANDLE  ;; deviates GlobalUnlock.StaleHandle value
LocalUnlock(PTR(-0x21524118)) -> FALSE !ERROR_INVALID_HANDLE
GlobalUnlock(NULL) -> TRUE                              ;; unjudged Moveable.Unlock.NotTold
LocalUnlock(NULL) -> TRUE                               ;; unjudged Moveable.Unlock.NotTold
LocalUnlock(PTR(-0x21524120)) -> FALSE !ERROR_NOT_LOCKED
GlobalLock(PTR(-0x2152411f)) -> NULL                    ;; unjudged Moveable.Lock.NotTold)");
}

TEST(MoveableLock, GlobalDataAreAlignedAsFixedBlocksAre) {
  judge(R"(
h = GlobalAlloc(GMEM_MOVEABLE, 1) -> 0x500008
GlobalLock(h) -> 0x601008                               ;; deviates GlobalLock.Value.Aligned value
l = LocalAlloc(LMEM_MOVEABLE, 1) -> 0x500018
LocalLock(l) -> 0x602008)");
}

TEST(MoveableLock, OtherFamiliesObjectsAreLeftOpen) {
  judge(R"(
l = LocalAlloc(LMEM_MOVEABLE, 16) -> 0x500008
GlobalLock(l) -> 0x601000                               ;; unjudged Moveable.Lock.NotTold)");
}

}  // namespace
}  // namespace winmem::test
