// The specification as a book for people: model/RULES.md.
#pragma once

#include <string>

namespace winmem::conformance {

/// All rules in Markdown, function by function in their order: each with its sentence, where it
/// holds, its facts with their strongest source, and the vendors whose files list a deviation from
/// it; then where Microsoft's pages say something else than Windows does. Throws CannotRun where
/// facts or vendors cannot be read.
std::string rule_book();

}  // namespace winmem::conformance
