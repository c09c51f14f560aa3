#include <gtest/gtest.h>

#include "system/layout.h"
#include "system/profile.h"
#include "winmem/last_error.h"
#include "winmem/system.h"
#include "winmem/winmem.h"

namespace {

using namespace winmem;

TEST(LastError, KeepsWhatItIsGiven) {
  for (const DWORD code : {0u, 87u, 0xDEADBEEFu, 0xFFFFFFFFu}) {
    SetLastError(code);
    EXPECT_EQ(GetLastError(), code);
    EXPECT_EQ(GetLastError(), code);
  }
}

TEST(GetSystemInfo, TellsPagesAndGranules) {  // VQ-135
  SYSTEM_INFO info;
  GetSystemInfo(&info);
  EXPECT_EQ(info.dwPageSize, 0x1000u);
  EXPECT_EQ(info.dwAllocationGranularity, 0x10000u);
  EXPECT_EQ(info.lpMinimumApplicationAddress, reinterpret_cast<void*>(0x10000));
  EXPECT_GE(info.dwNumberOfProcessors, 1u);
  EXPECT_NE(info.dwActiveProcessorMask & 1, 0u);
}

TEST(GetLargePageMinimum, IsTwoMebibytes) {
  EXPECT_EQ(GetLargePageMinimum(), 0x200000u);
}

TEST(Profile, IsWindowsUntilChosen) {
  EXPECT_FALSE(system::Documented());
  EXPECT_TRUE(WinmemSetProfile(WINMEM_PROFILE_DOCUMENTED));
  EXPECT_TRUE(system::Documented());
  SetLastError(0);
  EXPECT_FALSE(WinmemSetProfile(77));
  EXPECT_EQ(GetLastError(), ERROR_INVALID_PARAMETER);
  EXPECT_TRUE(system::Documented());
  EXPECT_TRUE(WinmemSetProfile(WINMEM_PROFILE_WINDOWS));
}

TEST(Layout, KnowsTheEndOfUserSpace) {
  EXPECT_TRUE(system::InUserSpace(system::kHighestAddress, 1));
  EXPECT_FALSE(system::InUserSpace(system::kHighestAddress, 2));
  EXPECT_FALSE(system::InUserSpace(system::kHighestAddress + 1, 1));
  EXPECT_FALSE(system::InUserSpace(0x10000, SIZE_MAX));
}

}  // namespace
