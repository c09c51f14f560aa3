// How a rule is written. A function's page is a list of clauses, read from top to bottom like a
// page of a manual: checks (when this holds the call fails so), effects (when this holds it
// succeeds, and this changes), promises (what a success gives).
//
// Several checks may fail at once: any of their answers is allowed, unless one `fails_first`,
// because evidence says that it is looked at before the rest. Exactly one effect applies when no
// check does. A clause that only some versions of Windows know says so in `versions`.
#pragma once

#include <algorithm>
#include <array>
#include <string>

#include "model/language/bindings.h"
#include "model/language/names.h"
#include "model/state/state.h"

namespace winmem::spec {

using namespace win;  // NOLINT: the rules speak in the constants of the functions

/// What is expected of one number.
struct Expect {
  Pattern::Op op = Pattern::Op::any;
  std::uint64_t value = 0, mask = 0;

  bool met_by(std::uint64_t number) const;
};
constexpr Expect any() {
  return {};
}
constexpr Expect equal(std::uint64_t value) {
  return {Pattern::Op::equal, value, 0};
}
constexpr Expect at_least(std::uint64_t value) {
  return {Pattern::Op::at_least, value, 0};
}
constexpr Expect at_most(std::uint64_t value) {
  return {Pattern::Op::at_most, value, 0};
}
constexpr Expect not_equal(std::uint64_t value) {
  return {Pattern::Op::not_equal, value, 0};
}
constexpr Expect multiple_of(std::uint64_t value) {
  return {Pattern::Op::multiple, value, 0};
}
constexpr Expect bits(std::uint64_t mask, std::uint64_t value) {
  return {Pattern::Op::bits, value, mask};
}
constexpr Expect untouched() {
  return {Pattern::Op::untouched, 0, 0};
}

/// What is expected of the last error.
struct Error {
  enum class Kind : std::uint8_t { anything, unchanged, code };
  Kind kind = Kind::anything;
  std::uint32_t code = 0;

  constexpr Error() = default;
  constexpr Error(std::uint32_t number)
      : kind(Kind::code), code(number) {}  // NOLINT: reads as a list of codes
  constexpr explicit Error(Kind k) : kind(k) {}
};
/// The evidence does not say which.
constexpr Error any_error{};
constexpr Error no_error_written{Error::Kind::unchanged};

/// One way to fail: with a last error, or by raising an exception.
struct Failure {
  Error error;
  std::uint32_t raises = 0;
  bool used = false;

  constexpr Failure() = default;
  constexpr Failure(Error e) : error(e), used(true) {}             // NOLINT
  constexpr Failure(std::uint32_t code) : Failure(Error(code)) {}  // NOLINT
};
constexpr Failure raising(std::uint32_t status) {
  Failure failure{any_error};
  failure.raises = status;
  return failure;
}
/// The status that the call's first argument names: RaiseException.
constexpr std::uint32_t status_asked_for = 1;
using Failures = std::array<Failure, 3>;

/// What an effect takes: beyond the limits in state.h it may also fail for lack of memory.
struct Demand {
  std::uint64_t reserve = 0, commit = 0, handles = 0;
};

/// What the vendor reported of one play, as numbers.
struct Seen {
  const Function* function = nullptr;
  const Outcome* outcome = nullptr;
  const Bindings* bindings = nullptr;
  const Call* call = nullptr;
  std::uint32_t play = 0;
  std::uint64_t value = 0;
  unsigned bits = 64;

  bool returned() const { return outcome->kind == Outcome::Kind::returned; }
  bool raised(std::uint32_t status) const {
    return outcome->kind == Outcome::Kind::raises && outcome->exception.status == status;
  }
  bool success() const { return returned() && succeeded(*function, value, bits); }
  std::uint64_t number(const Value& of) const;
  /// The field's value; false when it was not written or not recorded.
  bool field(std::uint8_t index, std::uint64_t& result) const;
  const Pattern* field_pattern(std::uint8_t index) const;
};

/// A call as its page sees it: resolved arguments and the state before it. Pages derive their own
/// view from it, with the concepts in which their rules are said, and what a success changes.
struct View {
  State& state;
  const Function& function;
  const Call& call;
  const std::uint64_t* argument;  ///< resolved, as wide as the vendor's parameters
  std::uint32_t play = 0;         ///< which call of a repetition

  const System& system() const { return state.system; }
  std::uint32_t dword(unsigned i) const { return static_cast<std::uint32_t>(argument[i]); }
  /// Whether parameter i is the agent's own memory (`out`, `inout`), and not a pointer or NULL.
  bool agents_own(unsigned i) const { return call.arguments[i].form != Argument::Form::value; }

  /// Whether every handler that saw an exception is one that lives.
  bool handlers_live(const Seen& seen) const;

  // What a page's view overrides where it has something to say.
  /// Whether the call depends on something that an earlier deviation made unknown.
  bool tainted() const { return false; }
  /// Marks what the call touched, after a deviation.
  void taint() {}
  /// Whether what was raised and what scripted handlers saw on the way is right, beyond the status.
  bool exceptions_right(const Seen&) const { return true; }
  /// Takes up a success that should have been a failure.
  void follow(const Seen&) {}
  /// Whether a lack of memory raises an exception and gives no value.
  bool raises_instead() const { return false; }
};

template <class V>
struct Clause {
  const char* id = "";
  const char* says = "";
  const char* facts = "";
  Scope scope = Scope::both;
  Versions versions = every_version;
  bool (*when)(const V&) = nullptr;  ///< null: always

  // A check:
  Failures fails = {};
  Failures fails_first = {};  ///< instead of `fails`, where it is looked at before the other checks

  // An effect:
  bool succeeds = false;
  Error leaves = any_error;  ///< of the last error, after the success
  Failures may_fail = {};    ///< besides
  Demand (*needs)(const V&) = nullptr;

  // Either: what it changes, and the value where it is not the function's usual one.
  void (*then)(V&, const Seen&) = nullptr;
  Expect (*returns)(const V&) = nullptr;

  // A promise:
  const char* about = nullptr;  ///< "value", a field's name, or "contents"
  Expect (*is)(const V&) = nullptr;
  bool (*holds)(const V&, const Seen&) = nullptr;  ///< where one number does not say it
  std::string (*shows)(const V&) = nullptr;        ///< what it expects then, for people

  // Neither:
  bool undefined = false;
  bool unspecified = false;

  constexpr const Failures& failures() const { return fails_first[0].used ? fails_first : fails; }
  constexpr bool is_check() const { return failures()[0].used; }
  constexpr Rule::Kind kind() const {
    return undefined     ? Rule::Kind::undefined
           : unspecified ? Rule::Kind::unspecified
           : succeeds    ? Rule::Kind::effect
           : about       ? Rule::Kind::promise
                         : Rule::Kind::check;
  }
};

}  // namespace winmem::spec
