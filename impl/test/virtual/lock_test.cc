#include <gtest/gtest.h>

#include "failing_kernel.h"
#include "pages.h"
#include "winmem/exception.h"

namespace {

using namespace winmem::test;

TEST(VirtualLock, AGuardPageIsRefusedOnce) {  // VQ-052, VQ-053, VQ-134
  char* p = Commit(0x2000, PAGE_READONLY | PAGE_GUARD);
  ExpectFalse(STATUS_GUARD_PAGE_VIOLATION, [p] { return VirtualLock(p, 0x1000); });
  EXPECT_EQ(Describe(p).Protect, PAGE_READONLY);
  EXPECT_EQ(Describe(p + 0x1000).Protect, PAGE_READONLY | PAGE_GUARD);
  EXPECT_TRUE(VirtualLock(p, 0x1000));
  EXPECT_TRUE(Release(p));
}

TEST(VirtualLock, WantsPagesThatCanBeAccessed) {  // VQ-054, VQ-055
  char* p = Reserve(0x10000);
  EXPECT_FALSE(VirtualLock(p, 0x1000));
  ASSERT_NE(VirtualAlloc(p, 0x1000, MEM_COMMIT, PAGE_NOACCESS), nullptr);
  EXPECT_FALSE(VirtualLock(p, 0x1000));
  EXPECT_TRUE(Release(p));
  EXPECT_FALSE(VirtualLock(p, 0x1000));
}

TEST(VirtualLock, HasAQuota) {  // VQ-056, VQ-713
  char* p = Commit(0x100000);
  ExpectFalse(ERROR_WORKING_SET_QUOTA, [p] { return VirtualLock(p, 0x100000); });
  EXPECT_TRUE(VirtualLock(p, SIZE_T{50} * 0x1000));
  ExpectFalse(ERROR_WORKING_SET_QUOTA, [p] { return VirtualLock(p + SIZE_T{50} * 0x1000, 1); });
  EXPECT_TRUE(VirtualLock(p, SIZE_T{50} * 0x1000));
  EXPECT_TRUE(Release(p));
  p = Commit(0x1000);
  EXPECT_TRUE(VirtualLock(p, 0x1000));  // the release gave the quota back
  EXPECT_TRUE(Release(p));
}

TEST(VirtualLock, TheFirstPageThatCannotBeLockedDecides) {
  char* p = Reserve(0x4000);
  ASSERT_NE(VirtualAlloc(p + 0x1000, 0x1000, MEM_COMMIT, PAGE_READWRITE | PAGE_GUARD), nullptr);
  ExpectFalse(ERROR_NOACCESS, [p] { return VirtualLock(p, 0x4000); });
  EXPECT_EQ(Describe(p + 0x1000).Protect, PAGE_READWRITE | PAGE_GUARD);
  ExpectFalse(STATUS_GUARD_PAGE_VIOLATION, [p] { return VirtualLock(p + 0x1000, 0x2000); });
  EXPECT_EQ(Describe(p + 0x1000).Protect, PAGE_READWRITE);
  EXPECT_TRUE(Release(p));
}

TEST(VirtualLock, WantsARangeInsideUserSpace) {
  char* p = Commit(0x1000);
  for (const SIZE_T size : {SIZE_T{0}, ~SIZE_T{0}}) {
    ExpectFalse(ERROR_INVALID_PARAMETER, [=] { return VirtualLock(p, size); });
    ExpectFalse(ERROR_INVALID_PARAMETER, [=] { return VirtualUnlock(p, size); });
  }
  EXPECT_TRUE(Release(p));
}

TEST(VirtualLock, AFailureKeepsThePagesLockedThatWereBefore) {
  char* p = Commit(0x2000);
  EXPECT_TRUE(VirtualLock(p, 0x1000));
  {
    const FailingKernel kernel(FailingKernel::kLock, 1);
    ExpectFalse(ERROR_WORKING_SET_QUOTA, [p] { return VirtualLock(p, 0x2000); });
  }
  EXPECT_FALSE(VirtualUnlock(p + 0x1000, 0x1000));
  EXPECT_TRUE(VirtualUnlock(p, 0x1000));
  EXPECT_TRUE(Release(p));
}

TEST(VirtualUnlock, WantsOneAllocation) {
  char* p = Commit(0x10000);
  EXPECT_TRUE(VirtualLock(p + 0xF000, 0x1000));
  ExpectFalse(ERROR_NOT_LOCKED, [p] { return VirtualUnlock(p + 0xF000, 0x2000); });
  EXPECT_TRUE(VirtualUnlock(p + 0xF000, 0x1000));
  EXPECT_TRUE(Release(p));
  ExpectFalse(ERROR_NOT_LOCKED, [p] { return VirtualUnlock(p, 0x1000); });
}

TEST(VirtualUnlock, UndoesAnyNumberOfLocks) {  // VQ-057, VQ-058, VQ-715
  char* p = Commit(0x10000);
  ExpectFalse(ERROR_NOT_LOCKED, [p] { return VirtualUnlock(p, 0x1000); });
  EXPECT_TRUE(VirtualLock(p, 0x1000));
  EXPECT_TRUE(VirtualLock(p, 0x1000));
  EXPECT_TRUE(VirtualUnlock(p, 0x1000));
  ExpectFalse(ERROR_NOT_LOCKED, [p] { return VirtualUnlock(p, 0x1000); });
  EXPECT_TRUE(Release(p));
}

TEST(VirtualUnlock, NeedsEveryPageLocked) {  // VQ-059, VQ-060
  char* p = Commit(0x10000);
  EXPECT_TRUE(VirtualLock(p + 0xFFF, 2));
  ExpectFalse(ERROR_NOT_LOCKED, [p] { return VirtualUnlock(p, 0x3000); });
  EXPECT_TRUE(VirtualUnlock(p, 0x1000));
  EXPECT_TRUE(VirtualUnlock(p + 0x1000, 0x1000));
  EXPECT_TRUE(Release(p));
}

TEST(VirtualUnlock, AnotherProtectionKeepsTheLock) {
  char* p = Commit(0x2000);
  EXPECT_TRUE(VirtualLock(p, 0x2000));
  DWORD old;
  EXPECT_TRUE(VirtualProtect(p, 0x1000, PAGE_READONLY, &old));
  EXPECT_TRUE(VirtualUnlock(p, 0x2000));
  EXPECT_TRUE(Release(p));
}

TEST(VirtualUnlock, LosingAccessEndsTheLock) {  // VQ-061
  char* p = Commit(0x1000);
  EXPECT_TRUE(VirtualLock(p, 0x1000));
  DWORD old;
  EXPECT_TRUE(VirtualProtect(p, 0x1000, PAGE_NOACCESS, &old));
  EXPECT_FALSE(VirtualUnlock(p, 0x1000));
  EXPECT_TRUE(Release(p));
}

TEST(VirtualUnlock, ADecommitEndsTheLock) {
  char* p = Commit(0x2000);
  *p = 1;
  EXPECT_TRUE(VirtualLock(p, 0x2000));
  EXPECT_TRUE(VirtualFree(p, 0x1000, MEM_DECOMMIT));
  EXPECT_FALSE(VirtualUnlock(p, 0x1000));
  EXPECT_TRUE(VirtualUnlock(p + 0x1000, 0x1000));
  ASSERT_EQ(VirtualAlloc(p, 0x1000, MEM_COMMIT, PAGE_READWRITE), p);
  EXPECT_EQ(*p, 0);
  EXPECT_TRUE(Release(p));
}

}  // namespace
