#include "conformance/runner/expect.h"

#include <algorithm>

#include "conformance/runner/content_equal.h"

namespace winmem::conformance {
namespace {

/// The shape of one number of a call: its result or a field.
struct Shape {
  Kind kind = Kind::number;
  bool is_result = false;
};

/// Looks at one call of a case's line.
class Matcher {
 public:
  Matcher(const Call& call, const Bindings& names, std::uint32_t play)
      : call_(call), names_(names), play_(play) {}

  bool matches(const Outcome& expected, const Outcome& seen) const;

 private:
  const Call& call_;
  const Bindings& names_;
  std::uint32_t play_;

  std::uint64_t number(const Value& value, Kind kind) const {
    return cut(names_.resolve(call_, value, play_), kind);
  }
  std::uint64_t cut(std::uint64_t value, Kind kind) const {
    return width_of(kind, names_.system().bits) == 64 ? value : value & 0xffffffffu;
  }
  std::uint64_t number_seen(const Pattern& seen, Kind kind) const {
    return seen.op == Pattern::Op::poison ? poison : number(seen.value, kind);
  }
  bool holds(const Pattern& expected, const Pattern& seen, Shape shape) const;
  bool list_holds(const Pattern& expected, const Pattern& seen, Kind kind) const;
  bool fields_hold(const Outcome& expected, const Outcome& seen) const;
  bool exception_holds(const Exception& expected, const Exception& seen) const;
  bool sightings_hold(const Outcome& expected, const Outcome& seen) const;
};

bool Matcher::holds(const Pattern& expected, const Pattern& seen, Shape shape) const {
  using Op = Pattern::Op;
  if (expected.op == Op::any) return true;
  if (expected.op == Op::untouched || seen.op == Op::untouched) return expected.op == seen.op;
  if (expected.op == Op::list || seen.op == Op::list)
    return expected.op == seen.op && list_holds(expected, seen, shape.kind);
  if (expected.op == Op::ok || seen.op == Op::ok) {
    // `ok` is all that a call without a value gives; of any other call a value is seen.
    if (seen.op == Op::ok) return expected.op == Op::ok;
    return !shape.is_result ||
           succeeded(*call_.function, number_seen(seen, shape.kind), names_.system().bits);
  }
  if (seen.op == Op::any) return true;  // a recording that does not tell
  std::uint64_t value = number_seen(seen, shape.kind);
  if (expected.op == Op::poison) return value == poison;
  std::uint64_t wanted = number(expected.value, shape.kind);
  bool both_true = shape.kind == Kind::boolean && wanted != 0 && value != 0;
  switch (expected.op) {
    case Op::equal:
      return value == wanted || both_true;
    case Op::not_equal:
      return value != wanted && !both_true;
    case Op::at_least:
      return value >= wanted;
    case Op::at_most:
      return value <= wanted;
    case Op::multiple:
      return wanted != 0 && value % wanted == 0;
    case Op::bits:
      return (value & expected.mask) == wanted;
    default:
      return false;
  }
}

bool Matcher::list_holds(const Pattern& expected, const Pattern& seen, Kind kind) const {
  return std::equal(
      expected.list.begin(), expected.list.end(), seen.list.begin(), seen.list.end(),
      [&](const Value& a, const Value& b) { return number(a, kind) == number(b, kind); });
}

bool Matcher::fields_hold(const Outcome& expected, const Outcome& seen) const {
  for (const FieldPattern& wanted : expected.fields) {
    const Field& field = call_.function->fields[wanted.field];
    auto found =
        std::find_if(seen.fields.begin(), seen.fields.end(),
                     [&](const FieldPattern& other) { return other.field == wanted.field; });
    if (found == seen.fields.end()) continue;  // not stated
    if (!holds(wanted.pattern, found->pattern, {field.kind, false})) return false;
  }
  return true;
}

bool Matcher::exception_holds(const Exception& expected, const Exception& seen) const {
  if (expected.status != 0 && expected.status != seen.status) return false;
  if (!expected.parameters_stated || !seen.parameters_stated) return true;
  return std::equal(expected.parameters.begin(), expected.parameters.end(), seen.parameters.begin(),
                    seen.parameters.end(), [&](const Pattern& a, const Pattern& b) {
                      return holds(a, b, {Kind::address, false});
                    });
}

bool Matcher::sightings_hold(const Outcome& expected, const Outcome& seen) const {
  if (expected.sightings.empty()) return true;
  return std::equal(expected.sightings.begin(), expected.sightings.end(), seen.sightings.begin(),
                    seen.sightings.end(), [&](const Sighting& a, const Sighting& b) {
                      return exception_holds(a.exception, b.exception);
                    });
}

bool error_holds(const LastError& expected, const LastError& seen) {
  using State = LastError::State;
  if (expected.state == State::not_recorded || seen.state == State::not_recorded) return true;
  return expected.state == seen.state &&
         (expected.state == State::unchanged || expected.code == seen.code);
}

bool Matcher::matches(const Outcome& expected, const Outcome& seen) const {
  using Is = Outcome::Kind;
  if (expected.kind == Is::any) return true;
  if (expected.kind == Is::either)
    return std::any_of(expected.alternatives.begin(), expected.alternatives.end(),
                       [&](const Outcome& alternative) { return matches(alternative, seen); });
  if (expected.kind != seen.kind || !sightings_hold(expected, seen)) return false;
  switch (expected.kind) {
    case Is::returned: {
      if (expected.is_content != seen.is_content && expected.value.op != Pattern::Op::any) {
        if (expected.is_content || expected.value.op != Pattern::Op::ok) return false;
      } else if (expected.is_content) {
        if (!content_equal(expected.content, seen.content)) return false;
      } else if (!seen.is_content &&
                 !holds(expected.value, seen.value, {call_.function->result, true})) {
        return false;
      }
      return fields_hold(expected, seen) && error_holds(expected.last_error, seen.last_error);
    }
    case Is::raises:
      return exception_holds(expected.exception, seen.exception);
    case Is::ends_status:
      return expected.exception.status == seen.exception.status;
    case Is::ends_exit:
    case Is::ends_signal:
      return expected.code == seen.code;
    default:
      return true;
  }
}

/// Walks over run-length coded outcomes, one call after the other.
class Plays {
 public:
  explicit Plays(Span<const Outcome> outcomes) : outcomes_(outcomes) {}

