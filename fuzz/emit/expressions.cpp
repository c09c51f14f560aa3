#include "fuzz/emit/expressions.h"

#include <fmt/core.h>

namespace winmem::fuzz {
namespace {

/// The C type that an argument of this kind is cast to.
const char* type_of(Kind kind) {
  switch (kind) {
    case Kind::address:
    case Kind::heap:
    case Kind::handle:
    case Kind::token:
      return "void*";
    case Kind::size:
      return "SIZE_T";
    default:
      return "DWORD";
  }
}

/// Numbers of these sets are no macros of windows.h, or are not written by name.
bool is_macro(Set set) {
  return set != Set::none && set != Set::heap_information && set != Set::walk_flags &&
         set != Set::access_kind;
}

}  // namespace

std::string hex_text(std::uint64_t number) {
  return number < 10 ? fmt::format("{}", number)
                     : fmt::format("0x{:x}{}", number, number > 0xffffffff ? "ull" : "u");
}

std::string name_of(const Function& function) {
  return {function.name.begin(), function.name.end()};
}

std::string Expressions::constant(Set set, std::uint64_t value) {
  char room[512];
  Output out(room, sizeof room);
  print_constant(out, set, value);
  const std::string text(out.data, out.size);
  std::string word;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] != '|') {
      word += text[i];
      continue;
    }
    const Constant* known = find_constant(Text(word.data(), word.size()), set);
    if (known && set != Set::boolean)
      constants_.insert(
          fmt::format("#ifndef {0}\n#define {0} {1}\n#endif\n", word, hex_text(known->value)));
    word.clear();
  }
  return text.find('|') == std::string::npos ? text : "(" + text + ")";
}

std::string Expressions::number(const Line& line, const Number& number, Kind kind, Set set) {
  switch (number.form) {
    case Number::Form::plain:
      if (kind == Kind::boolean && number.plain < 2) return number.plain ? "TRUE" : "FALSE";
      return is_macro(set) ? constant(set, number.plain) : hex_text(number.plain);
    case Number::Form::pointers:
      return fmt::format("((LONG_PTR){} * (LONG_PTR)sizeof(void*) + (LONG_PTR){})", number.pointers,
                         static_cast<std::int64_t>(number.plain));
    case Number::Form::all_ones:
      return fmt::format("(~(SIZE_T)0 - {})", hex_text(~number.plain + 1));
    case Number::Form::pointer:
      return fmt::format("((LONG_PTR){})", static_cast<std::int64_t>(number.plain));
    case Number::Form::size_of:
      return fmt::format("(sizeof({}) + (LONG_PTR){})",
                         line.function().name == Text("VirtualQuery") ? "MEMORY_BASIC_INFORMATION"
                         : line.function().name == Text("HeapWalk")   ? "PROCESS_HEAP_ENTRY"
                                                                      : "SYSTEM_INFO",
                         static_cast<std::int64_t>(number.plain));
  }
  return "0";
}

std::string Expressions::value(const Line& line, const Value& value, Kind kind, Set set) {
  if (!value.is_reference) return number(line, value.number, kind, set);
  const Reference& used = value.reference;
  std::string text = variable(used.name);
  if (used.reach == Reference::Reach::element) text += fmt::format("[{}]", used.first);
  if (used.reach == Reference::Reach::each) text += fmt::format("[{} + play]", used.first);
  if (used.reach == Reference::Reach::each_reversed)
    text += fmt::format("[{} - 1 - play]", used.sliced ? used.end : draft_.plays(line));
  const auto offset = static_cast<std::int64_t>(used.offset.plain);
  if (used.offset.form == Number::Form::plain && offset == 0) return text;
  if (used.offset.form == Number::Form::plain)
    return fmt::format("({} {} {})", text, offset < 0 ? '-' : '+',
                       hex_text(offset < 0 ? ~used.offset.plain + 1 : used.offset.plain));
  return fmt::format("({} + {})", text, number(line, used.offset, kind, set));
}

