#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "pages.h"
#include "support/catching.h"
#include "support/sanitizer.h"
#include "winmem/exception.h"
#include "winmem/system.h"
#include "winmem/winmem.h"

namespace {

using namespace winmem::test;

constexpr DWORD kBoth = MEM_RESERVE | MEM_COMMIT;

TEST(VirtualAlloc, RefusesTypesThatDoNotExist) {  // VA-050..VA-065
  const DWORD types[] = {0,
                         1,
                         0xFFFFFFFF,
                         MEM_FREE,
                         0x10000000,
                         kBoth | 0x40000000,
                         MEM_RESERVE | MEM_RESERVE_PLACEHOLDER,
                         MEM_TOP_DOWN,
                         MEM_TOP_DOWN | MEM_RESET,
                         MEM_COMMIT | MEM_RESET,
                         kBoth | MEM_RESET,
                         MEM_PHYSICAL,
                         MEM_PHYSICAL | MEM_COMMIT,
                         MEM_PHYSICAL | MEM_RESERVE | MEM_TOP_DOWN,
                         MEM_WRITE_WATCH,
                         MEM_RESET_UNDO | MEM_COMMIT,
                         MEM_RESET_UNDO | MEM_RESET,
                         MEM_DECOMMIT | MEM_RESERVE,
                         MEM_RESERVE | MEM_LARGE_PAGES};
  for (const DWORD type : types) {
    SCOPED_TRACE(type);
    ExpectAllocError(ERROR_INVALID_PARAMETER,
                     [&] { return VirtualAlloc(nullptr, 0x1000, type, PAGE_READWRITE); });
  }
}

TEST(VirtualAlloc, RefusesProtectionsThatDoNotExist) {  // VA-094..VA-112
  const DWORD protections[] = {0,     3,     5,     6,     7,          8,         9,     0xA,
                               0xB,   0xC,   0xD,   0xE,   0xF,        0x30,      0x50,  0x60,
                               0x70,  0x80,  0x90,  0xA0,  0xB0,       0xC0,      0xD0,  0xE0,
                               0xF0,  0x12,  0x44,  0x101, 0xFFFFFFFF, 0x401,     0x201, 0x304,
                               0x504, 0x604, 0x100, 0x200, 0x804,      0x40000004};
  for (const DWORD protect : protections) {
    SCOPED_TRACE(protect);
    for (const DWORD type : {MEM_RESERVE, MEM_COMMIT, kBoth}) {
      ExpectAllocError(ERROR_INVALID_PARAMETER,
                       [&] { return VirtualAlloc(nullptr, 0x1000, type, protect); });
    }
  }
}

TEST(VirtualAlloc, ReportsEveryProtectionAsItWasGiven) {  // VA-088..VA-093, VA-107, VA-114
  for (const DWORD protect :
       {0x1u, 0x2u, 0x4u, 0x10u, 0x20u, 0x40u, 0x104u, 0x102u, 0x402u, 0x204u}) {
    SCOPED_TRACE(protect);
    char* p = Commit(0x1000, protect);
    ExpectRegion(p, p, 0x1000, MEM_COMMIT, protect);
    EXPECT_EQ(Describe(p).AllocationProtect, protect);
    EXPECT_TRUE(Release(p));
  }
}

TEST(VirtualAlloc, TakesCallTargetInformationForCodeAndDropsIt) {  // VA-117
  char* p = Commit(0x1000, PAGE_EXECUTE_READ | PAGE_TARGETS_INVALID);
  EXPECT_EQ(Describe(p).Protect, PAGE_EXECUTE_READ);
  EXPECT_TRUE(Release(p));
}

TEST(VirtualAlloc, RefusesSizesThatCannotBe) {  // VA-001, VA-003, VA-005, VA-123
  SYSTEM_INFO system;
  GetSystemInfo(&system);
  const auto highest = reinterpret_cast<SIZE_T>(system.lpMaximumApplicationAddress);
  const auto from = reinterpret_cast<void*>(highest + 1 - 0x10000);
  for (const SIZE_T size : {SIZE_T{0}, SIZE_MAX, SIZE_MAX - 0xFFF, highest + 0x10000}) {
    SCOPED_TRACE(size);
    ExpectAllocError(ERROR_INVALID_PARAMETER,
                     [&] { return VirtualAlloc(nullptr, size, MEM_RESERVE, PAGE_NOACCESS); });
  }
  ExpectAllocError(ERROR_INVALID_PARAMETER,
                   [&] { return VirtualAlloc(from, 0x20000, MEM_RESERVE, PAGE_NOACCESS); });
}

TEST(VirtualAlloc, RefusesAddressesThatCannotBe) {  // VA-118, VA-119, VA-121, VA-122
  SYSTEM_INFO system;
  GetSystemInfo(&system);
  const auto above = reinterpret_cast<ULONG_PTR>(system.lpMaximumApplicationAddress) + 1;
  for (const ULONG_PTR address :
       {ULONG_PTR{1}, ULONG_PTR{0xF000}, ULONG_PTR{0xFFFF}, above, ~ULONG_PTR{0}}) {
    SCOPED_TRACE(address);
    for (const DWORD type : {MEM_RESERVE, MEM_COMMIT, MEM_RESET}) {
      ExpectAllocError(ERROR_INVALID_PARAMETER, [&] {
        return VirtualAlloc(reinterpret_cast<void*>(address), 0x1000, type, PAGE_READWRITE);
      });
    }
  }
}

TEST(VirtualAlloc, RefusesLargePagesForWantOfThePrivilege) {  // VA-072
  ExpectAllocError(ERROR_PRIVILEGE_NOT_HELD, [] {
    return VirtualAlloc(nullptr, GetLargePageMinimum(), kBoth | MEM_LARGE_PAGES, PAGE_READWRITE);
  });
}

TEST(VirtualAlloc, SuccessLeavesTheLastErrorAlone) {  // VA-125
  SetLastError(0xDEADBEEF);
  char* p = Reserve(1);
  EXPECT_EQ(GetLastError(), 0xDEADBEEF);
  EXPECT_TRUE(Release(p));
  EXPECT_EQ(GetLastError(), 0xDEADBEEF);
}

TEST(VirtualAlloc, AReservationHasWholePagesAndNotWholeGranules) {  // VA-010, VA-012, VQ-009
  char* p = Reserve(0x3001);
  EXPECT_EQ(reinterpret_cast<ULONG_PTR>(p) % 0x10000, 0u);
  ExpectRegion(p, p, 0x4000, MEM_RESERVE, 0);
  ExpectFree(p + 0x4000);
  EXPECT_TRUE(Release(p));
}

TEST(VirtualAlloc, TheRestOfAGranuleCannotBeReserved) {  // VA-013
  char* p = Reserve(0x1000);
  ExpectAllocError(ERROR_INVALID_ADDRESS,
                   [p] { return VirtualAlloc(p + 0x1000, 0x1000, MEM_RESERVE, PAGE_NOACCESS); });
  ExpectRegion(p, p, 0x1000, MEM_RESERVE, 0);
  EXPECT_TRUE(Release(p));
}

TEST(VirtualAlloc, RoundsAnAddressDownToTheGranularity) {  // VA-016..VA-024
  char* base = FreePlace(0x20000);
  const struct {
    SIZE_T offset, size, whole;
  } cases[] = {{0, 1, 0x1000},           {0x10, 0x1000, 0x2000},   {0xFFFF, 0x3000, 0x13000},
               {0x1010, 0x7000, 0x9000}, {0x1010, 0xC000, 0xE000}, {0x4080, 0x1000, 0x6000}};
  for (const auto& one : cases) {
    for (const DWORD type : {MEM_RESERVE, kBoth}) {
      ASSERT_EQ(VirtualAlloc(base + one.offset, one.size, type, PAGE_READWRITE), base);
      EXPECT_EQ(Describe(base).RegionSize, one.whole);
      EXPECT_TRUE(Release(base));
    }
  }
}

TEST(VirtualAlloc, ReservingWhatIsTakenFails) {  // VA-029..VA-031, VA-710
  char* p = Commit(0x1000);
  *p = 5;
  for (const DWORD type : {MEM_RESERVE, kBoth}) {
    ExpectAllocError(ERROR_INVALID_ADDRESS,
                     [&] { return VirtualAlloc(p, 0x1000, type, PAGE_READWRITE); });
  }
  EXPECT_EQ(*p, 5);
  EXPECT_TRUE(Release(p));
}

TEST(VirtualAlloc, ReservingAStrangersMappingFails) {  // VA-032
  static int ours;
  ExpectAllocError(ERROR_INVALID_ADDRESS,
                   [] { return VirtualAlloc(&ours, 1, MEM_RESERVE, PAGE_NOACCESS); });
}

TEST(VirtualAlloc, CommittingAtNullReserves) {  // VA-702
  void* p = VirtualAlloc(nullptr, 0x2000, MEM_COMMIT, PAGE_READWRITE);
  ExpectRegion(p, p, 0x2000, MEM_COMMIT, PAGE_READWRITE);
  EXPECT_TRUE(Release(p));
}

TEST(VirtualAlloc, CommittingWhereNothingIsReservedFails) {  // VA-707, VA-036..VA-038, VA-705
  char* free_place = FreePlace(0x10000);
  char* p = static_cast<char*>(VirtualAlloc(free_place, 0x4000, MEM_RESERVE, PAGE_NOACCESS));
  ASSERT_EQ(p, free_place);
  const struct {
    char* address;
    SIZE_T size;
  } cases[] = {{p + 0x4000, 0x1000}, {p, 0x10000}, {p, 0x4001}, {p + 0x20000000, 0x1000}};
  for (const auto& one : cases) {
    ExpectAllocError(ERROR_INVALID_ADDRESS, [&] {
      return VirtualAlloc(one.address, one.size, MEM_COMMIT, PAGE_READWRITE);
    });
  }
  ExpectRegion(p, p, 0x4000, MEM_RESERVE, 0);
  EXPECT_TRUE(Release(p));
}

TEST(VirtualAlloc, CommittingInAStrangersImageIsDenied) {  // VQ-122
  ExpectAllocError(ERROR_ACCESS_DENIED, [] {
    return VirtualAlloc(reinterpret_cast<void*>(&Reserve), 1, MEM_COMMIT, PAGE_READWRITE);
  });
}

TEST(VirtualAlloc, ACommitNeverCrossesTwoReservations) {  // VA-038, VA-706
  char* base = FreePlace(0x20000);
  ASSERT_EQ(VirtualAlloc(base, 0x10000, MEM_RESERVE, PAGE_NOACCESS), base);
  ASSERT_EQ(VirtualAlloc(base + 0x10000, 0x10000, MEM_RESERVE, PAGE_NOACCESS), base + 0x10000);
  for (const DWORD type : {MEM_COMMIT, MEM_RESET}) {
    ExpectAllocError(ERROR_INVALID_ADDRESS,
                     [&] { return VirtualAlloc(base + 0x4000, 0x10000, type, PAGE_NOACCESS); });
  }
  ExpectRegion(base, base, 0x10000, MEM_RESERVE, 0);
  EXPECT_TRUE(Release(base));
  ExpectRegion(base + 0x10000, base + 0x10000, 0x10000, MEM_RESERVE, 0);
  EXPECT_TRUE(Release(base + 0x10000));
}

TEST(VirtualAlloc, ACommitTakesEveryPageThatItTouches) {  // VA-026, VA-027, VA-040, VA-046
  char* p = Reserve(0x10000);
  EXPECT_EQ(VirtualAlloc(p + 0x5FFF, 2, MEM_COMMIT, PAGE_READWRITE), p + 0x5000);
  ExpectRegion(p, p, 0x5000, MEM_RESERVE, 0);
  ExpectRegion(p + 0x5000, p, 0x2000, MEM_COMMIT, PAGE_READWRITE);
  ExpectRegion(p + 0x7000, p, 0x9000, MEM_RESERVE, 0);
  EXPECT_EQ(Describe(p + 0x5000).AllocationProtect, PAGE_NOACCESS);
  EXPECT_TRUE(Release(p));
}

TEST(VirtualAlloc, ReservedPagesCannotBeTouched) {  // VA-048
  char* p = Reserve(0x1000, PAGE_READWRITE);
  EXPECT_EQ(StatusOfRead(p), STATUS_ACCESS_VIOLATION);
  EXPECT_TRUE(Release(p));
}

TEST(VirtualAlloc, CommittingAgainKeepsContentsAndAppliesTheProtection) {  // VA-042..VA-045
  char* p = Reserve(0x10000);
  ASSERT_NE(VirtualAlloc(p, 0x1000, MEM_COMMIT, PAGE_READWRITE), nullptr);
  ASSERT_NE(VirtualAlloc(p + 0x2000, 0x1000, MEM_COMMIT, PAGE_NOACCESS), nullptr);
  p[7] = 42;
  EXPECT_EQ(VirtualAlloc(p, 0x3000, MEM_COMMIT, PAGE_READONLY), p);
  ExpectRegion(p, p, 0x3000, MEM_COMMIT, PAGE_READONLY);
  EXPECT_EQ(p[7], 42);
  EXPECT_EQ(StatusOfWrite(p), STATUS_ACCESS_VIOLATION);
  EXPECT_EQ(p[0x1000], 0);
  EXPECT_TRUE(Release(p));
}

TEST(VirtualAlloc, ACommitWithAProtectionThatDoesNotExistChangesNothing) {  // VA-103
  char* p = Commit(0x1000, PAGE_NOACCESS);
  ExpectAllocError(ERROR_INVALID_PARAMETER,
                   [p] { return VirtualAlloc(p, 0x1000, MEM_COMMIT, PAGE_WRITECOPY); });
  ExpectRegion(p, p, 0x1000, MEM_COMMIT, PAGE_NOACCESS);
  EXPECT_TRUE(Release(p));
}

TEST(VirtualAlloc, AResetKeepsStateAndProtection) {  // VA-076, VA-078, VA-079, VA-081, VA-722
  char* p = Reserve(0x10000);
  ASSERT_NE(VirtualAlloc(p, 0x1000, MEM_COMMIT, PAGE_READWRITE), nullptr);
  *p = 9;
  EXPECT_EQ(VirtualAlloc(p + 5, 0x1000, MEM_RESET, PAGE_NOACCESS), p);
  EXPECT_EQ(VirtualAlloc(p + 0x1000, 0x1000, MEM_RESET, PAGE_NOACCESS), p + 0x1000);
  EXPECT_EQ(VirtualAlloc(p, 0x1000, MEM_RESET_UNDO, PAGE_NOACCESS), p);
  EXPECT_EQ(*p, 9);
  ExpectRegion(p, p, 0x1000, MEM_COMMIT, PAGE_READWRITE);
  ExpectRegion(p + 0x1000, p, 0xF000, MEM_RESERVE, 0);
  ExpectAllocError(ERROR_INVALID_ADDRESS,
                   [p] { return VirtualAlloc(p + 0xF000, 0x2000, MEM_RESET, PAGE_NOACCESS); });
  ExpectAllocError(ERROR_INVALID_PARAMETER, [p] { return VirtualAlloc(p, 0x1000, MEM_RESET, 0); });
  EXPECT_TRUE(Release(p));
}

TEST(VirtualAlloc, AnAweWindowIsReservedAndReleased) {  // VA-064, VA-066, VF-054
  void* p = VirtualAlloc(nullptr, 0x1000, MEM_PHYSICAL | MEM_RESERVE, PAGE_READWRITE);
  ASSERT_NE(p, nullptr);
  EXPECT_EQ(Describe(p).State, MEM_RESERVE);
  ExpectAllocError(ERROR_INVALID_ADDRESS,
                   [p] { return VirtualAlloc(p, 0x1000, MEM_COMMIT, PAGE_READWRITE); });
  EXPECT_TRUE(Release(p));
  ExpectAllocError(ERROR_INVALID_PARAMETER, [] {
    return VirtualAlloc(nullptr, 0x1000, MEM_PHYSICAL | MEM_RESERVE, PAGE_NOACCESS);
  });
}

TEST(VirtualAlloc, OnlyWhatIsReservedCanBeWatched) {
  void* p = VirtualAlloc(nullptr, 0x1000, MEM_COMMIT | MEM_WRITE_WATCH, PAGE_READWRITE);
  ExpectRegion(p, p, 0x1000, MEM_COMMIT, PAGE_READWRITE);
  EXPECT_EQ(ResetWriteWatch(p, 0x1000), 0u);
  ExpectAllocError(ERROR_INVALID_PARAMETER, [p] {
    return VirtualAlloc(p, 0x1000, MEM_COMMIT | MEM_WRITE_WATCH, PAGE_READWRITE);
  });
  EXPECT_TRUE(Release(p));
}

#if UINTPTR_MAX > 0xFFFFFFFFu && !WINMEM_UNDER_SANITIZER  // which leave no such gap

TEST(VirtualAlloc, AReservationMayHaveMorePagesThanThirtyTwoBitsCount) {
  constexpr SIZE_T kSize = SIZE_T{17} << 40;
  char* p = Reserve(kSize);
  ExpectRegion(p, p, kSize, MEM_RESERVE, 0);
  ExpectRegion(p + (kSize - 0x1000), p, 0x1000, MEM_RESERVE, 0);
  EXPECT_TRUE(Release(p));
}

#endif

TEST(VirtualAlloc, WatchedAndTopDownMemoryIsMemory) {  // VA-058, VA-059, VA-069, VQ-013
  for (const DWORD type :
       {kBoth | MEM_WRITE_WATCH, kBoth | MEM_TOP_DOWN, MEM_COMMIT | MEM_TOP_DOWN}) {
    void* p = VirtualAlloc(nullptr, 0x3000, type, PAGE_READWRITE);
    EXPECT_EQ(reinterpret_cast<ULONG_PTR>(p) % 0x10000, 0u);
    ExpectRegion(p, p, 0x3000, MEM_COMMIT, PAGE_READWRITE);
    EXPECT_EQ(*static_cast<char*>(p), 0);
    EXPECT_TRUE(Release(p));
  }
}

TEST(VirtualAlloc, TopDownIsAboveBottomUp) {
  char* low = Reserve(0x10000);
  void* high = VirtualAlloc(nullptr, 0x10000, MEM_RESERVE | MEM_TOP_DOWN, PAGE_NOACCESS);
  EXPECT_GT(reinterpret_cast<ULONG_PTR>(high), reinterpret_cast<ULONG_PTR>(low));
  EXPECT_TRUE(Release(low));
  EXPECT_TRUE(Release(high));
}

TEST(VirtualAlloc, SmallReservationsLieInGranulesOfTheirOwn) {  // VA-014
  std::vector<char*> all;
  all.reserve(256);
  for (int i = 0; i < 256; ++i) all.push_back(Reserve(0x1000));
  for (std::size_t i = 1; i < all.size(); ++i) EXPECT_GE(std::abs(all[i] - all[i - 1]), 0x10000);
  for (char* p : all) EXPECT_TRUE(Release(p));
}

TEST(VirtualAlloc, AReleasedPlaceCanBeTakenAtOnce) {  // VA-025, VF-709
  for (int i = 0; i < 100; ++i) {
    char* p = FreePlace(0x2000);
    ASSERT_EQ(VirtualAlloc(p, 0x1000, kBoth, PAGE_READWRITE), p);
    EXPECT_TRUE(Release(p));
  }
}

TEST(VirtualAlloc, CopyOnWriteIsForTheDocumentedProfileAlone) {
  ASSERT_TRUE(WinmemSetProfile(WINMEM_PROFILE_DOCUMENTED));
  char* p = Commit(0x1000, PAGE_WRITECOPY);
  *p = 1;
  ExpectRegion(p, p, 0x1000, MEM_COMMIT, PAGE_WRITECOPY);
  DWORD old;
  EXPECT_TRUE(VirtualProtect(p, 1, PAGE_EXECUTE_WRITECOPY, &old));
  ASSERT_TRUE(WinmemSetProfile(WINMEM_PROFILE_WINDOWS));
  EXPECT_TRUE(Release(p));
}

}  // namespace
