// Where heaps get their memory: the library's own virtual memory, called inside (never through the
// exported VirtualAlloc and VirtualFree, which a program may have replaced).
#pragma once

#include <cstddef>

namespace winmem::heap {

enum class Access { kReadWrite, kReadWriteExecute };

// Reserves and commits `size` bytes, zeroed, at a multiple of 64 KiB. Null: there are none left.
// The last error stays as it is, here and below.
void* TakePages(std::size_t size, Access access = Access::kReadWrite);

// Gives back all that one TakePages gave.
void GivePages(void* base);

// Gives back the whole pages [at, at + size) of what one TakePages gave, and keeps their
// addresses.
void DropPages(void* at, std::size_t size);

// Whether the bytes at `address` can be read, found out without reading them.
bool IsReadable(const void* address);

}  // namespace winmem::heap
