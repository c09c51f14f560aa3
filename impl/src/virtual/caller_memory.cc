#include "virtual/caller_memory.h"

#include <cstdint>

#include "exception/guarded_copy.h"
#include "system/layout.h"

namespace winmem::vm {

DWORD CopyForCaller(void* to, const void* from, std::size_t size) {
  return exception::ErrorOfStatus(exception::GuardedCopy(to, from, size));
}

// Not bound to user space: on 32 bits a program's own variables may lie above what Windows gives
// it.
DWORD ProbeForWrite(void* place, std::size_t size) {
  const auto begin = reinterpret_cast<std::uintptr_t>(place);
  if (size - 1 > UINTPTR_MAX - begin) return ERROR_NOACCESS;
  const std::uintptr_t last_page = system::PageDown(begin + (size - 1));
  for (std::uintptr_t at = begin;; at = system::PageDown(at) + system::kPageSize) {
    char byte = 0;
    auto* const there = reinterpret_cast<void*>(at);
    DWORD error = CopyForCaller(&byte, there, 1);
    if (error == ERROR_SUCCESS) error = CopyForCaller(there, &byte, 1);
    if (error != ERROR_SUCCESS || system::PageDown(at) == last_page) return error;
  }
}

}  // namespace winmem::vm
