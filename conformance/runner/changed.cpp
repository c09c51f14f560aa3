#include "conformance/runner/changed.h"

#include "conformance/runner/script_file.h"
#include "model/language/names.h"

namespace winmem::conformance {
namespace {

constexpr std::uint32_t an_error = 15;  // ERROR_INVALID_DRIVE: none of the functions sets it
constexpr std::uint32_t another_status = 0xc000001d;  // an illegal instruction
constexpr std::uint64_t somewhere = 0x6a5b0000;       // where no trace has anything

bool is_pointer(Kind kind) {
  return kind == Kind::address || kind == Kind::heap || kind == Kind::handle || kind == Kind::token;
}

Value number(std::uint64_t plain) {
  Value value;
  value.number.plain = plain;
  return value;
}

/// The same place, `bytes` further on.
Value moved(Value value, std::uint64_t bytes) {
  (value.is_reference ? value.reference.offset : value.number).plain += bytes;
  return value;
}

bool is_zero(const Value& value) {
  return !value.is_reference && value.number.form == Number::Form::plain && value.number.plain == 0;
}

/// A failure where the call succeeded, and the other way round: it says nothing more then.
Outcome turned(const Step& step, const Outcome& seen, unsigned bits) {
  const Function& function = *step.call.function;
  Outcome outcome = seen;
  const std::uint64_t plain = resolve(seen.value.value.number, &function, bits);
  const bool success = seen.value.value.is_reference || succeeded(function, plain, bits);
  const bool zero_tells_success = function.success == Success::zero;
  outcome.value.value = number(success == zero_tells_success ? somewhere : 0);
  // Of LocalUnlock both values are successes.
  if (function.result == Kind::boolean) outcome.value.value = number(plain == 0 ? 1 : 0);
  outcome.fields = {};
  outcome.last_error.state = LastError::State::not_recorded;
  return outcome;
}

/// Whether a pointer is told as one that the trace knows: a name, and not the one that it gives.
bool is_known_place(const Value& value) {
  return value.is_reference;
}

}  // namespace

std::vector<Changed> Changes::of(const Step& step, unsigned bits) {
  std::vector<Changed> changed;
  for (std::uint32_t i = 0; i < step.outcomes.size; ++i) {
    const Outcome& seen = step.outcomes[i];
    std::vector<Changed> here;
    if (seen.kind == Outcome::Kind::returned) {
      change_value(step, seen, bits, here);
      change_fields(step, seen, here);
      change_error(seen, here);
      change_content(seen, here);
    }
    change_exception(step, seen, here);
    for (Changed& one : here) {
      std::vector<Outcome> all(step.outcomes.begin(), step.outcomes.end());
      all[i] = one.outcomes[0];
      one.outcomes = std::move(all);
      changed.push_back(std::move(one));
    }
  }
  return changed;
}

void Changes::change_value(const Step& step, const Outcome& seen, unsigned bits,
                           std::vector<Changed>& to) {
  const Function& function = *step.call.function;
  const Kind kind = function.result;
  if (seen.value.op == Pattern::Op::poison) {
    Outcome outcome = seen;
    outcome.value.op = Pattern::Op::equal;
    outcome.value.value = number(an_error);
    to.push_back({"value", {outcome}});
    return;
  }
  if (kind == Kind::nothing || kind == Kind::content || seen.value.op != Pattern::Op::equal) return;
  if (kind == Kind::boolean || is_pointer(kind))
    to.push_back({"value", {turned(step, seen, bits)}});
  if (kind == Kind::boolean || (is_pointer(kind) && !is_known_place(seen.value.value))) return;
  Outcome outcome = seen;
  outcome.value.value = moved(seen.value.value, is_pointer(kind) ? 0x10000 : 1);
  to.push_back({is_pointer(kind) ? "place" : "value", {outcome}});
}

Pattern Changes::other(const Pattern& pattern, Kind kind) {
  Pattern changed = pattern;
  if (pattern.op == Pattern::Op::untouched) {
    changed.op = Pattern::Op::equal;
    changed.value = number(somewhere);
  } else if (pattern.op == Pattern::Op::list) {
    auto& list = values_.emplace_back(pattern.list.begin(), pattern.list.end());
    if (list.empty())
      list.push_back(number(somewhere));
    else
      list[0] = moved(list[0], 0x1000);
    changed.list = {list.data(), static_cast<std::uint32_t>(list.size())};
  } else if (is_pointer(kind)) {
    changed.value = is_zero(pattern.value) ? number(somewhere) : moved(pattern.value, 0x1000);
  } else {
    changed.value = moved(pattern.value, 1);
  }
  return changed;
}

void Changes::change_fields(const Step& step, const Outcome& seen, std::vector<Changed>& to) {
  for (std::uint32_t i = 0; i < seen.fields.size; ++i) {
    const Field& field = step.call.function->fields[seen.fields[i].field];
    if (seen.fields[i].pattern.op == Pattern::Op::any) continue;
    auto& fields = fields_.emplace_back(seen.fields.begin(), seen.fields.end());
    fields[i].pattern = other(fields[i].pattern, field.kind);
    Outcome outcome = seen;
    outcome.fields = {fields.data(), static_cast<std::uint32_t>(fields.size())};
    to.push_back({std::string(view(field.name)), {outcome}});
  }
}

void Changes::change_error(const Outcome& seen, std::vector<Changed>& to) {
  if (seen.last_error.state == LastError::State::not_recorded) return;
  Outcome outcome = seen;
  outcome.last_error.state = LastError::State::set;
  outcome.last_error.code = an_error;
  to.push_back({"last error", {outcome}});
}

void Changes::change_exception(const Step& step, const Outcome& seen, std::vector<Changed>& to) {
  if (seen.kind == Outcome::Kind::returned && step.call.function->family == Family::access) {
    Outcome outcome;
    outcome.kind = Outcome::Kind::raises;
    outcome.count = seen.count;
    outcome.exception.status = win::STATUS_ACCESS_VIOLATION;
    to.push_back({"end", {outcome}});
  }
  if (!seen.sightings.empty()) {
    Outcome outcome = seen;
    outcome.sightings = {};
    to.push_back({"sightings", {outcome}});
  }
  if (seen.kind != Outcome::Kind::raises) return;
  Outcome outcome = seen;
  outcome.exception.status = another_status;
  to.push_back({"status", {outcome}});
  for (std::uint32_t i = 0; i < seen.exception.parameters.size; ++i) {
    if (seen.exception.parameters[i].op != Pattern::Op::equal) continue;
    auto& parameters =
        patterns_.emplace_back(seen.exception.parameters.begin(), seen.exception.parameters.end());
    parameters[i].value = moved(parameters[i].value, i == 0 ? 1 : 0x1000);
    outcome = seen;
    outcome.exception.parameters = {parameters.data(),
                                    static_cast<std::uint32_t>(parameters.size())};
    to.push_back({"parameter " + std::to_string(i + 1), {outcome}});
  }
}

void Changes::change_content(const Outcome& seen, std::vector<Changed>& to) {
  if (!seen.is_content || seen.content.runs.empty()) return;
  auto& runs = runs_.emplace_back(seen.content.runs.begin(), seen.content.runs.end());
  if (runs[0].is_pattern)
    ++runs[0].seed;
  else
    runs[0].byte = static_cast<std::uint8_t>(~runs[0].byte);
  Outcome outcome = seen;
  outcome.content.runs = {runs.data(), static_cast<std::uint32_t>(runs.size())};
  to.push_back({"contents", {outcome}});
}

}  // namespace winmem::conformance
