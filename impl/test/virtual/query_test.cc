#include <gtest/gtest.h>
#include <sys/mman.h>

#include <cstdio>

#include "pages.h"
#include "stranger.h"
#include "winmem/exception.h"
#include "winmem/system.h"

namespace {

using namespace winmem::test;

constexpr SIZE_T kSize = sizeof(MEMORY_BASIC_INFORMATION);

TEST(VirtualQuery, StartsAtTheAskedPage) {  // VQ-004, VQ-005
  char* p = Commit(0x10000);
  const MEMORY_BASIC_INFORMATION info = Describe(p + 0x4567);
  EXPECT_EQ(info.BaseAddress, p + 0x4000);
  EXPECT_EQ(info.RegionSize, 0xC000u);
  EXPECT_TRUE(Release(p));
}

TEST(VirtualQuery, JoinsWhatSeparateCallsCommitted) {  // VQ-010
  char* p = Reserve(0x10000);
  ASSERT_NE(VirtualAlloc(p, 0x1000, MEM_COMMIT, PAGE_READWRITE), nullptr);
  ASSERT_NE(VirtualAlloc(p + 0x1000, 0x1000, MEM_COMMIT, PAGE_READWRITE), nullptr);
  ExpectRegion(p, p, 0x2000, MEM_COMMIT, PAGE_READWRITE);
  EXPECT_TRUE(Release(p));
}

TEST(VirtualQuery, NeverJoinsTwoAllocations) {  // VQ-011
  char* base = FreePlace(0x20000);
  ASSERT_EQ(VirtualAlloc(base, 0x10000, MEM_RESERVE, PAGE_NOACCESS), base);
  ASSERT_NE(VirtualAlloc(base + 0x10000, 0x10000, MEM_RESERVE, PAGE_NOACCESS), nullptr);
  ExpectRegion(base, base, 0x10000, MEM_RESERVE, 0);
  EXPECT_TRUE(Release(base));
  EXPECT_TRUE(Release(base + 0x10000));
}

TEST(VirtualQuery, DoesNotTellLockedPagesFromOthers) {
  char* p = Commit(0x3000);
  ASSERT_TRUE(VirtualLock(p + 0x1000, 0x1000));
  ExpectRegion(p, p, 0x3000, MEM_COMMIT, PAGE_READWRITE);
  EXPECT_TRUE(Release(p));
}

TEST(VirtualQuery, WantsRoomForItsAnswer) {  // VQ-019
  const Stranger known(0x1000);
  MEMORY_BASIC_INFORMATION info;
  ExpectError<SIZE_T>(0, ERROR_BAD_LENGTH,
                      [&] { return VirtualQuery(known.base, &info, kSize - 1); });
  ExpectError<SIZE_T>(0, ERROR_BAD_LENGTH, [&] { return VirtualQuery(known.base, nullptr, 0); });
  EXPECT_EQ(VirtualQuery(known.base, &info, kSize + 100), kSize);
}

TEST(VirtualQuery, WantsAPlaceThatCanBeWritten) {
  ExpectError<SIZE_T>(0, ERROR_NOACCESS, [] { return VirtualQuery(nullptr, nullptr, kSize); });
  char* p = Commit(0x1000, PAGE_READONLY);
  ExpectError<SIZE_T>(0, ERROR_NOACCESS, [p] {
    return VirtualQuery(p, reinterpret_cast<PMEMORY_BASIC_INFORMATION>(p), kSize);
  });
  EXPECT_TRUE(Release(p));
}

TEST(VirtualQuery, AGuardPageAsThePlaceFailsOnce) {  // VQ-098
  char* p = Commit(0x1000, PAGE_READWRITE | PAGE_GUARD);
  auto query = [p] {
    return VirtualQuery(p, reinterpret_cast<PMEMORY_BASIC_INFORMATION>(p), kSize);
  };
  ExpectError<SIZE_T>(0, STATUS_GUARD_PAGE_VIOLATION, query);
  EXPECT_EQ(query(), kSize);
  EXPECT_TRUE(Release(p));
}

TEST(VirtualQuery, AskingForAGuardPageKeepsTheGuard) {  // VQ-027
  char* p = Commit(0x1000, PAGE_READWRITE | PAGE_GUARD);
  ExpectRegion(p, p, 0x1000, MEM_COMMIT, PAGE_READWRITE | PAGE_GUARD);
  ExpectRegion(p, p, 0x1000, MEM_COMMIT, PAGE_READWRITE | PAGE_GUARD);
  EXPECT_TRUE(Release(p));
}

TEST(VirtualQuery, KnowsUserSpaceAndNothingBeyond) {  // VQ-015..VQ-018, VQ-708
  SYSTEM_INFO system;
  GetSystemInfo(&system);
  auto* highest = static_cast<char*>(system.lpMaximumApplicationAddress);
  MEMORY_BASIC_INFORMATION info;
  EXPECT_EQ(VirtualQuery(highest, &info, kSize), kSize);
  for (void* beyond : {static_cast<void*>(highest + 1), reinterpret_cast<void*>(~ULONG_PTR{0})}) {
    ExpectError<SIZE_T>(0, ERROR_INVALID_PARAMETER,
                        [&] { return VirtualQuery(beyond, &info, kSize); });
  }
  ExpectFree(nullptr);
  EXPECT_GE(Describe(nullptr).RegionSize, 0x10000u);
  ExpectFree(static_cast<char*>(system.lpMinimumApplicationAddress) - 1 - 0xFFF);
}

TEST(VirtualQuery, AFreeRegionEndsWhereSomethingBegins) {  // VQ-006
  char* base = FreePlace(0x100000);
  ASSERT_EQ(VirtualAlloc(base, 0x1000, MEM_RESERVE, PAGE_NOACCESS), base);
  ASSERT_NE(VirtualAlloc(base + 0x80000, 0x1000, MEM_RESERVE, PAGE_NOACCESS), nullptr);
  ExpectFree(base + 0x2000);
  EXPECT_EQ(Describe(base + 0x2000).RegionSize, 0x7E000u);  // from the rest of the first granule on
  EXPECT_EQ(Describe(base + 0x20000).RegionSize, 0x60000u);
  void* stranger = mmap(base + 0x40000, 0x1000, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  ASSERT_EQ(stranger, base + 0x40000);
  EXPECT_EQ(Describe(base + 0x2000).RegionSize, 0x3E000u);
  EXPECT_EQ(Describe(base + 0x41000).RegionSize, 0x3F000u);
  munmap(stranger, 0x1000);
  EXPECT_TRUE(Release(base));
  EXPECT_TRUE(Release(base + 0x80000));
}

TEST(VirtualQuery, TheRestOfAGranuleIsFreeUpToWhatBeginsBehindIt) {  // VQ-009
  char* base = FreePlace(0x30000);
  ASSERT_EQ(VirtualAlloc(base, 0x1000, MEM_RESERVE, PAGE_NOACCESS), base);
  void* stranger = mmap(base + 0x10000, 0x1000, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  ASSERT_EQ(stranger, base + 0x10000);
  ExpectFree(base + 0x1000);
  EXPECT_EQ(Describe(base + 0x1000).RegionSize, 0xF000u);
  munmap(stranger, 0x1000);
  EXPECT_TRUE(Release(base));
}

TEST(VirtualQuery, AProgramIsAnImage) {  // VQ-021
  const MEMORY_BASIC_INFORMATION code = Describe(reinterpret_cast<void*>(&Reserve));
  EXPECT_EQ(code.State, MEM_COMMIT);
  EXPECT_EQ(code.Type, MEM_IMAGE);
  EXPECT_EQ(code.Protect, PAGE_EXECUTE_READ);
  EXPECT_EQ(code.AllocationProtect, PAGE_EXECUTE_WRITECOPY);
  EXPECT_EQ(Describe(code.AllocationBase).AllocationBase, code.AllocationBase);
}

TEST(VirtualQuery, TellsAMappedFileFromPrivateMemory) {  // VQ-711
  std::FILE* file = std::tmpfile();
  ASSERT_NE(file, nullptr);
  const Stranger view(0x2000, PROT_READ, MAP_SHARED, fileno(file)), plain(0x1000);
  const MEMORY_BASIC_INFORMATION mapped = Describe(view.base + 0x1000);
  EXPECT_EQ(mapped.Type, MEM_MAPPED);
  EXPECT_EQ(mapped.Protect, PAGE_READONLY);
  EXPECT_EQ(mapped.AllocationBase, view.base);
  EXPECT_EQ(mapped.RegionSize, 0x1000u);
  EXPECT_EQ(std::fclose(file), 0);
  EXPECT_EQ(Describe(plain.base).Type, MEM_PRIVATE);
  EXPECT_EQ(Describe(plain.base).Protect, PAGE_READWRITE);
}

TEST(VirtualQuery, AWalkCoversTheWholeOfUserSpace) {
  SYSTEM_INFO system;
  GetSystemInfo(&system);
  const auto highest = reinterpret_cast<ULONG_PTR>(system.lpMaximumApplicationAddress);
  ULONG_PTR at = 0;
  for (int steps = 0; at <= highest; ++steps) {
    ASSERT_LT(steps, 100000);
    const MEMORY_BASIC_INFORMATION info = Describe(reinterpret_cast<void*>(at));
    ASSERT_GT(info.RegionSize, 0u);
    at += info.RegionSize;
  }
  EXPECT_EQ(at, highest + 1);
}

}  // namespace
