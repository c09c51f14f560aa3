#include "conformance/runner/judge.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "conformance/runner/error.h"
#include "conformance/runner/exercise.h"
#include "conformance/runner/expect.h"
#include "conformance/runner/printed.h"

namespace winmem::conformance {
namespace {

Span<const Outcome> constant(Span<Outcome> outcomes) {
  return {outcomes.data, outcomes.size};
}

/// Whether only the processor raises it: in the vendor's own code it is a crash that a debugger or
/// the agent happened to catch.
bool is_fault(std::uint32_t status) {
  constexpr std::uint32_t faults[] = {
      0xc0000005,  // access violation
      0xc0000006,  // in-page error
      0xc000001d,  // illegal instruction
      0xc0000094,  // integer divide by zero
      0xc0000096,  // privileged instruction
      0xc00000fd,  // stack overflow
      0x80000002,  // datatype misalignment
  };
  return std::find(std::begin(faults), std::end(faults), status) != std::end(faults);
}

CaseVerdict manner_of(const Call& call, Span<Outcome> seen,
                      const std::vector<spec::Allowed>& allowed) {
  using Is = Outcome::Kind;
  for (const Outcome& one : seen) {
    if (one.kind == Is::hangs) return CaseVerdict::hangs;
    if (ends_process(one)) return CaseVerdict::crashes;
    bool faults = one.kind == Is::raises && call.function->from_vendor &&
                  is_fault(one.exception.status) &&
                  std::none_of(allowed.begin(), allowed.end(), [&](const spec::Allowed& other) {
                    return other.outcome.kind == Is::raises &&
                           other.outcome.exception.status == one.exception.status;
                  });
    if (faults) return CaseVerdict::crashes;
  }
  return CaseVerdict::deviates;
}

/// Judges the lines of one script, one after the other.
class Judge {
 public:
  /// In a case the outcomes of the script are expectations; in a trace they are what was seen,
  /// here or elsewhere.
  enum class Outcomes { expected, recorded };

  Judge(const ScriptFile& file, const System& system, spec::Profile profile, Memory& memory,
        Outcomes outcomes)
      : file_(file),
        memory_(memory),
        oracle_(file.script, system, profile),
        // A case says what Windows 10 and 11 do, or the documentation; of one version alone only
        // the model knows.
        expects_(outcomes == Outcomes::expected &&
                 (profile == spec::Profile::windows || profile == spec::Profile::documented)),
        exercised_(lines_that_show(file)) {
    result_.file = &file;
  }

  spec::Judgement take(std::uint32_t index, Span<const Outcome> seen);
  /// After the last line: settles the verdict.
  CaseResult finish();
  CaseResult& result() { return result_; }
  /// How often the call is played.
  std::uint32_t plays(const Call& call) const { return oracle_.bindings().plays(call); }

 private:
  const ScriptFile& file_;
  Memory& memory_;
  spec::Oracle oracle_;
  bool expects_;
  CaseResult result_;
  Exercised exercised_;
  std::vector<Span<Outcome>> described_;
  std::uint32_t expected_lines_ = 0, met_lines_ = 0;

