// The one parser: scripts, traces, cases, wire lines.
#pragma once

#include "model/language/script.h"

namespace winmem {

/// Where reading stopped and what would have been right there. Nothing after it is guessed.
struct ParseError {
  std::uint32_t line = 0;    ///< from 1
  std::uint32_t column = 0;  ///< from 1
  const char* expected = nullptr;
};

/// Reads a whole script. Texts in the result point into `source`; everything else lies in `arena`,
/// which takes about one KiB a line, two for lines with all fields of a VirtualQuery.
bool parse_script(Text source, Arena& arena, Script& script, ParseError& error);

/// The keys that headers have: `title`, `cites`, ...
Span<const Text> header_keys();

/// Reads the part behind `->` of one line: what an agent answers to `call`. `names` may be empty:
/// then only numbers are names.
bool parse_outcomes(Text source, const Call& call, Span<Text> names, Arena& arena,
                    Span<Outcome>& outcomes, ParseError& error);

}  // namespace winmem
