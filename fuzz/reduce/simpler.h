// The steps by which a call gets simpler: what is left when none of them keeps the bug is minimal.
#pragma once

#include <vector>

#include "fuzz/script/draft.h"

namespace winmem::fuzz {

/// The lines that are one step simpler than this one, simplest first. Each step goes down in an
/// order without circles: fewer plays; no offset; zero, one, a page, a granule, then smaller
/// numbers; fewer flags; a number in place of a name.
std::vector<Line> simpler(const Line& line);

}  // namespace winmem::fuzz
