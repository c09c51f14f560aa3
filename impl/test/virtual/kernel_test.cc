// What the real system calls return when they fail.
#include "virtual/kernel.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include <cerrno>
#include <cstdint>

#include "pages.h"
#include "support/sanitizer.h"

namespace {

using winmem::vm::kernel;

class Kernel_ : public testing::Test {
 protected:
  // Where nothing is.
  const std::uintptr_t free_ = reinterpret_cast<std::uintptr_t>(winmem::test::FreePlace(0x10000));
};

TEST_F(Kernel_, MapsAtThatPlaceAndNowhereElse) {
  std::uintptr_t where = free_;
  ASSERT_EQ(kernel.map(&where, 0x10000, PROT_NONE), 0);
  EXPECT_EQ(where, free_);
  EXPECT_EQ(kernel.map(&where, 0x10000, PROT_NONE), EEXIST);
  EXPECT_EQ(where, free_);
  EXPECT_EQ(kernel.find(free_), 0);
  EXPECT_EQ(kernel.unmap(free_, 0x10000), 0);
}

TEST_F(Kernel_, NothingIsDoneToPagesThatAreNotThere) {
  EXPECT_EQ(kernel.find(free_), ENOMEM);
  EXPECT_EQ(kernel.protect(free_, 0x1000, PROT_READ), ENOMEM);
  EXPECT_EQ(kernel.discard(free_, 0x1000), ENOMEM);
  EXPECT_EQ(kernel.unmap(free_ + 1, 0x1000), EINVAL);
}

#if !WINMEM_UNDER_SANITIZER  // which makes mlock and munlock do nothing

TEST_F(Kernel_, PagesThatAreNotThereAreNeitherLockedNorUnlocked) {
  EXPECT_EQ(kernel.lock(free_, 0x1000), ENOMEM);
  EXPECT_EQ(kernel.unlock(free_, 0x1000), ENOMEM);
}

#endif

TEST_F(Kernel_, NothingIsDoneToAFileThatIsNotOpen) {
  EXPECT_EQ(kernel.size_file(-1, 0x1000), EBADF);
  EXPECT_EQ(kernel.empty_file(-1, 0, 0x1000), EBADF);
  EXPECT_EQ(kernel.show(free_, 0x1000, -1, 0), EBADF);
}

TEST_F(Kernel_, AProcessThatMayOpenNothingMoreOpensNothing) {
  rlimit limit = {};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &limit), 0);
  const rlimit none = {0, limit.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &none), 0);
  int file = 0;
  const int maps = kernel.open_maps(&file), made = kernel.make_file(&file);
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &limit), 0);
  EXPECT_EQ(maps, EMFILE);
  EXPECT_EQ(made, EMFILE);
}

}  // namespace
