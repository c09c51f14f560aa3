#include "virtual/gap.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <string>

#include "system/layout.h"
#include "virtual/kernel.h"

namespace {

using winmem::system::kGranularity;
using winmem::system::kHighestAddress;
using winmem::system::kLowestAddress;
using winmem::vm::FindGap;

constexpr std::uintptr_t kEnd = kHighestAddress + 1;

std::string told;

// A kernel that tells of the mappings in `told`.
class Gap : public testing::Test {
 protected:
  Gap() : saved_(winmem::vm::kernel) {
    told.clear();
    winmem::vm::kernel.open_maps = [](int* file) {
      *file = memfd_create("maps", 0);
      const auto length = static_cast<ssize_t>(told.size());
      const bool written = write(*file, told.data(), told.size()) == length;
      return written && lseek(*file, 0, SEEK_SET) == 0 ? 0 : EIO;
    };
  }
  ~Gap() override { winmem::vm::kernel = saved_; }

  static void Mapped(std::uintptr_t begin, std::uintptr_t end) {
    char line[100];
    std::snprintf(line, sizeof line, "%zx-%zx rw-p 00000000 00:00 0\n", std::size_t{begin},
                  std::size_t{end});
    told += line;
  }

 private:
  winmem::vm::Kernel saved_;
};

TEST_F(Gap, WithoutMappingsAllOfUserSpaceIsOne) {
  EXPECT_EQ(FindGap(kGranularity, kGranularity, false), kLowestAddress);
  EXPECT_EQ(FindGap(kGranularity, kGranularity, true), kEnd - kGranularity);
  EXPECT_EQ(FindGap(kEnd - kLowestAddress, kGranularity, false), kLowestAddress);
  EXPECT_EQ(FindGap(kEnd - kLowestAddress + 1, kGranularity, false), 0u);
}

TEST_F(Gap, TheLowestOrTheHighestThatIsLargeEnoughIsTaken) {
  Mapped(0x10000, 0x20000);
  Mapped(0x40000, 0x1000000);
  Mapped(0x1050000, kEnd - 0x30000);
  EXPECT_EQ(FindGap(0x20000, kGranularity, false), 0x20000u);
  EXPECT_EQ(FindGap(0x30001, kGranularity, false), 0x1000000u);
  EXPECT_EQ(FindGap(0x20000, kGranularity, true), kEnd - 0x20000);
  EXPECT_EQ(FindGap(0x40000, kGranularity, true), 0x1010000u);
  EXPECT_EQ(FindGap(0x50001, kGranularity, true), 0u);
}

TEST_F(Gap, APlaceIsAMultipleOfTheAlignment) {
  Mapped(0x10000, 0x21000);
  Mapped(0x5F000, 0x1000000);
  Mapped(0x1400000, kEnd);
  EXPECT_EQ(FindGap(0x20000, kGranularity, false), 0x30000u);
  EXPECT_EQ(FindGap(0x20000, kGranularity, true), 0x13E0000u);
  EXPECT_EQ(FindGap(0x200000, 0x200000, false), 0x1000000u);
  EXPECT_EQ(FindGap(0x2F000, kGranularity, false), 0x30000u);
  EXPECT_EQ(FindGap(0x2F001, kGranularity, false), 0x1000000u);
}

TEST_F(Gap, WhatLiesBeyondTheBoundsCountsForNothing) {
  Mapped(0x1000, 0x30000);
  Mapped(0x40000, kEnd - 0x10000);
  Mapped(kEnd + 0x1000, kEnd + 0x3000);
  Mapped(kEnd + 0x5000, kEnd + 0x7000);
  EXPECT_EQ(FindGap(0x10000, kGranularity, false), 0x30000u);
  EXPECT_EQ(FindGap(0x10000, kGranularity, true), kEnd - 0x10000);
  EXPECT_EQ(FindGap(0x10001, kGranularity, true), 0u);
}

TEST_F(Gap, AskingLeavesErrnoAlone) {
  winmem::vm::kernel.open_maps = [](int*) {
    errno = EMFILE;
    return EMFILE;
  };
  errno = 0;
  EXPECT_EQ(FindGap(kGranularity, kGranularity, false), kLowestAddress);
  EXPECT_EQ(errno, 0);
}

}  // namespace
