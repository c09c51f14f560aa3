#include "model/language/text.h"

namespace winmem {

Output& hex(Output& out, std::uint64_t number) {
  out << Text("0x");
  int shift = 60;
  while (shift > 0 && (number >> shift) == 0) shift -= 4;
  for (; shift >= 0; shift -= 4) out << "0123456789abcdef"[(number >> shift) & 15];
  return out;
}

Output& decimal(Output& out, std::uint64_t number) {
  // Digits by subtraction: a 64-bit division would need a runtime library in a 32-bit process.
  constexpr std::uint64_t largest = 10000000000000000000u;
  static constexpr std::uint64_t powers[] = {largest,
                                             1000000000000000000u,
                                             100000000000000000u,
                                             10000000000000000u,
                                             1000000000000000,
                                             100000000000000,
                                             10000000000000,
                                             1000000000000,
                                             100000000000,
                                             10000000000,
                                             1000000000,
                                             100000000,
                                             10000000,
                                             1000000,
                                             100000,
                                             10000,
                                             1000,
                                             100,
                                             10,
                                             1};
  bool started = false;
  for (const std::uint64_t power : powers) {
    char digit = '0';
    for (; number >= power; number -= power) ++digit;
    started = started || digit != '0' || power == 1;
    if (started) out << digit;
  }
  return out;
}

}  // namespace winmem
