#include "exception/raise.h"

#include <algorithm>
#include <csignal>

#include "exception/dispatch.h"
#include "exception/machine.h"
#include "exception/registers.h"

namespace winmem::exception {
namespace {

// By which signal the process ends that does not handle it.
int SignalOf(DWORD code) {
  switch (code) {
    case STATUS_ACCESS_VIOLATION:
    case STATUS_GUARD_PAGE_VIOLATION:
      return SIGSEGV;
    case STATUS_IN_PAGE_ERROR:
      return SIGBUS;
    default:
      return SIGABRT;
  }
}

}  // namespace

void Raise(DWORD code, DWORD flags, DWORD count, const ULONG_PTR* arguments) {
  winmem_raise(code, flags, count, arguments);
}

void RaiseFault(const Fault& fault) {
  Raise(fault.status, 0, fault.count, fault.parameters);
}

}  // namespace winmem::exception

using namespace winmem::exception;

void winmem_dispatch_raise(CONTEXT* context, DWORD code, DWORD flags, DWORD count,
                           const ULONG_PTR* arguments) {
  EXCEPTION_RECORD record = {};
  record.ExceptionCode = code;
  record.ExceptionFlags = flags & EXCEPTION_NONCONTINUABLE;
  record.ExceptionAddress = reinterpret_cast<PVOID>(InstructionOf(*context));
  if (arguments != nullptr) {
    record.NumberParameters = std::min<DWORD>(count, EXCEPTION_MAXIMUM_PARAMETERS);
    std::copy_n(arguments, record.NumberParameters, record.ExceptionInformation);
  }
  const CONTEXT original = *context;
  switch (Dispatch(&record, context)) {
    case Outcome::kContinue:
      break;
    case Outcome::kUnhandled:
      Report(record);
      Die(SignalOf(code));
    case Outcome::kEnd:
      Die(SignalOf(code));
  }
  Complete(original, context);
  LeaveFrames(StackOf(original), StackOf(*context));
}
