// The 512 bytes that the instruction fxsave stores, as the kernel keeps them for a signal handler.
#pragma once

#include <cstddef>

#include "winmem/exception.h"

namespace winmem::exception {

// Everything up to the last XMM register; behind it the kernel keeps notes of its own.
inline constexpr std::size_t kRegisterBytes = 416;

// The processor refuses unknown bits of MXCSR; a mask of 0 stands for the oldest set of bits.
constexpr DWORD KnownMxCsr(DWORD value, DWORD mask) {
  return value & (mask == 0 ? 0xFFBFu : mask);
}

// Behind the 512 bytes the kernel may have saved more, and says in them which parts hold anything:
// tells it that these do.
void MarkUsed(void* saved);

}  // namespace winmem::exception
