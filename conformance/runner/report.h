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
/// Which findings are told, and how fully.
struct Showing {
  bool expected = false;  ///< those that the vendor's file expects, too
  bool all = false;       ///< each in full, and not one of those that are alike
};
/// All of a vendor's run: faults of the suite, its findings (of those alike the shortest in full),
/// the rules that were not kept, then what its unsupported cases lack.
std::string run_text(const VendorRun& run, const Showing& showing);
/// The rules that no step exercised, id and sentence of each; and the outcomes that never came of
/// those that were.
std::string unexercised_text(const VendorRun& run);
/// A line for each expected deviation that did not show up.
std::string passed_text(const VendorRun& run);

}  // namespace winmem::conformance
