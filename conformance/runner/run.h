// Plays scripts on one vendor and judges them: batched first, and everything that is not plain
// conformance once more, each in a process of its own.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "conformance/runner/conversation.h"
#include "conformance/runner/result.h"
#include "conformance/runner/vendor.h"

namespace winmem::conformance {

struct RunOptions {
  spec::Profile profile = spec::Profile::windows;
  Clock::duration hang = std::chrono::seconds(10);
  bool whole_suite = false;  ///< all cases are played: an expected deviation of a rule that does
                             ///< not show up has passed
  /// Told now and then how far it is: scripts done, of how many, and what is being done.
  std::function<void(std::size_t done, std::size_t total, const char* what)> progress;
};

/// What came of one vendor.
struct VendorRun {
  const Vendor* vendor = nullptr;
  Hello hello;
  std::string version;  ///< of the vendor's product, where its version command tells
  spec::Profile profile = spec::Profile::windows;
  std::vector<CaseResult>
      results;  ///< in the order of the scripts; where interrupted only those that are over
  std::vector<const Expected*> passed;  ///< expected deviations that did not show up
  std::size_t asked = 0;                ///< how many scripts there were to play
  bool was_interrupted = false;
  double seconds = 0;

  std::size_t count(CaseVerdict verdict) const;
  /// Whether the run tells anything: a script was played and judged.
  bool judged_any() const;
  /// Findings that the vendor's TOML lists, and all the others.
  std::size_t expected_findings() const;
  std::size_t new_findings() const;
  std::size_t faults() const;
  /// Rules that a step decided with a definite outcome, and those that none did though the profile
  /// knows them, in the order of spec::rules().
  std::vector<const spec::Rule*> exercised_rules() const;
  std::vector<const spec::Rule*> unexercised_rules() const;
  /// Of the rules of which an outcome came, the others that never did.
  std::vector<std::pair<const spec::Rule*, std::string>> unseen_outcomes() const;
};

/// The entry that covers a finding, or null: each of its deviations must be listed, by the case or
/// by the rule; a crash and a hang by an entry that speaks of crashes and hangs.
const Expected* expected_entry(const Vendor& vendor, const CaseResult& result);

/// Throws CannotRun where the vendor cannot be started, or where its version and the profile do not
/// fit.
VendorRun run_vendor(const Vendor& vendor, const std::vector<const ScriptFile*>& scripts,
                     const RunOptions& options);

/// Throws CannotRun where what an agent says of itself does not fit: the version and the profile,
/// the bitness and the vendor.
void check_fit(const Hello& hello, const Vendor& vendor, spec::Profile profile);

}  // namespace winmem::conformance
