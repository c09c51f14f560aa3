// The instructions that touch memory under test, as functions for guarded calls. Each goes byte by
// byte upwards, or is one instruction; a fault leaves done what lay before it.
#pragma once

#include <cstdint>

namespace winmem::agent::primitive {

/// Stores `byte` to `size` bytes.
void fill(std::uintptr_t to, std::uintptr_t size, std::uintptr_t byte);
/// Copies `size` bytes.
void copy(std::uintptr_t to, std::uintptr_t size, std::uintptr_t from);
/// Loads 1, 2, 4 or 8 bytes at once and writes them to *to.
void load1(std::uintptr_t from, std::uint64_t* to);
void load2(std::uintptr_t from, std::uint64_t* to);
void load4(std::uintptr_t from, std::uint64_t* to);
void load8(std::uintptr_t from, std::uint64_t* to);
/// Stores 1, 2, 4 or 8 bytes of *from at once.
void store1(std::uintptr_t to, const std::uint64_t* from);
void store2(std::uintptr_t to, const std::uint64_t* from);
void store4(std::uintptr_t to, const std::uint64_t* from);
void store8(std::uintptr_t to, const std::uint64_t* from);

}  // namespace winmem::agent::primitive
