// What becomes of the process when nobody handles an exception.
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

#include "support/catching.h"
#include "support/machine.h"
#include "winmem/exception.h"
#include "winmem/virtual.h"

namespace {

using winmem::test::kNowhere;

void* Code() {  // that may not run
  return VirtualAlloc(nullptr, 1, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
}

void* GuardPage() {
  return VirtualAlloc(nullptr, 1, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE | PAGE_GUARD);
}

LONG End(EXCEPTION_POINTERS*) {
  return EXCEPTION_EXECUTE_HANDLER;
}
LONG Search(EXCEPTION_POINTERS*) {
  return EXCEPTION_CONTINUE_SEARCH;
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

TEST(UnhandledDeathTest, AFaultThatIsNoWriteIsNamedAsWell) {
  EXPECT_DEATH(winmem::test::Execute(Code()),
               "winmem: unhandled exception 0xC0000005 at 0x.*: execution of 0x|SEGV");
  EXPECT_DEATH(
      { *reinterpret_cast<const volatile char*>(kNowhere); },
      "winmem: unhandled exception 0xC0000005 at 0x.*: read of 0x(F{8}|F{16})\n|SEGV");
}

TEST(UnhandledDeathTest, AnAccessViolationThatIsRaisedNeedsNoParameters) {
  EXPECT_EXIT(RaiseException(STATUS_ACCESS_VIOLATION, 0, 0, nullptr),
              testing::KilledBySignal(SIGSEGV),
              "winmem: unhandled exception 0xC0000005 at 0x[0-9A-F]*\n$");
}

TEST(UnhandledDeathTest, AMissingPageOfAMappedFileIsNamed) {
  EXPECT_DEATH(
      {
        FILE* file = std::tmpfile();
        const void* view = mmap(nullptr, 0x1000, PROT_READ, MAP_SHARED, fileno(file), 0);
        *static_cast<const volatile char*>(view);
      },
      "winmem: unhandled exception 0xC0000006 at 0x|BUS");
}

TEST(UnhandledDeathTest, AFilterMayLeaveAnExceptionToTheSystem) {
  EXPECT_EXIT(
      {
        SetUnhandledExceptionFilter(Search);
        RaiseException(0xE0001234, 0, 0, nullptr);
      },
      testing::KilledBySignal(SIGABRT), "winmem: unhandled exception 0xE0001234");
}

TEST(UnhandledDeathTest, AFilterCanEndTheProcessAtAFaultWithoutAWord) {
  EXPECT_EXIT(
      {
        SetUnhandledExceptionFilter(End);
        *static_cast<volatile char*>(nullptr) = 1;
      },
      testing::KilledBySignal(SIGSEGV), "^$");
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
