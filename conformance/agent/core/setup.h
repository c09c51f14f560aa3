// The set-up calls of the language, which give a script memory that none of the functions under
// test made.
#pragma once

#include "conformance/agent/core/call.h"

namespace winmem::agent {

/// Whether a set-up call can be played with this implementation: it, or the system, must be able to
/// map views, or it must have a switch for its commit limit.
bool can_set_up(const Function& function);
/// view(size, protection): maps zeroed memory that a section backs; the outcome is its address, or
/// what failed. image(): where the agent's program lies. stack(): an address in use on the agent's
/// stack.
void play_setup(Request& request, Outcome& outcome);

/// Gives back the views that the script mapped, and lifts the limit that it set. False when a view
/// could not be given back.
bool undo_setup();

}  // namespace winmem::agent
