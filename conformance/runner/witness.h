// Recorded traces as witnesses of the model: it must accept what they recorded, and nothing else on
// the lines under test.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <vector>

#include "conformance/runner/changed.h"
#include "conformance/runner/exercise.h"
#include "conformance/runner/script_file.h"
#include "model/oracle/oracle.h"

namespace winmem::conformance {

/// The profile of the version that a trace was made on.
spec::Profile profile_of(const System& system);

struct Witness {
  std::unique_ptr<ScriptFile> trace;
  spec::Profile profile = spec::Profile::windows;
  /// By line: whether other outcomes than the recorded one have to be refused there. Of an attested
  /// trace the lines behind `# section: attested`; of what a vendor did in a case the lines for
  /// which the case states what comes; of any other trace all.
  std::vector<bool> under_test;
  std::set<const Function*> functions;  ///< that it calls
};

/// Reads a trace; without a profile, that of the version that it was made on. Throws CannotRun
/// where a line has no outcome, or where the case that it was recorded from is not there.
Witness witness_of(const std::filesystem::path& path,
                   std::optional<spec::Profile> profile = std::nullopt);

/// What the model says of each line as it was recorded; tells `exercised`, where it is given, of
/// each.
std::vector<spec::Judgement> judge_recorded(const Witness& witness, Exercised* exercised = nullptr);
/// What it says of one line when its outcomes are others.
spec::Judgement judge_changed(const Witness& witness, std::uint32_t index,
                              const std::vector<Outcome>& outcomes);

}  // namespace winmem::conformance
