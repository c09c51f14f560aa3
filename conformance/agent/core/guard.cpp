#include "conformance/agent/core/guard.h"

#include <cstring>

#include "conformance/agent/core/platform.h"

namespace winmem::agent {

extern "C" std::uintptr_t winmem_call(Escape* escape, void* function,
                                      const std::uintptr_t* arguments);
extern "C" [[noreturn]] void winmem_leave(const Escape* escape);

namespace {

Escape escape;
Raised* sink;
volatile bool under_way;

/// Where CONTEXT keeps the flags, the stack pointer and the instruction pointer.
#if defined(__x86_64__)
constexpr unsigned flags_at = 0x44, stack_at = 0x98, instruction_at = 0xf8;
#else
constexpr unsigned flags_at = 0xc0, stack_at = 0xc4, instruction_at = 0xb8;
#endif
constexpr std::uint32_t direction_flag = 0x400;

}  // namespace

bool guarding() {
  return under_way;
}

bool guarded(void* function, const std::uintptr_t (&arguments)[call_arguments],
             std::uintptr_t& value, Raised& raised) {
  sink = &raised;
  under_way = true;
  value = winmem_call(&escape, function, arguments);
  // take_exception ends the guard: when it is still up, the call returned.
  const bool returned = under_way;
  under_way = false;
  return returned;
}

const Escape& take_exception(const ExceptionRecord& record) {
  constexpr std::uint32_t most = 15;
  sink->status = record.code;
  sink->count = record.count < most ? record.count : most;
  for (std::uint32_t i = 0; i < sink->count; ++i) sink->parameters[i] = record.information[i];
  under_way = false;
  return escape;
}

long WINMEM_CALLBACK top_level_filter(ExceptionPointers* exception) {
  if (!under_way) return continue_search;
  const bool final = (exception->record->flags & noncontinuable) != 0;
  const Escape& to = take_exception(*exception->record);
  // A noncontinuable exception must not be continued (STATUS_NONCONTINUABLE_EXCEPTION would
  // follow): it is left directly.
  if (final) winmem_leave(&to);
  unsigned char* context = exception->context;
  std::uint32_t flags;
  std::memcpy(&flags, context + flags_at, sizeof flags);
  flags &= ~direction_flag;
  std::memcpy(context + flags_at, &flags, sizeof flags);
  const auto stack = reinterpret_cast<std::uintptr_t>(to.stack);
  const auto resume = reinterpret_cast<std::uintptr_t>(to.resume);
  std::memcpy(context + stack_at, &stack, sizeof stack);
  std::memcpy(context + instruction_at, &resume, sizeof resume);
  return continue_execution;
}

long WINMEM_CALLBACK ending_filter(ExceptionPointers* exception) {
  platform::report_death(exception->record->code);
  return execute_handler;
}

}  // namespace winmem::agent
