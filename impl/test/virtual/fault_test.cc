// What a fault means, and what the handler of a signal may not do that came inside a call.
#include "virtual/fault.h"

#include <gtest/gtest.h>

#include <csignal>

#include "failing_kernel.h"
#include "pages.h"
#include "virtual/kernel.h"
#include "winmem/exception.h"

namespace {

using namespace winmem;
using namespace winmem::test;
using vm::Access;
using vm::FaultMeaning;
using vm::MeaningOfFault;

volatile char* touched;
int (*map_as_it_was)(std::uintptr_t*, std::size_t, int);

// ThreadSanitizer, where it is, has blocked every signal by now.
void Touch(int) {
  sigset_t none;
  sigemptyset(&none);
  pthread_sigmask(SIG_SETMASK, &none, nullptr);
  *touched = 1;
}

// The kernel's part of a call, in which a signal comes whose handler writes *touched.
int MapInterrupted(std::uintptr_t* where, std::size_t size, int protection) {
  std::signal(SIGUSR1, Touch);
  static_cast<void>(raise(SIGUSR1));
  return map_as_it_was(where, size, protection);
}

void Interrupt(char* place) {
  touched = place;
  map_as_it_was = vm::kernel.map;
  vm::kernel.map = MapInterrupted;
  void* p = VirtualAlloc(nullptr, 0x10000, MEM_RESERVE, PAGE_NOACCESS);
  vm::kernel.map = map_as_it_was;
  EXPECT_TRUE(Release(p));
}

LONG Fail(EXCEPTION_POINTERS*) {
  ADD_FAILURE() << "a handler was asked";
  return EXCEPTION_CONTINUE_SEARCH;
}

TEST(InterruptedCall, TheSignalsHandlerMayWriteOrdinaryMemory) {
  char* p = Commit(0x1000);
  Interrupt(p);
  EXPECT_EQ(*p, 1);
  EXPECT_TRUE(Release(p));
}

// A sanitizer has a handler of its own there before ours: then that one has the last word.
TEST(InterruptedCallDeathTest, TheMessageSaysThatTheSignalsHandlerFaulted) {
  auto* watched = static_cast<char*>(
      VirtualAlloc(nullptr, 0x1000, MEM_RESERVE | MEM_COMMIT | MEM_WRITE_WATCH, PAGE_READWRITE));
  char* guarded = Commit(0x1000, PAGE_READWRITE | PAGE_GUARD);
  for (char* place : {watched, guarded}) {
    EXPECT_DEATH(
        {
          AddVectoredExceptionHandler(1, Fail);
          Interrupt(place);
        },
        "^winmem: a signal came inside a call of this library, and its handler faulted at 0x.*"
        "block them around the calls, or let the handler touch no guarded, watched or protected "
        "page\n$|SEGV");
  }
  EXPECT_TRUE(Release(watched));
  EXPECT_TRUE(Release(guarded));
}

class MeaningOfFault_ : public testing::Test {
 protected:
  static FaultMeaning At(const void* address, Access access) {
    return MeaningOfFault(reinterpret_cast<std::uintptr_t>(address), access);
  }
};

TEST_F(MeaningOfFault_, WhatIsNotOursNorCommittedNorAllowedIsAViolation) {
  char* p = Reserve(0x2000);
  ASSERT_NE(VirtualAlloc(p, 0x1000, MEM_COMMIT, PAGE_READONLY), nullptr);
  EXPECT_EQ(At(nullptr, Access::kRead), FaultMeaning::kViolation);
  EXPECT_EQ(At(p + 0x1000, Access::kRead), FaultMeaning::kViolation);
  EXPECT_EQ(At(p, Access::kWrite), FaultMeaning::kViolation);
  EXPECT_TRUE(Release(p));
}

TEST_F(MeaningOfFault_, WhatIsAllowedMeanwhileIsTriedAgain) {
  char* p = Commit(0x1000);
  EXPECT_EQ(At(p, Access::kRead), FaultMeaning::kRetry);
  EXPECT_EQ(At(p, Access::kWrite), FaultMeaning::kRetry);
  EXPECT_TRUE(Release(p));
}

TEST_F(MeaningOfFault_, AFirstWriteThatCannotBeNotedIsTriedAgain) {
  auto* p = static_cast<char*>(
      VirtualAlloc(nullptr, 0x3000, MEM_RESERVE | MEM_COMMIT | MEM_WRITE_WATCH, PAGE_READWRITE));
  EXPECT_EQ(At(p + 0x1000, Access::kRead), FaultMeaning::kRetry);
  {
    const FailingKernel kernel(FailingKernel::kProtect, 1, FailingKernel::kFails);
    EXPECT_EQ(At(p + 0x1000, Access::kWrite), FaultMeaning::kRetry);
  }
  EXPECT_EQ(At(p + 0x1000, Access::kWrite), FaultMeaning::kWritten);
  EXPECT_EQ(At(p + 0x1000, Access::kWrite), FaultMeaning::kRetry);
  EXPECT_TRUE(Release(p));
}

}  // namespace
