// A script played on a vendor that is not there: what the model then knows, and what no script may
// do on a vendor that is.
#pragma once

#include "fuzz/generate/dry_vendor.h"
#include "fuzz/script/draft.h"
#include "model/state/state.h"

namespace winmem::fuzz {

/// No script commits more, and no access touches more.
constexpr std::uint64_t most_committed = 64ull << 20, most_touched = 1ull << 20;

class DryRun {
 public:
  /// `script` is all of it, or has names alone and grows by `declare` of the oracle.
  DryRun(const Script& script, const System& system, spec::Profile profile)
      : oracle_(script, system, profile), vendor_(system) {}

  /// What the model says of a call before it is played.
  struct Prospect {
    std::vector<spec::Allowed> allowed;
    const spec::Rule* gap = nullptr;  ///< leaves it open, or undefined
    bool may_succeed = true;
    /// The call must not be played: undefined, beyond the limits, or it may harm what is not the
    /// script's.
    bool forbidden = false;
  };
  Prospect look_at(const Step& step);

  struct Played {
    spec::Verdict verdict = spec::Verdict::conforms;
    bool success = false;  ///< of the first play
  };
  Played play(Step step, const Prospect& prospect);

  spec::Oracle& oracle() { return oracle_; }
  const spec::State& state() const { return oracle_.state(); }
  std::uint64_t number_of(const Step& step, unsigned argument) const;
  const spec::Allocation* allocation_at(std::uint64_t address) const;
  /// Whether the script wrote a byte 0xC3 there: nothing else is ever run.
  bool returns_at(std::uint64_t address) const;

 private:
  spec::Oracle oracle_;
  DryVendor vendor_;

  bool within_limits(const Step& step, bool may_succeed) const;
  bool harmless(const Step& step) const;
  bool doubtful_at(std::uint64_t address) const;
  void doubt(const Step& step, const Prospect& prospect, std::uint64_t value);
};

/// Whether a vendor that does as Windows can play it: no call is forbidden.
bool playable(const Draft& draft, const System& system, spec::Profile profile);

}  // namespace winmem::fuzz
