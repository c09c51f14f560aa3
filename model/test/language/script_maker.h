// Makes scripts and outcomes out of choices: every form that the language has. The choices come
// from RapidCheck, which can then shrink them, or from a plain generator of random numbers. The
// smallest choice is the simplest thing.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "model/language/script.h"

namespace winmem::test {

/// A number below `bound`; any number where the bound is 0.
using Choose = std::function<std::uint64_t(std::uint64_t bound)>;

class ScriptMaker {
 public:
  ScriptMaker(Choose choose, Arena& arena) : choose_(std::move(choose)), arena_(arena) {}

  /// A script of so many steps, as the parser would have read it.
  Script script(std::uint32_t steps);

 private:
  struct Known {
    const Function* function = nullptr;
    std::uint32_t count = 1;
    bool list = false;
  };

  bool one_in(std::uint64_t n) { return choose_(n) == n - 1; }
  std::uint32_t below(std::uint64_t bound) { return static_cast<std::uint32_t>(choose_(bound)); }
  template <typename T>
  Span<T> take(std::uint32_t count) {
    return {arena_.take<T>(count), count};
  }

  Remark remark(std::uint32_t before);
  Step step();
  Call call(std::uint8_t thread);
  Argument argument(const Parameter& parameter, bool may_each, std::uint32_t& length);
  bool each(Argument& argument, std::uint32_t& length);
  Argument out_argument(const Parameter& parameter);
  std::uint64_t any_number();
  std::uint64_t any_number(Kind kind);
  Number number(Kind kind);
  Number offset();
  bool reference(Reference& reference);
  Value value(Kind kind);

  Span<Outcome> outcomes(const Call& call, bool many);
  Outcome outcome(bool inner);
  Outcome returned();
  Outcome either();
  Exception exception();
  Span<Sighting> sightings();
  Span<FieldPattern> fields();
  LastError last_error();
  Pattern pattern(Kind kind, bool in_field);
  Span<Value> list();
  Content content();

  Choose choose_;
  Arena& arena_;
  std::vector<Text> names_;
  std::vector<Known> known_;
  const Function* function_ = nullptr;
  const Call* last_calls_[256] = {};
};

/// A random generator for loops too long for RapidCheck: the same seed gives the same choices.
Choose random_choices(std::uint64_t seed);

}  // namespace winmem::test
