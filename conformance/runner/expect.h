// Whether what a vendor did is what a case expects of the line, beyond what the model judges.
#pragma once

#include <string>
#include <vector>

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

/// What of a return is not as the only outcome that is allowed: "value", "State", "last
/// error", in that order; empty where the two are not comparable.
std::vector<std::string> wrong_parts(const Outcome& allowed, const Outcome& seen, const Call& call,
                                     const Bindings& names);

/// Whether each alternative that a case expects is one of those that the model allows: a case may
/// be stricter than the model and never laxer. What it does not state (`_`, `!?`, a field, which
/// value it is that a condition as `ok` or `!=h` holds for) stays with the model, which judges it
/// as well.
bool is_subset(const Outcome& expected, const std::vector<const Outcome*>& allowed,
               const Call& call, const Bindings& names);

/// Whether an outcome, or one of its alternatives, is the end of the process.
bool ends_process(const Outcome& outcome);

}  // namespace winmem::conformance
