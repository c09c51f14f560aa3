// What becomes of the process when nobody handles an exception.
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>

#include "winmem/exception.h"
#include "winmem/virtual.h"

namespace {

void* GuardPage() {
  return VirtualAlloc(nullptr, 1, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE | PAGE_GUARD);
}

LONG End(EXCEPTION_POINTERS*) {
  return EXCEPTION_EXECUTE_HANDLER;
}
LONG ContinueHere(EXCEPTION_POINTERS*) {
  return EXCEPTION_CONTINUE_EXECUTION;
}

TEST(UnhandledDeathTest, ARaisedExceptionIsNamedAndAborts) {
  EXPECT_EXIT(RaiseException(0xE0001234, 0, 0, nullptr), testing::KilledBySignal(SIGABRT),
              "winmem: unhandled exception 0xE0001234 at 0x");
}

TEST(UnhandledDeathTest, AFilterCanEndTheProcessWithoutAWord) {
  EXPECT_EXIT(
      {
        SetUnhandledExceptionFilter(End);
        RaiseException(0xE0001234, 0, 0, nullptr);
      },
      testing::KilledBySignal(SIGABRT), "^$");
}

TEST(UnhandledDeathTest, AFilterCannotContinueTheNoncontinuableWhereItIs) {
  EXPECT_EXIT(
      {
        SetUnhandledExceptionFilter(ContinueHere);
        RaiseException(0xE0001234, EXCEPTION_NONCONTINUABLE, 0, nullptr);
      },
      testing::KilledBySignal(SIGABRT), "winmem: unhandled exception 0xE0001234");
}

TEST(UnhandledDeathTest, AGuardPageEndsTheProcessAlthoughItIsOpenAfterwards) {
  // A sanitizer has a handler of its own there before ours: then that one has the last word.
  EXPECT_DEATH(
      { *static_cast<volatile char*>(GuardPage()) = 1; },
      "winmem: unhandled exception 0x80000001 at 0x.*: write of 0x|SEGV");
}

TEST(UnhandledDeathTest, AFaultIsNamed) {
  EXPECT_DEATH(
      { *static_cast<volatile char*>(nullptr) = 1; },
      "winmem: unhandled exception 0xC0000005 at 0x.*: write of 0x0|SEGV");
}

TEST(UnhandledDeathTest, ASignalThatSomebodySentIsNoException) {
  EXPECT_DEATH(
      {
        SetUnhandledExceptionFilter(ContinueHere);
        static_cast<void>(raise(SIGSEGV));
      },
      "");
}

}  // namespace
