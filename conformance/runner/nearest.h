// What somebody may have meant by a name that does not exist.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace winmem::conformance {

/// Insertions, removals and replacements of one character, and swaps of two neighbours, that lead
/// from one word to the other.
std::size_t edits(std::string_view a, std::string_view b);

/// The `count` names that need the fewest edits to become `word`, nearest first; letter case
/// decides between equals alone.
std::vector<std::string> nearest(std::string_view word, std::vector<std::string> names,
                                 std::size_t count);

/// The name that `word` is a slip of: in other letter case, or one or two edits away and less than
/// half of the name. Empty where there is none.
std::string meant(std::string_view word, const std::vector<std::string>& names);

}  // namespace winmem::conformance
