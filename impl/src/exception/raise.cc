#include "exception/raise.h"

#include <signal.h>

#include <algorithm>

#include "exception/dispatch.h"
#include "exception/machine.h"
#include "exception/registers.h"

// There when AddressSanitizer is.
extern "C" __attribute__((weak)) void __asan_unpoison_memory_region(const volatile void* begin,
                                                                    std::size_t size);

namespace winmem::exception {
namespace {

// When the thread goes on in an outer function, the frames between are left without a word;
// AddressSanitizer still has the gaps of their variables marked.
void ForgetFrames(const CONTEXT& target) {
  constexpr std::uintptr_t kFarthest = 64 << 20;  // further away it is another stack
  const auto here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
  const std::uintptr_t there = StackOf(target);
  if (__asan_unpoison_memory_region != nullptr && there > here && there - here < kFarthest) {
    __asan_unpoison_memory_region(reinterpret_cast<void*>(here), there - here);
  }
}

}  // namespace

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
  ForgetFrames(*context);
}
