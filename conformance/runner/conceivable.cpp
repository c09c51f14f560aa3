#include "conformance/runner/conceivable.h"

#include "conformance/runner/script_file.h"
#include "model/language/names.h"

namespace winmem::conformance {
namespace {

constexpr std::uint64_t lowest = 0x10000;        // where an address space begins
constexpr std::uint64_t somewhere = 0x6a5b0000;  // where no trace has anything
constexpr std::uint64_t all_ones = ~std::uint64_t{0};

Value number(std::uint64_t plain) {
  Value value;
  value.number.plain = plain;
  return value;
}

Value moved(Value value, std::uint64_t bytes) {
  (value.is_reference ? value.reference.offset : value.number).plain += bytes;
  return value;
}

bool tells_a_place(const Function& function) {
  const Kind kind = function.result;
  return kind == Kind::address || kind == Kind::heap || kind == Kind::handle || kind == Kind::token;
}

bool is_plain(const Value& value) {
  return !value.is_reference && value.number.form == Number::Form::plain;
}

/// Where the lines before this one have something, or had; and where this one's pointers lead.
std::vector<Value> known_places(const Script& script, std::uint32_t index) {
  std::vector<Value> places;
  for (std::uint32_t i = 0; i < index; ++i) {
    const Step& step = script.steps[i];
    const Outcome& outcome = step.outcomes[0];
    if (tells_a_place(*step.call.function) && outcome.kind == Outcome::Kind::returned &&
        outcome.value.op == Pattern::Op::equal)
      places.push_back(outcome.value.value);
  }
  const Call& call = script.steps[index].call;
  for (const Argument& argument : call.arguments)
    if (argument.form == Argument::Form::value && argument.value.is_reference)
      places.push_back(argument.value);
  return places;
}

/// Only a value: what else was recorded belongs to another end of the call.
Outcome returning(const Outcome& seen, Value value) {
  Outcome outcome;
  outcome.kind = Outcome::Kind::returned;
  outcome.count = seen.count;
  outcome.value.op = Pattern::Op::equal;
  outcome.value.value = value;
  outcome.last_error.state = LastError::State::not_recorded;
  return outcome;
}

/// The same with another value.
Outcome with_value(const Outcome& seen, Value value) {
  Outcome outcome = seen;
  outcome.value.op = Pattern::Op::equal;
  outcome.value.value = value;
  outcome.stride = 0;
  return outcome;
}

bool is_success(const Function& function, const Outcome& seen, unsigned bits) {
  if (seen.kind != Outcome::Kind::returned || seen.value.op != Pattern::Op::equal) return false;
  const Value& value = seen.value.value;
  return value.is_reference || succeeded(function, resolve(value.number, &function, bits), bits);
}

void other_errors(const Outcome& seen, std::vector<Changed>& to) {
  Outcome outcome = seen;
  outcome.last_error.state = LastError::State::unchanged;
  to.push_back({"last error", {outcome}});
  outcome.last_error.state = LastError::State::set;
  for (const std::uint32_t code :
       {win::ERROR_SUCCESS, win::ERROR_INVALID_HANDLE, win::ERROR_NOT_ENOUGH_MEMORY,
        win::ERROR_INVALID_PARAMETER, win::ERROR_INVALID_ADDRESS}) {
    outcome.last_error.code = code;
    to.push_back({"last error", {outcome}});
  }
}

void exceptions(const Outcome& seen, std::vector<Changed>& to) {
  for (const std::uint32_t status :
       {win::STATUS_ACCESS_VIOLATION, win::STATUS_NO_MEMORY, win::STATUS_GUARD_PAGE_VIOLATION}) {
    Outcome outcome;
    outcome.kind = Outcome::Kind::raises;
    outcome.count = seen.count;
    outcome.exception.status = status;
    outcome.sightings = seen.sightings;
    to.push_back({"exception", {outcome}});
  }
}

}  // namespace

std::vector<Changed> Conceivable::of(const Script& script, std::uint32_t index, unsigned bits) {
  const Step& step = script.steps[index];
  std::vector<Changed> all;
  for (std::uint32_t i = 0; i < step.outcomes.size; ++i) {
    const Outcome& seen = step.outcomes[i];
    std::vector<Changed> here;
    if (seen.kind == Outcome::Kind::returned || seen.kind == Outcome::Kind::raises) {
      other_values(script, index, seen, bits, here);
      other_contents(step, seen, here);
      exceptions(seen, here);
    }
    if (seen.kind == Outcome::Kind::returned) {
      other_fields(step, seen, here);
      other_errors(seen, here);
    }
    for (Changed& one : here) {
      std::vector<Outcome> outcomes(step.outcomes.begin(), step.outcomes.end());
      outcomes[i] = one.outcomes[0];
      one.outcomes = std::move(outcomes);
      all.push_back(std::move(one));
    }
  }
  return all;
}

/// Failures where it succeeded, successes where it failed, other numbers, other places: not
/// aligned, or where something else lives.
void Conceivable::other_values(const Script& script, std::uint32_t index, const Outcome& seen,
                               unsigned bits, std::vector<Changed>& to) {
  const Step& step = script.steps[index];
  const Function& function = *step.call.function;
  if (function.result == Kind::content) return;
  if (function.result == Kind::nothing) {
    Outcome outcome = returning(seen, number(0));
    outcome.value.op = Pattern::Op::ok;
    outcome.last_error.state = LastError::State::unchanged;
    to.push_back({"value", {outcome}});
    return;
  }
  std::vector<Value> values = {number(0), number(1), number(lowest), number(somewhere),
                               number(failure_value(function, 0, bits))};
  if (failure_value(function, 1, bits) == 1) values.push_back(step.call.arguments[0].value);
  std::vector<Value> places;
  if (tells_a_place(function)) places = known_places(script, index);
  if (seen.kind == Outcome::Kind::returned && seen.value.op == Pattern::Op::equal)
    places.push_back(seen.value.value);
  for (const Value& place : places)
    for (const std::uint64_t bytes : {0u, 1u, 4u, 8u, 0x10u, 0x1000u, 0x10000u})
      values.push_back(moved(place, bytes));
  for (const Value& place : places) values.push_back(moved(place, all_ones));
  for (const Value& value : values)
    to.push_back(
        {"value",
         {is_success(function, seen, bits) ? with_value(seen, value) : returning(seen, value)}});
}

void Conceivable::other_fields(const Step& step, const Outcome& seen, std::vector<Changed>& to) {
  for (std::uint32_t i = 0; i < seen.fields.size; ++i) {
    const Pattern& stated = seen.fields[i].pattern;
    if (stated.op != Pattern::Op::equal) continue;
    std::vector<Value> values = {number(0), number(1), number(win::MEM_COMMIT),
                                 number(win::MEM_RESERVE), number(win::MEM_FREE)};
    for (const std::uint64_t bytes : {std::uint64_t{0x1000}, all_ones})
      values.push_back(moved(stated.value, bytes));
    for (const Value& value : values) {
      auto& fields = fields_.emplace_back(seen.fields.begin(), seen.fields.end());
      fields[i].pattern.value = value;
      Outcome outcome = seen;
      outcome.fields = {fields.data(), static_cast<std::uint32_t>(fields.size())};
      to.push_back(
          {std::string(view(step.call.function->fields[seen.fields[i].field].name)), {outcome}});
    }
  }
}

void Conceivable::add_content(const Outcome& seen, std::vector<Run> runs,
                              std::vector<Changed>& to) {
  auto& kept = runs_.emplace_back(std::move(runs));
  Outcome outcome;
  outcome.kind = Outcome::Kind::returned;
  outcome.count = seen.count;
  outcome.sightings = seen.sightings;
  outcome.is_content = true;
  outcome.content.runs = {kept.data(), static_cast<std::uint32_t>(kept.size())};
  if (seen.is_content) outcome.content.rest = seen.content.rest;
  if (seen.is_content) outcome.content.hash = seen.content.hash;
  to.push_back({"contents", {outcome}});
}

/// Bytes that were lost: each run, or all of them; and bytes where none could be read.
void Conceivable::other_contents(const Step& step, const Outcome& seen, std::vector<Changed>& to) {
  if (step.call.function->result != Kind::content) return;
  if (!seen.is_content) {
    const Value& count = step.call.arguments[1].value;
    if (is_plain(count)) add_content(seen, {{false, 0, 0, 0, count.number.plain}}, to);
    return;
  }
  for (std::uint32_t i = 0; i < seen.content.runs.size; ++i)
    for (const std::uint8_t byte : {std::uint8_t{0x00}, std::uint8_t{0xa5}}) {
      std::vector<Run> runs(seen.content.runs.begin(), seen.content.runs.end());
      runs[i] = {false, byte, 0, 0, runs[i].count};
      add_content(seen, std::move(runs), to);
    }
}

}  // namespace winmem::conformance
