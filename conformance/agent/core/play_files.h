// --play: traces for people and for capture.
#pragma once

#include "conformance/agent/core/options.h"

namespace winmem::agent {

/// Plays the files and prints their traces. The result is the exit code.
int play_files(const Options& options);

}  // namespace winmem::agent
