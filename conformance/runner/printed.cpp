#include "conformance/runner/printed.h"

namespace winmem::conformance {
namespace {

/// Prints into a buffer that grows until all of it fits.
template <typename Print>
std::string printed(Print print) {
  std::string room(512, '\0');
  while (true) {
    Output out(room.data(), room.size());
    print(out);
    if (!out.overflow) {
      room.resize(out.size);
      return room;
    }
    room.resize(room.size() * 8);
  }
}

}  // namespace

std::string call_text(const Script& script, const Call& call) {
  return printed([&](Output& out) { print_call(out, script, call, Style::text); });
}

std::string outcome_text(const Script& script, const Call& call, const Outcome& outcome) {
  return printed([&](Output& out) { print_outcome(out, script, call, outcome, Style::text); });
}

std::string outcomes_text(const Script& script, const Call& call, Span<Outcome> outcomes) {
  return printed([&](Output& out) {
    print_outcomes(out, script, call, {outcomes.data, outcomes.size}, Style::text);
  });
}

std::string step_text(const Script& script, const Step& step) {
  return printed([&](Output& out) { print_step(out, script, step, Style::text); });
}

Span<Outcome> describe_all(const Bindings& names, const Call& call, Span<const Outcome> outcomes,
                           Arena& arena) {
  Outcome* described = arena.take<Outcome>(outcomes.size);
  if (described == nullptr) return {};
  for (std::uint32_t i = 0; i < outcomes.size; ++i)
    described[i] = names.describe(call, outcomes[i], arena);
  return {described, outcomes.size};
}

}  // namespace winmem::conformance
