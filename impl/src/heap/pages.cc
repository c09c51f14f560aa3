#include "heap/pages.h"

#include "exception/guarded_copy.h"
#include "virtual/memory.h"

namespace winmem::heap {

namespace {

DWORD ProtectionFor(Access access) {
  return access == Access::kReadWriteExecute ? PAGE_EXECUTE_READWRITE : PAGE_READWRITE;
}

}  // namespace

void* ReservePages(std::size_t size, Access access) {
  return vm::Alloc(nullptr, size, MEM_RESERVE, ProtectionFor(access)).base;
}

bool CommitPages(void* at, std::size_t size, Access access) {
  return vm::Alloc(at, size, MEM_COMMIT, ProtectionFor(access)).base != nullptr;
}

void* TakePages(std::size_t size, Access access) {
  return vm::Alloc(nullptr, size, MEM_RESERVE | MEM_COMMIT, ProtectionFor(access)).base;
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
