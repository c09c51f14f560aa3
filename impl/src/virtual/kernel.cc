#include "virtual/kernel.h"

#include <fcntl.h>
#include <sys/mman.h>

#include <cerrno>

#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE 0x100000
#endif

namespace winmem::vm {
namespace {

void* At(std::uintptr_t where) {
  return reinterpret_cast<void*>(where);
}

int Map(std::uintptr_t* where, std::size_t size, int protection) {
  const int placing = *where == 0 ? 0 : MAP_FIXED_NOREPLACE;
  void* got = mmap(At(*where), size, protection,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | placing, -1, 0);
  if (got == MAP_FAILED) return errno;
  const auto base = reinterpret_cast<std::uintptr_t>(got);
  if (*where != 0 && base != *where) {  // a kernel older than 4.17 takes the address as a hint
    munmap(got, size);
    return EEXIST;
  }
  *where = base;
  return 0;
}

int Unmap(std::uintptr_t where, std::size_t size) {
  return munmap(At(where), size) == 0 ? 0 : errno;
}

int Protect(std::uintptr_t where, std::size_t size, int protection) {
  return mprotect(At(where), size, protection) == 0 ? 0 : errno;
}

int Discard(std::uintptr_t where, std::size_t size) {
  return madvise(At(where), size, MADV_DONTNEED) == 0 ? 0 : errno;
}

int Lock(std::uintptr_t where, std::size_t size) {
  return mlock(At(where), size) == 0 ? 0 : errno;
}

int Unlock(std::uintptr_t where, std::size_t size) {
  return munlock(At(where), size) == 0 ? 0 : errno;
}

int Find(std::uintptr_t page) {
  unsigned char resident;
  return mincore(At(page), 1, &resident) == 0 ? 0 : errno;
}

int OpenMaps(int* file) {
  *file = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
  return *file >= 0 ? 0 : errno;
}

}  // namespace

Kernel kernel = {Map, Unmap, Protect, Discard, Lock, Unlock, Find, OpenMaps};

}  // namespace winmem::vm
