// The lines that the host sends.
#pragma once

#include "model/language/text.h"

namespace winmem::agent {

/// Reads lines from this text instead of from the host: the self-test.
void use_canned_input(Text text);

enum class Line : std::uint8_t { read, too_long, over };
/// The next line, without its end. It is kept until the next call.
Line next_line(Text& line);

/// Whether the host has said all that it will say: its end is closed, or `bye` is what comes next.
bool host_is_gone();

}  // namespace winmem::agent
