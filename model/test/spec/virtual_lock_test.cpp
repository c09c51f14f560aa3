#include "model/test/oracle/judging.h"

namespace winmem::test {
namespace {

TEST(VirtualLock, DoesNotCount) {
  judge(std::string(two_pages()) + R"(
VirtualLock(p, 0x2000) -> TRUE
VirtualLock(p, 1) -> TRUE
VirtualUnlock(p, 0x1000) -> TRUE
VirtualUnlock(p, 0x1000) -> FALSE !ERROR_NOT_LOCKED
VirtualUnlock(p, 0x1000) -> TRUE                        ;; deviates VirtualUnlock.AllLocked value)");
}

TEST(VirtualLock, EveryPageOfAnUnlockMustBeLocked) {
  judge(std::string(two_pages()) + R"(
VirtualLock(p, 0x1000) -> TRUE
VirtualUnlock(p+0xfff, 2) -> FALSE !ERROR_NOT_LOCKED
VirtualUnlock(p, 0x1000) -> TRUE                        ;; unjudged VirtualUnlock.Place.NotKnown)");
}

TEST(VirtualLock, OnlyCommittedAccessiblePagesCanBeLocked) {
  judge(std::string(two_pages()) + R"(
VirtualLock(p+0x2000, 1) -> FALSE !ERROR_INVALID_ADDRESS
VirtualLock(p+0x1fff, 2) -> TRUE                        ;; deviates VirtualLock.OnlyCommitted value)");
  judge(std::string(two_pages()) + R"(
VirtualProtect(p, 0x1000, PAGE_NOACCESS, out) -> TRUE {old=PAGE_READWRITE}
VirtualLock(p, 0x1000) -> FALSE !ERROR_NOACCESS
VirtualLock(p, 0x1000) -> TRUE                          ;; deviates VirtualLock.OnlyAccessible value)");
}

TEST(VirtualLock, TheFirstLockOfAGuardPageFailsWithItsException) {
  judge(R"(
p = VirtualAlloc(NULL, 0x1000, MEM_COMMIT, PAGE_READONLY|PAGE_GUARD) -> 0x10000000
VirtualLock(p, 0x1000) -> FALSE !0x80000001
VirtualQuery(p, out, sizeof) -> sizeof {Protect=PAGE_READONLY}
VirtualLock(p, 0x1000) -> TRUE)");
}

TEST(VirtualLock, TheQuotaIsForAllLocksTogether) {
  judge(R"(
p = VirtualAlloc(NULL, 0x20000, MEM_COMMIT, PAGE_READWRITE) -> 0x10000000
VirtualLock(p, 0x11000) -> FALSE !ERROR_WORKING_SET_QUOTA
VirtualLock(p, 0x11000) -> FALSE !ERROR_NOT_ENOUGH_MEMORY   ;; deviates VirtualLock.BeyondQuota value)");
  judge(R"(
p = VirtualAlloc(NULL, 0x20000, MEM_COMMIT, PAGE_READWRITE) -> 0x10000000
VirtualLock(p, 0x10000) -> TRUE
VirtualLock(p+0x10000, 0x1000) -> FALSE !ERROR_WORKING_SET_QUOTA
VirtualUnlock(p, 0x10000) -> TRUE
VirtualLock(p+0x10000, 0x1000) -> FALSE !ERROR_WORKING_SET_QUOTA   ;; deviates VirtualLock.LocksWholePages value)");
}

TEST(VirtualLock, NoAccessMayEndALockUnseen) {
  judge(std::string(two_pages()) + R"(
VirtualLock(p, 0x1000) -> TRUE
VirtualProtect(p, 0x1000, PAGE_NOACCESS, out) -> TRUE {old=PAGE_READWRITE}
VirtualUnlock(p, 0x1000) -> FALSE !ERROR_NOT_LOCKED     ;; unjudged VirtualUnlock.Place.NotKnown)");
}

}  // namespace
}  // namespace winmem::test
