#include "conformance/agent/core/primitives.h"

namespace winmem::agent::primitive {

void fill(std::uintptr_t to, std::uintptr_t size, std::uintptr_t byte) {
  __asm__ volatile("cld\n\trep stosb" : "+D"(to), "+c"(size) : "a"(byte) : "memory", "cc");
}

void copy(std::uintptr_t to, std::uintptr_t size, std::uintptr_t from) {
  __asm__ volatile("cld\n\trep movsb" : "+D"(to), "+c"(size), "+S"(from) : : "memory", "cc");
}

void load1(std::uintptr_t from, std::uint64_t* to) {
  std::uint8_t value;
  __asm__ volatile("movb (%1), %0" : "=q"(value) : "r"(from) : "memory");
  *to = value;
}

void load2(std::uintptr_t from, std::uint64_t* to) {
  std::uint16_t value;
  __asm__ volatile("movw (%1), %0" : "=r"(value) : "r"(from) : "memory");
  *to = value;
}

void load4(std::uintptr_t from, std::uint64_t* to) {
  std::uint32_t value;
  __asm__ volatile("movl (%1), %0" : "=r"(value) : "r"(from) : "memory");
  *to = value;
}

void store1(std::uintptr_t to, const std::uint64_t* from) {
  auto value = static_cast<std::uint8_t>(*from);
  __asm__ volatile("movb %0, (%1)" : : "q"(value), "r"(to) : "memory");
}

void store2(std::uintptr_t to, const std::uint64_t* from) {
  auto value = static_cast<std::uint16_t>(*from);
  __asm__ volatile("movw %0, (%1)" : : "r"(value), "r"(to) : "memory");
}

void store4(std::uintptr_t to, const std::uint64_t* from) {
  auto value = static_cast<std::uint32_t>(*from);
  __asm__ volatile("movl %0, (%1)" : : "r"(value), "r"(to) : "memory");
}

#if defined(__x86_64__)

void load8(std::uintptr_t from, std::uint64_t* to) {
  std::uint64_t value;
  __asm__ volatile("movq (%1), %0" : "=r"(value) : "r"(from) : "memory");
  *to = value;
}

void store8(std::uintptr_t to, const std::uint64_t* from) {
  __asm__ volatile("movq %0, (%1)" : : "r"(*from), "r"(to) : "memory");
}

#else

// The floating-point unit moves eight bytes at once and, as integers, unchanged.
void load8(std::uintptr_t from, std::uint64_t* to) {
  __asm__ volatile("fildll (%0)\n\tfistpll (%1)" : : "r"(from), "r"(to) : "memory");
}

void store8(std::uintptr_t to, const std::uint64_t* from) {
  __asm__ volatile("fildll (%0)\n\tfistpll (%1)" : : "r"(from), "r"(to) : "memory");
}

#endif

}  // namespace winmem::agent::primitive
