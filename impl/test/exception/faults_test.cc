#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

#include "support/catching.h"
#include "support/machine.h"
#include "winmem/virtual.h"

namespace {

using winmem::test::Catch;
using winmem::test::Caught;
using winmem::test::Execute;
using winmem::test::Instruction;
using winmem::test::kNowhere;
using winmem::test::Result;
using winmem::test::SetXmm;
using winmem::test::StatusOfRead;
using winmem::test::StatusOfWrite;

class Fault : public testing::Test {
 protected:
  void SetUp() override {
    page_ =
        static_cast<char*>(VirtualAlloc(nullptr, 0x3000, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE));
    ASSERT_NE(page_, nullptr);
  }
  void TearDown() override { VirtualFree(page_, 0, MEM_RELEASE); }
  void Protect(DWORD protect) {
    DWORD old;
    ASSERT_TRUE(VirtualProtect(page_, 0x1000, protect, &old));
  }
  DWORD Protection() {
    MEMORY_BASIC_INFORMATION info = {};
    EXPECT_NE(VirtualQuery(page_, &info, sizeof info), 0u);
    return info.Protect;
  }
  char* page_;
};

void ExpectAccess(const Caught& caught, DWORD code, ULONG_PTR kind, const void* address) {
  ASSERT_TRUE(caught.raised);
  EXPECT_EQ(caught.record.ExceptionCode, code);
  EXPECT_EQ(caught.record.ExceptionFlags, 0u);
  ASSERT_EQ(caught.record.NumberParameters, 2u);
  EXPECT_EQ(caught.record.ExceptionInformation[0], kind);
  EXPECT_EQ(caught.record.ExceptionInformation[1], reinterpret_cast<ULONG_PTR>(address));
}

TEST_F(Fault, AReadTellsItsKindAndAddress) {  // VQ-106
  Protect(PAGE_NOACCESS);
  char* at = page_ + 5;
  ExpectAccess(Catch([at] { *static_cast<volatile char*>(at); }), STATUS_ACCESS_VIOLATION, 0, at);
}

TEST_F(Fault, AWriteTellsItsKindAndAddress) {
  Protect(PAGE_READONLY);
  char* at = page_ + 0xFFF;
  ExpectAccess(Catch([at] { *static_cast<volatile char*>(at) = 1; }), STATUS_ACCESS_VIOLATION, 1,
               at);
}

TEST_F(Fault, AnExecutionTellsItsKindAndAddress) {  // VQ-107
  page_[0] = '\xC3';
  char* code = page_;
  ExpectAccess(Catch([code] { Execute(code); }), STATUS_ACCESS_VIOLATION, 8, page_);
  Protect(PAGE_EXECUTE_READWRITE);
  EXPECT_FALSE(Catch([code] { Execute(code); }).raised);
  Protect(PAGE_EXECUTE);
  EXPECT_FALSE(Catch([code] { Execute(code); }).raised);
}

TEST_F(Fault, AnAddressThatCannotExistIsAllOnes) {
  auto* at = reinterpret_cast<char*>(kNowhere);
  const Caught caught = Catch([at] { *static_cast<volatile char*>(at); });
  ExpectAccess(caught, STATUS_ACCESS_VIOLATION, 0, reinterpret_cast<void*>(~ULONG_PTR{0}));
}

TEST_F(Fault, AGuardPageRaisesOnceAndIsAnOrdinaryPageThen) {  // VQ-092, VQ-026
  Protect(PAGE_READWRITE | PAGE_GUARD);
  EXPECT_EQ(Protection(), PAGE_READWRITE | PAGE_GUARD);
  char* at = page_ + 4;
  ExpectAccess(Catch([at] { *static_cast<volatile char*>(at) = 7; }), STATUS_GUARD_PAGE_VIOLATION,
               1, at);
  EXPECT_EQ(Protection(), PAGE_READWRITE);
  EXPECT_EQ(page_[4], 0);  // the write did not take place (VA-720)
  EXPECT_EQ(StatusOfWrite(at), 0u);
}

TEST_F(Fault, TheGuardIsKeptPerPage) {  // VQ-097
  DWORD old;
  ASSERT_TRUE(VirtualProtect(page_, 0x3000, PAGE_READWRITE | PAGE_GUARD, &old));
  EXPECT_EQ(StatusOfRead(page_ + 0x1000), STATUS_GUARD_PAGE_VIOLATION);
  EXPECT_EQ(StatusOfRead(page_ + 0x1FFF), 0u);
  EXPECT_EQ(StatusOfRead(page_ + 0x2000), STATUS_GUARD_PAGE_VIOLATION);
  EXPECT_EQ(StatusOfRead(page_), STATUS_GUARD_PAGE_VIOLATION);
}

TEST_F(Fault, AReadOnlyGuardPageRefusesTheSecondWrite) {  // VQ-095
  Protect(PAGE_READONLY | PAGE_GUARD);
  EXPECT_EQ(StatusOfWrite(page_), STATUS_GUARD_PAGE_VIOLATION);
  EXPECT_EQ(StatusOfWrite(page_), STATUS_ACCESS_VIOLATION);
  EXPECT_EQ(StatusOfRead(page_), 0u);
}

TEST_F(Fault, CodeOnAGuardPageMeetsTheGuardFirst) {  // VQ-100
  page_[0] = '\xC3';
  Protect(PAGE_READWRITE | PAGE_GUARD);
  char* code = page_;
  ExpectAccess(Catch([code] { Execute(code); }), STATUS_GUARD_PAGE_VIOLATION, 8, page_);
  ExpectAccess(Catch([code] { Execute(code); }), STATUS_ACCESS_VIOLATION, 8, page_);
}

char* opened;

LONG Open(EXCEPTION_POINTERS* exception) {
  const auto at = exception->ExceptionRecord->ExceptionInformation[1];
  void* got = VirtualAlloc(reinterpret_cast<void*>(at), 1, MEM_COMMIT, PAGE_READWRITE);
  opened = static_cast<char*>(got);
  return got == nullptr ? EXCEPTION_CONTINUE_SEARCH : EXCEPTION_CONTINUE_EXECUTION;
}

TEST_F(Fault, AHandlerMayCommitThePageAndTheInstructionIsRepeated) {
  ASSERT_TRUE(VirtualFree(page_, 0x1000, MEM_DECOMMIT));
  void* handle = AddVectoredExceptionHandler(1, Open);
  *static_cast<volatile char*>(page_ + 9) = 3;
  RemoveVectoredExceptionHandler(handle);
  EXPECT_EQ(opened, page_);
  EXPECT_EQ(page_[9], 3);
}

// Skips `movb $1, (%rdi)` and tells so in eax, and changes a register of the other kind.
LONG Skip(EXCEPTION_POINTERS* exception) {
  Instruction(exception->ContextRecord) += 3;
  Result(exception->ContextRecord) = 0xABCD;
  SetXmm(exception->ContextRecord, 3, 0x77);
  return EXCEPTION_CONTINUE_EXECUTION;
}

TEST_F(Fault, AHandlerMayChangeEveryRegister) {
  Protect(PAGE_NOACCESS);
  void* handle = AddVectoredExceptionHandler(1, Skip);
  DWORD eax = 0;
  DWORD64 xmm3 = 0;  // NOLINT(misc-const-correctness): the assembly writes them
  asm volatile("xor %%eax, %%eax\n movb $1, (%2)\n movq %%xmm3, %1\n"
               : "=&a"(eax), "=m"(xmm3)
               : "D"(page_)
               : "xmm3", "memory");
  RemoveVectoredExceptionHandler(handle);
  EXPECT_EQ(eax, 0xABCDu);
  EXPECT_EQ(xmm3, 0x77u);
}

LONG TouchAnotherGuard(EXCEPTION_POINTERS* exception) {
  if (exception->ExceptionRecord->ExceptionCode != STATUS_GUARD_PAGE_VIOLATION) return 0;
  volatile char* next =
      reinterpret_cast<char*>(exception->ExceptionRecord->ExceptionInformation[1]) + 0x1000;
  MEMORY_BASIC_INFORMATION info = {};
  VirtualQuery(const_cast<char*>(next), &info, sizeof info);
  if ((info.Protect & PAGE_GUARD) != 0) *next = 1;
  return EXCEPTION_CONTINUE_EXECUTION;
}

TEST_F(Fault, AHandlerMayFaultInItsTurn) {
  DWORD old;
  ASSERT_TRUE(VirtualProtect(page_, 0x3000, PAGE_READWRITE | PAGE_GUARD, &old));
  void* handle = AddVectoredExceptionHandler(1, TouchAnotherGuard);
  *static_cast<volatile char*>(page_) = 1;
  RemoveVectoredExceptionHandler(handle);
  EXPECT_EQ(page_[0], 1);
  EXPECT_EQ(page_[0x1000], 1);
  EXPECT_EQ(page_[0x2000], 1);
}

// Another thread may have made a fault untrue meanwhile, so it is tried again, but not for ever.
TEST_F(Fault, OfAPageThatSomebodyElseClosedIsAViolationInTheEnd) {
  ASSERT_EQ(mprotect(page_, 0x3000, PROT_NONE), 0);
  for (char* at : {page_ + 5, page_ + 0x1005, page_ + 0x1005}) {
    ExpectAccess(Catch([at] { *static_cast<volatile char*>(at) = 1; }), STATUS_ACCESS_VIOLATION, 1,
                 at);
  }
}

TEST_F(Fault, ComesOnAnAlternateStackAsWell) {
  static char stack[0x10000];
  stack_t alternate = {}, before = {};
  alternate.ss_sp = stack;
  alternate.ss_size = sizeof stack;
  ASSERT_EQ(sigaltstack(&alternate, &before), 0);
  Protect(PAGE_READWRITE | PAGE_GUARD);
  EXPECT_EQ(StatusOfRead(page_), STATUS_GUARD_PAGE_VIOLATION);
  EXPECT_EQ(StatusOfRead(nullptr), STATUS_ACCESS_VIOLATION);
  ASSERT_EQ(sigaltstack(&before, nullptr), 0);
}

TEST(FaultElsewhere, AMissingPageOfAMappedFileIsAnInPageError) {
  FILE* file = std::tmpfile();
  ASSERT_NE(file, nullptr);
  void* view = mmap(nullptr, 0x1000, PROT_READ, MAP_SHARED, fileno(file), 0);
  ASSERT_NE(view, MAP_FAILED);
  EXPECT_EQ(StatusOfRead(view), STATUS_IN_PAGE_ERROR);
  munmap(view, 0x1000);
  EXPECT_EQ(std::fclose(file), 0);
}

}  // namespace
