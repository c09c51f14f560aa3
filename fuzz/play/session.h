// Drafts played on a vendor and judged: what hunts and reductions ask again and again.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "conformance/runner/player.h"
#include "conformance/runner/result.h"
#include "fuzz/script/draft.h"

namespace winmem::fuzz {

/// What makes two deviations the same bug: the call, the rule, and what of the outcome is wrong.
struct Fault {
  std::string function, rule;  ///< the rule is empty where the process ended or hung
  std::string kind;            ///< "value", "last error", "crash", "hang", ...
  std::uint32_t line = 0;      ///< index of the call in its draft; no part of the identity

  std::string text() const;
};
bool operator==(const Fault& a, const Fault& b);
bool operator<(const Fault& a, const Fault& b);

/// A draft after it was played.
struct Shown {
  std::unique_ptr<conformance::ScriptFile> file;
  conformance::CaseResult result;
  std::vector<Fault> faults;  ///< in the order of their calls, each once

  bool has(const Fault& fault) const;
  bool begins_with(const Fault& fault) const { return !faults.empty() && faults[0] == fault; }
};

class Session {
 public:
  /// Throws CannotRun where the vendor cannot be started or does not fit the profile.
  Session(const conformance::Vendor& vendor, spec::Profile profile,
          conformance::Clock::duration hang);

  const conformance::Hello& hello() const { return hello_; }
  spec::Profile profile() const { return profile_; }
  const conformance::Vendor& vendor() const { return vendor_; }
  /// Plays the drafts in order and judges them; fewer come back where it was interrupted.
  std::vector<Shown> play(const std::vector<Draft>& drafts, conformance::Sharing sharing);
  Shown play_one(const Draft& draft, conformance::Sharing sharing);

  std::uint64_t scripts() const { return scripts_; }
  std::uint64_t calls() const { return calls_; }

 private:
  const conformance::Vendor& vendor_;
  spec::Profile profile_;
  conformance::Player player_;
  /// A copy: to ask the player would start an agent that it does not know of.
  conformance::Hello hello_;
  conformance::Memory memory_;
  std::uint64_t scripts_ = 0, calls_ = 0;
};

}  // namespace winmem::fuzz
