// When the kernel has no memory or no mappings left: ERROR_NOT_ENOUGH_MEMORY, and nothing changed.
#include "failing_kernel.h"

#include <gtest/gtest.h>

#include <vector>

#include "pages.h"
#include "support/catching.h"
#include "support/sanitizer.h"
#include "winmem/exception.h"

namespace {

using namespace winmem::test;

TEST(FailingKernel, AReservationThatCannotBeMappedIsNone) {
  Release(Reserve(0x10000));
  for (const DWORD type : {MEM_RESERVE, MEM_RESERVE | MEM_COMMIT, MEM_RESERVE | MEM_TOP_DOWN}) {
    const FailingKernel kernel(FailingKernel::kMap, 1);
    ExpectAllocError(ERROR_NOT_ENOUGH_MEMORY,
                     [=] { return VirtualAlloc(nullptr, 0x10000, type, PAGE_READWRITE); });
    EXPECT_TRUE(kernel.failed());
  }
}

TEST(FailingKernel, APlaceThatCannotBeTrimmedIsGivenBack) {
  for (const int n : {1, 2}) {
    void* p = nullptr;
    bool failed = false;
    SetLastError(0);
    {
      const FailingKernel kernel(FailingKernel::kUnmap, n);
      p = VirtualAlloc(nullptr, 0x10000, MEM_RESERVE | MEM_TOP_DOWN, PAGE_NOACCESS);
      failed = kernel.failed();
    }
    // The place may have been aligned by chance: then there was nothing to trim.
    EXPECT_EQ(p == nullptr, failed);
    EXPECT_EQ(GetLastError(), failed ? ERROR_NOT_ENOUGH_MEMORY : 0u);
    if (p != nullptr) {
      EXPECT_TRUE(Release(p));
    }
  }
}

TEST(FailingKernel, ACommitThatFailsCommitsNothing) {
  char* p = Reserve(0x4000);
  ASSERT_NE(VirtualAlloc(p + 0x1000, 0x1000, MEM_COMMIT, PAGE_READWRITE), nullptr);
  p[0x1000] = 5;
  {
    const FailingKernel kernel(FailingKernel::kProtect, 1);
    ExpectAllocError(ERROR_NOT_ENOUGH_MEMORY,
                     [p] { return VirtualAlloc(p, 0x4000, MEM_COMMIT, PAGE_READONLY); });
  }
  ExpectRegion(p, p, 0x1000, MEM_RESERVE, 0);
  ExpectRegion(p + 0x1000, p, 0x1000, MEM_COMMIT, PAGE_READWRITE);
  EXPECT_EQ(StatusOfWrite(p), STATUS_ACCESS_VIOLATION);
  p[0x1001] = 6;
  EXPECT_EQ(p[0x1000], 5);
  EXPECT_TRUE(Release(p));
}

TEST(FailingKernel, AProtectThatFailsChangesNothing) {
  char* p = Commit(0x3000);
  DWORD old = 0;
  {
    const FailingKernel kernel(FailingKernel::kProtect, 1);
    ExpectFalse(ERROR_NOT_ENOUGH_MEMORY,
                [&] { return VirtualProtect(p + 0x1000, 1, PAGE_NOACCESS, &old); });
  }
  ExpectRegion(p, p, 0x3000, MEM_COMMIT, PAGE_READWRITE);
  p[0x1000] = 1;
  EXPECT_TRUE(Release(p));
}

TEST(FailingKernel, ADecommitThatFailsKeepsContents) {
  for (const FailingKernel::Call call : {FailingKernel::kProtect, FailingKernel::kDiscard}) {
    char* p = Commit(0x3000);
    p[0x1000] = 4;
    ASSERT_TRUE(VirtualLock(p + 0x1000, 0x1000));
    {
      const FailingKernel kernel(call, 1);
      ExpectFalse(ERROR_NOT_ENOUGH_MEMORY, [p] { return VirtualFree(p, 0x2000, MEM_DECOMMIT); });
    }
    ExpectRegion(p, p, 0x3000, MEM_COMMIT, PAGE_READWRITE);
    EXPECT_EQ(p[0x1000], 4);
    EXPECT_TRUE(VirtualUnlock(p + 0x1000, 0x1000));
    EXPECT_TRUE(Release(p));
  }
}

TEST(FailingKernel, AReleaseThatFailsKeepsTheAllocation) {
  char* p = Commit(0x10000);
  *p = 8;
  {
    const FailingKernel kernel(FailingKernel::kUnmap, 1);
    ExpectFalse(ERROR_NOT_ENOUGH_MEMORY, [p] { return VirtualFree(p, 0, MEM_RELEASE); });
  }
  EXPECT_EQ(*p, 8);
  EXPECT_TRUE(Release(p));
}

TEST(FailingKernel, ALockThatFailsLocksNothing) {
  char* p = Commit(0x2000);
  {
    const FailingKernel kernel(FailingKernel::kLock, 1);
    ExpectFalse(ERROR_WORKING_SET_QUOTA, [p] { return VirtualLock(p, 0x2000); });
  }
  EXPECT_FALSE(VirtualUnlock(p, 0x1000));
  EXPECT_TRUE(Release(p));
}

TEST(FailingKernel, AGuardPageThatCannotBeOpenedStaysOne) {
  char* p = Commit(0x1000, PAGE_READWRITE | PAGE_GUARD);
  {
    const FailingKernel kernel(FailingKernel::kProtect, 1);
    EXPECT_EQ(StatusOfRead(p), STATUS_GUARD_PAGE_VIOLATION);
  }
  EXPECT_EQ(Describe(p).Protect, PAGE_READWRITE | PAGE_GUARD);
  EXPECT_EQ(StatusOfRead(p), STATUS_GUARD_PAGE_VIOLATION);
  EXPECT_EQ(StatusOfRead(p), 0u);
  EXPECT_TRUE(Release(p));
}

// The nodes for the books come from the kernel as well.
TEST(FailingKernel, EveryMappingMayFail) {
  std::vector<char*> all;
  for (int n = 1; n < 60; ++n) {
    const FailingKernel kernel(FailingKernel::kMap, n);
    for (int i = 0; i < 60; ++i) {
      SetLastError(0);
      void* p = VirtualAlloc(nullptr, 0x3000, MEM_RESERVE, PAGE_NOACCESS);
      if (p == nullptr) {
        ASSERT_EQ(GetLastError(), ERROR_NOT_ENOUGH_MEMORY);
        ASSERT_TRUE(kernel.failed());
      } else {
        all.push_back(static_cast<char*>(p));
      }
    }
  }
  for (char* p : all) {
    ASSERT_NE(VirtualAlloc(p + 0x1000, 0x1000, MEM_COMMIT, PAGE_READWRITE), nullptr);
    ExpectRegion(p, p, 0x1000, MEM_RESERVE, 0);
  }
  for (char* p : all) EXPECT_TRUE(Release(p));
}

#if !WINMEM_UNDER_SANITIZER  // which cannot live without mappings of its own
// The real thing: the kernel refuses to split a mapping more than so many times.
TEST(FailingKernel, RunningOutOfMappingsChangesNothing) {
  constexpr SIZE_T kPages = 200000;
  char* p = Reserve(kPages * 0x1000);
  SIZE_T page = 0;
  SetLastError(0);
  while (page < kPages &&
         VirtualAlloc(p + page * 0x1000, 1, MEM_COMMIT, PAGE_READWRITE) != nullptr) {
    page += 2;
  }
  ASSERT_LT(page, kPages) << "vm.max_map_count is larger than this test has pages";
  EXPECT_EQ(GetLastError(), ERROR_NOT_ENOUGH_MEMORY);
  EXPECT_EQ(Describe(p + page * 0x1000).State, MEM_RESERVE);
  EXPECT_EQ(Describe(p).RegionSize, 0x1000u);
  EXPECT_TRUE(Release(p));
}

#endif

}  // namespace
