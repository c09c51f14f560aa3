#include "virtual/kernel.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>

#ifndef MAP_HUGE_SHIFT
#define MAP_HUGE_SHIFT 26
#endif
#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE 0x100000
#endif

namespace winmem::vm {
namespace {

void* At(std::uintptr_t where) {
  return reinterpret_cast<void*>(where);
}

int MapAs(std::uintptr_t* where, std::size_t size, int protection, int kind) {
  const int placing = *where == 0 ? 0 : MAP_FIXED_NOREPLACE;
  void* got =
      mmap(At(*where), size, protection, MAP_PRIVATE | MAP_ANONYMOUS | kind | placing, -1, 0);
  if (got == MAP_FAILED) return errno;
  const auto base = reinterpret_cast<std::uintptr_t>(got);
  if (*where != 0 && base != *where) {  // a kernel older than 4.17 takes the address as a hint
    munmap(got, size);
    return EEXIST;
  }
  *where = base;
  return 0;
}

int Map(std::uintptr_t* where, std::size_t size, int protection) {
  return MapAs(where, size, protection, MAP_NORESERVE);
}

// Without MAP_NORESERVE: what is not there is refused now, and no access faults later.
int MapLarge(std::uintptr_t* where, std::size_t size, int protection) {
  constexpr int kLargePageBits = 21;
  return MapAs(where, size, protection, MAP_HUGETLB | kLargePageBits << MAP_HUGE_SHIFT);
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

int MakeFile(int* file) {
  *file = memfd_create("winmem-physical-pages", MFD_CLOEXEC);
  return *file >= 0 ? 0 : errno;
}

int SizeFile(int file, std::size_t size) {
  return ftruncate(file, static_cast<off_t>(size)) == 0 ? 0 : errno;
}

int EmptyFile(int file, std::size_t offset, std::size_t size) {
  constexpr int kMode = FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE;
  const int failed = fallocate(file, kMode, static_cast<off_t>(offset), static_cast<off_t>(size));
  return failed == 0 ? 0 : errno;
}

int Replace(std::uintptr_t where, std::size_t size, int protection, int kind, int file,
            std::size_t offset) {
  void* got = mmap(At(where), size, protection, kind | MAP_FIXED, file, static_cast<off_t>(offset));
  return got != MAP_FAILED ? 0 : errno;
}

int Show(std::uintptr_t where, std::size_t size, int file, std::size_t offset) {
  return Replace(where, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, offset);
}

int Hide(std::uintptr_t where, std::size_t size) {
  return Replace(where, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
}

}  // namespace

Kernel kernel = {Map,      Unmap,    Protect,  Discard,  Lock,      Unlock, Find,
                 OpenMaps, MapLarge, MakeFile, SizeFile, EmptyFile, Show,   Hide};

}  // namespace winmem::vm
