// The sizes and limits of the address space, in bytes.
#pragma once

#include <cstddef>
#include <cstdint>

namespace winmem::system {

inline constexpr std::size_t kPageSize = 0x1000;      // VQ-135
inline constexpr std::size_t kGranularity = 0x10000;  // VQ-135
inline constexpr std::size_t kLargePage = 0x200000;   // VQ-136

// The first and the last byte that a program may own, as on Windows: the first and the last 64 KiB
// of user space belong to nobody. A 32-bit program has 2 GiB, as one on Windows has that was not
// linked for large addresses (VA-718); the kernel's own 32-bit programs lie partly above.
inline constexpr std::uintptr_t kLowestAddress = 0x10000;
#if UINTPTR_MAX > 0xFFFFFFFFu
inline constexpr std::uintptr_t kHighestAddress = 0x00007FFFFFFEFFFF;
#else
inline constexpr std::uintptr_t kHighestAddress = 0x7FFEFFFF;
#endif

// Whether [address, address + size) ends inside user space; size is not 0.
constexpr bool InUserSpace(std::uintptr_t address, std::size_t size) {
  return address <= kHighestAddress && size - 1 <= kHighestAddress - address;
}

constexpr std::uintptr_t PageDown(std::uintptr_t address) {
  return address & ~(std::uintptr_t{kPageSize} - 1);
}
constexpr std::uintptr_t PageUp(std::uintptr_t address) {
  return PageDown(address + kPageSize - 1);
}
constexpr std::uintptr_t GranuleDown(std::uintptr_t address) {
  return address & ~(std::uintptr_t{kGranularity} - 1);
}
constexpr std::uintptr_t GranuleUp(std::uintptr_t address) {
  return GranuleDown(address + kGranularity - 1);
}

}  // namespace winmem::system
