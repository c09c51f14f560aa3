// The oracle: holds what a vendor reported of each call against the rules, and follows what the
// vendor did.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "model/language/bindings.h"
#include "model/rule/rule.h"

namespace winmem::spec {

struct State;

/// One outcome that would have been right, and the rule that allows it.
struct Allowed {
  Outcome outcome;  ///< printable with print_outcome; lives as long as the oracle
  const Rule* rule = nullptr;
};

/// What came of judging one line; of a repetition the first play that deviates, else the last.
struct Judgement {
  Verdict verdict = Verdict::conforms;
  const Rule* rule = nullptr;    ///< the rule that decided; null where none did
  std::uint32_t play = 0;        ///< which call of a repetition
  bool definite = false;         ///< a rule with a definite outcome decided: it counts as exercised
  std::string subject;           ///< what of the outcome is wrong: "value", "last error", "field
                                 ///< RegionSize", "contents"
  std::vector<Allowed> allowed;  ///< filled for deviations
  std::string reason;            ///< for unjudged, undefined and version conflicts: a sentence
};

/// Judges one script. Steps come in order; each gets the outcomes that the vendor reported
/// (numbers, as on the wire, or described with names: both are understood).
class Oracle {
 public:
  /// `system` is one that parse_system takes: the rules compute with its numbers.
  Oracle(const Script& script, const System& system, Profile profile);
  ~Oracle();
  Oracle(const Oracle&) = delete;
  Oracle& operator=(const Oracle&) = delete;

  Judgement judge(const Step& step, Span<const Outcome> seen);
  /// The outcomes that the model allows for a step that has not been played (for generators, and
  /// for the test that a case's expectation is a subset): as `Judgement::allowed`. Changes nothing.
  std::vector<Allowed> allowed(const Step& step);
  /// The same, and the rule that leaves open what comes of the step, or why a test must not make
  /// it; null where the outcomes are all that is right.
  std::vector<Allowed> allowed(const Step& step, const Rule*& gap);

  // For generators, whose script grows while they ask. The script that the oracle was made with
  // then has the names, and no steps.
  /// Takes up the name that a call will bind; a call without a name changes nothing. Each name
  /// once, for one value. False when the memory for names is used up.
  bool declare(const Call& call);
  /// What the model knows before the next step.
  const State& state() const;

  /// The versions of Windows that could have given all of this.
  Versions possible() const;
  /// The names' values so far, for printing.
  const Bindings& bindings() const;
  /// By Rule::index: how often the rule decided with a definite outcome.
  const std::vector<std::uint32_t>& exercised() const;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> self_;
};

}  // namespace winmem::spec
