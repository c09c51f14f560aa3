// Accesses: what a script does to memory itself.
#pragma once

#include "conformance/agent/core/call.h"

namespace winmem::agent {

/// Forgets the patterns and the 0xC3 bytes that earlier scripts wrote.
void start_accesses();
/// Plays fill, pattern, read, load, store or execute. `readable` says that the address comes from
/// image() or stack(), where reading the agent's own memory is the point.
void play_access(Request& request, bool readable, Outcome& outcome);

}  // namespace winmem::agent
