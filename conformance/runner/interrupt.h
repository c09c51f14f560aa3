// Ctrl-C and a closed terminal: programs stop where they are and report what they have.
#pragma once

namespace winmem::conformance {

/// From now on SIGINT, SIGTERM and SIGHUP are remembered; a second one ends the program as usual.
void remember_interrupts();
/// Whether one came.
bool interrupted();

}  // namespace winmem::conformance
