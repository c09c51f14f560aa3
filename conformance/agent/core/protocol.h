// The protocol: conformance/agent/PROTOCOL.md.
#pragma once

#include "conformance/agent/core/options.h"

namespace winmem::agent {

/// Answers the host until it says `bye` or closes its end. In a child: plays one script and leaves.
void speak(const Options& options);

/// Writes `STATUS`, `exit(n)` or `signal(n)`: how a process ended that did not finish its script.
void print_ending(Output& out, const platform::Ending& ending);

}  // namespace winmem::agent
