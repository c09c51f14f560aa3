#include <gtest/gtest.h>
#include <sys/mman.h>

#include "pages.h"
#include "stranger.h"
#include "support/catching.h"
#include "winmem/exception.h"
#include "winmem/system.h"

namespace {

using namespace winmem::test;

TEST(VirtualFree, RefusesEveryTypeButTwo) {  // VF-021..VF-030, VF-061
  char* p = Commit(0x10000);
  *p = 1;
  auto refused = [p](SIZE_T size, DWORD type) {
    SCOPED_TRACE(type);
    ExpectFalse(ERROR_INVALID_PARAMETER, [=] { return VirtualFree(p, size, type); });
  };
  for (int bit = 0; bit < 32; ++bit) {
    if (bit != 14 && bit != 15) refused(0, 1u << bit);
  }
  for (const DWORD type : {0u, 0xFFFFFFFFu, ~MEM_RELEASE, ~MEM_DECOMMIT}) refused(0, type);
  refused(0x1000, MEM_DECOMMIT | MEM_RELEASE);
  refused(0x10000, 0);
  refused(0xF000, MEM_COALESCE_PLACEHOLDERS);
  ExpectFalse(ERROR_INVALID_PARAMETER, [] { return VirtualFree(nullptr, 0, 0); });
  EXPECT_EQ(*p, 1);
  EXPECT_TRUE(Release(p));
}

TEST(VirtualFree, NothingHereIsAPlaceholder) {  // VF-057, VF-059, VF-061, VF-062
  char* p = Reserve(0x10000);
  constexpr DWORD kSplit = MEM_PRESERVE_PLACEHOLDER, kJoin = MEM_COALESCE_PLACEHOLDERS;
  for (const DWORD kind : {kSplit, kJoin}) {
    ExpectFalse(ERROR_INVALID_PARAMETER, [=] { return VirtualFree(p, 0, MEM_RELEASE | kind); });
    ExpectFalse(ERROR_INVALID_PARAMETER,
                [=] { return VirtualFree(p, 0x1000, MEM_DECOMMIT | kind); });
    ExpectFalse(ERROR_INVALID_ADDRESS, [=] { return VirtualFree(p, 0x1000, MEM_RELEASE | kind); });
  }
  ExpectFalse(ERROR_INVALID_PARAMETER,
              [=] { return VirtualFree(p, 0x1000, MEM_RELEASE | kSplit | kJoin); });
  EXPECT_TRUE(Release(p));
}

TEST(VirtualFree, ARangeThatLeavesUserSpaceIsNone) {  // VF-017
  char* p = Commit(0x10000);
  for (const SIZE_T size : {~SIZE_T{0}, ~SIZE_T{0} - reinterpret_cast<ULONG_PTR>(p)}) {
    ExpectFalse(ERROR_INVALID_PARAMETER, [=] { return VirtualFree(p, size, MEM_DECOMMIT); });
  }
  EXPECT_TRUE(Release(p));
}

TEST(VirtualFree, AReleaseTakesNoSize) {  // VF-003, VF-004, VF-702
  char* p = Commit(0x10000);
  *p = 7;
  for (const SIZE_T size : {SIZE_T{1}, SIZE_T{0x10000}}) {
    ExpectFalse(ERROR_INVALID_PARAMETER, [=] { return VirtualFree(p, size, MEM_RELEASE); });
  }
  EXPECT_EQ(*p, 7);
  EXPECT_TRUE(Release(p));
}

TEST(VirtualFree, AReleaseTakesAnyByteOfTheFirstPage) {  // VF-008..VF-011
  char* p = Commit(0x10000);
  for (const SIZE_T offset : {0x1000u, 0x1001u, 0x8000u, 0xFFFFu}) {
    ExpectFalse(ERROR_INVALID_ADDRESS, [=] { return VirtualFree(p + offset, 0, MEM_RELEASE); });
  }
  EXPECT_TRUE(VirtualFree(p + 0xFFF, 0, MEM_RELEASE));
  ExpectFree(p);
}

TEST(VirtualFree, WhatIsReleasedIsGone) {  // VF-012, VF-019, VF-020
  char* p = Commit(0x10000);
  EXPECT_TRUE(Release(p));
  ExpectFalse(ERROR_INVALID_ADDRESS, [p] { return VirtualFree(p, 0, MEM_RELEASE); });
  EXPECT_EQ(StatusOfRead(p), STATUS_ACCESS_VIOLATION);
}

TEST(VirtualFree, AReleaseGivesBackTheRestOfTheGranuleToo) {
  char* p = Reserve(0x1000);
  EXPECT_TRUE(Release(p));
  void* got =
      mmap(p + 0x1000, 0x1000, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
  EXPECT_EQ(got, p + 0x1000);
  munmap(got, 0x1000);
}

TEST(VirtualFree, KnowsNoAddressOutsideAllocations) {  // VF-014..VF-017, VF-045, VF-704
  SYSTEM_INFO system;
  GetSystemInfo(&system);
  auto* above = static_cast<char*>(system.lpMaximumApplicationAddress) + 1;
  char* p = Reserve(0x3000);
  for (const DWORD type : {MEM_RELEASE, MEM_DECOMMIT}) {
    ExpectFalse(ERROR_INVALID_ADDRESS, [=] { return VirtualFree(p + 0x8000, 0, type); });
    ExpectFalse(ERROR_INVALID_ADDRESS, [=] { return VirtualFree(nullptr, 0, type); });
    ExpectFalse(ERROR_INVALID_PARAMETER, [=] { return VirtualFree(above, 0, type); });
  }
  ExpectFalse(ERROR_INVALID_ADDRESS, [=] { return VirtualFree(p + 0x3000, 1, MEM_DECOMMIT); });
  EXPECT_TRUE(Release(p));
}

TEST(VirtualFree, LeavesStrangersAlone) {  // VF-052, VF-707
  const Stranger view(0x1000, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS), plain(0x1000);
  *view.base = *plain.base = 3;
  ExpectFalse(ERROR_INVALID_PARAMETER, [&] { return VirtualFree(view.base, 0, MEM_RELEASE); });
  ExpectFalse(ERROR_INVALID_PARAMETER,
              [&] { return VirtualFree(view.base, 0x1000, MEM_DECOMMIT); });
  ExpectFalse(ERROR_INVALID_ADDRESS, [&] { return VirtualFree(plain.base, 0, MEM_RELEASE); });
  EXPECT_EQ(*view.base, 3);
  EXPECT_EQ(*plain.base, 3);
}

TEST(VirtualFree, ADecommitTakesEveryPageThatItTouches) {  // VF-031, VF-032, VF-039, VF-050
  char* p = Commit(0x10000);
  EXPECT_TRUE(VirtualFree(p + 0x4FFF, 2, MEM_DECOMMIT));
  ExpectRegion(p, p, 0x4000, MEM_COMMIT, PAGE_READWRITE);
  ExpectRegion(p + 0x4000, p, 0x2000, MEM_RESERVE, 0);
  ExpectRegion(p + 0x6000, p, 0xA000, MEM_COMMIT, PAGE_READWRITE);
  EXPECT_EQ(Describe(p + 0x4000).AllocationProtect, PAGE_READWRITE);
  EXPECT_EQ(StatusOfRead(p + 0x4000), STATUS_ACCESS_VIOLATION);  // VF-046
  EXPECT_TRUE(Release(p));
}

TEST(VirtualFree, WhatIsCommittedAgainIsZero) {  // VA-049, VF-049
  char* p = Commit(0x2000);
  p[0] = p[0x1000] = 1;
  EXPECT_TRUE(VirtualFree(p, 0x1000, MEM_DECOMMIT));
  ASSERT_EQ(VirtualAlloc(p, 0x1000, MEM_COMMIT, PAGE_READWRITE), p);
  EXPECT_EQ(p[0], 0);
  EXPECT_EQ(p[0x1000], 1);
  EXPECT_TRUE(Release(p));
}

TEST(VirtualFree, ReservedPagesCanBeDecommitted) {  // VF-033..VF-035, VF-007
  char* p = Reserve(0x10000);
  EXPECT_TRUE(VirtualFree(p, 0x1000, MEM_DECOMMIT));
  ASSERT_NE(VirtualAlloc(p + 0x3000, 0x1000, MEM_COMMIT, PAGE_READWRITE), nullptr);
  EXPECT_TRUE(VirtualFree(p, 0x10000, MEM_DECOMMIT));
  EXPECT_TRUE(VirtualFree(p, 0x10000, MEM_DECOMMIT));
  ExpectRegion(p, p, 0x10000, MEM_RESERVE, 0);
  EXPECT_TRUE(Release(p));
}

TEST(VirtualFree, ADecommitOfSizeZeroTakesTheWholeAllocation) {  // VF-703, VF-048
  char* p = Commit(0x10000);
  ExpectFalse(ERROR_INVALID_ADDRESS, [p] { return VirtualFree(p + 0x1000, 0, MEM_DECOMMIT); });
  EXPECT_TRUE(VirtualFree(p + 0xFFF, 0, MEM_DECOMMIT));
  ExpectRegion(p, p, 0x10000, MEM_RESERVE, 0);
  EXPECT_TRUE(Release(p));
}

TEST(VirtualFree, ADecommitThatPassesTheEndFails) {  // VF-041..VF-043
  char* p = Commit(0x1000);
  const struct {
    SIZE_T offset, size;
  } cases[] = {{0, 0x1001}, {1, 0x1000}, {0, 0x10000}, {0xFFF, 2}};
  for (const auto& one : cases) {
    ExpectFalse(ERROR_INVALID_PARAMETER,
                [&] { return VirtualFree(p + one.offset, one.size, MEM_DECOMMIT); });
  }
  ExpectRegion(p, p, 0x1000, MEM_COMMIT, PAGE_READWRITE);
  EXPECT_TRUE(Release(p));
}

TEST(VirtualFree, ADecommitNeverCrossesTwoAllocations) {  // VF-044, VF-067, VF-068, VF-705
  char* base = FreePlace(0x20000);
  char* second = base + 0x10000;
  ASSERT_EQ(VirtualAlloc(base, 0x10000, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE), base);
  ASSERT_EQ(VirtualAlloc(second, 0x10000, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE), second);
  ExpectFalse(ERROR_INVALID_PARAMETER, [=] { return VirtualFree(base, 0x20000, MEM_DECOMMIT); });
  ExpectRegion(base, base, 0x10000, MEM_COMMIT, PAGE_READWRITE);
  EXPECT_TRUE(Release(second));
  ExpectRegion(base, base, 0x10000, MEM_COMMIT, PAGE_READWRITE);
  EXPECT_TRUE(Release(base));
}

}  // namespace
