// What is mapped that is not ours, from /proc/self/maps. Slow: only for questions about memory that
// no reservation holds, and without the lock wherever that can be.
#pragma once

#include <cstdint>

#include "winmem/virtual.h"

namespace winmem::vm {

// What the kernel says of an address.
struct Surroundings {
  bool mapped;               // whether anything is there
  std::uintptr_t end;        // where that, or the gap, ends; 0 when the gap has no end
  std::uintptr_t base;       // where the file or image begins that is mapped there
  DWORD protect;             // PAGE_*, of the mapping at the address
  DWORD allocation_protect;  // PAGE_*
  DWORD type;                // MEM_PRIVATE, MEM_MAPPED or MEM_IMAGE
};

// Takes memory of no kind but the stack. When the kernel tells nothing, everything is a gap.
Surroundings LookAround(std::uintptr_t address);

// Whether a file, an image or shared memory is mapped there: what Windows calls a view of a
// section.
bool IsForeignSection(std::uintptr_t address);

}  // namespace winmem::vm
