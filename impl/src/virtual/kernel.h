// The system calls that virtual memory stands on, each behind a pointer so that a test can make the
// n-th one fail. They return 0 or an errno value.
#pragma once

#include <cstddef>
#include <cstdint>

namespace winmem::vm {

struct Kernel {
  // New private anonymous pages, nothing charged for them. *where: 0 for any place, otherwise
  // exactly that place: EEXIST when something is there.
  int (*map)(std::uintptr_t* where, std::size_t size, int protection);
  int (*unmap)(std::uintptr_t where, std::size_t size);
  int (*protect)(std::uintptr_t where, std::size_t size, int protection);
  // Drops the contents: the pages read as zero next time.
  int (*discard)(std::uintptr_t where, std::size_t size);
  int (*lock)(std::uintptr_t where, std::size_t size);
  int (*unlock)(std::uintptr_t where, std::size_t size);
  // ENOMEM where nothing at all is mapped at that page.
  int (*find)(std::uintptr_t page);
  // Opens the list of all mappings, /proc/self/maps, for reading.
  int (*open_maps)(int* file);
  // As map, in pages of 2 MiB that are there at once; ENOMEM when the kernel has none.
  int (*map_large)(std::uintptr_t* where, std::size_t size, int protection);
  // A file that is nothing but memory, empty; how long it is; its bytes from an offset on read as
  // zero next time.
  int (*make_file)(int* file);
  int (*size_file)(int file, std::size_t size);
  int (*empty_file)(int file, std::size_t offset, std::size_t size);
  // Puts the pages of such a file, to be read and written, or pages that cannot be accessed, in
  // place of pages that are ours.
  int (*show)(std::uintptr_t where, std::size_t size, int file, std::size_t offset);
  int (*hide)(std::uintptr_t where, std::size_t size);
};

// Replaced only by tests, and only while nobody else calls.
extern Kernel kernel;

}  // namespace winmem::vm
