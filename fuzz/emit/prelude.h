// What every emitted program begins with: its guard, its poison, and the accesses. Inside fuzz/emit
// only.
#pragma once

namespace winmem::fuzz {

constexpr const char* prelude = R"(
#include <stdio.h>
#include <string.h>
#include <windows.h>

/* The last error before each call, so that "left alone" can be told from every real code. */
#define POISON 0x5afe7a1eu

static CONTEXT before;
static volatile LONG guarded;
static volatile DWORD raised, last_error;
static volatile ULONG_PTR seen;
static int deviates;

/* An exception that nobody handled ends the call: the thread goes on where it was before it. */
static LONG WINAPI top_level(EXCEPTION_POINTERS* info) {
  if (!guarded) return 0; /* EXCEPTION_CONTINUE_SEARCH */
  guarded = 0;
  raised = info->ExceptionRecord->ExceptionCode;
  *info->ContextRecord = before;
  return -1; /* EXCEPTION_CONTINUE_EXECUTION */
}

#define GUARDED(statement)       \
  do {                           \
    raised = 0;                  \
    seen = 0;                    \
    RtlCaptureContext(&before);  \
    if (raised == 0) {           \
      guarded = 1;               \
      statement;                 \
      guarded = 0;               \
    }                            \
  } while (0)

static void show(const char* call) {
  if (raised)
    printf("%s\n    raises 0x%08lx\n", call, (unsigned long)raised);
  else if (last_error == POISON)
    printf("%s\n    gives 0x%llx\n", call, (unsigned long long)seen);
  else
    printf("%s\n    gives 0x%llx, last error %lu\n", call, (unsigned long long)seen,
           (unsigned long)last_error);
  fflush(stdout);
}

static int cannot_run(const char* why) {
  printf("cannot run: %s\n", why);
  return 2;
}
)";

constexpr const char* access_prelude = R"(
/* Byte `offset` of the pattern of `seed`: tells where contents came from. */
static unsigned char pattern_byte(DWORD seed, ULONGLONG offset) {
  ULONGLONG x = (((ULONGLONG)seed << 37) ^ (offset / 8)) + 0x9e3779b97f4a7c15ull;
  x ^= x >> 32;
  x *= 0xbf58476d1ce4e5b9ull;
  x ^= x >> 32;
  x *= 0x94d049bb133111ebull;
  x ^= x >> 32;
  return (unsigned char)(x >> (offset % 8 * 8));
}

static unsigned char bytes[0x100000]; /* what was read last */

static ULONG_PTR do_fill(void* p, SIZE_T n, DWORD byte) {
  SIZE_T i;
  for (i = 0; i < n; ++i) ((volatile unsigned char*)p)[i] = (unsigned char)byte;
  return 0;
}
static ULONG_PTR do_pattern(void* p, SIZE_T n, DWORD seed) {
  SIZE_T i;
  for (i = 0; i < n; ++i) ((volatile unsigned char*)p)[i] = pattern_byte(seed, i);
  return 0;
}
static ULONG_PTR do_read(void* p, SIZE_T n) {
  SIZE_T i;
  for (i = 0; i < n && i < sizeof bytes; ++i) bytes[i] = ((volatile unsigned char*)p)[i];
  return 0;
}
static ULONG_PTR do_load(void* p, DWORD n) {
  return n == 1   ? *(volatile unsigned char*)p
         : n == 2 ? *(volatile unsigned short*)p
         : n == 4 ? *(volatile DWORD*)p
                  : (ULONG_PTR)*(volatile ULONGLONG*)p;
}
static ULONG_PTR do_store(void* p, DWORD n, ULONGLONG value) {
  if (n == 1) *(volatile unsigned char*)p = (unsigned char)value;
  if (n == 2) *(volatile unsigned short*)p = (unsigned short)value;
  if (n == 4) *(volatile DWORD*)p = (DWORD)value;
  if (n == 8) *(volatile ULONGLONG*)p = value;
  return 0;
}
static ULONG_PTR do_execute(void* p) {
  ((void (*)(void))(ULONG_PTR)p)();
  return 0;
}
)";

}  // namespace winmem::fuzz
