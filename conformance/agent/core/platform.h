// All that the agent needs of the system it runs on. linux/ and windows/ implement it.
#pragma once

#include "conformance/agent/core/guard.h"
#include "model/language/script.h"
#include "model/language/system.h"
#include "model/language/text.h"

namespace winmem::agent::platform {

/// Addresses [begin, end).
struct Range {
  std::uint64_t begin;
  std::uint64_t end;
};

/// Waits for input; the number of bytes read, 0 at its end.
std::size_t read_input(char* buffer, std::size_t size);
/// Whether read_input would return at once.
bool input_waiting();
/// False when nobody reads any more.
bool write_output(Text text);
void write_error(Text text);
/// Reads a whole file. False when it cannot be read or is longer than `capacity`.
bool read_file(const char* path, char* buffer, std::size_t capacity, std::size_t& size);
[[noreturn]] void leave(std::uint32_t status);

/// Loads the implementation under test; null: the one that the process has anyway (kernel32; none
/// on Linux). On failure `error` says why.
bool load_vendor(const char* path, Text& error);
/// The address of a function of the implementation, or null.
void* find(const char* name);
/// What to call the implementation: the file name without its folders.
Text vendor_name();
/// Sets the bitness, the version and the kind of heap; the rest as far as the system says it
/// without the implementation.
void describe_system(System& system);

/// From here on exceptions that nobody handles end guarded calls; or, with false, the process, as
/// they would without the agent. Called after load_vendor.
void guard_exceptions(bool guard);
/// Called before load_vendor, so that an implementation's own fault handlers come first.
void prepare_guarding();

/// The agent's own program and static memory, and the stack that it runs on.
Range image();
Range stack();

/// Maps zeroed memory that a section backs, with a PAGE_* protection, without the implementation
/// under test. 0 where the system has no way that is not the implementation's, or when it failed.
std::uintptr_t map_view(std::uint64_t size, std::uint64_t protection);
bool unmap_view(std::uintptr_t view, std::uint64_t size);
/// Whether there is such a way.
bool can_map_views();

/// How a process that played a script ended.
struct Ending {
  enum class Kind : std::uint8_t {
    finished,     ///< it reported that the script was over
    died,         ///< it ended without; `status` is its full exit status (Windows) or exit code
    by_signal,    ///< Linux: `status` is the signal
    not_started,  ///< it could not be started
  };
  Kind kind;
  std::uint32_t status;
};

/// Starts this program anew with `arguments` (null-terminated list, the program's name left out),
/// gives it `input` on its standard input and lets it write to the same output. Waits for its end.
/// `host_gone` is asked now and then; a child that still runs ten seconds after it said yes is
/// ended.
Ending run_self(const char* const* arguments, Text input, bool (*host_gone)());
/// For a child that run_self started and that an exception ends: reports its status where an exit
/// status cannot carry it.
void report_death(std::uint32_t status);
/// For a child that run_self started: reports that the script is over, and leaves.
[[noreturn]] void finish_child();

}  // namespace winmem::agent::platform
