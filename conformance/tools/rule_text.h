// A rule in words, for the tools that print rules.
#pragma once

#include <string>

#include "model/rule/rule.h"

namespace winmem::conformance {

/// The function that a rule belongs to, or "every function".
std::string function_name(const spec::Rule& rule);
/// In which profile and versions it holds: "profile documented", "not windows-7"; empty for
/// everywhere.
std::string where_it_holds(const spec::Rule& rule);

}  // namespace winmem::conformance
