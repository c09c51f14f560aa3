// What somebody may have meant by a name that does not exist.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace winmem::conformance {

/// The `count` names that need the fewest edits to become `word`, nearest first.
std::vector<std::string> nearest(std::string_view word, std::vector<std::string> names,
                                 std::size_t count);

}  // namespace winmem::conformance
