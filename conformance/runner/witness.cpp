#include "conformance/runner/witness.h"

#include <fmt/core.h>

#include <algorithm>

#include "conformance/runner/error.h"
#include "conformance/runner/paths.h"

namespace winmem::conformance {
namespace {

constexpr std::string_view recorded_from = "from conformance/cases/";

/// The lines for which the case states what comes.
std::vector<bool> expected_lines(const Script& trace, const Script& script) {
  std::vector<bool> lines(trace.steps.size);
  for (std::uint32_t i = 0; i < trace.steps.size && i < script.steps.size; ++i)
    lines[i] = script.steps[i].has_outcome;
  return lines;
}

spec::Judgement judge(spec::Oracle& oracle, const Step& step) {
  return oracle.judge(step, {step.outcomes.data, step.outcomes.size});
}

}  // namespace

spec::Profile profile_of(const System& system) {
  return system.major == 6 && system.minor == 1 ? spec::Profile::windows_7 : spec::Profile::windows;
}

Witness witness_of(const std::filesystem::path& path, std::optional<spec::Profile> profile) {
  Witness witness;
  witness.trace = load_script(path);
  const Script& script = witness.trace->script;
  witness.profile = profile ? *profile : profile_of(witness.trace->system);
  for (const Step& step : script.steps) {
    if (!step.has_outcome)
      throw CannotRun(
          fmt::format("{}:{}: expected '-> OUTCOME': a trace tells what came of each line",
                      witness.trace->path, step.line));
    witness.functions.insert(step.call.function);
  }
  const std::string captured(view(header(script, "captured")));
  const std::size_t from = captured.find(recorded_from);
  witness.under_test =
      from == std::string::npos
          ? lines_under_test(*witness.trace)
          : expected_lines(
                script,
                load_script(source_folder() / captured.substr(from + sizeof "from " - 1))->script);
  return witness;
}

std::vector<spec::Judgement> judge_recorded(const Witness& witness, Exercised* exercised) {
  const Script& script = witness.trace->script;
  spec::Oracle oracle(script, witness.trace->system, witness.profile);
  std::vector<spec::Judgement> judgements;
  for (std::uint32_t i = 0; i < script.steps.size; ++i) {
    spec::Judgement judgement = judge(oracle, script.steps[i]);
    judgement.allowed.clear();  // it lives no longer than the oracle
    judgements.push_back(std::move(judgement));
    if (exercised) exercised->take(i, oracle);
  }
  return judgements;
}

spec::Judgement judge_changed(const Witness& witness, std::uint32_t index,
                              const std::vector<Outcome>& outcomes) {
  const Script& script = witness.trace->script;
  spec::Oracle oracle(script, witness.trace->system, witness.profile);
  for (std::uint32_t i = 0; i < index; ++i) judge(oracle, script.steps[i]);
  spec::Judgement judgement = oracle.judge(
      script.steps[index], {outcomes.data(), static_cast<std::uint32_t>(outcomes.size())});
  judgement.allowed.clear();
  return judgement;
}

}  // namespace winmem::conformance
