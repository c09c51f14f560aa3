// Outcomes: values, fields, exceptions, contents.
#include "model/language/printer.h"

namespace winmem {

void Printer::status(std::uint32_t code) {
  if (style == Style::wire)
    hex(out, code);
  else
    print_constant(out, Set::status, code);
}

void Printer::exception(const Exception& e) {
  status(e.status);
  if (!e.parameters_stated) return;
  out << '(';
  for (std::uint32_t i = 0; i < e.parameters.size; ++i) {
    const Slot slot = parameter_slot(e.status, i);
    if (i > 0) out << Text(", ");
    pattern(e.parameters[i], slot.kind, slot.set);
  }
  out << ')';
}

void Printer::sighting(const Sighting& s) {
  out << '[';
  // On the wire handlers are tokens; for people they are names.
  if (s.handler >= 0 && (style == Style::text || s.token == 0))
    name(s.handler);
  else if (s.token != 0)
    hex(out, s.token);
  else
    out << '?';
  out << ' ';
  exception(s.exception);
  out << Text("] ");
}

void Printer::pattern(const Pattern& p, Kind kind, Set set) {
  switch (p.op) {
    case Pattern::Op::any:
      out << '_';
      return;
    case Pattern::Op::ok:
      out << Text("ok");
      return;
    case Pattern::Op::untouched:
      out << Text("untouched");
      return;
    case Pattern::Op::poison:
      out << Text("poison");
      return;
    case Pattern::Op::list:
      out << '[';
      for (std::uint32_t i = 0; i < p.list.size; ++i) {
        if (i > 0) out << ' ';
        value(p.list[i], Kind::address, Set::none);
      }
      out << ']';
      return;
    case Pattern::Op::multiple:
      out << Text("multiple(");
      value(p.value, kind, set);
      out << ')';
      return;
    case Pattern::Op::bits:
      hex(out << Text("bits("), p.mask) << Text(")=");
      break;
    case Pattern::Op::not_equal:
      out << Text("!=");
      break;
    case Pattern::Op::at_least:
      out << Text(">=");
      break;
    case Pattern::Op::at_most:
      out << Text("<=");
      break;
    case Pattern::Op::equal:
      break;
  }
  value(p.value, kind, set);
}

void Printer::run(const Run& r) {
  if (r.is_pattern) {
    decimal(out << Text("pattern("), r.seed) << Text(")+");
    plain(r.offset);
  } else {
    const Text digits("0123456789abcdef");
    out << Text("0x") << digits[r.byte >> 4] << digits[r.byte & 15u];
  }
  decimal(out << '*', r.count);
}

void Printer::content(const Content& c) {
  if (c.runs.empty()) out << Text("0x00*0");
  for (std::uint32_t i = 0; i < c.runs.size; ++i) {
    if (i > 0) out << ' ';
    run(c.runs[i]);
  }
  if (c.rest == 0) return;
  decimal(out << Text(" ... "), c.rest);
  hex(out << '#', c.hash);
}

void Printer::fields(const Outcome& o) {
  out << Text(" {");
  for (std::uint32_t i = 0; i < o.fields.size; ++i) {
    const Field& field = function->fields[o.fields[i].field];
    if (i > 0) out << ' ';
    out << field.name << '=';
    pattern(o.fields[i].pattern, field.kind, field.set);
  }
  out << '}';
}

void Printer::mark(const LastError& e) {
  if (e.state == LastError::State::unchanged) return;
  out << Text(" !");
  if (e.state == LastError::State::not_recorded)
    out << '?';
  else if (style == Style::wire)
    hex(out, e.code);
  else
    print_constant(out, Set::error, e.code);
}

void Printer::returned(const Outcome& o) {
  if (o.is_content)
    content(o.content);
  else
    pattern(o.value, function->result, function->result_set);
}

void Printer::head(const Outcome& o) {
  switch (o.kind) {
    case Outcome::Kind::returned:
      return returned(o);
    case Outcome::Kind::raises:
      out << Text("raises ");
      return exception(o.exception);
    case Outcome::Kind::ends_status:
      out << Text("ends ");
      return status(o.exception.status);
    case Outcome::Kind::ends_exit:
      decimal(out << Text("ends exit("), o.code) << ')';
      return;
    case Outcome::Kind::ends_signal: {
      const Text signal = signal_name(o.code);
      out << Text("ends signal(");
      if (signal.empty() || style == Style::wire)
        decimal(out, o.code);
      else
        out << signal;
      out << ')';
      return;
    }
    case Outcome::Kind::hangs:
      out << Text("hangs");
      return;
    case Outcome::Kind::blocked:
      out << Text("blocked");
      return;
    case Outcome::Kind::unsupported:
      out << Text("unsupported");
      return;
    case Outcome::Kind::skipped:
      out << Text("skipped");
      return;
    case Outcome::Kind::refused:
      out << Text("refused(") << o.reason << ')';
      return;
    case Outcome::Kind::any:
      out << '_';
      return;
    case Outcome::Kind::either:
      out << Text("either(");
      for (std::uint32_t i = 0; i < o.alternatives.size; ++i) {
        if (i > 0) out << Text("; ");
        outcome(o.alternatives[i]);
      }
      out << ')';
      return;
  }
}

void Printer::outcome(const Outcome& o) {
  for (const Sighting& s : o.sightings) sighting(s);
  head(o);
  if (o.kind != Outcome::Kind::returned && o.kind != Outcome::Kind::raises) return;
  // `_` alone says nothing at all; with empty braces it still says that the last error is left
  // alone.
  const bool bare = o.kind == Outcome::Kind::returned && !o.is_content &&
                    o.value.op == Pattern::Op::any &&
                    o.last_error.state == LastError::State::unchanged;
  if (!o.fields.empty() || bare) fields(o);
  mark(o.last_error);
}

void Printer::outcomes(Span<const Outcome> all) {
  for (std::uint32_t i = 0; i < all.size; ++i) {
    if (i > 0) out << Text(", ");
    outcome(all[i]);
    if (all[i].count != 1) decimal(out << '*', all[i].count);
    if (all[i].stride != 0) hex(out << Text(" by "), all[i].stride);
  }
}

}  // namespace winmem
