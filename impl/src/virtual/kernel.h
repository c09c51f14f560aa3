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
};

// Replaced only by tests, and only while nobody else calls.
extern Kernel kernel;

}  // namespace winmem::vm
