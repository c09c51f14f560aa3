// Calls: names, numbers, arguments.
#include "model/language/print.h"

#include "model/language/printer.h"

namespace winmem {
namespace {

std::uint64_t magnitude(std::uint64_t n) {
  return static_cast<std::int64_t>(n) < 0 ? 0 - n : n;
}
char sign(std::uint64_t n) {
  return static_cast<std::int64_t>(n) < 0 ? '-' : '+';
}

}  // namespace

void Printer::name(std::int32_t index) {
  if (index >= 0 && static_cast<std::uint32_t>(index) < script.names.size)
    out << script.names[static_cast<std::size_t>(index)];
  else
    out << '?';
}

/// Small numbers read better in decimal; on the wire all are hexadecimal.
void Printer::plain(std::uint64_t n) {
  if (style == Style::text && n < 10)
    decimal(out, n);
  else
    hex(out, n);
}

/// `+0x10`, `-2*PTRSIZE+0x8`; nothing where there is nothing to add.
void Printer::offset(const Number& number) {
  if (number.form == Number::Form::pointers && bits != 0 && style == Style::wire) {
    Number resolved;
    resolved.plain = static_cast<std::uint64_t>(number.pointers) * (bits / 8) + number.plain;
    return offset(resolved);
  }
  if (number.form == Number::Form::pointers) {
    const auto pointers = static_cast<std::uint64_t>(number.pointers);
    out << sign(pointers);
    plain(magnitude(pointers));
    out << Text("*PTRSIZE");
  }
  if (number.plain == 0) return;
  out << sign(number.plain);
  plain(magnitude(number.plain));
}

/// A number that depends on the bitness, as it is written.
void Printer::sum(const Number& number) {
  Number rest;
  rest.plain = number.plain;
  switch (number.form) {
    case Number::Form::plain:
      return plain(number.plain);
    case Number::Form::pointers: {
      const auto pointers = static_cast<std::uint64_t>(number.pointers);
      if (sign(pointers) == '-') out << Text("0-");
      plain(magnitude(pointers));
      out << Text("*PTRSIZE");
      break;
    }
    case Number::Form::all_ones:
      out << Text("SIZE_MAX");
      break;
    case Number::Form::size_of:
      out << Text("sizeof");
      break;
    case Number::Form::pointer:
      out << Text("PTR(");
      if (sign(number.plain) == '-') out << '-';
      plain(magnitude(number.plain));
      out << ')';
      return;
  }
  offset(rest);
}

void Printer::number(const Number& number, Kind kind, Set set) {
  if (style == Style::wire) {
    if (number.form != Number::Form::plain && bits == 0) return sum(number);
    const std::uint64_t n = resolve(number, function, bits);
    hex(out, width_of(kind, 64) == 32 ? n & 0xffffffffu : n);
    return;
  }
  if (number.form != Number::Form::plain) return sum(number);
  switch (kind) {
    case Kind::address:
    case Kind::heap:
    case Kind::handle:
    case Kind::token:
    case Kind::structure:
    case Kind::value:
    case Kind::list:
    case Kind::handler:
      if (number.plain == 0)
        out << Text("NULL");
      else
        plain(number.plain);
      return;
    case Kind::constant:
      print_constant(out, set, number.plain);
      return;
    case Kind::boolean:
      out << (number.plain == 0 ? Text("FALSE") : Text("TRUE"));
      if (number.plain > 1) hex(out << '(', number.plain) << ')';
      return;
    default:
      plain(number.plain);
  }
}

void Printer::reference(const Reference& r) {
  using Reach = Reference::Reach;
  if (r.reach == Reach::each || r.reach == Reach::each_reversed) out << Text("each ");
  if (r.reach == Reach::each_reversed) out << Text("reversed ");
  name(static_cast<std::int32_t>(r.name));
  if (r.reach == Reach::element) decimal(out << '[', r.first) << ']';
  if (r.sliced) {
    decimal(out << '[', r.first);
    decimal(out << Text(".."), r.end) << ']';
  }
  if (!r.field.empty()) out << '.' << r.field;
  offset(r.offset);
}

void Printer::value(const Value& v, Kind kind, Set set) {
  if (v.is_reference)
    reference(v.reference);
  else
    number(v.number, kind, set);
}

void Printer::argument(const Argument& a, const Parameter& parameter) {
  switch (a.form) {
    case Argument::Form::value:
      return value(a.value, parameter.kind, parameter.set);
    case Argument::Form::out:
      out << Text("out");
      return;
    case Argument::Form::handler:
      out << Text("on=");
      if (a.handler.status == 0)
        out << Text("any");
      else
        status(a.handler.status);
      out << (a.handler.action == Handler::Action::search ? Text(" do=search")
                                                          : Text(" do=continue"));
      return;
    default:
      break;
  }
  const bool list = a.form != Argument::Form::inout_value;
  out << (a.form == Argument::Form::out_list ? Text("out") : Text("inout")) << (list ? '[' : '(');
  value(a.value, Kind::size, Set::none);
  out << (list ? ']' : ')');
}

void Printer::call(const Call& c) {
  function = c.function;
  if (c.thread != 1) decimal(out << 'T', c.thread) << Text(": ");
  if (c.binds >= 0) {
    name(c.binds);
    out << Text(" = ");
  }
  if (c.repeated) decimal(out, c.repeat) << Text(" * ");
  out << c.function->name << '(';
  for (std::uint32_t i = 0; i < c.arguments.size; ++i) {
    if (i > 0) out << Text(", ");
    argument(c.arguments[i], c.function->parameters[i]);
  }
  out << ')';
}

void print_call(Output& out, const Script& script, const Call& call, Style style, unsigned bits) {
  Printer printer{out, script, style, bits, nullptr};
  printer.call(call);
}

void print_value(Output& out, const Script& script, const Value& value, Kind kind, Set set,
                 Style style) {
  Printer printer{out, script, style, 0, nullptr};
  printer.value(value, kind, set);
}

void print_outcome(Output& out, const Script& script, const Call& call, const Outcome& outcome,
                   Style style) {
  Printer printer{out, script, style, 0, call.function};
  printer.outcome(outcome);
}

void print_outcomes(Output& out, const Script& script, const Call& call,
                    Span<const Outcome> outcomes, Style style) {
  Printer printer{out, script, style, 0, call.function};
  printer.outcomes(outcomes);
}

void print_step(Output& out, const Script& script, const Step& step, Style style, unsigned bits) {
  Printer printer{out, script, style, bits, step.call.function};
  if (step.returns)
    decimal(out << 'T', step.call.thread) << Text(" returns");
  else
    printer.call(step.call);
  if (!step.has_outcome) return;
  out << Text(" -> ");
  printer.outcomes({step.outcomes.data, step.outcomes.size});
}

void print_script(Output& out, const Script& script, Style style, unsigned bits) {
  std::uint32_t remark = 0;
  for (std::uint32_t i = 0; i <= script.steps.size; ++i) {
    for (; remark < script.remarks.size && script.remarks[remark].before <= i; ++remark) {
      const Remark& r = script.remarks[remark];
      if (style == Style::wire) continue;
      out << '#';
      if (!r.key.empty()) out << ' ' << r.key << Text(": ");
      out << r.value << '\n';
    }
    if (i == script.steps.size) break;
    print_step(out, script, script.steps[i], style, bits);
    out << '\n';
  }
}

}  // namespace winmem
