// The set-up calls of the language, which give a script memory that none of the functions under
// test made.
#pragma once

#include "conformance/agent/core/call.h"

namespace winmem::agent {

/// Whether the implementation can map views, or else the system.
bool can_view();
/// view(size, protection): maps zeroed memory that a section backs; the outcome is its address, or
/// what failed. image(): where the agent's program lies. stack(): an address in use on the agent's
/// stack.
void play_setup(Request& request, Outcome& outcome);

/// Gives back the views that the script mapped. False when one could not be given back.
bool unmap_views();

}  // namespace winmem::agent
