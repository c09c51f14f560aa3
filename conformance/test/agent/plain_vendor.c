// A vendor that knows nothing of exceptions, and misbehaves inside its calls: the agent's tests
// need one.
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static uint32_t last_error;

uint32_t GetLastError(void);
void SetLastError(uint32_t code);
void* VirtualAlloc(void* address, size_t size, uint32_t type, uint32_t protection);
int VirtualFree(void* address, size_t size, uint32_t type);
int VirtualProtect(void* address, size_t size, uint32_t protection, uint32_t* old);
void* GlobalAlloc(uint32_t flags, size_t size);
void* GlobalFree(void* object);
void* GlobalLock(void* object);
size_t GlobalSize(void* object);
void* LocalAlloc(uint32_t flags, size_t size);
void* LocalFree(void* object);
size_t LocalSize(void* object);
uint32_t LocalFlags(void* object);

uint32_t GetLastError(void) {
  return last_error;
}
void SetLastError(uint32_t code) {
  last_error = code;
}

static int native(uint32_t protection) {
  switch (protection) {
    case 0x01:
      return PROT_NONE;
    case 0x02:
      return PROT_READ;
    case 0x40:
      return PROT_READ | PROT_WRITE | PROT_EXEC;
    default:
      return PROT_READ | PROT_WRITE;
  }
}

void* VirtualAlloc(void* address, size_t size, uint32_t type, uint32_t protection) {
  (void)address;
  (void)type;
  return mmap(NULL, size, native(protection), MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

// Takes nothing back: a script that allocated leaves dirt.
int VirtualFree(void* address, size_t size, uint32_t type) {
  (void)address;
  (void)size;
  (void)type;
  last_error = 5;
  return 0;
}

int VirtualProtect(void* address, size_t size, uint32_t protection, uint32_t* old) {
  (void)old;  // and does not write it
  return mprotect(address, size, native(protection)) == 0 ? 7 : 0;
}

void* GlobalAlloc(uint32_t flags, size_t size) {
  (void)flags;
  return malloc(size);
}

void* GlobalFree(void* object) {
  free(object);
  return NULL;
}

// Falls over: nobody catches what this reads.
void* GlobalLock(void* object) {
  return *(void**)object;
}

size_t GlobalSize(void* object) {
  volatile uintptr_t zero = 0;
  return (uintptr_t)object / zero;
}

// Ends the process, in three ways.
void* LocalAlloc(uint32_t flags, size_t size) {
  (void)size;
  if (flags == 0) _exit(3);
  if (flags == 1) abort();
  for (;;) pause();
}

void* LocalFree(void* object) {
  (void)object;
  last_error = 0;
  return NULL;
}

// Prints half a line into the answers.
size_t LocalSize(void* object) {
  (void)object;
  printf("half a line");
  fflush(stdout);
  return 1;
}

uint32_t LocalFlags(void* object) {
  (void)object;
  __builtin_trap();
}
