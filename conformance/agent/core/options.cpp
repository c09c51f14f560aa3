#include "conformance/agent/core/options.h"

#include <cstring>

namespace winmem::agent {

namespace {

constexpr Text usage_text(
    "winmem-agent: plays scripts on one implementation of the Win32 memory functions\n"
    "\n"
    "  winmem-agent [--library FILE]                      speak the protocol on standard input and "
    "output (PROTOCOL.md)\n"
    "  winmem-agent [--library FILE] --play SCRIPT...     play scripts, each in a process of its "
    "own, and print their traces\n"
    "  winmem-agent [--library FILE] --here --play SCRIPT...   the same in this process\n"
    "  winmem-agent [--library FILE] --self-test          play a script of its own and check the "
    "answers\n"
    "  winmem-agent --help\n"
    "\n"
    "  --library FILE   the implementation: a shared library or DLL (on Windows, without it: "
    "kernel32)\n"
    "\n"
    "Exit codes: 0 done; 1 a script's process died, or the self-test failed; 2 could not run.\n");

bool is(const char* argument, Text option) {
  return Text(argument, std::strlen(argument)) == option;
}

}  // namespace

Text usage() {
  return usage_text;
}

bool read_options(int count, const char* const* arguments, Options& options, Text& message) {
  for (int i = 1; i < count; ++i) {
    const char* argument = arguments[i];
    if (is(argument, "--library")) {
      if (++i == count) {
        message = Text("--library needs a file");
        return false;
      }
      options.library = arguments[i];
    } else if (is(argument, "--here")) {
      options.here = true;
    } else if (is(argument, "--child")) {
      options.child = true;
    } else if (is(argument, "--self-test")) {
      options.mode = Options::Mode::self_test;
    } else if (is(argument, "--help")) {
      options.mode = Options::Mode::help;
    } else if (is(argument, "--play")) {
      options.mode = Options::Mode::play;
      options.files = arguments + i + 1;
      options.file_count = count - i - 1;
      if (options.file_count == 0) message = Text("--play needs a script");
      return options.file_count != 0;
    } else {
      message = Text(argument, std::strlen(argument));
      return false;
    }
  }
  return true;
}

}  // namespace winmem::agent
