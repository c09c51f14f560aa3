// The command line.
#pragma once

#include "conformance/agent/core/platform.h"

namespace winmem::agent {

struct Options {
  enum class Mode { protocol, play, self_test, help };
  Mode mode = Mode::protocol;
  const char* library = nullptr;       ///< --library
  bool here = false;                   ///< --here: play in this process
  bool child = false;                  ///< --child: started by the agent itself, for one script
  const char* const* files = nullptr;  ///< --play: null-terminated
  int file_count = 0;
};

/// False, with a message, when the arguments cannot be understood.
bool read_options(int count, const char* const* arguments, Options& options, Text& message);
/// What --help says.
Text usage();

}  // namespace winmem::agent
