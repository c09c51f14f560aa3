#include "conformance/agent/core/call.h"

#include "conformance/agent/core/guard.h"
#include "conformance/agent/core/handlers.h"
#include "conformance/agent/core/out_parameters.h"
#include "conformance/agent/core/outcome.h"
#include "conformance/agent/core/vendor.h"

namespace winmem::agent {

namespace {

/// The last error as it was read behind the last call.
std::uint32_t current;
/// The last call was SetLastError: the next one finds what it set.
bool was_set;

/// What the last error is before a call, and whether a call that leaves it alone can be told from
/// one that writes it.
struct Before {
  std::uint32_t code;
  bool certain;
};

Before prepare_last_error(bool leave_alone) {
  const LastErrorAccess& access = last_error_access();
  if (access.get == nullptr) return {0, false};
  if (leave_alone) {
    // The agent's own input and output may have written it.
    if (access.get() != current && access.set != nullptr) access.set(current);
    return {current, true};
  }
  if (access.set != nullptr) access.set(poison);
  const std::uint32_t now = access.get();
  return {now, now == poison};
}

LastError describe_last_error(const Before& before, std::uint32_t after) {
  LastError result;
  if (last_error_access().get == nullptr || (after == before.code && !before.certain)) {
    result.state = LastError::State::not_recorded;
  } else if (after != before.code) {
    result.state = LastError::State::set;
    result.code = after;
  }
  return result;
}

std::uint64_t narrow(std::uint64_t value, Kind kind) {
  return width_of(kind, sizeof(void*) * 8) == 32 ? value & 0xffffffffu : value;
}

/// Puts plain arguments and handlers in place. False when no handler is left.
bool prepare_arguments(const Request& request, std::uintptr_t* arguments) {
  const Function& function = *request.call.function;
  for (unsigned i = 0; i < request.call.arguments.size; ++i) {
    const Argument& argument = request.call.arguments[i];
    if (argument.form == Argument::Form::value) {
      arguments[i] =
          static_cast<std::uintptr_t>(narrow(request.arguments[i], function.parameters[i].kind));
    } else if (argument.form == Argument::Form::handler) {
      void* handler = take_handler(argument.handler, request.call.binds);
      if (handler == nullptr) return false;
      arguments[i] = reinterpret_cast<std::uintptr_t>(handler);
    }
  }
  return true;
}

}  // namespace

void start_calls() {
  was_set = false;
  current = poison;
  if (last_error_access().set != nullptr) last_error_access().set(poison);
}

void begin_own_call() {
  prepare_last_error(was_set);
}

void end_own_call() {
  if (last_error_access().get != nullptr) current = last_error_access().get();
  was_set = false;
}

void play_vendor_call(Request& request, Outcome& outcome) {
  const Function& function = *request.call.function;
  void* address = address_of(function);
  const bool keeps = was_set || function.name == Text("GetLastError");
  was_set = false;
  if (address == nullptr) return unsupported(outcome);
  std::uintptr_t arguments[call_arguments] = {};
  if (!prepare_out(request, arguments)) return refused(outcome, "list too long");
  if (!prepare_arguments(request, arguments)) return refused(outcome, "too many handlers");

  const bool gets = function.name == Text("GetLastError");
  const LastErrorAccess& access = last_error_access();
  start_sightings();
  std::uintptr_t value = 0;
  Raised what;
  const Before before = prepare_last_error(keeps);
  const bool came_back = guarded(address, arguments, value, what);
  const std::uint32_t after = access.get != nullptr ? access.get() : 0;
  current = after;
  was_set = function.name == Text("SetLastError");

  if (!came_back) {
    raised(outcome, what, request.arena);
  } else if (function.result == Kind::nothing) {
    returned_ok(outcome);
  } else {
    returned(outcome, narrow(value, function.result));
    if (gets && outcome.value.value.number.plain == poison) outcome.value.op = Pattern::Op::poison;
  }
  if (function.result == Kind::token) handler_registered(came_back ? value : 0);
  if (function.name == Text("RemoveVectoredExceptionHandler") && came_back && value != 0)
    handler_removed(request.arguments[0]);
  describe_sightings(outcome, request.arena);
  describe_out(request, outcome);
  outcome.last_error = describe_last_error(before, after);
}

}  // namespace winmem::agent