  /// The outcome of the next call; a stride has been added to its value. Past the end: null.
  const Outcome* next() {
    while (at_ < outcomes_.size && inside_ >= outcomes_[at_].count) {
      ++at_;
      inside_ = 0;
    }
    if (at_ >= outcomes_.size) return nullptr;
    if (inside_ == 0)
      current_ = outcomes_[at_];
    else if (!current_.value.value.is_reference)
      current_.value.value.number.plain += current_.stride;
    else
      current_.value.value.reference.offset.plain += current_.stride;
    ++inside_;
    return &current_;
  }

 private:
  Span<const Outcome> outcomes_;
  std::uint32_t at_ = 0, inside_ = 0;
  Outcome current_;
};

}  // namespace

bool satisfies(const Outcome& expected, const Outcome& seen, const Call& call,
               const Bindings& names, std::uint32_t play) {
  return Matcher(call, names, play).matches(expected, seen);
}

bool satisfy(Span<const Outcome> expected, Span<const Outcome> seen, const Call& call,
             const Bindings& names) {
  if (expected.empty()) return true;
  bool for_each = expected.size == 1 && expected[0].count == 1;
  Plays wanted(expected), came(seen);
  std::uint32_t play = 0;
  for (const Outcome* one = came.next(); one != nullptr; one = came.next()) {
    const Outcome* expectation = for_each ? &expected[0] : wanted.next();
    if (expectation == nullptr || !satisfies(*expectation, *one, call, names, play)) return false;
    ++play;
  }
  return for_each ? play > 0 : wanted.next() == nullptr;
}

namespace {

/// Whether a value that the case states is one of the model's. A condition (`ok`, `!=h`, `<=0x10`)
/// only narrows what the model goes on to judge; it must not contradict a value that is known.
bool value_within(const Pattern& expected, const Pattern& allowed, const Call& call,
                  const Bindings& names) {
  using Op = Pattern::Op;
  const bool states_value = expected.op == Op::equal || expected.op == Op::poison;
  if (!states_value && allowed.op != Op::equal) return true;
  Outcome value, condition;
  value.value = states_value ? expected : allowed;
  condition.value = states_value ? allowed : expected;
  return satisfies(condition, value, call, names);
}

bool within(const Outcome& expected, const Outcome& allowed, const Call& call,
            const Bindings& names) {
  using Is = Outcome::Kind;
  if (expected.kind == Is::any || allowed.kind == Is::any) return true;
  if (allowed.kind == Is::either)
    return std::any_of(
        allowed.alternatives.begin(), allowed.alternatives.end(),
        [&](const Outcome& alternative) { return within(expected, alternative, call, names); });
  if (expected.kind != allowed.kind) return false;
  // What handlers see is judged by the model, but is not part of what it lists as allowed.
  Outcome stated = expected;
  stated.sightings = {};
  if (expected.kind != Is::returned) return satisfies(stated, allowed, call, names);
  if (!error_holds(expected.last_error, allowed.last_error)) return false;
  if (expected.is_content || allowed.is_content) {
    stated.fields = {};
    return !allowed.is_content || satisfies(stated, allowed, call, names);
  }
  if (!value_within(expected.value, allowed.value, call, names)) return false;
  return std::all_of(
      expected.fields.begin(), expected.fields.end(), [&](const FieldPattern& wanted) {
        auto other =
            std::find_if(allowed.fields.begin(), allowed.fields.end(),
                         [&](const FieldPattern& field) { return field.field == wanted.field; });
        using Op = Pattern::Op;
        // A field of which the model lists no value is free.
        if (other == allowed.fields.end() || wanted.pattern.op != Op::equal ||
            other->pattern.op != Op::equal)
          return true;
        Outcome one = expected, both = allowed;
        FieldPattern field = wanted, field_allowed = *other;
        one.value.op = Op::any;
        one.fields = {&field, 1};
        both.fields = {&field_allowed, 1};
        return satisfies(one, both, call, names);
      });
}

}  // namespace

bool is_subset(const Outcome& expected, const std::vector<const Outcome*>& allowed,
               const Call& call, const Bindings& names) {
  if (expected.kind == Outcome::Kind::either)
    return std::all_of(
        expected.alternatives.begin(), expected.alternatives.end(),
        [&](const Outcome& alternative) { return is_subset(alternative, allowed, call, names); });
  return std::any_of(allowed.begin(), allowed.end(),
                     [&](const Outcome* one) { return within(expected, *one, call, names); });
}

std::vector<std::string> wrong_parts(const Outcome& allowed, const Outcome& seen, const Call& call,
                                     const Bindings& names) {
  std::vector<std::string> wrong;
  if (allowed.kind != Outcome::Kind::returned || seen.kind != allowed.kind) return wrong;
  Outcome bare = allowed;
  bare.fields = {};
  bare.last_error.state = LastError::State::not_recorded;
  if (!satisfies(bare, seen, call, names))
    wrong.push_back(allowed.is_content ? "contents" : "value");
  bare.is_content = false;
  bare.value.op = Pattern::Op::any;
  for (FieldPattern field : allowed.fields) {
    bare.fields = {&field, 1};
    if (!satisfies(bare, seen, call, names)) {
      Text name = call.function->fields[field.field].name;
      wrong.emplace_back(name.data, name.size);
    }
  }
  if (!error_holds(allowed.last_error, seen.last_error)) wrong.push_back("last error");
  return wrong;
}

bool ends_process(const Outcome& outcome) {
  using Is = Outcome::Kind;
  if (outcome.kind == Is::either)
    return std::any_of(outcome.alternatives.begin(), outcome.alternatives.end(), ends_process);
  return outcome.kind == Is::ends_status || outcome.kind == Is::ends_exit ||
         outcome.kind == Is::ends_signal;
}

}  // namespace winmem::conformance
