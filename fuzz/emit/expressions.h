// Values, calls and conditions of a script as C. Inside fuzz/emit only.
#pragma once

#include <set>
#include <string>

#include "fuzz/script/draft.h"

namespace winmem::fuzz {

class Expressions {
 public:
  explicit Expressions(const Draft& draft) : draft_(draft) {}

  /// A number as C has it, with the names of its set where it has some.
  std::string number(const Line& line, const Number& number, Kind kind, Set set);
  /// A value: a number, or a variable with its offset; all variables are ULONG_PTR.
  std::string value(const Line& line, const Value& value, Kind kind, Set set);
  /// The call, as an expression of the function's own type.
  std::string call(const Line& line, std::size_t index);
  /// Whether `pattern` holds for `seen`, an expression of type ULONG_PTR.
  std::string condition(const Line& line, const Pattern& pattern, Kind kind, Set set,
                        const std::string& seen);
  /// An expression for what an out parameter holds.
  std::string field(const Line& line, std::size_t index, std::uint8_t field);

  std::string variable(std::uint32_t name) const { return draft_.names[name]; }
  /// Constants that were used, with their values: older headers lack some.
  const std::set<std::string>& constants() const { return constants_; }

 private:
  const Draft& draft_;
  std::set<std::string> constants_;

  std::string constant(Set set, std::uint64_t value);
  std::string argument(const Line& line, std::size_t index, unsigned i);
};

std::string hex_text(std::uint64_t number);
std::string name_of(const Function& function);

}  // namespace winmem::fuzz
