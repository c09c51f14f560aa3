#include "heap/pages.h"

#include "exception/guarded_copy.h"
#include "virtual/memory.h"

namespace winmem::heap {

void* TakePages(std::size_t size, Access access) {
  const DWORD protect =
      access == Access::kReadWriteExecute ? PAGE_EXECUTE_READWRITE : PAGE_READWRITE;
  return vm::Alloc(nullptr, size, MEM_RESERVE | MEM_COMMIT, protect).base;
}

// These can only fail if somebody else freed the pages, and then there is nothing left to do.
void GivePages(void* base) {
  vm::Free(base, 0, MEM_RELEASE);
}

void DropPages(void* at, std::size_t size) {
  vm::Free(at, size, MEM_DECOMMIT);
}

bool IsReadable(const void* address) {
  char byte;
  return exception::GuardedCopy(&byte, address, 1) == 0;
}

}  // namespace winmem::heap
