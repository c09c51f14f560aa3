// What VirtualAlloc and VirtualProtect do to views of sections: files and shared memory that others
// have mapped. The address space is locked for all of it.
#pragma once

#include <cstddef>
#include <cstdint>

#include "winmem/last_error.h"
#include "winmem/virtual.h"

namespace winmem::vm {

// Whole pages: those that [address, address + bytes) touches.

// Whether they lie in one view of memory that has no file on a disk: what Windows calls a section
// in the page file.
bool InMemoryView(std::uintptr_t address, std::size_t bytes);

// Gives them a protection; *old is then what the first one had. ERROR_INVALID_ADDRESS: they are not
// in one view; ERROR_INVALID_PARAMETER: the view does not allow it (VQ-048, VQ-049, VA-134).
DWORD ProtectView(std::uintptr_t address, std::size_t bytes, DWORD protect, DWORD* old);

}  // namespace winmem::vm
