#include <cstddef>
#include <cstring>

#include "exception/fxsave.h"
#include "exception/registers.h"

// registers_i386.S counts on these.
static_assert(sizeof(CONTEXT) == 0x2cc && sizeof(EXCEPTION_RECORD) == 80);
static_assert(offsetof(CONTEXT, FloatSave) == 0x1c && offsetof(CONTEXT, SegGs) == 0x8c);
static_assert(offsetof(CONTEXT, Edi) == 0x9c && offsetof(CONTEXT, Ebp) == 0xb4);
static_assert(offsetof(CONTEXT, SegSs) == 0xc8 && offsetof(CONTEXT, ExtendedRegisters) == 0xcc);

namespace winmem::exception {
namespace {

constexpr DWORD kAll = CONTEXT_FULL | CONTEXT_FLOATING_POINT | CONTEXT_EXTENDED_REGISTERS;

// What the kernel saves of the floating-point unit: first as fnsave does, with two words of its own
// behind, then as fxsave does, unless those words say that it did not.
constexpr std::size_t kFloatBytes = offsetof(FLOATING_SAVE_AREA, Spare0);
constexpr std::size_t kFxsaveAt = sizeof(FLOATING_SAVE_AREA);
static_assert(kFxsaveAt == 112);
constexpr DWORD kNoFxsave = 0xFFFF;

// In what fxsave stores.
constexpr std::size_t kMxCsrAt = 24, kMxCsrMaskAt = 28;

struct Register {
  int signal;
  DWORD CONTEXT::* context;
};

constexpr Register kInteger[] = {{REG_EAX, &CONTEXT::Eax}, {REG_EBX, &CONTEXT::Ebx},
                                 {REG_ECX, &CONTEXT::Ecx}, {REG_EDX, &CONTEXT::Edx},
                                 {REG_ESI, &CONTEXT::Esi}, {REG_EDI, &CONTEXT::Edi}};
constexpr Register kControl[] = {{REG_EBP, &CONTEXT::Ebp},
                                 {REG_ESP, &CONTEXT::Esp},
                                 {REG_EIP, &CONTEXT::Eip},
                                 {REG_EFL, &CONTEXT::EFlags}};
constexpr Register kSegments[] = {{REG_GS, &CONTEXT::SegGs}, {REG_FS, &CONTEXT::SegFs},
                                  {REG_ES, &CONTEXT::SegEs}, {REG_DS, &CONTEXT::SegDs},
                                  {REG_CS, &CONTEXT::SegCs}, {REG_SS, &CONTEXT::SegSs}};

bool Has(const CONTEXT& context, DWORD group) {
  return (context.ContextFlags & group) == group;
}

DWORD Get(const ucontext_t& signal, int name) {
  return static_cast<DWORD>(signal.uc_mcontext.gregs[name]);
}

void Set(ucontext_t* signal, int name, DWORD value) {
  signal->uc_mcontext.gregs[name] = static_cast<greg_t>(value);
}

DWORD WordAt(const BYTE* bytes) {
  DWORD word;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

void CutMxCsr(BYTE* extended, DWORD mask) {
  const DWORD known = KnownMxCsr(WordAt(extended + kMxCsrAt), mask);
  std::memcpy(extended + kMxCsrAt, &known, sizeof known);
  std::memcpy(extended + kMxCsrMaskAt, &mask, sizeof mask);
}

// Null where the kernel did not save it.
BYTE* FxsaveOf(const ucontext_t& signal) {
  auto* saved = reinterpret_cast<BYTE*>(signal.uc_mcontext.fpregs);
  if (saved == nullptr || WordAt(saved + kFloatBytes) >> 16 == kNoFxsave) return nullptr;
  return saved + kFxsaveAt;
}

void WriteExtended(const CONTEXT& context, ucontext_t* signal) {
  BYTE* saved = FxsaveOf(*signal);
  if (saved == nullptr) return;
  CONTEXT wanted = context;
  CutMxCsr(wanted.ExtendedRegisters, WordAt(saved + kMxCsrMaskAt));
  if (std::memcmp(saved, wanted.ExtendedRegisters, kRegisterBytes) == 0) return;
  std::memcpy(saved, wanted.ExtendedRegisters, kRegisterBytes);
  MarkUsed(saved);
}

void WriteFloat(const CONTEXT& context, ucontext_t* signal) {
  void* saved = signal->uc_mcontext.fpregs;
  if (saved == nullptr || std::memcmp(saved, &context.FloatSave, kFloatBytes) == 0) return;
  std::memcpy(saved, &context.FloatSave, kFloatBytes);
  if (BYTE* fxsave = FxsaveOf(*signal)) MarkUsed(fxsave);
}

}  // namespace

std::uintptr_t InstructionOf(const ucontext_t& signal) {
  return Get(signal, REG_EIP);
}

void ReturnFrom(ucontext_t* signal, const void* instruction, DWORD value) {
  Set(signal, REG_EIP, reinterpret_cast<std::uintptr_t>(instruction));
  Set(signal, REG_EAX, value);
}

void Read(const ucontext_t& signal, CONTEXT* context) {
  *context = {};
  context->ContextFlags = kAll;
  for (const Register& name : kInteger) context->*name.context = Get(signal, name.signal);
  for (const Register& name : kControl) context->*name.context = Get(signal, name.signal);
  for (const Register& name : kSegments) context->*name.context = Get(signal, name.signal);
  if (signal.uc_mcontext.fpregs != nullptr) {
    std::memcpy(&context->FloatSave, signal.uc_mcontext.fpregs, kFloatBytes);
  }
  if (const BYTE* saved = FxsaveOf(signal)) {
    std::memcpy(context->ExtendedRegisters, saved, kRegisterBytes);
  }
}

void Write(const CONTEXT& context, ucontext_t* signal) {
  if (Has(context, CONTEXT_CONTROL)) {  // the kernel takes of the flags what a program may change
    for (const Register& name : kControl) Set(signal, name.signal, context.*name.context);
  }
  if (Has(context, CONTEXT_INTEGER)) {
    for (const Register& name : kInteger) Set(signal, name.signal, context.*name.context);
  }
  if (Has(context, CONTEXT_EXTENDED_REGISTERS)) WriteExtended(context, signal);
  if (Has(context, CONTEXT_FLOATING_POINT)) WriteFloat(context, signal);
}

void Complete(const CONTEXT& original, CONTEXT* changed) {
  if (!Has(*changed, CONTEXT_CONTROL)) {
    for (const Register& name : kControl) changed->*name.context = original.*name.context;
  }
  if (!Has(*changed, CONTEXT_INTEGER)) {
    for (const Register& name : kInteger) changed->*name.context = original.*name.context;
  }
  if (!Has(*changed, CONTEXT_FLOATING_POINT)) changed->FloatSave = original.FloatSave;
  if (!Has(*changed, CONTEXT_EXTENDED_REGISTERS)) {
    std::memcpy(changed->ExtendedRegisters, original.ExtendedRegisters, kRegisterBytes);
  }
  CutMxCsr(changed->ExtendedRegisters, WordAt(original.ExtendedRegisters + kMxCsrMaskAt));
}

std::uintptr_t InstructionOf(const CONTEXT& context) {
  return context.Eip;
}

std::uintptr_t StackOf(const CONTEXT& context) {
  return context.Esp;
}

}  // namespace winmem::exception