std::string Expressions::argument(const Line& line, std::size_t index, unsigned i) {
  const Parameter& parameter = line.function().parameters[i];
  const Argument& argument = line.arguments[i];
  switch (argument.form) {
    case Argument::Form::out:
      return fmt::format("(void*)&out{}_{}", index, i);
    case Argument::Form::inout_value:
      return fmt::format("(void*)(out{0}_{1} = {2}, &out{0}_{1})", index, i,
                         value(line, argument.value, Kind::size, Set::none));
    case Argument::Form::out_list:
    case Argument::Form::inout_list:
      return fmt::format("(void*)out{}_{}", index, i);
    case Argument::Form::handler:
      return fmt::format("handler{}", index);
    case Argument::Form::value:
      break;
  }
  const bool pointer = parameter.kind == Kind::structure || parameter.kind == Kind::value ||
                       parameter.kind == Kind::list;
  const std::string text = value(line, argument.value, parameter.kind, parameter.set);
  if (!argument.value.is_reference && parameter.kind == Kind::constant &&
      parameter.set != Set::heap_information)
    return text;
  if (parameter.set == Set::heap_information) return "(HEAP_INFORMATION_CLASS)" + text;
  return fmt::format("({}){}", pointer ? "void*" : type_of(parameter.kind),
                     argument.value.is_reference || pointer ? "(ULONG_PTR)" + text : text);
}

std::string Expressions::call(const Line& line, std::size_t index) {
  const Function& function = line.function();
  std::string text = function.from_vendor ? name_of(function) : "do_" + name_of(function);
  text += "(";
  for (unsigned i = 0; i < line.arguments.size(); ++i)
    text += (i > 0 ? ", " : "") + argument(line, index, i);
  return text + ")";
}

std::string Expressions::condition(const Line& line, const Pattern& pattern, Kind kind, Set set,
                                   const std::string& seen) {
  const std::string other = value(line, pattern.value, kind, set);
  const std::string wide = "(ULONG_PTR)(" + other + ")";
  switch (pattern.op) {
    case Pattern::Op::equal:
      if (kind == Kind::boolean && !pattern.value.is_reference && pattern.value.number.plain == 1)
        return seen + " != 0";
      return seen + " == " + wide;
    case Pattern::Op::not_equal:
      return seen + " != " + wide;
    case Pattern::Op::at_least:
      return seen + " >= " + wide;
    case Pattern::Op::at_most:
      return seen + " <= " + wide;
    case Pattern::Op::multiple:
      return fmt::format("({0} != 0 && {0} % {1} == 0)", seen, wide);
    case Pattern::Op::bits:
      return fmt::format("({} & {}) == {}", seen, hex_text(pattern.mask), wide);
    case Pattern::Op::ok:
      switch (line.function().success) {
        case Success::nonzero:
          return seen + " != 0";
        case Success::zero:
          return seen + " == 0";
        case Success::not_all_ones:
          return seen + " != ~(ULONG_PTR)0";
        case Success::always:
          return "1";
      }
      return "1";
    case Pattern::Op::poison:
      return seen + " == POISON";
    default:
      return "1";
  }
}

std::string Expressions::field(const Line& line, std::size_t index, std::uint8_t place) {
  const Field& field = line.function().fields[place];
  const std::string name(field.name.begin(), field.name.end());
  const std::string out = fmt::format("out{}_{}", index, field.parameter);
  if (line.function().parameters[field.parameter].kind != Kind::structure)
    return "(ULONG_PTR)" + out;
  if (name == "hMem") return "(ULONG_PTR)" + out + ".Block.hMem";
  const bool region = name == "dwCommittedSize" || name == "dwUnCommittedSize" ||
                      name == "lpFirstBlock" || name == "lpLastBlock";
  return "(ULONG_PTR)" + out + (region ? ".Region." : ".") + name;
}

}  // namespace winmem::fuzz
