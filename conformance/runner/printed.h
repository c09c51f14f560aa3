// The language's printer, into strings of any length.
#pragma once

#include <string>

#include "model/language/bindings.h"
#include "model/language/print.h"

namespace winmem::conformance {

std::string call_text(const Script& script, const Call& call);
std::string outcome_text(const Script& script, const Call& call, const Outcome& outcome);
std::string outcomes_text(const Script& script, const Call& call, Span<Outcome> outcomes);
std::string step_text(const Script& script, const Step& step);

/// What a vendor reported in numbers, with names for its addresses and handles; lies in the arena.
Span<Outcome> describe_all(const Bindings& names, const Call& call, Span<const Outcome> outcomes,
                           Arena& arena);

}  // namespace winmem::conformance
