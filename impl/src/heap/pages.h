// Where heaps get their memory: the library's own virtual memory, called inside (never through the
// exported VirtualAlloc and VirtualFree, which a program may have replaced).
#pragma once

#include <cstddef>

namespace winmem::heap {

enum class Access { kReadWrite, kReadWriteExecute };

// Reserves `size` bytes at a multiple of 64 KiB. Null: there are none left. The last error stays as
// it is, here and below.
void* ReservePages(std::size_t size, Access access = Access::kReadWrite);

// Makes the pages [at, at + size) of one reservation usable, zeroed. False: there is no memory.
bool CommitPages(void* at, std::size_t size, Access access = Access::kReadWrite);

// Both at once.
void* TakePages(std::size_t size, Access access = Access::kReadWrite);

// Gives back all of one reservation.
void GivePages(void* base);

// Gives back the whole pages [at, at + size) of one reservation, and keeps their
// addresses.
void DropPages(void* at, std::size_t size);

// Whether the bytes at `address` can be read, found out without reading them.
bool IsReadable(const void* address);

}  // namespace winmem::heap
