// What is mapped that is not ours, from /proc/self/maps. Slow: only for questions about memory that
// no reservation holds, and without the lock wherever that can be.
#pragma once

#include <cstdint>

#include "winmem/virtual.h"

namespace winmem::vm {

// What the kernel says of an address.
struct Surroundings {
  bool mapped;               // whether anything is there
  std::uintptr_t end;        // where that, with what is alike, or the gap ends; 0: it has no end
  std::uintptr_t base;       // where the file or image begins that is mapped there
  DWORD protect;             // PAGE_*, of the mapping at the address
  DWORD allocation_protect;  // PAGE_*
  DWORD type;                // MEM_PRIVATE, MEM_MAPPED or MEM_IMAGE
  std::uintptr_t whole_end;  // where the file or image ends that is mapped there
  std::uint64_t file;        // a number of its own for each file; 0 for none
  bool shared;               // what is written there, others see
  bool in_memory;            // the file is memory only: a section in the page file
};

// Takes memory of no kind but the stack. When the kernel tells nothing, everything is a gap.
Surroundings LookAround(std::uintptr_t address);

// Whether a file, an image or shared memory is mapped there: what Windows calls a view of a
// section.
bool IsForeignSection(std::uintptr_t address);

// Keeps what VirtualQuery tells of all of a view, before the protection of pages of it changes. The
// address space is locked.
void KeepAllocationProtect(const Surroundings& view);

}  // namespace winmem::vm
