#include "exception/guarded_copy.h"

#include "exception/machine.h"

namespace winmem::exception {

DWORD GuardedCopy(void* to, const void* from, std::size_t size) {
  return winmem_guarded_copy(to, from, size);
}

}  // namespace winmem::exception
