#include <gtest/gtest.h>

#include "pages.h"
#include "winmem/winmem.h"

namespace {

using namespace winmem::test;

class CommitLimit : public testing::Test {
 protected:
  ~CommitLimit() override { WinmemLimitCommit(~SIZE_T{0}); }
};

TEST_F(CommitLimit, IsAnErrorOfItsOwnAndNothingIsLost) {  // VA-008, VA-714
  char* p = Reserve(0x10000);
  WinmemLimitCommit(0x8000);
  for (int i = 0; i < 100; ++i) {
    ExpectAllocError(ERROR_COMMITMENT_LIMIT,
                     [p] { return VirtualAlloc(p, 0x9000, MEM_COMMIT, PAGE_READWRITE); });
    ExpectAllocError(ERROR_COMMITMENT_LIMIT, [] {
      return VirtualAlloc(nullptr, 0x9000, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
    });
  }
  ExpectRegion(p, p, 0x10000, MEM_RESERVE, 0);
  char* q = Reserve(0x100000);  // reserving takes nothing of it
  EXPECT_EQ(VirtualAlloc(p, 0x8000, MEM_COMMIT, PAGE_READWRITE), p);
  EXPECT_EQ(VirtualAlloc(p, 0x8000, MEM_COMMIT, PAGE_READONLY), p);
  ExpectAllocError(ERROR_COMMITMENT_LIMIT,
                   [q] { return VirtualAlloc(q, 1, MEM_COMMIT, PAGE_READWRITE); });
  EXPECT_TRUE(VirtualFree(p, 1, MEM_DECOMMIT));
  EXPECT_EQ(VirtualAlloc(q, 1, MEM_COMMIT, PAGE_READWRITE), q);
  EXPECT_TRUE(Release(p));
  EXPECT_EQ(VirtualAlloc(q, 0x8000, MEM_COMMIT, PAGE_READWRITE), q);
  EXPECT_TRUE(Release(q));
}

TEST_F(CommitLimit, CountsFromWhatIsCommittedAlready) {
  char* p = Commit(0x4000);
  WinmemLimitCommit(0x1fff);  // whole pages: one
  char* q = Reserve(0x10000);
  EXPECT_EQ(VirtualAlloc(q, 0x1000, MEM_COMMIT, PAGE_READWRITE), q);
  ExpectAllocError(ERROR_COMMITMENT_LIMIT,
                   [q] { return VirtualAlloc(q, 0x2000, MEM_COMMIT, PAGE_READWRITE); });
  WinmemLimitCommit(~SIZE_T{0});
  EXPECT_EQ(VirtualAlloc(q, 0x2000, MEM_COMMIT, PAGE_READWRITE), q);
  EXPECT_TRUE(Release(p));
  EXPECT_TRUE(Release(q));
}

}  // namespace
