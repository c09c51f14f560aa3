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

// Whether the thread is among the books. It does not fault there: a signal came in between, and its
// handler faulted. What that means nobody can say, nor may an exception be raised.
bool IsAmongBooks();

// To be called on the thread that faulted, from its signal handler, unless it is among the books.
FaultMeaning MeaningOfFault(std::uintptr_t address, Access access);

}  // namespace winmem::vm
