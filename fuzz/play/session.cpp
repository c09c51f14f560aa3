#include "fuzz/play/session.h"

#include <fmt/core.h>

#include <algorithm>
#include <tuple>

#include "conformance/runner/error.h"
#include "conformance/runner/judge.h"
#include "conformance/runner/run.h"

namespace winmem::fuzz {

using namespace conformance;

namespace {

constexpr std::size_t judging_memory = std::size_t{256} << 20;

std::string function_of(const Script& script, std::uint32_t step) {
  const Text name = script.steps[step].call.function->name;
  return {name.begin(), name.end()};
}

std::vector<Fault> faults_of(const CaseResult& result) {
  const Script& script = result.file->script;
  std::vector<Fault> faults;
  // A script that does what no test may do shows nothing.
  if (result.lines[static_cast<std::size_t>(spec::Verdict::undefined)] > 0) return faults;
  const auto add = [&](Fault fault) {
    if (std::find(faults.begin(), faults.end(), fault) == faults.end())
      faults.push_back(std::move(fault));
  };
  for (const Deviation& one : result.deviations)
    add({function_of(script, one.step), one.rule,
         one.manner == CaseVerdict::deviates ? one.subject : name_of(one.manner), one.step});
  const bool ended = is_end(result.verdict) || result.verdict == CaseVerdict::garbage;
  const bool told = !result.deviations.empty() && result.deviations.back().manner == result.verdict;
  if (ended && !told && !result.trace.empty()) {
    const auto last = static_cast<std::uint32_t>(
        std::min<std::size_t>(result.trace.size(), script.steps.size) - 1);
    add({function_of(script, last), "", name_of(result.verdict), last});
  }
  return faults;
}

}  // namespace

std::string Fault::text() const {
  return rule.empty() ? fmt::format("{} in {}", kind, function)
                      : fmt::format("{} of {} [{}]", kind, function, rule);
}

bool operator==(const Fault& a, const Fault& b) {
  return a.function == b.function && a.rule == b.rule && a.kind == b.kind;
}

bool operator<(const Fault& a, const Fault& b) {
  return std::tie(a.function, a.rule, a.kind) < std::tie(b.function, b.rule, b.kind);
}

bool Shown::has(const Fault& fault) const {
  return std::find(faults.begin(), faults.end(), fault) != faults.end();
}

Session::Session(const Vendor& vendor, spec::Profile profile, Clock::duration hang)
    : vendor_(vendor),
      profile_(profile),
      player_(vendor, {.hang = hang, .documented = profile == spec::Profile::documented}),
      hello_(player_.hello()),
      memory_(judging_memory) {
  check_fit(hello(), vendor, profile);
  check_functions(hello(), vendor);
}

std::vector<Shown> Session::play(const std::vector<Draft>& drafts, Sharing sharing) {
  std::vector<Shown> all(drafts.size());
  std::vector<Playable> playables(drafts.size());
  std::vector<const Playable*> pointers;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    all[i].file = parse_script_text("script", drafts[i].text());
    const Script& script = all[i].file->script;
    playables[i] = to_wire(script, script.steps.size, hello().system.bits);
    pointers.push_back(&playables[i]);
  }
  std::size_t over = 0;
  player_.play(pointers, sharing, [&](std::size_t i, const Played& played) {
    Shown& shown = all[i];
    shown.result = judge_played(*shown.file, playables[i], played, hello(), profile_, memory_);
    shown.faults = faults_of(shown.result);
    over = i + 1;
    ++scripts_;
    calls_ += played.answers.size();
  });
  all.resize(over);
  return all;
}

Shown Session::play_one(const Draft& draft, Sharing sharing) {
  std::vector<Shown> shown = play({draft}, sharing);
  if (shown.empty()) throw Interrupted();
  return std::move(shown[0]);
}

}  // namespace winmem::fuzz
