#include "exception/dispatch.h"

#include <unistd.h>
#include <csignal>

#include <atomic>

#include "exception/registers.h"
#include "exception/vectored.h"

// There when AddressSanitizer is.
extern "C" __attribute__((weak)) void __asan_unpoison_memory_region(const volatile void* begin,
                                                                    std::size_t size);

namespace winmem::exception {
namespace {

std::atomic<LPTOP_LEVEL_EXCEPTION_FILTER> top_level{nullptr};

// A line in a buffer of its own: nothing that a handler's process may have broken is needed for it.
class Line {
 public:
  Line& Text(const char* text) {
    while (*text != '\0') Put(*text++);
    return *this;
  }
  Line& Hex(ULONG_PTR number, int digits) {
    while (digits < static_cast<int>(2 * sizeof number) && number >> (4 * digits) != 0) ++digits;
    Text("0x");
    while (digits-- > 0) Put("0123456789ABCDEF"[(number >> (4 * digits)) & 0xF]);
    return *this;
  }
  void Write() const {
    const ssize_t ignored = write(STDERR_FILENO, text_, length_);
    static_cast<void>(ignored);
  }

 private:
  void Put(char c) {
    if (length_ < sizeof text_) text_[length_++] = c;
  }

  char text_[256];
  std::size_t length_ = 0;
};

const char* NameOfAccess(ULONG_PTR kind) {
  return kind == 0 ? "read" : kind == 1 ? "write" : "execution";
}

}  // namespace

LPTOP_LEVEL_EXCEPTION_FILTER SetFilter(LPTOP_LEVEL_EXCEPTION_FILTER filter) {
  return top_level.exchange(filter);
}

Outcome Dispatch(EXCEPTION_RECORD* record, CONTEXT* context) {
  EXCEPTION_POINTERS exception = {record, context};
  if (CallVectored(&exception)) return Outcome::kContinue;
  const LPTOP_LEVEL_EXCEPTION_FILTER filter = top_level.load();
  if (filter == nullptr) return Outcome::kUnhandled;
  const std::uintptr_t where = InstructionOf(*context);
  const LONG answer = filter(&exception);
  if (answer == EXCEPTION_EXECUTE_HANDLER) return Outcome::kEnd;
  if (answer != EXCEPTION_CONTINUE_EXECUTION) return Outcome::kUnhandled;
  if ((record->ExceptionFlags & EXCEPTION_NONCONTINUABLE) == 0 ||
      InstructionOf(*context) != where) {
    return Outcome::kContinue;
  }
  if (record->ExceptionCode == STATUS_NONCONTINUABLE_EXCEPTION) return Outcome::kUnhandled;
  EXCEPTION_RECORD refused = {};
  refused.ExceptionCode = STATUS_NONCONTINUABLE_EXCEPTION;
  refused.ExceptionFlags = EXCEPTION_NONCONTINUABLE;
  refused.ExceptionRecord = record;
  refused.ExceptionAddress = record->ExceptionAddress;
  return Dispatch(&refused, context);
}

void LeaveFrames(std::uintptr_t stack_before, std::uintptr_t stack_after) {
  constexpr std::uintptr_t kFarthest = 64 << 20;  // further away it is another stack
  if (__asan_unpoison_memory_region == nullptr) return;
  if (stack_after <= stack_before || stack_after - stack_before > kFarthest) return;
  __asan_unpoison_memory_region(reinterpret_cast<void*>(stack_before), stack_after - stack_before);
}

void Report(const EXCEPTION_RECORD& record) {
  Line line;
  line.Text("winmem: unhandled exception ").Hex(record.ExceptionCode, 8);
  line.Text(" at ").Hex(reinterpret_cast<ULONG_PTR>(record.ExceptionAddress), 1);
  const bool access = record.ExceptionCode == STATUS_ACCESS_VIOLATION ||
                      record.ExceptionCode == STATUS_GUARD_PAGE_VIOLATION;
  if (access && record.NumberParameters >= 2) {
    line.Text(": ").Text(NameOfAccess(record.ExceptionInformation[0]));
    line.Text(" of ").Hex(record.ExceptionInformation[1], 1);
  }
  line.Text("\n").Write();
}

void ReportInterrupted(std::uintptr_t address) {
  Line line;
  line.Text("winmem: a signal came inside a call of this library, and its handler faulted at ");
  line.Hex(address, 1).Text(". Windows has no such signals: block them around the calls, or let ");
  line.Text("the handler touch no guarded, watched or protected page\n").Write();
}

void Die(int signal) {
  struct sigaction plain = {};
  plain.sa_handler = SIG_DFL;
  sigaction(signal, &plain, nullptr);
  sigset_t only;
  sigemptyset(&only);
  sigaddset(&only, signal);
  pthread_sigmask(SIG_UNBLOCK, &only, nullptr);
  static_cast<void>(raise(signal));
  _exit(128 + signal);
}

}  // namespace winmem::exception
