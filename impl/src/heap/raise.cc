#include "heap/raise.h"

#include "exception/raise.h"

namespace winmem::heap {

void RaiseNoMemory(std::size_t bytes) {
  const ULONG_PTR size = bytes;
  exception::Raise(STATUS_NO_MEMORY, 0, 1, &size);
}

}  // namespace winmem::heap
