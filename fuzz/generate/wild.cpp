// What is wrong or odd about a call, on purpose.
#include "fuzz/generate/maker.h"

namespace winmem::fuzz {

/// No pointer, another name, a place beside or inside what a name holds, what was freed.
Argument Maker::odd_pointer(Kind kind) {
  constexpr std::uint64_t beside[] = {1,         8,         0x10,    0xfff,   0x1000,
                                      0x1001,    0xffff,    0x10000, 0x20000, ~std::uint64_t{0},
                                      ~0xfffull, ~0xffffull};
  constexpr std::uint64_t nowhere[] = {1, 8, 0xffff, 0x10000, 0xdeadbee0, 0xdeadbeef, 0x7ffe0000};
  const bool is_page_call = kind == Kind::address;
  switch (random_.below(8)) {
    case 0:
      return number(0);
    case 1:
      return number(random_.pick(nowhere) & options_.system.pointer_mask());
    case 2:
      return number(odd_number());
    case 3:
      if (swarm_.freed && !gone_.empty() && is_page_call)
        return name(random_.pick(gone_), random_.one_in(2) ? 0 : random_.pick(beside));
      break;
    default:
      break;
  }
  if (things_.empty()) return number(0);
  const Thing& thing = random_.pick(things_);
  if (!lives(thing) || thing.kind == Thing::Kind::handler) return number(0);
  return name(thing, thing.takes_offsets && !random_.one_in(3) ? random_.pick(beside) : 0);
}

/// For GlobalLock and its like: nothing, made-up handles and pointers, what was not made by them.
Argument Maker::odd_handle() {
  constexpr std::uint64_t made_up[] = {0, 0, 0xdeadbee0, 0xdeadbee8, 8};
  const Thing* thing =
      random_.one_in(4) ? any({Thing::Kind::object, Thing::Kind::pointer}) : nullptr;
  return thing ? name(*thing) : number(random_.pick(made_up));
}

void Maker::spoil_constant(Argument& argument, Set set) {
  if (argument.value.is_reference) return;
  std::uint64_t& value = argument.value.number.plain;
  std::vector<std::uint64_t> names;
  for (const Constant& constant : constants())
    if (constant.set == set) names.push_back(constant.value);
  switch (random_.below(names.empty() ? 2 : 6)) {
    case 0:
      value = random_.one_in(2) ? 0 : 0xffffffff;
      break;
    case 1:
      value ^= std::uint64_t{1} << random_.below(32);
      break;
    case 2:
      value = random_.pick(names);
      break;
    default:
      value ^= random_.pick(names);
      break;
  }
  value &= 0xffffffff;
}

/// Changes an argument, or two.
void Maker::spoil(Line& line) {
  const Function& function = line.function();
  if (function.parameter_count == 0) return;
  // How far an access reaches is never guessed, and what it does to memory that is nobody's
  // neither.
  const bool access = !function.from_vendor;
  for (int changes = random_.one_in(4) ? 2 : 1; changes > 0; --changes) {
    const auto i = static_cast<unsigned>(random_.below(function.parameter_count));
    const Parameter& parameter = function.parameters[i];
    Argument& argument = line.arguments[i];
    switch (parameter.kind) {
      case Kind::address:
      case Kind::heap:
      case Kind::handle:
        // A wrong heap, or a wrong block of one, is undefined nearly everywhere: Windows ends the
        // process or corrupts memory.
        if (access || parameter.kind == Kind::heap) continue;
        if (function.family == Family::heap)
          argument = number(0);
        else if (function.family == Family::global || function.family == Family::local)
          argument = odd_handle();
        else
          argument = odd_pointer(parameter.kind);
        break;
      case Kind::size:
      case Kind::number:
        if (access) continue;
        if (argument.value.number.form == Number::Form::size_of) {
          argument = random_.one_in(2) ? number(random_.below(64)) : size_of();
        } else if (random_.one_in(2)) {
          argument = number(odd_number() & (parameter.kind == Kind::number ? 0xffffffff : ~0ull));
        } else {
          const std::uint64_t steps[] = {1, ~std::uint64_t{0}, options_.system.page,
                                         options_.system.granularity};
          argument.value.number.plain += random_.pick(steps);
          argument.value.number.plain &=
              parameter.kind == Kind::number ? 0xffffffff : options_.system.pointer_mask();
        }
        break;
      case Kind::constant:
        spoil_constant(argument, parameter.set);
        break;
      case Kind::structure:
      case Kind::value:
      case Kind::list:
        // What GetSystemInfo does without a structure is told nowhere, and Windows faults.
        if (random_.one_in(3) && function.family != Family::system) argument = number(0);
        break;
      default:
        break;
    }
  }
}

}  // namespace winmem::fuzz
