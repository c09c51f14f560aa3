#include "exception/guarded_copy.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include "support/machine.h"
#include "winmem/virtual.h"

namespace {

using winmem::exception::ErrorOfStatus;
using winmem::exception::Fault;
using winmem::exception::GuardedClear;
using winmem::exception::GuardedCopy;

class GuardedCopy_ : public testing::Test {
 protected:
  void SetUp() override {
    pages_ =
        static_cast<char*>(VirtualAlloc(nullptr, 0x2000, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE));
    ASSERT_NE(pages_, nullptr);
  }
  void TearDown() override { VirtualFree(pages_, 0, MEM_RELEASE); }
  char* pages_;
};

TEST_F(GuardedCopy_, CopiesWhatIsThere) {
  EXPECT_EQ(GuardedCopy(pages_ + 0xFFD, "winmem", 7), 0u);
  EXPECT_STREQ(pages_ + 0xFFD, "winmem");
}

TEST_F(GuardedCopy_, StopsAtTheFirstByteThatCannotBeWritten) {
  DWORD old;
  ASSERT_TRUE(VirtualProtect(pages_ + 0x1000, 1, PAGE_READONLY, &old));
  EXPECT_EQ(GuardedCopy(pages_ + 0xFFE, "wxyz", 4), STATUS_ACCESS_VIOLATION);
  EXPECT_EQ(std::memcmp(pages_ + 0xFFE, "wx\0\0", 4), 0);
}

TEST_F(GuardedCopy_, ReportsAGuardPageAndClearsIt) {
  DWORD old;
  ASSERT_TRUE(VirtualProtect(pages_, 1, PAGE_READWRITE | PAGE_GUARD, &old));
  char byte;
  EXPECT_EQ(GuardedCopy(&byte, pages_, 1), STATUS_GUARD_PAGE_VIOLATION);
  EXPECT_EQ(GuardedCopy(&byte, pages_, 1), 0u);
}

TEST_F(GuardedCopy_, BearsAddressesThatCannotExist) {
  char byte;
  EXPECT_EQ(GuardedCopy(&byte, nullptr, 1), STATUS_ACCESS_VIOLATION);
  EXPECT_EQ(GuardedCopy(&byte, reinterpret_cast<void*>(~ULONG_PTR{0}), 1), STATUS_ACCESS_VIOLATION);
  EXPECT_EQ(GuardedCopy(&byte, reinterpret_cast<void*>(winmem::test::kNowhere), 1),
            STATUS_ACCESS_VIOLATION);
}

LONG Fail(EXCEPTION_POINTERS*) {
  ADD_FAILURE() << "a handler was asked";
  return EXCEPTION_CONTINUE_SEARCH;
}

TEST_F(GuardedCopy_, AsksNoHandler) {
  void* handle = AddVectoredExceptionHandler(1, Fail);
  char byte;
  EXPECT_NE(GuardedCopy(&byte, nullptr, 1), 0u);
  RemoveVectoredExceptionHandler(handle);
}

TEST_F(GuardedCopy_, TellsOfItsFaultAsAnExceptionWould) {
  DWORD old;
  ASSERT_TRUE(VirtualProtect(pages_ + 0x1000, 1, PAGE_READONLY | PAGE_GUARD, &old));
  char bytes[4];
  Fault fault;
  EXPECT_TRUE(GuardedCopy(bytes, pages_, 4, &fault));
  EXPECT_EQ(fault.status, 0u);
  EXPECT_FALSE(GuardedCopy(bytes, pages_ + 0xFFE, 4, &fault));
  EXPECT_EQ(fault.status, STATUS_GUARD_PAGE_VIOLATION);
  ASSERT_EQ(fault.count, 2u);
  EXPECT_EQ(fault.parameters[0], 0u);
  EXPECT_EQ(fault.parameters[1], reinterpret_cast<ULONG_PTR>(pages_ + 0x1000));
  EXPECT_FALSE(GuardedCopy(pages_ + 0xFFE, bytes, 4, &fault));
  EXPECT_EQ(fault.status, STATUS_ACCESS_VIOLATION);
  EXPECT_EQ(fault.parameters[0], 1u);
  EXPECT_EQ(fault.parameters[1], reinterpret_cast<ULONG_PTR>(pages_ + 0x1000));
}

TEST_F(GuardedCopy_, ClearsSoManyBytesOfAnyNumberOfPages) {
  Fault fault;
  for (const std::size_t size : {0u, 1u, 0xFFFu, 0x1000u, 0x1001u, 0x1FF0u}) {
    std::memset(pages_, 1, 0x2000);
    EXPECT_TRUE(GuardedClear(pages_ + 7, size, &fault));
    EXPECT_EQ(std::count(pages_, pages_ + 0x2000, 0), static_cast<std::ptrdiff_t>(size));
    EXPECT_EQ(pages_[6], 1);
    EXPECT_EQ(pages_[7 + size], 1);
  }
  EXPECT_FALSE(GuardedClear(pages_ + 0x1000, 0x1001, &fault));
  EXPECT_EQ(fault.parameters[1], reinterpret_cast<ULONG_PTR>(pages_ + 0x2000));
}

TEST(ErrorOfStatus, AGuardPageKeepsItsOwnNumber) {
  EXPECT_EQ(ErrorOfStatus(0), ERROR_SUCCESS);
  EXPECT_EQ(ErrorOfStatus(STATUS_ACCESS_VIOLATION), ERROR_NOACCESS);
  EXPECT_EQ(ErrorOfStatus(STATUS_GUARD_PAGE_VIOLATION), STATUS_GUARD_PAGE_VIOLATION);  // VQ-134
}

}  // namespace
