// The signal handler: from a fault of the processor to an exception, and back.
#include <ucontext.h>

#include <cerrno>
#include <csignal>

#include "exception/dispatch.h"
#include "exception/guarded_copy.h"
#include "exception/machine.h"
#include "exception/registers.h"
#include "virtual/fault.h"

namespace winmem::exception {
namespace {

// What was there before this library.
struct sigaction previous_segv, previous_bus;

// A fault that another thread has just made untrue is repeated; one that stays is not, because then
// somebody has changed pages of ours behind our back.
constexpr int kMostRetries = 100;
thread_local struct {
  std::uintptr_t address;
  int count;
} retries __attribute__((tls_model("initial-exec"))) = {};

ULONG_PTR Number(vm::Access access) {
  switch (access) {
    case vm::Access::kRead:
      return 0;
    case vm::Access::kWrite:
      return 1;
    case vm::Access::kExecute:
      return 8;
  }
  return 0;
}

bool RetryAgain(std::uintptr_t address) {
  if (retries.address != address) retries = {address, 0};
  return ++retries.count <= kMostRetries;
}

// Describes the fault; false when it is to be tried again.
bool Describe(int signal, const siginfo_t& info, const ucontext_t& where,
              EXCEPTION_RECORD* record) {
  *record = {};
  record->ExceptionAddress = reinterpret_cast<PVOID>(InstructionOf(where));
  const Trap trap = TrapOf(where);
  if (trap == Trap::kAlignment) {
    record->ExceptionCode = STATUS_DATATYPE_MISALIGNMENT;
    return true;
  }
  record->ExceptionCode = STATUS_ACCESS_VIOLATION;
  record->NumberParameters = 2;
  if (trap !=
      Trap::kPageFault) {  // an address that no page can have; the processor does not tell it
    record->ExceptionInformation[1] = ~ULONG_PTR{0};
    return true;
  }
  const auto address = reinterpret_cast<std::uintptr_t>(info.si_addr);
  const vm::Access access = AccessOf(where);
  record->ExceptionInformation[0] = Number(access);  // VQ-096, VQ-106
  record->ExceptionInformation[1] = address;
  if (signal == SIGBUS) {  // a mapped file has no such page
    record->ExceptionCode = STATUS_IN_PAGE_ERROR;
    record->NumberParameters = 3;
    record->ExceptionInformation[2] = STATUS_IN_PAGE_ERROR;
    return true;
  }
  switch (vm::MeaningOfFault(address, access)) {
    case vm::FaultMeaning::kGuardPage:
      record->ExceptionCode = STATUS_GUARD_PAGE_VIOLATION;
      break;
    case vm::FaultMeaning::kRetry:
      return !RetryAgain(address);
    case vm::FaultMeaning::kWritten:
      retries = {};
      return false;
    case vm::FaultMeaning::kViolation:
      break;
  }
  retries = {};
  return true;
}

bool IsInGuardedCopy(std::uintptr_t instruction) {
  return instruction >= reinterpret_cast<std::uintptr_t>(winmem_guarded_copy_begin) &&
         instruction < reinterpret_cast<std::uintptr_t>(winmem_guarded_copy_end);
}

// To the handler that was there before; false when there was none.
bool PassOn(int signal, siginfo_t* info, void* where) {
  const struct sigaction& before = signal == SIGBUS ? previous_bus : previous_segv;
  if ((before.sa_flags & SA_SIGINFO) != 0) {
    before.sa_sigaction(signal, info, where);
    return true;
  }
  if (before.sa_handler == SIG_DFL || before.sa_handler == SIG_IGN) return false;
  before.sa_handler(signal);
  return true;
}

void Handle(int signal, siginfo_t* info, ucontext_t* where) {
  if (info->si_code <= 0) {  // not the processor: somebody sent it
    if (!PassOn(signal, info, where)) Die(signal);
    return;
  }
  if (vm::IsAmongBooks()) {
    if (PassOn(signal, info, where)) return;
    ReportInterrupted(reinterpret_cast<std::uintptr_t>(info->si_addr));
    Die(signal);
  }
  EXCEPTION_RECORD record;
  if (!Describe(signal, *info, *where, &record)) return;
  if (IsInGuardedCopy(InstructionOf(*where))) {
    NoteFaultOfCopy(record);
    ReturnFrom(where, winmem_guarded_copy_end, record.ExceptionCode);
    return;
  }
  // A handler may fault in its turn. ThreadSanitizer, where it is, has blocked every signal by now.
  pthread_sigmask(SIG_SETMASK, &where->uc_sigmask, nullptr);
  CONTEXT context;
  Read(*where, &context);
  const std::uintptr_t stack = StackOf(context);
  switch (Dispatch(&record, &context)) {
    case Outcome::kContinue:
      LeaveFrames(stack, StackOf(context));
      Write(context, where);
      return;
    case Outcome::kUnhandled:
      break;
    case Outcome::kEnd:
      Die(signal);
  }
  if (PassOn(signal, info, where)) return;
  Report(record);
  Die(signal);
}

void OnSignal(int signal, siginfo_t* info, void* where) {
  const int saved = errno;
  Handle(signal, info, static_cast<ucontext_t*>(where));
  errno = saved;
}

// When the library is loaded: before that, nothing of it can be called.
__attribute__((constructor)) void Install() {
  struct sigaction action = {};
  action.sa_sigaction = OnSignal;
  sigemptyset(&action.sa_mask);
  // On the alternate stack, if the thread has one: its own may be what is broken. Not deferred: a
  // handler of the program runs inside this one and may fault in its turn.
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
  sigaction(SIGSEGV, &action, &previous_segv);
  sigaction(SIGBUS, &action, &previous_bus);
}

}  // namespace
}  // namespace winmem::exception