  void add_deviation(std::uint32_t index, const spec::Judgement& judgement);
  void add_broken_expectation(std::uint32_t index);
  void add_fault(std::uint32_t index, const std::vector<spec::Allowed>& allowed);
  void count(std::uint32_t index, const spec::Judgement& judgement);
  std::string missing_name(const Step& step) const;
  std::string subject_of(const Step& step, Span<Outcome> seen,
                         const spec::Judgement& judgement) const;
};

spec::Judgement Judge::take(std::uint32_t index, Span<const Outcome> seen) {
  const Step& step = file_.script.steps[index];
  // After a deviation the model follows the vendor, and the case's expectations speak of another
  // world.
  bool expects = expects_ && step.has_outcome && result_.deviations.empty();
  bool met = true, possible = true;
  std::vector<spec::Allowed> allowed;
  if (expects) {
    const Bindings& names = oracle_.bindings();
    met = satisfy(constant(step.outcomes), seen, step.call, names);
    allowed = oracle_.allowed(step);
    std::vector<const Outcome*> outcomes;
    for (const spec::Allowed& one : allowed) outcomes.push_back(&one.outcome);
    possible = allowed.empty() || step.outcomes.size != 1 ||
               is_subset(step.outcomes[0], outcomes, step.call, names);
  }
  std::string missing = missing_name(step);
  spec::Judgement judgement = oracle_.judge(step, seen);
  exercised_.take(index, oracle_);
  if (judgement.verdict == spec::Verdict::unsupported)
    judgement.reason = fmt::format("no {}", view(step.call.function->name));
  bool open = judgement.verdict == spec::Verdict::unjudged && judgement.rule == nullptr;
  if (!missing.empty() && (open || judgement.verdict == spec::Verdict::skipped))
    judgement.reason = missing;
  count(index, judgement);
  Span<Outcome> described = describe_all(oracle_.bindings(), step.call, seen, memory_.arena());
  described_.resize(index + 1);
  described_[index] = described;
  bool judged =
      judgement.verdict == spec::Verdict::conforms || judgement.verdict == spec::Verdict::deviates;
  if (!possible && judged) add_fault(index, allowed);
  // Where the rules leave it open, the case alone speaks, by the facts that it cites.
  bool left_open = judgement.verdict == spec::Verdict::unjudged && judgement.rule != nullptr;
  if (judgement.verdict == spec::Verdict::deviates)
    add_deviation(index, judgement);
  else if ((judgement.verdict == spec::Verdict::conforms && !met && possible) ||
           (left_open && !met))
    add_broken_expectation(index);
  return judgement;
}

/// The first name of a call that no earlier line gave, and that line; empty where all were given.
std::string Judge::missing_name(const Step& step) const {
  const Bindings& names = oracle_.bindings();
  for (const Argument& argument : step.call.arguments) {
    if (!argument.value.is_reference) continue;
    const Reference& used = argument.value.reference;
    Binding::State state =
        names.at(used.name, used.reach == Reference::Reach::element ? used.first : 0).state;
    if (state != Binding::State::failed && state != Binding::State::unbound) continue;
    for (const Step& other : file_.script.steps)
      if (other.call.binds == static_cast<std::int32_t>(used.name))
        return fmt::format("it uses {}, which line {} did not give: {}",
                           view(file_.script.names[used.name]), other.line,
                           call_text(file_.script, other.call));
  }
  return "";
}

void Judge::count(std::uint32_t index, const spec::Judgement& judgement) {
  ++result_.lines[static_cast<std::size_t>(judgement.verdict)];
  bool judged =
      judgement.verdict == spec::Verdict::conforms || judgement.verdict == spec::Verdict::deviates;
  if (!judged && !result_.deviations.empty()) {
    result_.not_judged.push_back(file_.script.steps[index].line);
    if (result_.not_judged_reason.empty()) result_.not_judged_reason = judgement.reason;
  }
  if (!judged && result_.reason.empty() && result_.deviations.empty())
    result_.reason = judgement.reason;
  if (!expects_ || !file_.script.steps[index].has_outcome) return;
  ++expected_lines_;
  if (judged) ++met_lines_;
}

/// All that is wrong where one outcome alone is allowed; else what the oracle names.
std::string Judge::subject_of(const Step& step, Span<Outcome> seen,
                              const spec::Judgement& judgement) const {
  if (judgement.allowed.size() != 1 || seen.size != 1 || seen[0].count != 1)
    return judgement.subject;
  std::vector<std::string> parts =
      wrong_parts(judgement.allowed[0].outcome, seen[0], step.call, oracle_.bindings());
  // A field of which the model lists no value may be wrong, too.
  if (std::find(parts.begin(), parts.end(), judgement.subject) == parts.end())
    return judgement.subject;
  return fmt::format("{}", fmt::join(parts, ", "));
}

void Judge::add_deviation(std::uint32_t index, const spec::Judgement& judgement) {
  const Step& step = file_.script.steps[index];
  Deviation deviation;
  deviation.step = index;
  deviation.line = step.line;
  deviation.call = call_text(file_.script, step.call);
  deviation.seen = outcomes_text(file_.script, step.call, described_[index]);
  for (const spec::Allowed& one : judgement.allowed)
    deviation.allowed.push_back({outcome_text(file_.script, step.call, one.outcome),
                                 one.rule == nullptr ? "" : one.rule->id});
  if (judgement.rule != nullptr) {
    deviation.rule = judgement.rule->id;
    deviation.says = judgement.rule->says;
    deviation.facts = judgement.rule->facts;
  }
  deviation.subject = subject_of(step, described_[index], judgement);
  deviation.reason = judgement.reason;
  deviation.manner = manner_of(step.call, described_[index], judgement.allowed);
  deviation.play = judgement.play;
  deviation.plays = oracle_.bindings().plays(step.call);
  result_.deviations.push_back(std::move(deviation));
}

void Judge::add_broken_expectation(std::uint32_t index) {
  const Step& step = file_.script.steps[index];
  Deviation deviation;
  deviation.step = index;
  deviation.line = step.line;
  deviation.call = call_text(file_.script, step.call);
  deviation.seen = outcomes_text(file_.script, step.call, described_[index]);
  deviation.allowed.push_back({outcomes_text(file_.script, step.call, step.outcomes), "the case"});
  deviation.says = file_.title;
  deviation.facts = std::string(view(header(file_.script, "cites")));
  deviation.reason = "The model allows more than the case expects here.";
  result_.deviations.push_back(std::move(deviation));
}

void Judge::add_fault(std::uint32_t index, const std::vector<spec::Allowed>& allowed) {
  const Step& step = file_.script.steps[index];
  std::string text =
      fmt::format("{}:{}: the case expects '{}', which the model does not allow; it allows",
                  file_.path, step.line, outcomes_text(file_.script, step.call, step.outcomes));
  const spec::Rule* rule = nullptr;
  for (const spec::Allowed& one : allowed) {
    text += fmt::format(" '{}' [{}]", outcome_text(file_.script, step.call, one.outcome),
                        one.rule == nullptr ? "" : one.rule->id);
    if (rule == nullptr) rule = one.rule;
  }
  if (rule != nullptr)
    text += fmt::format(
        "\n    {}: {}\n    Who is right? scripts/winmem explain {} tells what Windows was seen to "
        "do "
        "({}).",
        rule->id, rule->says, rule->id, rule->facts);
  result_.faults.push_back(std::move(text));
}

CaseResult Judge::finish() {
  const std::vector<spec::Exercise>& exercised = exercised_.anywhere();
  for (std::size_t i = 0; i < exercised.size(); ++i) {
    const auto index = static_cast<std::uint16_t>(i);
    if (exercised[i].decided > 0) result_.exercised.push_back(index);
    if (exercised_.shows(*spec::rules()[i])) result_.tested.push_back(index);
    if (exercised[i].outcomes != 0) result_.outcomes.emplace_back(index, exercised[i].outcomes);
  }
  auto lines = [&](spec::Verdict verdict) {
    return result_.lines[static_cast<std::size_t>(verdict)];
  };
  if (result_.verdict == CaseVerdict::conforms) {
    bool judged = expected_lines_ > 0 ? met_lines_ > 0 : lines(spec::Verdict::conforms) > 0;
    if (!result_.deviations.empty())
      result_.verdict = CaseVerdict::deviates;
    else if (!judged && lines(spec::Verdict::unsupported) > 0)
      result_.verdict = CaseVerdict::unsupported;
    else if (!judged)
      result_.verdict = CaseVerdict::unjudged;
  }
  if (result_.verdict == CaseVerdict::conforms || result_.verdict == CaseVerdict::deviates)
    result_.reason.clear();
  for (std::uint32_t i = 0; i < described_.size(); ++i) {
    Step step = file_.script.steps[i];
    step.outcomes = described_[i];
    step.has_outcome = !described_[i].empty();
    result_.trace.push_back(step_text(file_.script, step));
  }
  return std::move(result_);
}

/// The outcome of a line during which the process died or hung.
Outcome last_outcome(const Played& played, const Call& call, Arena& arena) {
  Span<Outcome> parsed;
  ParseError error;
  Outcome outcome;
  std::string text = played.end == Played::End::hung ? "hangs" : "ends " + played.how;
  if (parse_outcomes(text_of(text), call, {}, arena, parsed, error) && parsed.size == 1)
    return parsed[0];
  outcome.kind = Outcome::Kind::ends_exit;
  return outcome;
}

/// What an agent says of a line that it cannot read, `error(COLUMN, EXPECTED)`; empty for outcomes.
std::string complaint_of(const std::string& answer, const std::string& wire, std::size_t line) {
  constexpr std::string_view word = "error(";
  if (!answer.starts_with(word)) return "";
  std::size_t begin = 0;
  for (; line > 0; --line) begin = wire.find('\n', begin) + 1;
  std::string sent = wire.substr(begin, wire.find('\n', begin) - begin);
  std::size_t comma = answer.find(", "), end = answer.rfind(')');
  if (comma == std::string::npos || end == std::string::npos || end < comma)
    return fmt::format("the agent cannot read '{:.200}'", sent);
  return fmt::format("the agent cannot read '{:.200}' at column {}: it expected {:.200}", sent,
                     answer.substr(word.size(), comma - word.size()),
                     answer.substr(comma + 2, end - comma - 2));
}

bool is_unsupported(Span<Outcome> outcomes) {
  return !outcomes.empty() && outcomes[0].kind == Outcome::Kind::unsupported;
}

CaseResult stopped_early(Judge& judge, CaseVerdict verdict, std::string reason) {
  judge.result().verdict = verdict;
  judge.result().reason = std::move(reason);
  return judge.finish();
}

}  // namespace

CaseResult judge_played(const ScriptFile& file, const Playable& playable, const Played& played,
                        const Hello& hello, spec::Profile profile, Memory& memory) {
  memory.arena().reset();
  // A record's addresses are those of another process.
  Judge judge(file, hello.system, profile, memory,
              file.is_record() ? Judge::Outcomes::recorded : Judge::Outcomes::expected);
  CaseResult& result = judge.result();
  result.isolated = played.isolated;
  result.dirty = played.end == Played::End::dirty;
  result.noise = played.noise;
  result.log = played.log;
  for (std::size_t i = 0; i < played.answers.size(); ++i) {
    const Step& step = file.script.steps[playable.steps[i]];
    Span<Outcome> outcomes;
    ParseError error;
    if (std::string complaint = complaint_of(played.answers[i], playable.wire, i);
        !complaint.empty())
      return stopped_early(judge, CaseVerdict::garbage,
                           fmt::format("line {}: {}", step.line, complaint));
    if (!parse_outcomes(text_of(played.answers[i]), step.call, {}, memory.arena(), outcomes,
                        error)) {
      return stopped_early(
          judge, CaseVerdict::garbage,
          fmt::format("line {}: cannot read the answer '{:.200}' at column {}: expected {}",
                      step.line, played.answers[i], error.column,
                      error.expected == nullptr ? "an outcome" : error.expected));
    }
    if (is_unsupported(outcomes) && !step.call.function->observes)
      return stopped_early(
          judge, result.deviations.empty() ? CaseVerdict::unsupported : CaseVerdict::conforms,
          fmt::format("no {}", view(step.call.function->name)));
    judge.take(playable.steps[i], constant(outcomes));
  }
  if (played.end == Played::End::garbage)
    return stopped_early(judge, CaseVerdict::garbage, played.how);
  bool hung = played.end == Played::End::hung;
  if (!hung && played.end != Played::End::died) return judge.finish();
  if (played.answers.size() == playable.steps.size())
    return stopped_early(
        judge, hung ? CaseVerdict::hangs : CaseVerdict::crashes,
        fmt::format("{} after the last line, while it gave back what the names own",
                    hung ? "hung" : played.how));
  std::uint32_t index = playable.steps[played.answers.size()];
  Outcome outcome = last_outcome(played, file.script.steps[index].call, memory.arena());
  std::size_t before = result.deviations.size();
  spec::Judgement end = judge.take(index, {&outcome, 1});
  // Behind a deviation much is unknown to the model, but not that a process should live.
  bool unspecified = end.verdict != spec::Verdict::deviates && end.rule != nullptr && before == 0;
  if (end.verdict == spec::Verdict::conforms || unspecified) return judge.finish();
  return stopped_early(judge, hung ? CaseVerdict::hangs : CaseVerdict::crashes,
                       hung ? "no reply" : played.how);
}

CaseResult judge_trace(const ScriptFile& file, spec::Profile profile, Memory& memory) {
  memory.arena().reset();
  Judge judge(file, file.system, profile, memory, Judge::Outcomes::recorded);
  bool over = false;
  for (std::uint32_t i = 0; i < file.script.steps.size; ++i) {
    const Step& step = file.script.steps[i];
    if (over && !step.has_outcome)
      break;  // the process had ended: nothing was recorded of the rest
    if (!step.has_outcome)
      throw CannotRun(fmt::format(
          "{}:{}: expected '-> OUTCOME' behind the call: a trace tells what came of each line",
          file.path, step.line));
    std::uint64_t told = 0;
    for (const Outcome& one : step.outcomes) told += one.count;
    if (std::uint32_t plays = judge.plays(step.call); told > plays)
      throw CannotRun(fmt::format("{}:{}: tells of {} calls, and there {} {}", file.path, step.line,
                                  told, plays == 1 ? "is" : "are", plays));
    judge.take(i, constant(step.outcomes));
    over = ends_process(step.outcomes[step.outcomes.size - 1]) ||
           step.outcomes[0].kind == Outcome::Kind::hangs;
  }
  return judge.finish();
}

}  // namespace winmem::conformance
