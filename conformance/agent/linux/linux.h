// What the files of the Linux platform share.
#pragma once

namespace winmem::agent::platform {

/// Keeps standard output to the agent: what an implementation prints there goes to standard error,
/// so that its text cannot break up the agent's lines.
void take_standard_output();
/// The file that the agent's own lines go to.
int standard_output();

}  // namespace winmem::agent::platform
