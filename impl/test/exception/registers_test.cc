// What the kernel gives a signal handler, as CONTEXT and back; made up, where the processor of the
// machine would have to be an old one.
#include "exception/registers.h"

#include <gtest/gtest.h>

#include <array>
#include <cstring>

#include "support/machine.h"

namespace winmem::exception {
namespace {

using test::Instruction;
using test::Result;

ucontext_t InterruptedBy(int trap) {
  ucontext_t signal = {};
  signal.uc_mcontext.gregs[REG_TRAPNO] = trap;
  return signal;
}

TEST(Registers, TheTrapTellsWhyTheProcessorStopped) {
  EXPECT_EQ(TrapOf(InterruptedBy(13)), Trap::kProtection);
  EXPECT_EQ(TrapOf(InterruptedBy(14)), Trap::kPageFault);
  EXPECT_EQ(TrapOf(InterruptedBy(17)), Trap::kAlignment);
  EXPECT_EQ(TrapOf(InterruptedBy(0)), Trap::kOther);
}

TEST(Registers, AContextIsTakenBackAsAWhole) {
  ucontext_t signal = {};
  CONTEXT context;
  Read(signal, &context);
  Instruction(&context) = 0x1234;
  Result(&context) = 0x5678;
  Write(context, &signal);
  EXPECT_EQ(InstructionOf(signal), 0x1234u);
  CONTEXT again;
  Read(signal, &again);
  EXPECT_EQ(Result(&again), 0x5678u);
}

TEST(Registers, OnlyTheGroupsThatTheFlagsNameAreTakenBack) {
  ucontext_t signal = {};
  CONTEXT context;
  Read(signal, &context);
  Instruction(&context) = 0x1234;
  Result(&context) = 0x5678;
  context.ContextFlags = 0;
  Write(context, &signal);
  CONTEXT again;
  Read(signal, &again);
  EXPECT_EQ(Instruction(&again), 0u);
  EXPECT_EQ(Result(&again), 0u);
}

#if defined(__x86_64__)

// What fxsave stores, and the kernel's note behind it of the parts that hold anything.
struct Saved {
  _libc_fpstate registers;
  std::uint64_t parts;
};
static_assert(sizeof(_libc_fpstate) == 512);

// Writes a context that sets every bit of MXCSR.
void WriteMxCsr(Saved* saved) {
  ucontext_t signal = {};
  signal.uc_mcontext.fpregs = &saved->registers;
  CONTEXT context;
  Read(signal, &context);
  context.MxCsr = ~DWORD{0};
  Write(context, &signal);
}

TEST(Registers, MxCsrTakesTheBitsThatTheProcessorKnows) {
  Saved saved = {};
  saved.registers.mxcr_mask = 0xFFFF;
  WriteMxCsr(&saved);
  EXPECT_EQ(saved.registers.mxcsr, 0xFFFFu);
}

TEST(Registers, AProcessorThatNamesNoneHasTheOldestBitsOfMxCsr) {
  Saved saved = {};
  WriteMxCsr(&saved);
  EXPECT_EQ(saved.registers.mxcsr, 0xFFBFu);
}

TEST(Registers, PartsAreMarkedAsUsedWhereTheKernelKeepsNoteOfThem) {
  Saved saved = {};
  WriteMxCsr(&saved);
  EXPECT_EQ(saved.parts, 0u);
  constexpr std::uint32_t kMagic = 0x46505853;
  Saved noted = {};
  std::memcpy(reinterpret_cast<char*>(&noted) + 464, &kMagic, sizeof kMagic);
  WriteMxCsr(&noted);
  EXPECT_EQ(noted.parts, 3u);
}

#endif

}  // namespace
}  // namespace winmem::exception
