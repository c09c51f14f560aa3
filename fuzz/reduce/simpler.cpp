#include "fuzz/reduce/simpler.h"

namespace winmem::fuzz {
namespace {

constexpr std::uint64_t round_numbers[] = {0, 1, 0x1000, 0x10000};
/// Below this a number is so small that the one before it is worth a try.
constexpr std::uint64_t few = 64;

/// Round numbers first, then by size.
std::uint64_t rank(std::uint64_t number) {
  for (std::uint64_t i = 0; i < std::size(round_numbers); ++i)
    if (number == round_numbers[i]) return i;
  return number >= ~std::uint64_t{8} ? number : number + 8;
}

std::vector<std::uint64_t> simpler_numbers(std::uint64_t number) {
  std::vector<std::uint64_t> result;
  const auto offer = [&](std::uint64_t other) {
    if (rank(other) >= rank(number)) return;
    for (const std::uint64_t known : result)
      if (known == other) return;
    result.push_back(other);
  };
  for (const std::uint64_t round : round_numbers) offer(round);
  if (number > few) {
    offer(number & ~std::uint64_t{0xffff});
    offer(number & ~std::uint64_t{0xfff});
    offer(number / 2);
    offer(number - 1);
  }
  if (number > 0 && number <= few) {
    offer(number / 2);
    offer(number - 1);
  }
  return result;
}

class Simpler {
 public:
  explicit Simpler(const Line& line) : line_(line) {}

  std::vector<Line> all() {
    plays();
    for (std::size_t i = 0; i < line_.arguments.size(); ++i) argument(i);
    return std::move(result_);
  }

 private:
  const Line& line_;
  std::vector<Line> result_;

  void with(std::size_t i, const Argument& argument) {
    Line line = line_;
    line.arguments[i] = argument;
    result_.push_back(std::move(line));
  }

  void plays() {
    if (!line_.call.repeated) return;
    const std::uint32_t count = line_.call.repeat;
    const auto offer = [&](std::uint32_t repeat, bool repeated) {
      Line line = line_;
      line.call.repeat = repeat;
      line.call.repeated = repeated;
      result_.push_back(std::move(line));
    };
    // A bound list is used by its elements; only its length can change.
    if (!line_.binds()) offer(1, false);
    if (count > 2) offer(count / 2, true);
    if (count > 1) offer(count - 1, true);
  }

  void reference(std::size_t i, const Argument& argument) {
    const Reference& used = argument.value.reference;
    const bool plain = used.offset.form == Number::Form::plain;
    const auto offset = static_cast<std::int64_t>(used.offset.plain);
    if (!plain || offset != 0) {
      Argument bare = argument;
      bare.value.reference.offset = {};
      with(i, bare);
    }
    if (plain && offset > 0)
      for (const std::uint64_t number : simpler_numbers(used.offset.plain)) {
        Argument less = argument;
        less.value.reference.offset.plain = number;
        if (number != 0) with(i, less);
      }
    if (plain && offset < 0 && offset != -1) {
      Argument less = argument;
      less.value.reference.offset.plain = ~std::uint64_t{0};
      with(i, less);
    }
    // Accesses go to what a script owns alone; elsewhere nothing is promised.
    if (!line_.function().from_vendor) return;
    Argument none;
    with(i, none);
  }

  void argument(std::size_t i) {
    const Argument& argument = line_.arguments[i];
    if (argument.form == Argument::Form::handler || argument.form == Argument::Form::out) return;
    if (argument.value.is_reference) {
      if (!is_each(argument.value)) reference(i, argument);
      return;
    }
    const Number& number = argument.value.number;
    if (number.form != Number::Form::plain) return;
    const Parameter& parameter = line_.function().parameters[i];
    if (parameter.kind == Kind::constant && is_flags(parameter.set)) {
      for (std::uint64_t bit = 1; bit != 0 && bit <= number.plain; bit <<= 1) {
        if ((number.plain & bit) == 0) continue;
        Argument less = argument;
        less.value.number.plain = number.plain & ~bit;
        with(i, less);
      }
      return;
    }
    if (parameter.kind == Kind::constant && parameter.set != Set::error) return;
    for (const std::uint64_t other : simpler_numbers(number.plain)) {
      Argument less = argument;
      less.value.number.plain = other;
      with(i, less);
    }
  }
};

}  // namespace

std::vector<Line> simpler(const Line& line) {
  return Simpler(line).all();
}

}  // namespace winmem::fuzz
