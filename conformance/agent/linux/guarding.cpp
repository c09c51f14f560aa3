// How a fault ends a guarded call on Linux.
//
// Implementations that have Windows' exceptions (SetUnhandledExceptionFilter and RtlCaptureContext)
// are asked through Windows' own door, the top-level filter. For all others the agent's signal
// handlers turn a fault into the exception that Windows would raise. They do not jump out of the
// signal: they change where the thread goes on, and return.
#include <csignal>
#include <cstring>

#include <pthread.h>
#include <ucontext.h>

#include "conformance/agent/core/platform.h"

namespace winmem::agent::platform {

namespace {

constexpr int signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE};
struct sigaction earlier[4];
pthread_t player;
bool wanted = true;
alignas(16) char handler_stack[0x20000];

#if defined(__x86_64__)
constexpr int error_register = REG_ERR, stack_register = REG_RSP, instruction_register = REG_RIP;
#else
constexpr int error_register = REG_ERR, stack_register = REG_ESP, instruction_register = REG_EIP;
#endif
constexpr long write_error_bit = 2, fetch_error_bit = 16;
constexpr int page_fault_trap = 14;
constexpr long direction_flag = 0x400;

/// The exception that Windows raises for such a fault.
void describe(int signal, const siginfo_t* info, const ucontext_t* context,
              ExceptionRecord& record) {
  auto address = reinterpret_cast<std::uintptr_t>(info->si_addr);
  const long error = static_cast<long>(context->uc_mcontext.gregs[error_register]);
  const std::uintptr_t kind = (error & fetch_error_bit) != 0   ? 8
                              : (error & write_error_bit) != 0 ? 1
                                                               : 0;
  if (signal == SIGILL) {
    record.code = 0xc000001d;
  } else if (signal == SIGFPE) {
    record.code = info->si_code == FPE_INTDIV ? 0xc0000094 : 0xc0000095;
  } else {
    const bool unaligned = signal == SIGBUS && info->si_code == BUS_ADRALN;
    record.code = unaligned ? 0x80000002 : signal == SIGBUS ? 0xc0000006 : 0xc0000005;
    // A wild address that the processor refuses before it looks at a page is reported as a read of
    // the last address.
    const bool refused = context->uc_mcontext.gregs[REG_TRAPNO] != page_fault_trap && !unaligned;
    record.count = unaligned ? 0 : 2;
    record.information[0] = refused ? 0 : kind;
    record.information[1] = refused ? ~std::uintptr_t{0} : address;
  }
}

void give_to_earlier(int signal, siginfo_t* info, void* context) {
  for (unsigned i = 0; i < 4; ++i) {
    if (signals[i] != signal) continue;
    const struct sigaction& action = earlier[i];
    if ((action.sa_flags & SA_SIGINFO) != 0) {
      action.sa_sigaction(signal, info, context);
    } else if (action.sa_handler != SIG_DFL && action.sa_handler != SIG_IGN) {
      action.sa_handler(signal);
    } else {
      // Nobody else wants it: the instruction faults again, and the process dies of the signal.
      struct sigaction standard = {};
      standard.sa_handler = SIG_DFL;
      sigaction(signal, &standard, nullptr);
    }
  }
}

void on_fault(int signal, siginfo_t* info, void* raw) {
  auto* context = static_cast<ucontext_t*>(raw);
  if (!wanted || !guarding() || pthread_equal(pthread_self(), player) == 0) {
    give_to_earlier(signal, info, raw);
    return;
  }
  ExceptionRecord record = {};
  describe(signal, info, context, record);
  const Escape& to = take_exception(record);
  auto& registers = context->uc_mcontext.gregs;
  registers[REG_EFL] &= ~direction_flag;
  registers[stack_register] = static_cast<greg_t>(reinterpret_cast<std::uintptr_t>(to.stack));
  registers[instruction_register] =
      static_cast<greg_t>(reinterpret_cast<std::uintptr_t>(to.resume));
}

}  // namespace

void prepare_guarding() {
  stack();  // looked up while there are few mappings yet
  player = pthread_self();
  stack_t alternate = {};
  alternate.ss_sp = handler_stack;
  alternate.ss_size = sizeof handler_stack;
  sigaltstack(&alternate, nullptr);
  struct sigaction action = {};
  action.sa_sigaction = on_fault;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  for (unsigned i = 0; i < 4; ++i) sigaction(signals[i], &action, &earlier[i]);
}

void guard_exceptions(bool guard) {
  wanted = guard;
  using Filter = long(WINMEM_CALLBACK*)(ExceptionPointers*);
  using SetFilter = Filter (*)(Filter);
  void* set = find("SetUnhandledExceptionFilter");
  // Either alone may be a stub (WinPR has one of the two).
  if (set == nullptr || find("RtlCaptureContext") == nullptr) return;
  reinterpret_cast<SetFilter>(set)(guard ? top_level_filter : ending_filter);
}

}  // namespace winmem::agent::platform
