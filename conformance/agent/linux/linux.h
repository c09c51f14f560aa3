// What the files of the Linux platform share.
#pragma once

#include <cstddef>

#include "conformance/agent/core/platform.h"

namespace winmem::agent::platform {

/// Keeps standard output to the agent: what an implementation prints there goes to standard error,
/// so that its text cannot break up the agent's lines.
void take_standard_output();
/// The file that the agent's own lines go to.
int standard_output();

// A 32-bit program has its memory below 2 GiB on Windows, but for those that are linked for large
// addresses. Linux gives one nearly 4 GiB, with stacks and mappings at the end. So that what a
// script can see of the agent lies where an implementation expects a program's memory, a 32-bit
// agent has its stack and its views below.

/// mmap at a place of its own choice.
void* map_where_programs_are(std::size_t size, int access, int flags, int file);
/// Calls main on such a stack, which stack_below_2_gib then tells; no stack where there is none for
/// it. On 64 bits just calls it.
int run_where_programs_are(int (*main)(int, char**), int count, char** arguments);
Range stack_below_2_gib();

}  // namespace winmem::agent::platform
