#include <gtest/gtest.h>

#include "pages.h"
#include "support/catching.h"
#include "winmem/exception.h"

namespace {

using namespace winmem::test;

TEST(VirtualProtect, SetsEachProtectionAndReturnsTheOldOne) {  // VQ-037, VQ-044
  char* p = Commit(0x1000, PAGE_NOACCESS);
  DWORD before = PAGE_NOACCESS;
  for (const DWORD protect : {0x1u, 0x2u, 0x4u, 0x10u, 0x20u, 0x40u, 0x104u, 0x4u}) {
    DWORD old = 0;
    EXPECT_TRUE(VirtualProtect(p, 0x1000, protect, &old));
    EXPECT_EQ(old, before);
    EXPECT_EQ(Describe(p).Protect, protect);
    EXPECT_EQ(Describe(p).AllocationProtect, PAGE_NOACCESS);
    before = protect;
  }
  EXPECT_TRUE(Release(p));
}

TEST(VirtualProtect, RefusesProtectionsThatDoNotExist) {  // VQ-033..VQ-036
  char* p = Commit(0x1000, PAGE_NOACCESS);
  for (const DWORD protect :
       {0u, 3u, 6u, 8u, 0xFu, 0x30u, 0x80u, 0x84u, 0xF0u, 0x12u, 0x101u, 0x604u}) {
    DWORD old = 77;
    ExpectFalse(ERROR_INVALID_PARAMETER, [&] { return VirtualProtect(p, 0x1000, protect, &old); });
    EXPECT_EQ(old, 77u);
  }
  EXPECT_EQ(Describe(p).Protect, PAGE_NOACCESS);
  EXPECT_TRUE(Release(p));
}

TEST(VirtualProtect, WantsAPlaceForTheOldProtection) {  // VQ-032, VQ-701
  char* p = Commit(0x1000);
  ExpectFalse(ERROR_NOACCESS, [=] { return VirtualProtect(p, 1, PAGE_READONLY, nullptr); });
  auto* kernel = reinterpret_cast<PDWORD>(~ULONG_PTR{0xFFF});
  ExpectFalse(ERROR_NOACCESS, [=] { return VirtualProtect(p, 1, PAGE_READONLY, kernel); });
  EXPECT_EQ(Describe(p).Protect, PAGE_READWRITE);
  EXPECT_TRUE(Release(p));
}

TEST(VirtualProtect, MayTakeTheRightToWriteWhereItReportsTo) {
  char* p = Commit(0x1000);
  auto* old = reinterpret_cast<PDWORD>(p);
  EXPECT_TRUE(VirtualProtect(p, 1, PAGE_READONLY, old));
  EXPECT_EQ(Describe(p).Protect, PAGE_READONLY);
  EXPECT_TRUE(Release(p));
}

TEST(VirtualProtect, WantsAllPagesCommittedInOneAllocation) {  // VQ-028, VQ-029, VQ-040..VQ-042
  char* base = FreePlace(0x20000);
  ASSERT_EQ(VirtualAlloc(base, 0x10000, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE), base);
  ASSERT_NE(VirtualAlloc(base + 0x10000, 0x10000, MEM_RESERVE, PAGE_READWRITE), nullptr);
  ASSERT_NE(VirtualAlloc(base + 0x10000, 0x1000, MEM_COMMIT, PAGE_READWRITE), nullptr);
  const struct {
    SIZE_T offset, size;
  } cases[] = {{0x8000, 0x9000}, {0x10000, 0xFFFC}, {0x11000, 1}};
  for (const auto& one : cases) {
    DWORD old = 0;
    ExpectFalse(ERROR_INVALID_ADDRESS,
                [&] { return VirtualProtect(base + one.offset, one.size, PAGE_READONLY, &old); });
    EXPECT_EQ(old, PAGE_NOACCESS);
  }
  ExpectRegion(base, base, 0x10000, MEM_COMMIT, PAGE_READWRITE);
  EXPECT_TRUE(Release(base + 0x10000));
  DWORD old;
  ExpectFalse(ERROR_INVALID_ADDRESS,
              [&] { return VirtualProtect(base + 0x10000, 8, PAGE_READONLY, &old); });
  ExpectFalse(ERROR_INVALID_ADDRESS,  // nothing is there that a copy could be made of
              [&] { return VirtualProtect(base + 0x10000, 8, PAGE_WRITECOPY, &old); });
  ExpectFalse(ERROR_INVALID_PARAMETER,  // VQ-036, whether the page is committed or not
              [&] { return VirtualProtect(base, 8, PAGE_WRITECOPY, &old); });
  ExpectFalse(ERROR_INVALID_PARAMETER,  // VQ-702
              [&] { return VirtualProtect(base, 0, PAGE_READONLY, &old); });
  EXPECT_TRUE(Release(base));
}

TEST(VirtualProtect, TakesEveryPageThatItTouches) {  // VQ-038, VQ-039
  char* p = Commit(0x10000);
  DWORD old;
  EXPECT_TRUE(VirtualProtect(p + 0x1FFF, 2, PAGE_READONLY, &old));
  ExpectRegion(p, p, 0x1000, MEM_COMMIT, PAGE_READWRITE);
  ExpectRegion(p + 0x1000, p, 0x2000, MEM_COMMIT, PAGE_READONLY);
  EXPECT_TRUE(Release(p));
}

TEST(VirtualProtect, JoinsWhatItSplit) {  // VQ-012
  char* p = Commit(0x10000);
  DWORD old;
  EXPECT_TRUE(VirtualProtect(p, 0x3000, PAGE_READONLY, &old));
  ExpectRegion(p, p, 0x3000, MEM_COMMIT, PAGE_READONLY);
  EXPECT_TRUE(VirtualProtect(p, 0x3000, PAGE_READWRITE, &old));
  ExpectRegion(p, p, 0x10000, MEM_COMMIT, PAGE_READWRITE);
  EXPECT_TRUE(Release(p));
}

TEST(VirtualProtect, ReportsTheProtectionOfTheFirstPage) {  // VQ-031
  char* p = Commit(0x10000);
  DWORD old;
  EXPECT_TRUE(VirtualProtect(p + 0x8000, 0x8000, PAGE_EXECUTE_READWRITE, &old));
  EXPECT_TRUE(VirtualProtect(p, 0x10000, PAGE_EXECUTE_READ, &old));
  EXPECT_EQ(old, PAGE_READWRITE);
  ExpectRegion(p, p, 0x10000, MEM_COMMIT, PAGE_EXECUTE_READ);
  EXPECT_TRUE(Release(p));
}

TEST(VirtualProtect, KeepsContents) {  // VQ-043
  char* p = Commit(0x1000);
  *p = 12;
  DWORD old;
  EXPECT_TRUE(VirtualProtect(p, 1, PAGE_NOACCESS, &old));
  EXPECT_EQ(StatusOfRead(p), STATUS_ACCESS_VIOLATION);
  EXPECT_TRUE(VirtualProtect(p, 1, PAGE_READONLY, &old));
  EXPECT_EQ(old, PAGE_NOACCESS);
  EXPECT_EQ(*p, 12);
  EXPECT_TRUE(Release(p));
}

TEST(VirtualProtect, CachingBelongsToTheAllocation) {  // VQ-045..VQ-047
  char* p = Commit(0x2000, PAGE_READWRITE | PAGE_NOCACHE);
  DWORD old;
  EXPECT_TRUE(VirtualProtect(p, 0x1000, PAGE_READWRITE, &old));
  EXPECT_EQ(old, PAGE_READWRITE | PAGE_NOCACHE);
  ExpectRegion(p, p, 0x2000, MEM_COMMIT, PAGE_READWRITE | PAGE_NOCACHE);
  EXPECT_TRUE(VirtualProtect(p, 0x1000, PAGE_READONLY, &old));
  ExpectRegion(p, p, 0x1000, MEM_COMMIT, PAGE_READONLY | PAGE_NOCACHE);
  EXPECT_TRUE(Release(p));
  p = Commit(0x2000);
  EXPECT_TRUE(VirtualProtect(p, 0x1000, PAGE_READONLY | PAGE_NOCACHE, &old));
  ExpectRegion(p, p, 0x1000, MEM_COMMIT, PAGE_READONLY);
  EXPECT_TRUE(Release(p));
}

}  // namespace
