#include <cstddef>
#include <cstring>

#include "exception/fxsave.h"
#include "exception/registers.h"

// registers_x86_64.S counts on these.
static_assert(sizeof(CONTEXT) == 0x4d0 && sizeof(EXCEPTION_RECORD) == 152);
static_assert(offsetof(CONTEXT, ContextFlags) == 0x30 && offsetof(CONTEXT, MxCsr) == 0x34);
static_assert(offsetof(CONTEXT, SegCs) == 0x38 && offsetof(CONTEXT, EFlags) == 0x44);
static_assert(offsetof(CONTEXT, Rax) == 0x78 && offsetof(CONTEXT, R8) == 0xb8);
static_assert(offsetof(CONTEXT, Rip) == 0xf8 && offsetof(CONTEXT, FltSave) == 0x100);

namespace winmem::exception {
namespace {

// Each group carries the bit of the processor: NOLINTNEXTLINE(misc-redundant-expression)
constexpr DWORD kAll = CONTEXT_FULL | CONTEXT_SEGMENTS;

static_assert(kRegisterBytes == offsetof(XMM_SAVE_AREA32, Reserved4));

struct Register {
  int signal;
  DWORD64 CONTEXT::* context;
};

constexpr Register kInteger[] = {
    {REG_RAX, &CONTEXT::Rax}, {REG_RCX, &CONTEXT::Rcx}, {REG_RDX, &CONTEXT::Rdx},
    {REG_RBX, &CONTEXT::Rbx}, {REG_RBP, &CONTEXT::Rbp}, {REG_RSI, &CONTEXT::Rsi},
    {REG_RDI, &CONTEXT::Rdi}, {REG_R8, &CONTEXT::R8},   {REG_R9, &CONTEXT::R9},
    {REG_R10, &CONTEXT::R10}, {REG_R11, &CONTEXT::R11}, {REG_R12, &CONTEXT::R12},
    {REG_R13, &CONTEXT::R13}, {REG_R14, &CONTEXT::R14}, {REG_R15, &CONTEXT::R15},
};

bool Has(const CONTEXT& context, DWORD group) {
  return (context.ContextFlags & group) == group;
}

DWORD64 Get(const ucontext_t& signal, int name) {
  return static_cast<DWORD64>(signal.uc_mcontext.gregs[name]);
}

void Set(ucontext_t* signal, int name, DWORD64 value) {
  signal->uc_mcontext.gregs[name] = static_cast<greg_t>(value);
}

}  // namespace

std::uintptr_t InstructionOf(const ucontext_t& signal) {
  return Get(signal, REG_RIP);
}

void ReturnFrom(ucontext_t* signal, const void* instruction, DWORD value) {
  Set(signal, REG_RIP, reinterpret_cast<std::uintptr_t>(instruction));
  Set(signal, REG_RAX, value);
}

void Read(const ucontext_t& signal, CONTEXT* context) {
  *context = {};
  context->ContextFlags = kAll;
  for (const Register& name : kInteger) context->*name.context = Get(signal, name.signal);
  context->Rsp = Get(signal, REG_RSP);
  context->Rip = Get(signal, REG_RIP);
  context->EFlags = static_cast<DWORD>(Get(signal, REG_EFL));
  const DWORD64 segments = Get(signal, REG_CSGSFS);
  context->SegCs = static_cast<WORD>(segments);
  context->SegGs = static_cast<WORD>(segments >> 16);
  context->SegFs = static_cast<WORD>(segments >> 32);
  context->SegSs = static_cast<WORD>(segments >> 48);
  if (signal.uc_mcontext.fpregs != nullptr) {
    std::memcpy(&context->FltSave, signal.uc_mcontext.fpregs, kRegisterBytes);
    context->MxCsr = context->FltSave.MxCsr;
  }
}

void Write(const CONTEXT& context, ucontext_t* signal) {
  if (Has(context, CONTEXT_CONTROL)) {
    Set(signal, REG_RSP, context.Rsp);
    Set(signal, REG_RIP, context.Rip);
    Set(signal, REG_EFL, context.EFlags);  // the kernel takes what a program may change
  }
  if (Has(context, CONTEXT_INTEGER)) {
    for (const Register& name : kInteger) Set(signal, name.signal, context.*name.context);
  }
  auto* fpstate = signal->uc_mcontext.fpregs;
  if (!Has(context, CONTEXT_FLOATING_POINT) || fpstate == nullptr) return;
  XMM_SAVE_AREA32 wanted = context.FltSave;
  wanted.MxCsr = KnownMxCsr(context.MxCsr, fpstate->mxcr_mask);
  wanted.MxCsr_Mask = fpstate->mxcr_mask;
  if (std::memcmp(fpstate, &wanted, kRegisterBytes) == 0) return;
  std::memcpy(fpstate, &wanted, kRegisterBytes);
  MarkUsed(fpstate);
}

void Complete(const CONTEXT& original, CONTEXT* changed) {
  if (!Has(*changed, CONTEXT_CONTROL)) {
    changed->Rsp = original.Rsp;
    changed->Rip = original.Rip;
    changed->EFlags = original.EFlags;
  }
  if (!Has(*changed, CONTEXT_INTEGER)) {
    for (const Register& name : kInteger) changed->*name.context = original.*name.context;
  }
  if (!Has(*changed, CONTEXT_FLOATING_POINT)) {
    changed->FltSave = original.FltSave;
    changed->MxCsr = original.MxCsr;
  }
  changed->FltSave.MxCsr = KnownMxCsr(changed->MxCsr, original.FltSave.MxCsr_Mask);
}

std::uintptr_t InstructionOf(const CONTEXT& context) {
  return context.Rip;
}

std::uintptr_t StackOf(const CONTEXT& context) {
  return context.Rsp;
}

}  // namespace winmem::exception
