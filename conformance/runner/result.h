// What came of one script on one vendor: plain data that outlives the oracle and the agent.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "conformance/runner/script_file.h"
#include "model/oracle/oracle.h"

namespace winmem::conformance {

enum class CaseVerdict {
  conforms,
  deviates,
  crashes,
  hangs,
  garbage,      ///< the agent gave an answer that the protocol does not have
  unsupported,  ///< the script asks for what the vendor does not have
  unjudged,     ///< no line of it could be judged
};
constexpr std::size_t case_verdicts = 7;
/// "conform", "deviate", "crash", ...: as the summary counts them.
const char* name_of(CaseVerdict verdict);

/// Whether nothing came back: never excused by an entry that speaks of deviations.
constexpr bool is_end(CaseVerdict verdict) {
  return verdict == CaseVerdict::crashes || verdict == CaseVerdict::hangs;
}

struct AllowedText {
  std::string outcome;
  std::string rule;
};

/// One line that a vendor did otherwise. All texts as people read them.
struct Deviation {
  std::uint32_t step = 0;  ///< index in the script
  std::uint32_t line = 0;  ///< in its file
  std::string call, seen;
  std::vector<AllowedText> allowed;
  std::string rule, says, facts;  ///< rule is empty where the case alone expects it
  std::string subject;            ///< what of the outcome is wrong, where the oracle tells
  std::string reason;             ///< more words of the oracle's
  /// crashes: the process died in it, or the processor raised an exception inside the vendor's
  /// function that nothing allows; hangs: it gave no reply; else deviates.
  CaseVerdict manner = CaseVerdict::deviates;
  std::uint32_t play = 0, plays = 1;
};

struct CaseResult {
  const ScriptFile* file = nullptr;
  CaseVerdict verdict = CaseVerdict::conforms;
  std::string reason;                 ///< why unsupported, how it crashed, what was garbage
  std::vector<Deviation> deviations;  ///< in order
  /// Lines behind a deviation of which the model could say nothing, and why of the first.
  std::vector<std::uint32_t> not_judged;
  std::string not_judged_reason;
  std::vector<std::string> trace;   ///< a line for each step that was played
  std::vector<std::string> faults;  ///< of the suite: expectations that the model does not allow
  std::array<std::uint32_t, 6> lines = {};  ///< how many lines got which spec::Verdict
  std::vector<std::uint16_t> exercised;  ///< indexes of rules that decided with a definite outcome
  std::vector<std::uint16_t> tested;     ///< those of them that its lines show: exercise.h
  /// Rules of which an outcome came, by index, and a bit for each of Rule::outcomes that did.
  std::vector<std::pair<std::uint16_t, std::uint8_t>> outcomes;
  bool isolated = false;      ///< what is told was seen in a process of its own
  bool only_batched = false;  ///< it was not seen again when the script was played alone
  bool dirty = false;
  std::vector<std::string> noise;
  std::string log;  ///< what the agent wrote on stderr before it died or hung

  bool conforms() const { return verdict == CaseVerdict::conforms; }
  /// Whether this is a finding: anything that a vendor's maintainer would want to see.
  bool is_finding() const {
    return verdict != CaseVerdict::conforms && verdict != CaseVerdict::unsupported &&
           verdict != CaseVerdict::unjudged;
  }
};

}  // namespace winmem::conformance
