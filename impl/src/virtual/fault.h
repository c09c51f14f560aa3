// What a fault of the processor at an address means for virtual memory.
#pragma once

#include <cstdint>

#include "virtual/protection.h"

namespace winmem::vm {

enum class FaultMeaning {
  kViolation,  // the access is not allowed, or the memory is not ours
  kGuardPage,  // it hit a guard page, which is an ordinary page from now on
  kRetry,      // it is allowed: another thread changed the page meanwhile
  kWritten,    // it was the first write of a watched page, which is noted: try again
};

// To be called on the thread that faulted, from its signal handler. A thread that was interrupted
// inside this library, by a signal whose handler then faulted, gets kViolation.
FaultMeaning MeaningOfFault(std::uintptr_t address, Access access);

}  // namespace winmem::vm
