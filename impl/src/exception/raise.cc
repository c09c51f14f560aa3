#include "exception/raise.h"

#include <algorithm>
#include <csignal>

#include "exception/dispatch.h"
#include "exception/machine.h"
#include "exception/registers.h"

namespace winmem::exception {
void Raise(DWORD code, DWORD flags, DWORD count, const ULONG_PTR* arguments) {
  winmem_raise(code, flags, count, arguments);
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
      Die(SIGABRT);
    case Outcome::kEnd:
      Die(SIGABRT);
  }
  Complete(original, context);
  LeaveFrames(StackOf(original), StackOf(*context));
}
