#include "model/rule/page.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace winmem::spec {

bool Expect::met_by(std::uint64_t number) const {
  switch (op) {
    case Pattern::Op::any:
      return true;
    case Pattern::Op::equal:
      return number == value;
    case Pattern::Op::not_equal:
      return number != value;
    case Pattern::Op::at_least:
      return number >= value;
    case Pattern::Op::at_most:
      return number <= value;
    case Pattern::Op::multiple:
      return number != 0 && number % value == 0;
    case Pattern::Op::bits:
      return (number & mask) == value;
    default:
      return false;
  }
}

std::uint64_t Seen::number(const Value& of) const {
  return bindings->resolve(*call, of, play);
}

const Pattern* Seen::field_pattern(std::uint8_t index) const {
  for (const FieldPattern& field : outcome->fields)
    if (field.field == index) return &field.pattern;
  return nullptr;
}

bool Seen::field(std::uint8_t index, std::uint64_t& result) const {
  const Pattern* pattern = field_pattern(index);
  if (!pattern || pattern->op != Pattern::Op::equal) return false;
  result = number(pattern->value);
  return true;
}

bool View::handlers_live(const Seen& seen) const {
  const auto lives = [&](const Sighting& sighting) {
    const bool named = sighting.handler >= 0;
    if (!named && sighting.token == 0) return !state.handlers.empty();  // `?`: which, is not told
    const std::uint64_t token =
        named ? seen.bindings->at(static_cast<std::uint32_t>(sighting.handler)).value
              : sighting.token;
    return std::any_of(state.handlers.begin(), state.handlers.end(),
                       [&](const VectoredHandler& handler) { return handler.token == token; });
  };
  const Span<Sighting>& all = seen.outcome->sightings;
  return std::all_of(all.begin(), all.end(), lives);
}

std::uint64_t failure_value(const View& view) {
  const std::uint64_t first = view.function.parameter_count ? view.argument[0] : 0;
  return failure_value(view.function, first, view.system().bits);
}

bool error_allowed(const Error& expected, const Outcome& outcome, const State& state) {
  const LastError& seen = outcome.last_error;
  if (seen.state == LastError::State::not_recorded || expected.kind == Error::Kind::anything)
    return true;
  const bool unchanged = seen.state == LastError::State::unchanged;
  if (unchanged == (expected.kind == Error::Kind::unchanged))
    return unchanged || seen.code == expected.code;
  const std::uint32_t code = unchanged ? expected.code : seen.code;
  return !state.last_error_known || state.last_error == code;
}

bool is_failure(const View& view, const Seen& seen, const Failure& failure, const Expect* value) {
  if (failure.raises == status_asked_for) return seen.raised(view.dword(0));
  if (failure.raises) return seen.raised(failure.raises);
  if (!seen.returned()) return false;
  const bool right_value = value ? value->met_by(seen.value) : seen.value == failure_value(view);
  return right_value && error_allowed(failure.error, *seen.outcome, view.state);
}

bool may_run_out(const State& state, const Demand& demand) {
  const bool limited = state.limited() && (state.commits_unseen || state.past_limit(demand.commit));
  return limited || state.committed() + demand.commit > enough_committed ||
         state.reserved() + demand.reserve > enough_reserved || demand.commit > enough_committed ||
         demand.reserve > enough_reserved ||
         (demand.handles && state.objects.size() + demand.handles > surely_free_handles);
}

Failures out_of_memory(Family family, const Demand& demand) {
  switch (family) {
    case Family::virtual_memory:  // a reservation takes nothing of the commit limit (VA-006)
      if (demand.commit == 0) return {Failure(ERROR_NOT_ENOUGH_MEMORY)};
      return {Failure(ERROR_NOT_ENOUGH_MEMORY), Failure(ERROR_COMMITMENT_LIMIT)};
    case Family::heap:  // which last error it leaves is contradictory (HA-028, HA-029)
      return {Failure(any_error), raising(STATUS_NO_MEMORY)};
    default:
      return {Failure(ERROR_NOT_ENOUGH_MEMORY)};
  }
}

std::string text_of(const Failure& failure) {
  if (failure.raises == status_asked_for) return "raises the status that it is given";
  const auto named = [](Set set, std::uint32_t code) {
    const Text name = name_of(set, code);
    return name.empty() ? std::to_string(code) : std::string(name.data, name.size);
  };
  if (failure.raises) return "raises " + named(Set::status, failure.raises);
  switch (failure.error.kind) {
    case Error::Kind::anything:
      return "failure";
    case Error::Kind::unchanged:
      return "failure that leaves the last error";
    case Error::Kind::code:
      break;
  }
  return "!" + named(Set::error, failure.error.code);
}

std::uint8_t field_index(const Function& function, const char* name) {
  const Text wanted(name, std::strlen(name));
  for (std::uint8_t i = 0; i < function.field_count; ++i)
    if (function.fields[i].name == wanted) return i;
  (void)std::fprintf(stderr, "model/spec: %.*s has no field %s\n",
                     static_cast<int>(function.name.size), function.name.data, name);
  std::abort();
}

}  // namespace winmem::spec
