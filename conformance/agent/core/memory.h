// The agent's memory: all of it static. The heap is under test.
#pragma once

#include "model/language/text.h"

namespace winmem::agent {

constexpr std::size_t script_bytes = 0x400000;   ///< the longest script
constexpr std::size_t parsed_bytes = 0x2000000;  ///< a parsed script, its names and their lists
constexpr std::size_t outcome_bytes = 0x800000;  ///< one outcome: the longest lists
constexpr std::size_t line_bytes = 0x400000;     ///< one line of output
constexpr std::size_t out_bytes = 0x200000;      ///< the out parameters of one call
constexpr std::size_t block_bytes = 0x10000;     ///< what accesses work through at a time

struct Memory {
  alignas(16) char parsed[parsed_bytes];
  alignas(16) char outcomes[2][outcome_bytes];
  alignas(16) unsigned char out[out_bytes];
  alignas(16) unsigned char block[block_bytes];
  char script[script_bytes];
  char line[line_bytes];
};

// NOLINTNEXTLINE(bugprone-dynamic-static-initializers): it has no initializer
extern Memory memory;

}  // namespace winmem::agent
