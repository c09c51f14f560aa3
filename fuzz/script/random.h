// Random choices that are the same on every machine and with every library: a seed is a script.
#pragma once

#include <cstdint>
#include <vector>

namespace winmem::fuzz {

/// The generator SplitMix64: one number of state, so that a seed can be written down at any moment.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  /// A number below `bound`, which is not 0.
  std::uint64_t below(std::uint64_t bound) { return next() % bound; }
  bool one_in(std::uint64_t n) { return below(n) == 0; }
  /// True in so many cases of a hundred.
  bool percent(unsigned n) { return below(100) < n; }
  template <class List>
  const auto& pick(const List& list) {
    return list[below(std::size(list))];
  }

 private:
  std::uint64_t state_;
};

}  // namespace winmem::fuzz
