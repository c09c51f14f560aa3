// The agent as a program: what main, or Windows' entry point, calls.
#pragma once

namespace winmem::agent {

/// Runs it. The result is the exit code: 0 done; 1 a script's process died (--play), or the
/// self-test failed; 2 it could not run: usage, a file that cannot be read, an implementation that
/// cannot be loaded.
int run(int argument_count, const char* const* arguments);

}  // namespace winmem::agent
