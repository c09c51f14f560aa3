// The process in which a trace was made: its bitness, page size, address limits, version.
#pragma once

#include "model/language/parse.h"

namespace winmem {

/// The allocator behind a process's heaps, where it is told.
enum class HeapKind : std::uint8_t { unknown, nt, segment };

struct System {
  unsigned bits = 64;
  std::uint64_t page = 0x1000;
  std::uint64_t granularity = 0x10000;
  std::uint64_t minimum = 0x10000;            ///< lpMinimumApplicationAddress
  std::uint64_t maximum = 0x7ffffffeffff;     ///< lpMaximumApplicationAddress
  std::uint64_t large_page = 0x200000;        ///< GetLargePageMinimum
  unsigned major = 10, minor = 0, build = 0;  ///< 0.0.0: not known
  HeapKind heap = HeapKind::unknown;          ///< heap=nt, heap=segment; another word is unknown

  /// What only the NT heap does is asked of no heap that does not say it is one.
  bool nt_heap() const { return heap == HeapKind::nt; }
  std::uint64_t pointer_size() const { return bits / 8; }
  std::uint64_t pointer_mask() const { return bits == 64 ? ~0ull : 0xffffffffull; }
};

/// Reads `bits=64 page=0x1000 granularity=0x10000 ...`; what is not named keeps its default. False
/// where a value is not a number, a key is not known, or no process is like that (`page=3`);
/// `error` then tells the column in the text and what was expected there.
bool parse_system(Text text, System& system, ParseError& error);

/// A number that no process has, and what it would have been.
struct Impossible {
  Text key;  ///< as it stands in the text: `page=`; empty where all numbers can be
  const char* expected = nullptr;
};
/// The rules compute with a system's numbers, and a maximum of nothing would excuse every failure.
Impossible impossible(const System& system);

void print_system(Output& out, const System& system);

}  // namespace winmem
