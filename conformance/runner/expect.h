// Whether what a vendor did is what a case expects of the line, beyond what the model judges.
#pragma once

#include "model/language/bindings.h"
#include "model/language/script.h"

namespace winmem::conformance {

/// Whether one outcome is what is expected. `names` hold the values from before the call; `play` is
/// which call of a repetition it came of. What the expectation does not state is not looked at.
bool satisfies(const Outcome& expected, const Outcome& seen, const Call& call,
               const Bindings& names, std::uint32_t play = 0);

/// The same for all calls of a repetition: one expectation without a count is for each of them.
bool satisfy(Span<const Outcome> expected, Span<const Outcome> seen, const Call& call,
             const Bindings& names);

/// Whether some outcome could be both what is expected and what `allowed` denotes. True where that
/// cannot be told: only a plain contradiction is a fault of the case.
bool may_agree(const Outcome& expected, const Outcome& allowed, const Call& call,
               const Bindings& names);

/// Whether an outcome, or one of its alternatives, is the end of the process.
bool ends_process(const Outcome& outcome);

}  // namespace winmem::conformance
