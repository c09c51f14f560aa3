#include "conformance/runner/run.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <set>

#include "conformance/runner/error.h"
#include "conformance/runner/expect.h"
#include "conformance/runner/judge.h"

namespace winmem::conformance {
namespace {

constexpr std::size_t judging_memory = std::size_t{512}
                                       << 20;  // given by the system only as far as it is used

bool expects_end(const ScriptFile& file) {
  return std::any_of(file.script.steps.begin(), file.script.steps.end(), [](const Step& step) {
    return std::any_of(step.outcomes.begin(), step.outcomes.end(), ends_process);
  });
}

/// One run over all scripts of a vendor.
class Run {
 public:
  Run(const Vendor& vendor, const std::vector<const ScriptFile*>& scripts,
      const RunOptions& options)
      : vendor_(vendor),
        scripts_(scripts),
        options_(options),
        player_(vendor,
                {.hang = options.hang, .documented = options.profile == spec::Profile::documented}),
        memory_(judging_memory),
        playables_(scripts.size()),
        results_(scripts.size()) {}

  const Hello& hello() { return player_.hello(); }
  /// False when interrupted.
  bool play();
  std::vector<std::optional<CaseResult>> take_results() { return std::move(results_); }

 private:
  const Vendor& vendor_;
  const std::vector<const ScriptFile*>& scripts_;
  const RunOptions& options_;
  Player player_;
  Memory memory_;
  Hello hello_;
  std::vector<Playable> playables_;
  std::vector<std::optional<CaseResult>> results_;
  std::vector<std::string> missing_;  ///< by script: what ends it early, or empty

