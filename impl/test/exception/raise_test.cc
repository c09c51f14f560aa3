#include "exception/raise.h"

#include <gtest/gtest.h>

#include "support/catching.h"
#include "support/machine.h"
#include "winmem/last_error.h"

namespace {

using winmem::test::Catch;
using winmem::test::Caught;
using winmem::test::Instruction;
using winmem::test::Kept;
using winmem::test::SetMxCsr;
using winmem::test::SetXmm;
using winmem::test::Stack;

EXCEPTION_RECORD seen;
LONG answer;

LONG Remember(EXCEPTION_POINTERS* exception) {
  seen = *exception->ExceptionRecord;
  return answer;
}

class RaiseException_ : public testing::Test {
 protected:
  void SetUp() override {
    seen = {};
    answer = EXCEPTION_CONTINUE_EXECUTION;
    handle_ = AddVectoredExceptionHandler(1, Remember);
  }
  void TearDown() override { RemoveVectoredExceptionHandler(handle_); }

 private:
  void* handle_;
};

TEST_F(RaiseException_, ReturnsWhenAHandlerContinues) {
  RaiseException(0xE0000001, 0, 0, nullptr);
  EXPECT_EQ(seen.ExceptionCode, 0xE0000001u);
  EXPECT_EQ(seen.ExceptionFlags, 0u);
  EXPECT_EQ(seen.NumberParameters, 0u);
}

TEST_F(RaiseException_, CarriesItsParameters) {
  const ULONG_PTR parameters[] = {1, 2, ~ULONG_PTR{0}};
  RaiseException(0xE0000002, EXCEPTION_NONCONTINUABLE, 3, parameters);
  EXPECT_EQ(seen.ExceptionFlags, EXCEPTION_NONCONTINUABLE);
  ASSERT_EQ(seen.NumberParameters, 3u);
  EXPECT_EQ(seen.ExceptionInformation[2], ~ULONG_PTR{0});
}

TEST_F(RaiseException_, TakesAtMostFifteenParameters) {
  ULONG_PTR parameters[20];
  for (ULONG_PTR i = 0; i < 20; ++i) parameters[i] = i;
  RaiseException(0xE0000003, 0, 20, parameters);
  ASSERT_EQ(seen.NumberParameters, 15u);
  EXPECT_EQ(seen.ExceptionInformation[14], 14u);
}

TEST_F(RaiseException_, WithoutArgumentsHasNoParameters) {
  RaiseException(0xE0000004, 0, 5, nullptr);
  EXPECT_EQ(seen.NumberParameters, 0u);
}

TEST_F(RaiseException_, KeepsTheLastError) {
  SetLastError(1234);
  RaiseException(0xE0000005, 0, 0, nullptr);
  EXPECT_EQ(GetLastError(), 1234u);
}

LONG ChangeRegisters(EXCEPTION_POINTERS* exception) {
  Kept(exception->ContextRecord) = 0x5A5A;
  SetXmm(exception->ContextRecord, 7, 0x1234);
  return EXCEPTION_CONTINUE_EXECUTION;
}

// What RaiseException leaves in a register that it has to keep, and in one that it need not.
struct Registers {
  ULONG_PTR kept;
  DWORD64 xmm7;
};

#if defined(__x86_64__)
Registers AfterRaising() {
  Registers left = {};  // NOLINT(misc-const-correctness): the assembly writes them
  asm volatile(
      "mov $0xE0000001, %%edi\n xor %%esi, %%esi\n xor %%edx, %%edx\n xor %%ecx, %%ecx\n"
      "mov %%rsp, %%r12\n and $-16, %%rsp\n"
      "call *%2\n"
      "mov %%r12, %%rsp\n mov %%rbx, %0\n movq %%xmm7, %1\n"
      : "=r"(left.kept), "=r"(left.xmm7)
      : "r"(&RaiseException)
      : "rbx", "r12", "rdi", "rsi", "rdx", "rcx", "rax", "r8", "r9", "r10", "r11", "xmm0", "xmm1",
        "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12",
        "xmm13", "xmm14", "xmm15", "memory", "cc");
  return left;
}
#else
// All in memory that a register names which the call keeps: there are few, and one is the
// compiler's.
Registers AfterRaising() {
  Registers left = {};  // NOLINT(misc-const-correctness): the assembly writes them
  asm volatile(
      "push %%ebx\n mov %%esp, %%esi\n sub $16, %%esp\n and $-16, %%esp\n"
      "movl $0xE0000001, (%%esp)\n movl $0, 4(%%esp)\n movl $0, 8(%%esp)\n movl $0, 12(%%esp)\n"
      "call *%%eax\n"
      "mov %%esi, %%esp\n mov %%ebx, (%%edi)\n movq %%xmm7, 4(%%edi)\n pop %%ebx\n"
      :
      : "a"(&RaiseException), "D"(&left)
      : "esi", "edx", "ecx", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7",
        "memory", "cc");
  return left;
}
#endif

TEST(RaiseException, GivesTheThreadTheRegistersThatAHandlerChanged) {
  void* handle = AddVectoredExceptionHandler(1, ChangeRegisters);
  const Registers left = AfterRaising();
  RemoveVectoredExceptionHandler(handle);
  EXPECT_EQ(left.kept, 0x5A5Au);
  EXPECT_EQ(left.xmm7, 0x1234u);
}

void SetLastErrorTo4321() {
  SetLastError(4321);
}

// Pushes the address at which the thread was, as a call does, and lets it go on in a function.
LONG CallFunction(EXCEPTION_POINTERS* exception) {
  auto* const stack = reinterpret_cast<ULONG_PTR*>(Stack(exception->ContextRecord)) - 1;
  *stack = Instruction(exception->ContextRecord);
  Stack(exception->ContextRecord) = reinterpret_cast<ULONG_PTR>(stack);
  Instruction(exception->ContextRecord) = reinterpret_cast<ULONG_PTR>(&SetLastErrorTo4321);
  return EXCEPTION_CONTINUE_EXECUTION;
}

TEST(RaiseException, LetsAHandlerPutACallInBetween) {
  SetLastError(0);
  void* handle = AddVectoredExceptionHandler(1, CallFunction);
  RaiseException(0xE0000001, 0, 0, nullptr);
  RemoveVectoredExceptionHandler(handle);
  EXPECT_EQ(GetLastError(), 4321u);
}

LONG ResetUnit(EXCEPTION_POINTERS*) {
  asm volatile("fninit");
  return EXCEPTION_CONTINUE_EXECUTION;
}

TEST(RaiseException, GivesTheCallerItsFloatingPointUnitBack) {
  constexpr WORD kDoublePrecision = 0x27F;
  WORD before = 0, after = 0;  // NOLINT(misc-const-correctness): the assembly writes them
  asm volatile("fnstcw %0\n fldcw %1" : "=m"(before) : "m"(kDoublePrecision));
  void* handle = AddVectoredExceptionHandler(1, ResetUnit);
  RaiseException(0xE0000001, 0, 0, nullptr);
  RemoveVectoredExceptionHandler(handle);
  asm volatile("fnstcw %0\n fldcw %1" : "=&m"(after) : "m"(before));
  EXPECT_EQ(after, kDoublePrecision);
}

TEST(RaiseException, CanBeLeftForAnOuterFunction) {
  for (int i = 0; i < 100; ++i) {
    const Caught caught = Catch([] {
      char unused[200] = {};
      asm volatile("" : : "r"(unused) : "memory");
      RaiseException(0xE0000006, EXCEPTION_NONCONTINUABLE, 0, nullptr);
    });
    ASSERT_TRUE(caught.raised);
    ASSERT_EQ(caught.record.ExceptionCode, 0xE0000006u);
  }
}

LONG PassFilter(EXCEPTION_POINTERS* exception) {
  exception->ContextRecord->ContextFlags = 0;
  Instruction(exception->ContextRecord) = 0;
  Stack(exception->ContextRecord) = 0;
  SetMxCsr(exception->ContextRecord, 0xFFFFFFFF);
  return EXCEPTION_CONTINUE_EXECUTION;
}

TEST(RaiseException, TakesBackOnlyTheGroupsThatTheFlagsName) {
  void* handle = AddVectoredExceptionHandler(1, PassFilter);
  volatile bool came_back = false;
  RaiseException(0xE0000007, 0, 0, nullptr);
  came_back = true;
  RemoveVectoredExceptionHandler(handle);
  EXPECT_TRUE(came_back);
}

int filter_calls;

LONG ContinueFilter(EXCEPTION_POINTERS* exception) {
  ++filter_calls;
  seen = *exception->ExceptionRecord;
  return EXCEPTION_CONTINUE_EXECUTION;
}

TEST(SetUnhandledExceptionFilter, ReturnsTheFilterThatWasThere) {
  EXPECT_EQ(SetUnhandledExceptionFilter(ContinueFilter), nullptr);
  EXPECT_EQ(SetUnhandledExceptionFilter(nullptr), &ContinueFilter);
  EXPECT_EQ(SetUnhandledExceptionFilter(nullptr), nullptr);
}

TEST(SetUnhandledExceptionFilter, TheFilterIsAskedLastAndMayContinue) {
  filter_calls = 0;
  SetUnhandledExceptionFilter(ContinueFilter);
  RaiseException(0xE0000008, 0, 0, nullptr);
  EXPECT_EQ(filter_calls, 1);
  answer = EXCEPTION_CONTINUE_EXECUTION;
  void* handle = AddVectoredExceptionHandler(0, Remember);
  RaiseException(0xE0000009, 0, 0, nullptr);
  EXPECT_EQ(filter_calls, 1);
  RemoveVectoredExceptionHandler(handle);
  SetUnhandledExceptionFilter(nullptr);
}

TEST(SetUnhandledExceptionFilter, TheFilterMayLetTheNoncontinuableGoOnElsewhere) {
  SetLastError(0);
  SetUnhandledExceptionFilter(CallFunction);
  RaiseException(0xE000000A, EXCEPTION_NONCONTINUABLE, 0, nullptr);
  SetUnhandledExceptionFilter(nullptr);
  EXPECT_EQ(GetLastError(), 4321u);
}

TEST(RtlCaptureContext, GivesACallableContext) {
  CONTEXT context = {};
  RtlCaptureContext(&context);
  EXPECT_EQ(context.ContextFlags & CONTEXT_FULL, CONTEXT_FULL);
  const auto here = reinterpret_cast<ULONG_PTR>(__builtin_frame_address(0));
  EXPECT_LT(Stack(&context), here + 16);
  EXPECT_GT(Stack(&context), here - 0x10000);
  EXPECT_NE(Instruction(&context), 0u);
#if defined(__x86_64__)
  EXPECT_EQ(context.MxCsr, context.FltSave.MxCsr);
#endif
}

}  // namespace
