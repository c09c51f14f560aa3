/* An absurd vendor: VirtualAlloc ignores its flags, all else is the reference's. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>
#include <stdint.h>

typedef void* (*Allocate)(void*, size_t, uint32_t, uint32_t);

__attribute__((visibility("default"))) void* VirtualAlloc(void* address, size_t size, uint32_t type,
                                                          uint32_t protection) {
  (void)type;
  (void)protection;
  const uint32_t reserve_and_commit = 0x3000, read_and_write = 0x04;
  Allocate real = (Allocate)(uintptr_t)dlsym(RTLD_NEXT, "VirtualAlloc");
  return real(address, size, reserve_and_commit, read_and_write);
}
