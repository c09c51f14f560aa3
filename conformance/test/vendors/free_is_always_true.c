/* An absurd vendor: HeapFree always tells success, all else is the reference's. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

typedef int (*Free)(void*, uint32_t, void*);

__attribute__((visibility("default"))) int HeapFree(void* heap, uint32_t flags, void* block) {
  Free real = (Free)(uintptr_t)dlsym(RTLD_NEXT, "HeapFree");
  real(heap, flags, block);
  return 1;
}
