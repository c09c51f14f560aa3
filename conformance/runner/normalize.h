// A trace without what differs from one run to the next although the vendor does the same.
#pragma once

#include <string>

#include "conformance/runner/script_file.h"
#include "model/rule/rule.h"

namespace winmem::conformance {

/// The trace as text, so that two runs of one vendor read alike. The number at a binding becomes
/// what is left of it after division by the alignment that its kind has (the allocation
/// granularity, for heap and moveable memory two pointers, for a heap a page), or `multiple(n)`
/// where nothing is left; NULL stays. Other addresses that no name explains, fields of which the
/// model says nothing or only a bound, and what it does not judge become `_`. Headers stay. Throws
/// CannotRun where a line has no outcome.
std::string normalized(const ScriptFile& file, const System& system, spec::Profile profile);

}  // namespace winmem::conformance
