// How findings are told to people: one way, everywhere.
#pragma once

#include <string>

#include "conformance/runner/run.h"

namespace winmem::conformance {

/// What a report needs to know besides the result.
struct Telling {
  std::string vendor;  ///< as it stands behind --vendor; empty for traces
  std::string profile;
  std::string expected;  ///< why it is known, or empty
  std::string again;     ///< what to type to see it again
};

/// One finding: title and place, the trace up to each line that deviates, seen, allowed, rule,
/// facts, what to type.
std::string finding_text(const CaseResult& result, const Telling& telling);
/// The line of the summary: `wine      cases: 271 conform, 12 deviate (9 expected), ...    (2.1
/// s)`, and below it the rules.
std::string summary_text(const VendorRun& run);
/// All of a vendor's run: its findings in order, expected ones only when asked for, faults of the
/// suite, then what its unsupported cases lack.
std::string run_text(const VendorRun& run, bool with_expected);

}  // namespace winmem::conformance
