#include "model/language/script.h"

namespace winmem {

Text header(const Script& script, Text key) {
  for (const Remark& remark : script.remarks)
    if (remark.key == key) return remark.value;
  return {};
}

bool requires_word(const Script& script, Text word) {
  const Text all = header(script, "requires");
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= all.size; ++i) {
    if (i < all.size && all[i] != ' ' && all[i] != '\t') continue;
    if (Text(all.data + begin, i - begin) == word) return true;
    begin = i + 1;
  }
  return false;
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
