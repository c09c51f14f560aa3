#include "virtual/caller_memory.h"

#include "exception/guarded_copy.h"
#include "system/layout.h"

namespace winmem::vm {

DWORD CopyForCaller(void* to, const void* from, std::size_t size) {
  return exception::ErrorOfStatus(exception::GuardedCopy(to, from, size));
}

DWORD ProbeForWrite(void* place, std::size_t size) {
  const auto begin = reinterpret_cast<std::uintptr_t>(place);
  if (size == 0) return ERROR_SUCCESS;
  if (!system::InUserSpace(begin, size)) return ERROR_NOACCESS;
  for (std::uintptr_t at = begin; at < begin + size;
       at = system::PageDown(at) + system::kPageSize) {
    char byte = 0;
    auto* const there = reinterpret_cast<void*>(at);
    DWORD error = CopyForCaller(&byte, there, 1);
    if (error == ERROR_SUCCESS) error = CopyForCaller(there, &byte, 1);
    if (error != ERROR_SUCCESS) return error;
  }
  return ERROR_SUCCESS;
}

}  // namespace winmem::vm
