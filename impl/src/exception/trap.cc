#include "exception/registers.h"

namespace winmem::exception {

Trap TrapOf(const ucontext_t& signal) {
  switch (signal.uc_mcontext.gregs[REG_TRAPNO]) {
    case 13:
      return Trap::kProtection;
    case 14:
      return Trap::kPageFault;
    case 17:
      return Trap::kAlignment;
    default:
      return Trap::kOther;
  }
}

vm::Access AccessOf(const ucontext_t& signal) {
  constexpr greg_t kWrite = 0x2, kFetch = 0x10;
  const greg_t error = signal.uc_mcontext.gregs[REG_ERR];
  if ((error & kFetch) != 0) return vm::Access::kExecute;
  return (error & kWrite) != 0 ? vm::Access::kWrite : vm::Access::kRead;
}

}  // namespace winmem::exception
