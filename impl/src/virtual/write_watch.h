// Which pages of memory that is watched (MEM_WRITE_WATCH) were written.
//
// A committed page that nobody wrote yet cannot be written in the kernel; the fault handler notes
// the first write (MarkWritten in virtual/pages.h). The errors and what they mean are in
// winmem/virtual.h.
#pragma once

#include "virtual/number_list.h"
#include "winmem/last_error.h"
#include "winmem/virtual.h"

namespace winmem::vm {

// Whether [address, address + size) is all inside one watched allocation, and the flags exist.
DWORD CheckWatch(DWORD flags, void* address, SIZE_T size);

// Finds the addresses of the first `most` written pages of the range, upwards; with
// WRITE_WATCH_FLAG_RESET they count as unwritten from then on. At one moment: a write of another
// thread falls before it or behind it.
DWORD FindWritten(DWORD flags, void* address, SIZE_T size, std::size_t most, NumberList* found);

// All pages of the range count as unwritten from now on.
DWORD ResetWritten(void* address, SIZE_T size);

}  // namespace winmem::vm
