// What cannot be run at all is an exception with a message for people; the programs turn it into
// exit code 2.
#pragma once

#include <stdexcept>

namespace winmem::conformance {

/// Usage, a missing vendor, an unreadable file, an agent that does not speak the protocol: exit
/// code 2, said on stderr.
struct CannotRun : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Ctrl-C while nothing had been answered yet.
struct Interrupted : CannotRun {
  Interrupted() : CannotRun("interrupted") {}
};

/// Exit codes of every program.
enum ExitCode : int { exit_conforms = 0, exit_deviates = 1, exit_cannot_run = 2 };

}  // namespace winmem::conformance
