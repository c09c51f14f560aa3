// What is told of mappings that are made up, because this process has none like them.
#include "virtual/foreign.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "virtual/kernel.h"

namespace winmem::vm {
namespace {

// While one lives, the kernel lists these mappings.
class MadeUpMaps {
 public:
  explicit MadeUpMaps(const std::string& lines) : saved_(kernel) {
    file_ = memfd_create("maps", 0);
    EXPECT_EQ(write(file_, lines.data(), lines.size()), static_cast<ssize_t>(lines.size()));
    kernel.open_maps = [](int* file) {
      *file = dup(file_);
      return lseek(*file, 0, SEEK_SET) == 0 ? 0 : errno;
    };
  }
  ~MadeUpMaps() {
    kernel = saved_;
    close(file_);
  }
  MadeUpMaps(const MadeUpMaps&) = delete;
  MadeUpMaps& operator=(const MadeUpMaps&) = delete;

 private:
  static inline int file_ = -1;
  Kernel saved_;
};

TEST(LookAround, PassesOverLinesThatAreNone) {
  const MadeUpMaps maps(
      "the kernel never says this\n"
      "00010000-00012000 rw-p 00000000 00:00 0\n");
  const Surroundings around = LookAround(0x11000);
  EXPECT_TRUE(around.mapped);
  EXPECT_EQ(around.base, 0x10000u);
  EXPECT_EQ(around.end, 0x12000u);
  EXPECT_EQ(around.type, MEM_PRIVATE);
}

TEST(LookAround, TellsEveryProtection) {
  const MadeUpMaps maps(
      "00010000-00011000 rwxp 00000000 00:00 0\n"
      "00011000-00012000 r-xp 00000000 00:00 0\n"
      "00012000-00013000 rw-p 00000000 00:00 0\n"
      "00013000-00014000 r--p 00000000 00:00 0\n"
      "00014000-00015000 ---p 00000000 00:00 0\n");
  EXPECT_EQ(LookAround(0x10000).protect, PAGE_EXECUTE_READWRITE);
  EXPECT_EQ(LookAround(0x11000).protect, PAGE_EXECUTE_READ);
  EXPECT_EQ(LookAround(0x12000).protect, PAGE_READWRITE);
  EXPECT_EQ(LookAround(0x13000).protect, PAGE_READONLY);
  EXPECT_EQ(LookAround(0x14000).protect, PAGE_NOACCESS);
}

TEST(LookAround, TwoMappingsOfAFileThatAreApartAreTwoViews) {
  const MadeUpMaps maps(
      "00010000-00011000 r--s 00000000 08:01 77 /file\n"
      "00012000-00013000 r--s 00000000 08:01 77 /file\n");
  EXPECT_EQ(LookAround(0x10000).whole_end, 0x11000u);
  EXPECT_EQ(LookAround(0x12000).base, 0x12000u);
  EXPECT_FALSE(LookAround(0x11000).mapped);
  EXPECT_EQ(LookAround(0x11000).end, 0x12000u);
}

TEST(LookAround, CodeThatOthersSeeChangeIsNoImage) {
  const MadeUpMaps maps(
      "00010000-00011000 r-xs 00000000 08:01 77 /file\n"
      "00012000-00013000 r-xp 00000000 08:01 78 /program\n");
  EXPECT_EQ(LookAround(0x10000).type, MEM_MAPPED);
  EXPECT_EQ(LookAround(0x12000).type, MEM_IMAGE);
}

TEST(LookAround, OnlySharedMemoryThatNobodyMayTouchIsReserved) {  // VQ-024
  const MadeUpMaps maps(
      "00010000-00011000 ---s 00000000 00:01 77 /memfd:a\n"
      "00012000-00013000 ---p 00000000 00:01 78 /memfd:b\n"
      "00014000-00015000 ---s 00000000 08:01 79 /file\n");
  EXPECT_EQ(LookAround(0x10000).allocation_protect, PAGE_READWRITE);
  EXPECT_EQ(LookAround(0x12000).allocation_protect, PAGE_NOACCESS);
  EXPECT_EQ(LookAround(0x14000).allocation_protect, PAGE_NOACCESS);
}

TEST(LookAround, MemoryOfNoFileKeepsNoProtectionFromAChange) {
  const MadeUpMaps maps("00000000-00001000 r--p 00000000 00:00 0\n");
  EXPECT_EQ(LookAround(0).allocation_protect, PAGE_READONLY);
}

TEST(LookAround, WhereTheListCannotBeReadEverythingIsAGap) {
  const Kernel saved = kernel;
  kernel.open_maps = [](int* file) {
    *file = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return 0;
  };
  errno = 5;
  const Surroundings around = LookAround(0x10000);
  kernel = saved;
  EXPECT_FALSE(around.mapped);
  EXPECT_EQ(around.end, 0u);
  EXPECT_EQ(errno, 5);
}

}  // namespace
}  // namespace winmem::vm
