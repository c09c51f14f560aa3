// Address windows: physical pages that appear where they are mapped.
#include <gtest/gtest.h>

#include <vector>

#include "failing_kernel.h"
#include "pages.h"
#include "support/catching.h"
#include "winmem/exception.h"
#include "winmem/winmem.h"

namespace {

using namespace winmem::test;

const HANDLE kSelf = INVALID_HANDLE_VALUE;

class PhysicalPages : public testing::Test {
 protected:
  PhysicalPages() { WinmemHoldLockMemoryPrivilege(TRUE); }
  ~PhysicalPages() override { WinmemHoldLockMemoryPrivilege(FALSE); }
};

char* Window(SIZE_T pages) {
  void* p = VirtualAlloc(nullptr, pages * 0x1000, MEM_RESERVE | MEM_PHYSICAL, PAGE_READWRITE);
  EXPECT_NE(p, nullptr);
  return static_cast<char*>(p);
}

std::vector<ULONG_PTR> Allocate(ULONG_PTR count) {
  std::vector<ULONG_PTR> pages(count);
  EXPECT_TRUE(AllocateUserPhysicalPages(kSelf, &count, pages.data()));
  EXPECT_EQ(count, pages.size());
  return pages;
}

void Free(std::vector<ULONG_PTR> pages) {
  ULONG_PTR count = pages.size();
  EXPECT_TRUE(FreeUserPhysicalPages(kSelf, &count, pages.data()));
  EXPECT_EQ(count, pages.size());
}

bool Map(char* where, std::vector<ULONG_PTR> pages) {
  return MapUserPhysicalPages(where, pages.size(), pages.data()) != FALSE;
}

TEST_F(PhysicalPages, NeedThePrivilege) {
  WinmemHoldLockMemoryPrivilege(FALSE);
  ULONG_PTR count = 1, page = 77;
  ExpectFalse(ERROR_PRIVILEGE_NOT_HELD,
              [&] { return AllocateUserPhysicalPages(kSelf, &count, &page); });
  EXPECT_EQ(page, 77u);
}

TEST_F(PhysicalPages, KeepWhatTheyHoldWhileTheyAreNowhere) {
  char* p = Window(4);
  const auto pages = Allocate(2);
  EXPECT_EQ(StatusOfRead(p), STATUS_ACCESS_VIOLATION);
  ASSERT_TRUE(Map(p, pages));
  EXPECT_EQ(p[0], 0);
  p[0] = 1;
  p[0x1000] = 2;
  EXPECT_EQ(StatusOfRead(p + 0x2000), STATUS_ACCESS_VIOLATION);
  EXPECT_TRUE(MapUserPhysicalPages(p, 4, nullptr));
  EXPECT_EQ(StatusOfRead(p), STATUS_ACCESS_VIOLATION);
  ASSERT_TRUE(Map(p + 0x2000, {pages[1], pages[0]}));
  EXPECT_EQ(p[0x2000], 2);
  EXPECT_EQ(p[0x3000], 1);
  Free(pages);
  EXPECT_EQ(StatusOfRead(p + 0x2000), STATUS_ACCESS_VIOLATION);
  EXPECT_TRUE(Release(p));
}

TEST_F(PhysicalPages, AreInOnePlaceAtATime) {
  char* p = Window(2);
  char* q = Window(2);
  const auto pages = Allocate(2);
  ASSERT_TRUE(Map(p, {pages[0]}));
  ASSERT_TRUE(Map(q, {pages[1]}));
  p[0] = 5;
  for (const auto& wrong : std::vector<std::vector<ULONG_PTR>>{
           {pages[0]}, {pages[1], pages[0]}, {pages[1], pages[1]}, {pages[1], 0}, {999999}}) {
    ExpectFalse(ERROR_INVALID_PARAMETER, [&] { return Map(q, wrong); });
    q[0] = 6;
    EXPECT_EQ(p[0], 5);
    EXPECT_EQ(StatusOfRead(q + 0x1000), STATUS_ACCESS_VIOLATION);
  }
  ASSERT_TRUE(Map(q + 0x1000, {pages[1]}) == false);
  ASSERT_TRUE(MapUserPhysicalPages(q, 1, nullptr));
  ASSERT_TRUE(Map(q + 0x1000, {pages[1]}));
  EXPECT_EQ(q[0x1000], 6);
  // What is mapped in the range itself may change its place there.
  ASSERT_TRUE(MapUserPhysicalPages(p, 1, nullptr));
  ASSERT_TRUE(Map(q, {pages[1], pages[0]}));
  EXPECT_EQ(q[0], 6);
  EXPECT_EQ(q[0x1000], 5);
  Free(pages);
  EXPECT_TRUE(Release(p));
  EXPECT_TRUE(Release(q));
}

TEST_F(PhysicalPages, OutliveTheirWindow) {  // VF-054
  const auto pages = Allocate(1);
  char* p = Window(1);
  ASSERT_TRUE(Map(p, pages));
  *p = 9;
  EXPECT_TRUE(Release(p));
  p = Window(1);
  ASSERT_TRUE(Map(p, pages));
  EXPECT_EQ(*p, 9);
  Free(pages);
  EXPECT_TRUE(Release(p));
}

TEST_F(PhysicalPages, AreZeroWhenTheyAreGivenAgain) {
  char* p = Window(100);
  const auto first = Allocate(100);
  ASSERT_TRUE(Map(p, first));
  for (int i = 0; i < 100; ++i) p[i * 0x1000] = 1;
  Free(first);
  const auto again = Allocate(100);
  EXPECT_EQ(again, first);
  ASSERT_TRUE(Map(p, again));
  for (int i = 0; i < 100; ++i) ASSERT_EQ(p[i * 0x1000], 0);
  Free(again);
  EXPECT_TRUE(Release(p));
}

TEST_F(PhysicalPages, GoOnlyIntoWindows) {
  char* p = Window(2);
  char* plain = Commit(0x2000);
  auto pages = Allocate(2);
  for (char* where : {plain, p + 0x1000, static_cast<char*>(nullptr)}) {
    ExpectFalse(ERROR_INVALID_PARAMETER, [&] { return Map(where, pages); });
  }
  ExpectFalse(ERROR_INVALID_PARAMETER, [=] { return MapUserPhysicalPages(plain, 1, nullptr); });
  ExpectFalse(ERROR_INVALID_PARAMETER, [&] { return MapUserPhysicalPages(p, 0, pages.data()); });
  ExpectFalse(ERROR_INVALID_PARAMETER,
              [&] { return MapUserPhysicalPages(p, ~ULONG_PTR{0}, pages.data()); });
  auto* kernel = reinterpret_cast<PULONG_PTR>(~ULONG_PTR{0xFFF});
  ExpectFalse(ERROR_NOACCESS, [=] { return MapUserPhysicalPages(p, 1, kernel); });
  EXPECT_EQ(Describe(p).State, MEM_RESERVE);
  Free(pages);
  EXPECT_TRUE(Release(p));
  EXPECT_TRUE(Release(plain));
}

TEST_F(PhysicalPages, AWrongPageEndsAFree) {
  const auto pages = Allocate(3);
  ULONG_PTR list[] = {pages[0], pages[0], pages[1]};
  ULONG_PTR count = 3;
  ExpectFalse(ERROR_INVALID_PARAMETER, [&] { return FreeUserPhysicalPages(kSelf, &count, list); });
  EXPECT_EQ(count, 1u);
  Free({pages[1], pages[2]});
}

TEST_F(PhysicalPages, WantTheirPointersAndThisProcess) {
  ULONG_PTR count = 1, page = 1;
  ExpectFalse(ERROR_INVALID_HANDLE,
              [&] { return AllocateUserPhysicalPages(nullptr, &count, &page); });
  ExpectFalse(ERROR_INVALID_HANDLE, [&] { return FreeUserPhysicalPages(nullptr, &count, &page); });
  ExpectFalse(ERROR_NOACCESS, [&] { return AllocateUserPhysicalPages(kSelf, nullptr, &page); });
  ExpectFalse(ERROR_NOACCESS, [&] { return AllocateUserPhysicalPages(kSelf, &count, nullptr); });
  ExpectFalse(ERROR_NOACCESS, [&] { return FreeUserPhysicalPages(kSelf, nullptr, &page); });
  ExpectFalse(ERROR_NOACCESS, [&] { return FreeUserPhysicalPages(kSelf, &count, nullptr); });
  count = 0;
  ExpectFalse(ERROR_INVALID_PARAMETER,
              [&] { return AllocateUserPhysicalPages(kSelf, &count, &page); });
  count = ~ULONG_PTR{0};
  ExpectFalse(ERROR_INVALID_PARAMETER, [&] { return FreeUserPhysicalPages(kSelf, &count, &page); });
}

TEST_F(PhysicalPages, AreFewerWhereMemoryIsShort) {
  std::vector<ULONG_PTR> pages(8);
  ULONG_PTR count = 8;
  WinmemLimitCommit(0x3000);
  EXPECT_TRUE(AllocateUserPhysicalPages(kSelf, &count, pages.data()));
  EXPECT_EQ(count, 3u);
  ExpectFalse(ERROR_COMMITMENT_LIMIT,
              [&] { return AllocateUserPhysicalPages(kSelf, &count, pages.data()); });
  pages.resize(3);
  Free(pages);
  Free(Allocate(3));
  WinmemLimitCommit(~SIZE_T{0});
}

TEST_F(PhysicalPages, ACallThatFailsChangesNothing) {
  char* p = Window(3);
  const auto pages = Allocate(3);
  ASSERT_TRUE(Map(p, {pages[0], pages[1]}));
  p[0] = 1;
  p[0x1000] = 2;
  for (const int n : {1, 2, 3}) {
    const FailingKernel kernel(FailingKernel::kShow, n);
    ExpectFalse(ERROR_NOT_ENOUGH_MEMORY, [&] { return Map(p, {pages[2], pages[1], pages[0]}); });
    EXPECT_TRUE(kernel.failed());
    EXPECT_EQ(p[0], 1);
    EXPECT_EQ(p[0x1000], 2);
    EXPECT_EQ(StatusOfRead(p + 0x2000), STATUS_ACCESS_VIOLATION);
  }
  {
    const FailingKernel kernel(FailingKernel::kHide, 1);
    ExpectFalse(ERROR_NOT_ENOUGH_MEMORY, [=] { return MapUserPhysicalPages(p, 3, nullptr); });
    EXPECT_EQ(p[0x1000], 2);
  }
  {
    const FailingKernel kernel(FailingKernel::kHide, 1);
    ULONG_PTR list[] = {pages[2], pages[0]};
    ULONG_PTR count = 2;
    ExpectFalse(ERROR_NOT_ENOUGH_MEMORY,
                [&] { return FreeUserPhysicalPages(kSelf, &count, list); });
    EXPECT_EQ(count, 1u);
    EXPECT_EQ(p[0], 1);
  }
  Free({pages[0], pages[1]});
  EXPECT_TRUE(Release(p));
}

TEST_F(PhysicalPages, AListThatIsTooLongForTheMemoryIsNotLookedAt) {
  char* p = Window(100);
  auto pages = Allocate(100);
  for (const int n : {1, 2}) {
    const FailingKernel kernel(FailingKernel::kMap, n);
    ExpectFalse(ERROR_NOT_ENOUGH_MEMORY, [&] { return Map(p, pages); });
    EXPECT_EQ(StatusOfRead(p), STATUS_ACCESS_VIOLATION);
  }
  {
    const FailingKernel kernel(FailingKernel::kMap, 1);
    ULONG_PTR count = 100;
    ExpectFalse(ERROR_NOT_ENOUGH_MEMORY,
                [&] { return FreeUserPhysicalPages(kSelf, &count, pages.data()); });
  }
  Free(pages);
  EXPECT_TRUE(Release(p));
}

TEST_F(PhysicalPages, AWindowIsNeitherOutsideUserSpaceNorDecommitted) {
  char* p = Window(1);
  auto* highest = reinterpret_cast<PVOID>(~ULONG_PTR{0xFFF});
  ExpectFalse(ERROR_INVALID_PARAMETER, [=] { return MapUserPhysicalPages(highest, 1, nullptr); });
  ExpectFalse(ERROR_INVALID_ADDRESS, [=] { return VirtualFree(p, 0x1000, MEM_DECOMMIT); });
  EXPECT_TRUE(Release(p));
}

TEST_F(PhysicalPages, AFailureToMakeSomeMakesNone) {
  std::vector<ULONG_PTR> pages(5000);
  for (const FailingKernel::Call call : {FailingKernel::kMap, FailingKernel::kSizeFile}) {
    const FailingKernel kernel(call, 1);
    ULONG_PTR count = pages.size();
    SetLastError(0);
    if (AllocateUserPhysicalPages(kSelf, &count, pages.data()) != FALSE) {
      // Those that were freed before needed no room in the file.
      EXPECT_LT(count, pages.size());
      Free({pages.begin(), pages.begin() + static_cast<std::ptrdiff_t>(count)});
    } else {
      EXPECT_EQ(GetLastError(), ERROR_NOT_ENOUGH_MEMORY);
    }
    EXPECT_TRUE(kernel.failed());
  }
}

TEST_F(PhysicalPages, APageThatCannotBeEmptiedIsNotGivenAgain) {
  const auto pages = Allocate(1);
  {
    const FailingKernel kernel(FailingKernel::kEmptyFile, 1);
    Free(pages);
  }
  const auto others = Allocate(1);
  EXPECT_NE(others, pages);
  Free(others);
}

}  // namespace
