// The first calls of a process, when the kernel has no memory for what they begin: each in a
// process of its own, in which nobody called before.
#include <cerrno>
#include <cstdio>
#include <cstdlib>

#include "impl/test/moveable/support.h"
#include "virtual/kernel.h"

namespace winmem::moveable_test {
namespace {

vm::Kernel real;
int calls_left = 0;

bool Spent() {
  return calls_left-- <= 0;
}

// Calls `call`, which gives a handle or null, with 0, 1, 2, ... calls to the kernel allowed until
// it succeeds. Ends the process with a word where a failure is not the right one.
template <typename Call>
HGLOBAL FailFirst(Call call) {
  real = vm::kernel;
  for (int allowed = 0; allowed < 1000; ++allowed) {
    SetLastError(kPoison);
    calls_left = allowed;
    vm::kernel.map = [](std::uintptr_t* where, std::size_t size, int protection) {
      return Spent() ? ENOMEM : real.map(where, size, protection);
    };
    vm::kernel.protect = [](std::uintptr_t where, std::size_t size, int protection) {
      return Spent() ? ENOMEM : real.protect(where, size, protection);
    };
    HGLOBAL got = call();
    vm::kernel = real;
    if (got != nullptr) {
      if (allowed != 0) return got;
      std::fputs("the first call asked the kernel for nothing\n", stderr);
      std::exit(2);
    }
    if (GetLastError() != ERROR_NOT_ENOUGH_MEMORY) {
      std::fputs("a failure left another error\n", stderr);
      std::exit(3);
    }
  }
  std::fputs("it never succeeded\n", stderr);
  std::exit(4);
}

// Exit code 0 when `holds`.
[[noreturn]] void EndWith(bool holds) {
  std::exit(holds ? 0 : 1);
}

class FirstCallDeathTest : public testing::Test {
 protected:
  FirstCallDeathTest() { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
  ~FirstCallDeathTest() override { GTEST_FLAG_SET(death_test_style, "fast"); }
};

TEST_F(FirstCallDeathTest, AFixedBlockFailsCleanlyAtEveryStep) {
  EXPECT_EXIT(
      {
        void* block = FailFirst([] { return LocalAlloc(LMEM_FIXED, 100); });
        EndWith(LocalSize(block) == 100 && LocalFree(block) == nullptr);
      },
      testing::ExitedWithCode(0), "");
}

TEST_F(FirstCallDeathTest, AMoveableObjectFailsCleanlyAtEveryStep) {
  EXPECT_EXIT(
      {
        HGLOBAL handle = FailFirst([] { return GlobalAlloc(GMEM_MOVEABLE, 100); });
        EndWith(IsTagged(handle) && GlobalSize(handle) == 100 && GlobalFree(handle) == nullptr);
      },
      testing::ExitedWithCode(0), "");
}

TEST_F(FirstCallDeathTest, MakingABlockMoveableFailsCleanlyAtEveryStep) {
  EXPECT_EXIT(
      {
        void* block = GlobalAlloc(GMEM_FIXED, 100);
        HGLOBAL handle =
            FailFirst([=] { return GlobalReAlloc(block, 0, GMEM_MODIFY | GMEM_MOVEABLE); });
        EndWith(IsTagged(handle) && GlobalSize(handle) == 100);
      },
      testing::ExitedWithCode(0), "");
}

TEST_F(FirstCallDeathTest, WithoutAHeapNothingIsABlockOrAnObject) {
  EXPECT_EXIT(
      {
        vm::kernel.map = [](std::uintptr_t*, std::size_t, int) { return ENOMEM; };
        alignas(16) static char block[16];
        EndWith(GlobalSize(block) == 0 && GlobalFree(block) == block &&
                GlobalSize(block + sizeof(void*)) == 0 && LocalFlags(block) == LMEM_INVALID_HANDLE);
      },
      testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace winmem::moveable_test
