#include "conformance/runner/normalize.h"

#include <fmt/core.h>

#include <algorithm>
#include <numeric>
#include <vector>

#include "conformance/runner/error.h"
#include "conformance/runner/printed.h"
#include "model/language/names.h"
#include "model/oracle/oracle.h"

namespace winmem::conformance {
namespace {

bool is_place(Kind kind) {
  return kind == Kind::address || kind == Kind::heap || kind == Kind::handle || kind == Kind::token;
}

/// What numbers of a binding are multiples of on every run.
std::uint64_t alignment_of(const Function& function, const System& system) {
  switch (function.result) {
    case Kind::heap:
      return system.page;
    case Kind::address:
    case Kind::handle:
      return function.family == Family::virtual_memory || function.family == Family::setup
                 ? system.granularity
                 : 2 * system.pointer_size();
    default:
      return 1;  // a token is any number
  }
}

Pattern nothing_stated() {
  return {};
}

/// What is left of a number at a binding; nothing left is told as `multiple(n)`, for NULL is a
/// failure.
Pattern residue(std::uint64_t number, std::uint64_t alignment) {
  Pattern pattern;
  const std::uint64_t rest = number % alignment;
  pattern.op = rest == 0 ? Pattern::Op::multiple : Pattern::Op::equal;
  pattern.value.number.plain = rest == 0 ? alignment : rest;
  return pattern;
}

/// Where the addresses of a repetition jump differs from run to run: those that read alike by now
/// are one run.
std::vector<Outcome> joined(const std::vector<Outcome>& outcomes) {
  std::vector<Outcome> result;
  for (Outcome outcome : outcomes) {
    const std::uint32_t count = outcome.count;
    if (!result.empty()) outcome.count = result.back().count;
    if (!result.empty() && same(outcome, result.back())) {
      result.back().count += count;
      continue;
    }
    outcome.count = count;
    result.push_back(outcome);
  }
  return result;
}

class Normalizer {
 public:
  Normalizer(const ScriptFile& file, const System& system, spec::Profile profile)
      : file_(file), system_(system), oracle_(file.script, system, profile) {}

  std::string text();

 private:
  const ScriptFile& file_;
  const System& system_;
  spec::Oracle oracle_;
  std::vector<std::vector<FieldPattern>> fields_;
  std::vector<std::vector<Pattern>> parameters_;

  void normalize(Exception& exception);
  void normalize(const Step& step, const std::vector<spec::Allowed>& allowed, Outcome& outcome);
  bool model_tells(const std::vector<spec::Allowed>& allowed, std::uint8_t field) const;
};

/// What an allocator may choose anew on every run is bounded, and not told.
bool tells(const Pattern& pattern) {
  switch (pattern.op) {
    case Pattern::Op::equal:
    case Pattern::Op::bits:
    case Pattern::Op::untouched:
    case Pattern::Op::list:
      return true;
    default:
      return false;
  }
}

/// An address that no name explains.
bool is_bare_address(const Function& function, const FieldPattern& field) {
  const Value& value = field.pattern.value;
  return is_place(function.fields[field.field].kind) && field.pattern.op == Pattern::Op::equal &&
         !value.is_reference && value.number.plain != 0;
}

/// Whether one of the outcomes that the model allows says what the field holds.
bool Normalizer::model_tells(const std::vector<spec::Allowed>& allowed, std::uint8_t field) const {
  return std::any_of(allowed.begin(), allowed.end(), [&](const spec::Allowed& one) {
    return std::any_of(
        one.outcome.fields.begin(), one.outcome.fields.end(),
        [&](const FieldPattern& told) { return told.field == field && tells(told.pattern); });
  });
}

/// Of an access, the parameter behind its kind is the address.
void Normalizer::normalize(Exception& exception) {
  const bool access = exception.status == win::STATUS_ACCESS_VIOLATION ||
                      exception.status == win::STATUS_GUARD_PAGE_VIOLATION;
  if (!access || exception.parameters.size < 2) return;
  auto& parameters =
      parameters_.emplace_back(exception.parameters.begin(), exception.parameters.end());
  const Value& address = parameters[1].value;
  if (!address.is_reference && address.number.plain >= system_.minimum)
    parameters[1] = nothing_stated();
  exception.parameters = {parameters.data(), static_cast<std::uint32_t>(parameters.size())};
}

void Normalizer::normalize(const Step& step, const std::vector<spec::Allowed>& allowed,
                           Outcome& outcome) {
  if (outcome.kind == Outcome::Kind::raises) normalize(outcome.exception);
  if (outcome.kind != Outcome::Kind::returned) return;
  const Function& function = *step.call.function;
  Value& value = outcome.value.value;
  const bool place = is_place(function.result) && outcome.value.op == Pattern::Op::equal;
  if (place && !value.is_reference && value.number.plain != 0) {
    if (step.call.binds >= 0) {
      // All calls of a run have it in common.
      const std::uint64_t alignment = std::gcd(alignment_of(function, system_), outcome.stride);
      outcome.value = residue(value.number.plain, alignment);
      outcome.stride = 0;
    } else {
      outcome.value = nothing_stated();
    }
  }
  auto& fields = fields_.emplace_back(outcome.fields.begin(), outcome.fields.end());
  for (FieldPattern& field : fields) {
    const bool untouched = field.pattern.op == Pattern::Op::untouched;
    if (untouched) continue;
    if (!model_tells(allowed, field.field) || is_bare_address(function, field))
      field.pattern = nothing_stated();
  }
  outcome.fields = {fields.data(), static_cast<std::uint32_t>(fields.size())};
}

std::string Normalizer::text() {
  std::string text;
  std::size_t next = 0;
  const auto remarks_before = [&](std::uint32_t index) {
    for (; next < file_.script.remarks.size && file_.script.remarks[next].before <= index; ++next) {
      const Remark& remark = file_.script.remarks[next];
      text += remark.key.empty() ? fmt::format("#{}\n", view(remark.value))
                                 : fmt::format("# {}: {}\n", view(remark.key), view(remark.value));
    }
  };
  for (std::uint32_t i = 0; i < file_.script.steps.size; ++i) {
    Step step = file_.script.steps[i];
    remarks_before(i);
    if (!step.has_outcome)
      throw CannotRun(
          fmt::format("{}:{}: expected '-> OUTCOME': a trace tells what came of each line",
                      file_.path, step.line));
    const auto allowed = oracle_.allowed(step);
    const auto judgement = oracle_.judge(step, {step.outcomes.data, step.outcomes.size});
    std::vector<Outcome> outcomes(step.outcomes.begin(), step.outcomes.end());
    for (Outcome& outcome : outcomes) normalize(step, allowed, outcome);
    if (judgement.verdict == spec::Verdict::unjudged && step.call.binds < 0) {
      outcomes.resize(1);
      outcomes[0] = Outcome();
      outcomes[0].kind = Outcome::Kind::any;
    }
    outcomes = joined(outcomes);
    step.outcomes = {outcomes.data(), static_cast<std::uint32_t>(outcomes.size())};
    text += step_text(file_.script, step) + "\n";
  }
  remarks_before(file_.script.steps.size);
  return text;
}

}  // namespace

std::string normalized(const ScriptFile& file, const System& system, spec::Profile profile) {
  return Normalizer(file, system, profile).text();
}

}  // namespace winmem::conformance
