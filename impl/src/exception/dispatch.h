// Who gets to see an exception, and what becomes of the process when nobody takes it.
#pragma once

#include <cstdint>

#include "winmem/exception.h"

namespace winmem::exception {

enum class Outcome {
  kContinue,  // somebody continues, in the context as it is now
  kUnhandled,
  kEnd,  // the top-level filter says that the process ends
};

// The vectored handlers, then the top-level filter. Called with no lock held.
Outcome Dispatch(EXCEPTION_RECORD* record, CONTEXT* context);

// Returns the filter that was there.
LPTOP_LEVEL_EXCEPTION_FILTER SetFilter(LPTOP_LEVEL_EXCEPTION_FILTER filter);

// To be called when the thread goes on with another stack pointer. When that is in an outer
// function, the functions between are left without a word; where AddressSanitizer is, it still has
// the gaps between their variables marked.
void LeaveFrames(std::uintptr_t stack_before, std::uintptr_t stack_after);

// Writes `winmem: unhandled exception 0x...` to standard error, by write(2) alone.
void Report(const EXCEPTION_RECORD& record);

// The same for a signal handler that faulted at the address, but must not where it came.
void ReportInterrupted(std::uintptr_t address);

// Ends the process by the default action of a signal.
[[noreturn]] void Die(int signal);

}  // namespace winmem::exception
