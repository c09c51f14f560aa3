// The entry point, and the four functions that a compiler may call although no runtime library is
// there.
#include "conformance/agent/core/agent.h"
#include "conformance/agent/windows/imports.h"

namespace {

constexpr int most_arguments = 4096;
char line[0x8000];
const char* list[most_arguments + 1];

/// Splits the command line at spaces outside quotation marks.
int split() {
  const char* from = GetCommandLineA();
  std::size_t size = 0;
  int count = 0;
  while (count < most_arguments) {
    while (*from == ' ' || *from == '\t') ++from;
    if (*from == 0 || size + 1 >= sizeof line) break;
    list[count++] = line + size;
    bool quoted = false;
    for (; *from != 0 && (quoted || (*from != ' ' && *from != '\t')); ++from) {
      if (*from == '"')
        quoted = !quoted;
      else if (size + 1 < sizeof line)
        line[size++] = *from;
    }
    line[size++] = 0;
  }
  return count;
}

}  // namespace

extern "C" {

[[noreturn]] void winmem_start() {
  int count = split();
  winmem::agent::platform::leave(static_cast<std::uint32_t>(winmem::agent::run(count, list)));
}

void* memcpy(void* to, const void* from, std::size_t size) {
  void* result = to;
  __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(size) : : "memory");
  return result;
}

void* memset(void* to, int byte, std::size_t size) {
  void* result = to;
  __asm__ volatile("rep stosb" : "+D"(to), "+c"(size) : "a"(byte) : "memory");
  return result;
}

void* memmove(void* to, const void* from, std::size_t size) {
  if (static_cast<char*>(to) <= from ||
      static_cast<char*>(to) >= static_cast<const char*>(from) + size)
    return memcpy(to, from, size);
  auto* last_to = static_cast<char*>(to) + size - 1;
  auto* last_from = static_cast<const char*>(from) + size - 1;
  __asm__ volatile("std\n\trep movsb\n\tcld"
                   : "+D"(last_to), "+S"(last_from), "+c"(size)
                   :
                   : "memory");
  return to;
}

int memcmp(const void* a, const void* b, std::size_t size) {
  auto* x = static_cast<const unsigned char*>(a);
  auto* y = static_cast<const unsigned char*>(b);
  for (; size != 0; --size, ++x, ++y)
    if (*x != *y) return *x < *y ? -1 : 1;
  return 0;
}

std::size_t strlen(const char* text) {
  std::size_t size = 0;
  while (text[size] != 0) ++size;
  return size;
}

}  // extern "C"
