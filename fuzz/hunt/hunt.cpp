#include "fuzz/hunt/hunt.h"

#include <algorithm>
#include <set>

#include "conformance/runner/error.h"
#include "conformance/runner/interrupt.h"
#include "fuzz/generate/dry_run.h"
#include "fuzz/reduce/reducer.h"

namespace winmem::fuzz {

using namespace conformance;

namespace {

constexpr std::size_t batch = 64;
constexpr unsigned replays = 10;

class Hunter {
 public:
  Hunter(Session& session, const HuntOptions& options, const HuntListener& listener)
      : session_(session), options_(options), listener_(listener), start_(Clock::now()) {
    generator_.system = session.hello().system;
    generator_.profile = session.profile();
    generator_.theme = options.theme;
    generator_.functions = {session.hello().functions.begin(), session.hello().functions.end()};
    for (const Expected& entry : session.vendor().expected)
      if (!entry.rule.empty()) known_rules_.insert(entry.rule);
  }

  Hunt go() {
    while (!over()) {
      try {
        play_batch();
      } catch (const Interrupted&) {
        // In the middle of a finding; what was found before is told all the same.
      }
      hunt_.scripts = session_.scripts();
      hunt_.calls = session_.calls();
      hunt_.seconds = elapsed();
      if (listener_.progress) listener_.progress(hunt_);
    }
    hunt_.rules_exercised = exercised_.size();
    hunt_.interrupted = interrupted();
    return std::move(hunt_);
  }

 private:
  Session& session_;
  const HuntOptions& options_;
  const HuntListener& listener_;
  const Clock::time_point start_;
  GeneratorOptions generator_;
  std::set<std::string> known_rules_;
  std::set<Fault> handled_;
  std::set<std::uint16_t> exercised_;
  std::uint64_t next_ = 0;
  Hunt hunt_;

  double elapsed() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }
  bool over() const {
    return interrupted() || (options_.seconds > 0 && elapsed() >= options_.seconds) ||
           (options_.scripts > 0 && next_ >= options_.scripts) ||
           (options_.until_new && !hunt_.findings.empty());
  }

  void play_batch() {
    std::vector<Draft> drafts;
    const std::uint64_t first = next_;
    for (std::size_t i = 0; i < batch && (options_.scripts == 0 || next_ < options_.scripts); ++i)
      drafts.push_back(Generator::of_seed(generator_, options_.seed + next_++, &hunt_.health));
    std::vector<Shown> shown = session_.play(drafts, Sharing::batched);
    for (std::size_t i = 0; i < shown.size(); ++i) {
      exercised_.insert(shown[i].result.exercised.begin(), shown[i].result.exercised.end());
      for (const Fault& fault : shown[i].faults) take(drafts[i], fault, options_.seed + first + i);
      if (options_.until_new && !hunt_.findings.empty()) return;
    }
  }

  void take(const Draft& draft, const Fault& fault, std::uint64_t seed) {
    if (known_rules_.contains(fault.rule)) {
      ++hunt_.known[fault];
      return;
    }
    if (handled_.contains(fault)) {
      for (Finding& finding : hunt_.findings)
        if (finding.fault == fault) ++finding.met;
      return;
    }
    if (interrupted()) return;
    examine(draft, fault, seed);
  }

  /// Makes it the first thing that the script shows, confirms and reduces it.
  void examine(const Draft& draft, const Fault& fault, std::uint64_t seed) {
    Draft alone = draft;
    // What an earlier deviation left may only be its shadow: its calls go, as far as they can.
    for (int tries = 0; tries < 8; ++tries) {
      const Shown shown = session_.play_one(alone, Sharing::batched);
      if (!shown.has(fault)) {
        hunt_.not_kept.emplace(fault, "seen once, and not again in the same process");
        return;
      }
      if (shown.begins_with(fault)) break;
      const std::size_t before = shown.faults[0].line;
      alone = alone.without([&](std::size_t i) { return i == before; });
    }
    Shown first = session_.play_one(alone, Sharing::batched);
    if (!first.begins_with(fault)) {
      // It may yet show alone in another script.
      hunt_.not_kept.emplace(fault, "always behind another deviation");
      return;
    }
    Finding finding;
    finding.fault = first.faults[0];
    finding.seed = seed;
    Reducer reducer(
        [&](const std::vector<Draft>& drafts) { return session_.play(drafts, Sharing::batched); },
        [&](const Draft& candidate) {
          return playable(candidate, generator_.system, generator_.profile);
        },
        options_.most_executions);
    Reduction reduction = reducer.reduce(std::move(alone), finding.fault);
    finding.draft = std::move(reduction.draft);
    finding.executions = reduction.executions;
    finding.minimal = reduction.minimal;
    confirm(std::move(finding));
    for (auto& [other, script] : reduction.others)
      if (!handled_.contains(other) && !known_rules_.contains(other.rule))
        take(script, other, seed);
  }

  void confirm(Finding finding) {
    finding.replays = replays;
    for (Shown& shown :
         session_.play(std::vector<Draft>(replays, finding.draft), Sharing::isolated)) {
      if (!shown.begins_with(finding.fault)) continue;
      ++finding.seen;
      finding.fault.line = shown.faults[0].line;
      finding.shown = std::move(shown);
    }
    handled_.insert(finding.fault);
    if (finding.seen == 0) {
      hunt_.not_kept.emplace(finding.fault, "not seen in a process of its own");
      return;
    }
    hunt_.not_kept.erase(finding.fault);
    hunt_.findings.push_back(std::move(finding));
    // Told first: where the disk is full it is not lost.
    if (listener_.found) listener_.found(hunt_.findings.back());
    if (!options_.out.empty()) save(hunt_.findings.back(), session_, options_.out);
  }
};

}  // namespace

Hunt hunt(Session& session, const HuntOptions& options, const HuntListener& listener) {
  return Hunter(session, options, listener).go();
}

}  // namespace winmem::fuzz