  void prepare(std::vector<std::size_t>& batched, std::vector<std::size_t>& ending);
  bool play_some(const std::vector<std::size_t>& which, Sharing sharing, const char* what,
                 const std::function<void(std::size_t, CaseResult)>& done);
  void confirm(std::size_t index, CaseResult again);
};

void Run::prepare(std::vector<std::size_t>& batched, std::vector<std::size_t>& ending) {
  hello_ = player_.hello();
  missing_.resize(scripts_.size());
  for (std::size_t i = 0; i < scripts_.size(); ++i) {
    std::size_t steps = 0;
    missing_[i] = unfit(*scripts_[i], hello_, vendor_, options_.profile, steps);
    if (!missing_[i].empty() && steps == 0) {
      CaseResult result;
      result.file = scripts_[i];
      result.verdict = CaseVerdict::unsupported;
      result.reason = missing_[i];
      results_[i] = std::move(result);
      continue;
    }
    playables_[i] = to_wire(scripts_[i]->script, steps, hello_.system.bits);
    for (const std::string& privilege : scripts_[i]->needs.privileges)
      playables_[i].privileges += " privilege=" + privilege;
    (expects_end(*scripts_[i]) ? ending : batched).push_back(i);
  }
}

bool Run::play_some(const std::vector<std::size_t>& which, Sharing sharing, const char* what,
                    const std::function<void(std::size_t, CaseResult)>& done) {
  std::vector<const Playable*> playables;
  for (std::size_t index : which) playables.push_back(&playables_[index]);
  std::size_t over = 0;
  return player_.play(playables, sharing, [&](std::size_t i, const Played& played) {
    std::size_t index = which[i];
    CaseResult result = judge_played(*scripts_[index], playables_[index], played, hello_,
                                     options_.profile, memory_);
    // It was played up to a function that is missing, to judge what comes before.
    if (!missing_[index].empty() && !result.is_finding()) {
      result.verdict = CaseVerdict::unsupported;
      result.reason = missing_[index];
    }
    done(index, std::move(result));
    if (options_.progress) options_.progress(++over, which.size(), what);
  });
}

bool Run::play() {
  std::vector<std::size_t> batched, ending, doubtful;
  prepare(batched, ending);
  bool whole =
      play_some(batched, Sharing::batched, "played", [&](std::size_t index, CaseResult result) {
        if (result.is_finding() || result.dirty) doubtful.push_back(index);
        results_[index] = std::move(result);
      });
  whole = whole && play_some(ending, Sharing::unguarded, "played alone",
                             [&](std::size_t index, CaseResult result) {
                               results_[index] = std::move(result);
                             });
  return whole && play_some(doubtful, Sharing::isolated, "confirmed",
                            [&](std::size_t index, CaseResult result) {
                              confirm(index, std::move(result));
                            });
}

void Run::confirm(std::size_t index, CaseResult again) {
  // It was played batched before.
  CaseResult& first = *results_[index];  // NOLINT(bugprone-unchecked-optional-access)
  if (first.is_finding() && !again.is_finding())
    first.only_batched = true;
  else
    first = std::move(again);
}

bool speaks_of(const Expected& expected, const CaseResult& result) {
  return expected.case_path.empty() || expected.case_path == result.file->path;
}

bool covers(const Expected& expected, const CaseResult& result, const Deviation& deviation) {
  return speaks_of(expected, result) && expected.verdict == deviation.manner &&
         (expected.rule.empty() || deviation.rule == expected.rule);
}

/// The process ended or hung where no line deviates: behind the last one, or where the model could
/// not judge.
bool has_bare_end(const CaseResult& result) {
  return is_end(result.verdict) &&
         (result.deviations.empty() || result.deviations.back().manner != result.verdict);
}

bool covers_end(const Expected& expected, const CaseResult& result) {
  return speaks_of(expected, result) && expected.verdict == result.verdict && expected.rule.empty();
}

bool exercises(const CaseResult& result, const std::string& rule) {
  return std::any_of(result.exercised.begin(), result.exercised.end(),
                     [&](std::uint16_t index) { return spec::rules()[index]->id == rule; });
}

/// Whether an expected deviation was looked for and not found.
bool has_passed(const Expected& expected, const VendorRun& run, bool whole_suite) {
  bool looked_for = false;
  for (const CaseResult& result : run.results) {
    if (!speaks_of(expected, result)) continue;
    if (has_bare_end(result) && covers_end(expected, result)) return false;
    for (const Deviation& deviation : result.deviations)
      if (covers(expected, result, deviation)) return false;
    looked_for = looked_for ||
                 (expected.rule.empty() ? result.conforms() : exercises(result, expected.rule));
  }
  // Some cases show a rule kept and others show it broken: only the whole suite tells that it is
  // always kept.
  return looked_for && (whole_suite || !expected.case_path.empty());
}

}  // namespace

const Expected* expected_entry(const Vendor& vendor, const CaseResult& result) {
  if (result.verdict != CaseVerdict::deviates && !is_end(result.verdict)) return nullptr;
  const Expected* last = nullptr;
  auto find = [&](auto covered) {
    auto found = std::find_if(vendor.expected.begin(), vendor.expected.end(), covered);
    last = found == vendor.expected.end() ? nullptr : &*found;
    return last != nullptr;
  };
  for (const Deviation& deviation : result.deviations)
    if (!find([&](const Expected& entry) { return covers(entry, result, deviation); }))
      return nullptr;
  if (has_bare_end(result) &&
      !find([&](const Expected& entry) { return covers_end(entry, result); }))
    return nullptr;
  return last;
}

void check_fit(const Hello& hello, const Vendor& vendor, spec::Profile profile) {
  const System& system = hello.system;
  if (vendor.bits && *vendor.bits != system.bits)
    throw CannotRun(fmt::format("{} should have {} bits, but its agent reports {}", vendor.title,
                                *vendor.bits, system.bits));
  if ((spec::versions_of(profile) & spec::versions_of_bits(system.bits)) == 0)
    throw CannotRun(fmt::format("{} has {} bits, of which the profile {} does not speak",
                                vendor.title, system.bits, spec::name_of(profile)));
  if (system.major == 0) return;  // it does not say
  bool is_7 = system.major == 6 && system.minor == 1;
  if ((profile == spec::Profile::windows_7) != is_7 || (!is_7 && system.major < 10))
    throw CannotRun(fmt::format(
        "{} reports Windows {}.{}.{}, which the profile {} does not speak of", vendor.title,
        system.major, system.minor, system.build, spec::name_of(profile)));
}

VendorRun run_vendor(const Vendor& vendor, const std::vector<const ScriptFile*>& scripts,
                     const RunOptions& options) {
  auto start = Clock::now();
  VendorRun run;
  run.vendor = &vendor;
  run.profile = options.profile;
  run.asked = scripts.size();
  Run all(vendor, scripts, options);
  try {
    run.hello = all.hello();
  } catch (const Interrupted&) {
    run.was_interrupted = true;
    return run;
  }
  check_fit(run.hello, vendor, options.profile);
  check_functions(run.hello, vendor);
  run.was_interrupted = !all.play();
  for (std::optional<CaseResult>& result : all.take_results())
    if (result) run.results.push_back(std::move(*result));
  if (!run.was_interrupted)
    for (const Expected& expected : vendor.expected)
      if (has_passed(expected, run, options.whole_suite)) run.passed.push_back(&expected);
  run.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  return run;
}

bool VendorRun::judged_any() const {
  return std::any_of(results.begin(), results.end(), [](const CaseResult& result) {
    return result.conforms() || result.is_finding();
  });
}

std::size_t VendorRun::count(CaseVerdict verdict) const {
  return static_cast<std::size_t>(
      std::count_if(results.begin(), results.end(),
                    [&](const CaseResult& result) { return result.verdict == verdict; }));
}

std::size_t VendorRun::expected_findings() const {
  return static_cast<std::size_t>(
      std::count_if(results.begin(), results.end(), [&](const CaseResult& result) {
        return result.is_finding() && expected_entry(*vendor, result) != nullptr;
      }));
}

std::size_t VendorRun::new_findings() const {
  return static_cast<std::size_t>(
      std::count_if(results.begin(), results.end(), [&](const CaseResult& result) {
        return result.is_finding() && expected_entry(*vendor, result) == nullptr;
      }));
}

std::size_t VendorRun::faults() const {
  std::size_t sum = 0;
  for (const CaseResult& result : results) sum += result.faults.size();
  return sum;
}

std::vector<const spec::Rule*> VendorRun::exercised_rules() const {
  std::set<std::uint16_t> indexes;
  for (const CaseResult& result : results)
    indexes.insert(result.exercised.begin(), result.exercised.end());
  std::vector<const spec::Rule*> rules;
  for (std::uint16_t index : indexes) rules.push_back(spec::rules()[index]);
  return rules;
}

std::vector<const spec::Rule*> VendorRun::unexercised_rules() const {
  std::vector<const spec::Rule*> exercised = exercised_rules(), rules;
  for (const spec::Rule* rule : spec::rules())
    if (spec::can_be_exercised(*rule, profile) &&
        std::find(exercised.begin(), exercised.end(), rule) == exercised.end())
      rules.push_back(rule);
  return rules;
}

std::vector<std::pair<const spec::Rule*, std::string>> VendorRun::unseen_outcomes() const {
  std::vector<unsigned> seen(spec::rules().size());
  for (const CaseResult& result : results)
    for (const auto& [index, bits] : result.outcomes) seen[index] |= bits;
  std::vector<std::pair<const spec::Rule*, std::string>> unseen;
  for (const spec::Rule* rule : spec::rules())
    for (std::size_t i = 0; seen[rule->index] != 0 && i < rule->outcomes.size(); ++i)
      if (!(seen[rule->index] >> i & 1)) unseen.emplace_back(rule, rule->outcomes[i]);
  return unseen;
}

}  // namespace winmem::conformance
