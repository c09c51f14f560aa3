// Registers: between CONTEXT and what the kernel gives a signal handler.
#pragma once

#include <ucontext.h>

#include <cstdint>

#include "virtual/protection.h"
#include "winmem/exception.h"

namespace winmem::exception {

// Where a signal interrupted the thread.
std::uintptr_t InstructionOf(const ucontext_t& signal);

// Continues at another instruction, with `value` in the register of a function's result.
void ReturnFrom(ucontext_t* signal, const void* instruction, DWORD value);

// Why the processor stopped, as far as it says.
enum class Trap { kPageFault, kProtection, kAlignment, kOther };
Trap TrapOf(const ucontext_t& signal);
vm::Access AccessOf(const ucontext_t& signal);  // of a page fault

void Read(const ucontext_t& signal, CONTEXT* context);

// Takes back the groups of registers that context.ContextFlags names.
void Write(const CONTEXT& context, ucontext_t* signal);

// Makes *changed a context that can be restored as a whole: the groups that its ContextFlags lack
// come from `original`, and no bit is set that the processor refuses.
void Complete(const CONTEXT& original, CONTEXT* changed);

// The instruction and the stack pointer.
std::uintptr_t InstructionOf(const CONTEXT& context);
std::uintptr_t StackOf(const CONTEXT& context);

}  // namespace winmem::exception
