// Changing pages in the kernel and in the books together.
#pragma once

#include "virtual/address_space.h"
#include "winmem/last_error.h"

namespace winmem::vm {

// PROT_* that the kernel shall have for pages in this state: none while reserved or guarded, no
// writing while a watched page is unwritten.
int KernelProtectionOf(PageState state);

// How many pages of the range are committed, and how many are locked.
std::size_t CountCommitted(const PageRange& range);
std::size_t CountLocked(const PageRange& range);

// Gives all pages of the range one protection in the kernel, but for writing where a watched page
// is unwritten; the books stay as they are. When the kernel fails, what it may have changed is put
// back, and the answer is ERROR_NOT_ENOUGH_MEMORY.
DWORD ProtectInKernel(const PageRange& range, int protection);

// Takes writing from all pages of the range in the kernel, as if all were unwritten; the books and
// failures as above.
DWORD WatchInKernel(const PageRange& range);

// Puts the kernel's protections and locks back to what the books say.
void RestoreInKernel(const PageRange& range);

// Makes a committed guard page an ordinary page. False when the kernel cannot: it stays one then.
bool ClearGuard(AddressSpace& space, Reservation* reservation, std::size_t page);

// Lets a watched, committed, unwritten page be written, and notes that it was. Where the kernel
// cannot split a mapping any more, its neighbours in the same state count as written too: a watch
// may tell too much and never too little. False when the kernel cannot even do that.
bool MarkWritten(AddressSpace& space, Reservation* reservation, std::size_t page);

}  // namespace winmem::vm
