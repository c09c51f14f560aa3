// Random traces for the oracle: parseable lines whose outcomes have nothing to do with what any
// implementation would answer, but whose numbers meet again and again.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "model/language/functions.h"

namespace winmem::test {

class RandomTrace {
 public:
  RandomTrace(std::uint32_t seed, unsigned bits) : random_(seed), bits_(bits) {}

  /// So many lines, a few of them perhaps not parseable.
  std::vector<std::string> lines(unsigned count);
  /// A call alone, as a script has it.
  std::string call(const Function& function);
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(random_()) % n; }

 private:
  std::mt19937 random_;
  unsigned bits_;
  std::vector<std::string> names_;
  std::vector<std::uint64_t> numbers_;  ///< that outcomes gave

  bool one_in(std::uint32_t n) { return below(n) == 0; }
  std::string hex(std::uint64_t number) const;
  std::uint64_t address();
  std::string size();
  std::string pointer();
  std::string flags(Set set);
  std::string argument(const Function& function, unsigned index);
  std::string returned(const Function& function);
  std::string content();
  std::string fields(const Function& function);
  std::string outcome(const Function& function);
  std::string line();
  std::string call(const Function& function, bool many);
};

}  // namespace winmem::test
