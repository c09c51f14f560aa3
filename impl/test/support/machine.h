// What the tests have to name of the processor, for both that the library knows.
#pragma once

#include <cstring>

#include "winmem/exception.h"

namespace winmem::test {

inline constexpr bool k64Bit = sizeof(void*) == 8;

// An address that no page can have: x86-64 refuses it, on x86 there is none, and this is nobody's.
inline constexpr ULONG_PTR kNowhere = k64Bit ? ULONG_PTR{1} << (k64Bit ? 62 : 0) : ~ULONG_PTR{0};

#if defined(__x86_64__)

inline DWORD64& Instruction(CONTEXT* context) {
  return context->Rip;
}
inline DWORD64& Stack(CONTEXT* context) {
  return context->Rsp;
}
inline DWORD64& Result(CONTEXT* context) {
  return context->Rax;
}
inline DWORD64& Kept(CONTEXT* context) {  // a register that a function keeps for its caller
  return context->Rbx;
}
inline void SetXmm(CONTEXT* context, int number, DWORD64 low) {
  context->FltSave.XmmRegisters[number].Low = low;
}
inline void SetMxCsr(CONTEXT* context, DWORD value) {
  context->MxCsr = value;
}

#else

inline DWORD& Instruction(CONTEXT* context) {
  return context->Eip;
}
inline DWORD& Stack(CONTEXT* context) {
  return context->Esp;
}
inline DWORD& Result(CONTEXT* context) {
  return context->Eax;
}
inline DWORD& Kept(CONTEXT* context) {
  return context->Ebx;
}
inline void SetXmm(CONTEXT* context, int number, DWORD64 low) {
  std::memcpy(context->ExtendedRegisters + 160 + 16 * number, &low, sizeof low);
}
inline void SetMxCsr(CONTEXT* context, DWORD value) {
  std::memcpy(context->ExtendedRegisters + 24, &value, sizeof value);
}

#endif

}  // namespace winmem::test
