// The one printer. What it writes, the parser reads back to the same thing.
#pragma once

#include "model/language/bindings.h"
#include "model/language/script.h"

namespace winmem {

/// For people: names and constants. On the wire: numbers in hex, constants resolved, names kept
/// only as the arguments that the agent binds itself.
enum class Style : std::uint8_t { text, wire };

void print_call(Output& out, const Script& script, const Call& call, Style style,
                unsigned bits = 64);
void print_outcomes(Output& out, const Script& script, const Call& call,
                    Span<const Outcome> outcomes, Style style);
/// One outcome without its count: what reports show as seen and as allowed.
void print_outcome(Output& out, const Script& script, const Call& call, const Outcome& outcome,
                   Style style);
void print_value(Output& out, const Script& script, const Value& value, Kind kind, Set set,
                 Style style);
void print_step(Output& out, const Script& script, const Step& step, Style style,
                unsigned bits = 64);
void print_script(Output& out, const Script& script, Style style = Style::text, unsigned bits = 64);

}  // namespace winmem
