#include "model/language/script.h"

namespace winmem {

Text header(const Script& script, Text key) {
  for (const Remark& remark : script.remarks)
    if (remark.key == key) return remark.value;
  return {};
}

std::uint64_t resolve(const Number& number, const Function* function, unsigned bits) {
  const std::uint64_t mask = bits == 32 ? 0xffffffffu : ~std::uint64_t{0};
  switch (number.form) {
    case Number::Form::plain:
      return number.plain;
    case Number::Form::pointers:
      return (static_cast<std::uint64_t>(number.pointers) * (bits / 8) + number.plain) & mask;
    case Number::Form::all_ones:
      return (mask + number.plain) & mask;
    case Number::Form::pointer:
      return number.plain & mask;
    case Number::Form::size_of:
      return ((function == nullptr ? 0 : structure_size(*function, bits)) + number.plain) & mask;
  }
  return number.plain;
}

}  // namespace winmem
