// When the kernel has no memory for the books of reservations: ERROR_NOT_ENOUGH_MEMORY, and nothing
// changed.
#include <gtest/gtest.h>

#include "failing_kernel.h"
#include "pages.h"
#include "support/catching.h"
#include "winmem/exception.h"

namespace {

using namespace winmem::test;

// Pages of each kind; then no node is left for a run of pages more, nor memory to make one of.
class FullBooks : public testing::Test {
 protected:
  ~FullBooks() override {
    for (char* p : {plain_, locked_, watched_, guarded_, many_}) EXPECT_TRUE(Release(p));
  }

  // Calls `call` while the books are full.
  template <class Call>
  void WhileFull(Call call) {
    ASSERT_TRUE(VirtualLock(locked_, 0x3000));
    EXPECT_EQ(StatusOfRead(nullptr), STATUS_ACCESS_VIOLATION);  // there is memory to catch one
    const FailingKernel kernel(FailingKernel::kMap, 1, FailingKernel::kFails);
    std::size_t page = 0;
    while (page < kMany && VirtualAlloc(many_ + page * 0x1000, 1, MEM_COMMIT, PAGE_READWRITE)) {
      page += 2;
    }
    ASSERT_LT(page, kMany);
    EXPECT_EQ(GetLastError(), ERROR_NOT_ENOUGH_MEMORY);
    EXPECT_EQ(Describe(many_ + page * 0x1000).State, MEM_RESERVE);
    call();
  }

  static constexpr std::size_t kMany = 20000;
  char* plain_ = Commit(0x3000);
  char* locked_ = Commit(0x3000);
  char* watched_ = static_cast<char*>(
      VirtualAlloc(nullptr, 0x3000, MEM_RESERVE | MEM_COMMIT | MEM_WRITE_WATCH, PAGE_READWRITE));
  char* guarded_ = Commit(0x3000, PAGE_READWRITE | PAGE_GUARD);
  char* many_ = Reserve(kMany * 0x1000);
};

TEST_F(FullBooks, ProtectionsAndStatesStayAsTheyAre) {
  WhileFull([this] {
    DWORD old = 0;
    ExpectFalse(ERROR_NOT_ENOUGH_MEMORY,
                [&] { return VirtualProtect(plain_ + 0x1000, 1, PAGE_READONLY, &old); });
    ExpectFalse(ERROR_NOT_ENOUGH_MEMORY,
                [&] { return VirtualFree(plain_ + 0x1000, 1, MEM_DECOMMIT); });
    ExpectAllocError(ERROR_NOT_ENOUGH_MEMORY,
                     [] { return VirtualAlloc(nullptr, 0x1000, MEM_RESERVE, PAGE_READWRITE); });
  });
  ExpectRegion(plain_, plain_, 0x3000, MEM_COMMIT, PAGE_READWRITE);
}

TEST_F(FullBooks, LocksStayAsTheyAre) {
  WhileFull([this] {
    ExpectFalse(ERROR_NOT_ENOUGH_MEMORY, [&] { return VirtualLock(plain_ + 0x1000, 1); });
    ExpectFalse(ERROR_NOT_ENOUGH_MEMORY, [&] { return VirtualUnlock(locked_ + 0x1000, 1); });
  });
  ExpectFalse(ERROR_NOT_LOCKED, [&] { return VirtualUnlock(plain_ + 0x1000, 1); });
  EXPECT_TRUE(VirtualUnlock(locked_, 0x3000));
}

TEST_F(FullBooks, AGuardPageStaysOneAndItsGuardIsHeardOf) {
  WhileFull([this] {
    EXPECT_EQ(StatusOfRead(guarded_ + 0x1000), STATUS_GUARD_PAGE_VIOLATION);
    EXPECT_EQ(StatusOfRead(guarded_ + 0x1000), STATUS_GUARD_PAGE_VIOLATION);
  });
  ExpectRegion(guarded_, guarded_, 0x3000, MEM_COMMIT, PAGE_READWRITE | PAGE_GUARD);
}

TEST_F(FullBooks, AFirstWriteThatCannotBeNotedIsAViolation) {
  WhileFull([this] {
    EXPECT_EQ(StatusOfWrite(watched_ + 0x1000), STATUS_ACCESS_VIOLATION);
    EXPECT_EQ(ResetWriteWatch(watched_, 0x3000), ~0u);
    EXPECT_EQ(GetLastError(), ERROR_NOT_ENOUGH_MEMORY);
  });
  EXPECT_EQ(StatusOfWrite(watched_ + 0x1000), 0u);
}

}  // namespace
