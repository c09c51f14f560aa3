// Outcomes.
#include "model/language/parser.h"
#include "model/test/language/script_maker.h"

namespace winmem::test {

Span<Value> ScriptMaker::list() {
  Span<Value> values = take<Value>(below(4));
  for (Value& v : values) v = value(Kind::address);
  return values;
}

Pattern ScriptMaker::pattern(Kind kind, bool in_field) {
  using Op = Pattern::Op;
  Pattern p;
  if (kind == Kind::list && !one_in(3)) {
    p.op = Op::list;
    p.list = list();
    return p;
  }
  constexpr Op ops[] = {Op::equal,   Op::equal, Op::equal,    Op::not_equal, Op::at_least,
                        Op::at_most, Op::bits,  Op::multiple, Op::poison,    Op::any};
  p.op = ops[choose_(sizeof ops / sizeof ops[0])];
  if (one_in(6)) p.op = in_field ? Op::untouched : Op::ok;
  if (p.op >= Op::equal && p.op <= Op::bits) p.value = value(kind);
  if (p.op == Op::bits) p.mask = any_number(kind);
  return p;
}

Content ScriptMaker::content() {
  Content c;
  c.runs = take<Run>(below(max_runs + 1));
  for (Run& r : c.runs) {
    r.is_pattern = one_in(2);
    if (r.is_pattern) {
      r.seed = below(one_in(4) ? 0x100000000u : 100);
      r.offset = any_number();
    } else {
      r.byte = static_cast<std::uint8_t>(choose_(256));
    }
    r.count = 1 + choose_(one_in(4) ? 0xffffffffffffu : 100);
  }
  if (!c.runs.empty() && one_in(4)) {
    c.rest = 1 + choose_(100000);
    c.hash = any_number();
  }
  return c;
}

Exception ScriptMaker::exception() {
  constexpr std::uint32_t statuses[] = {0xc0000005u, 0x80000001u, 0xc0000017u, 0xe0000001u, 0};
  Exception e;
  e.status = statuses[choose_(5)];
  e.parameters_stated = one_in(2);
  if (!e.parameters_stated) return e;
  e.parameters = take<Pattern>(below(5));
  for (std::uint32_t i = 0; i < e.parameters.size; ++i)
    e.parameters[i] = pattern(parameter_slot(e.status, i).kind, false);
  return e;
}

Span<Sighting> ScriptMaker::sightings() {
  if (!one_in(8)) return {};
  Span<Sighting> result = take<Sighting>(1 + below(3));
  for (Sighting& s : result) {
    const std::uint32_t how = below(3);
    if (how == 0 && !names_.empty())
      s.handler = static_cast<std::int32_t>(choose_(names_.size()));
    else if (how == 1)
      s.token = any_number();
    s.exception = exception();
  }
  return result;
}

Span<FieldPattern> ScriptMaker::fields() {
  Span<FieldPattern> result = take<FieldPattern>(function_->field_count);
  result.size = 0;
  if (one_in(3)) return result;
  for (std::uint8_t i = 0; i < function_->field_count; ++i) {
    if (one_in(3)) continue;
    FieldPattern& f = result[result.size++];
    f.field = i;
    f.pattern = pattern(function_->fields[i].kind, true);
  }
  return result;
}

LastError ScriptMaker::last_error() {
  LastError e;
  e.state = static_cast<LastError::State>(choose_(3));
  constexpr std::uint32_t codes[] = {0, 5, 6, 8, 87, 487, 998};
  if (e.state == LastError::State::set)
    e.code = one_in(4) ? static_cast<std::uint32_t>(any_number()) : codes[choose_(7)];
  return e;
}

Outcome ScriptMaker::returned() {
  Outcome o;
  const Kind kind = function_->result;
  if (kind == Kind::content && !one_in(4)) {
    o.is_content = true;
    o.content = content();
  } else if (kind == Kind::content || kind == Kind::nothing) {
    o.value.op = one_in(3) ? Pattern::Op::any : Pattern::Op::ok;
  } else {
    o.value = pattern(kind, false);
  }
  o.fields = fields();
  o.last_error = last_error();
  return o;
}

Outcome ScriptMaker::either() {
  Outcome o;
  o.kind = Outcome::Kind::either;
  o.alternatives = take<Outcome>(1 + below(3));
  for (Outcome& alternative : o.alternatives) alternative = outcome(true);
  return o;
}

Outcome ScriptMaker::outcome(bool inner) {
  using Kind = Outcome::Kind;
  constexpr Kind others[] = {Kind::ends_status, Kind::ends_exit, Kind::ends_signal,
                             Kind::hangs,       Kind::blocked,   Kind::skipped,
                             Kind::unsupported, Kind::refused,   Kind::any};
  Outcome o;
  const std::uint32_t how = below(10);
  if (how < 6) {
    o = returned();
  } else if (how < 8) {
    o.kind = Kind::raises;
    o.exception = exception();
    o.fields = fields();
    o.last_error = last_error();
  } else if (how == 8 && !inner) {
    o = either();
  } else {
    o.kind = others[choose_(sizeof others / sizeof others[0])];
    if (o.kind == Kind::ends_exit) o.code = static_cast<std::uint32_t>(any_number());
    if (o.kind == Kind::ends_signal) o.code = 1 + below(40);
    if (o.kind == Kind::ends_status) o.exception.status = 0xc0000374u;
    if (o.kind == Kind::refused) o.reason = Text("overlaps agent");
  }
  o.sightings = sightings();
  return o;
}

Span<Outcome> ScriptMaker::outcomes(const Call&, bool many) {
  Span<Outcome> result = take<Outcome>(many ? 1 + below(4) : 1);
  for (Outcome& o : result) {
    o = outcome(false);
    if (one_in(4)) o.count = 1 + below(one_in(3) ? 100000 : 5);
    if (one_in(6)) {
      o.count = 2 + below(100);
      o.stride = 1 + choose_(0x1000);
    }
  }
  return result;
}

}  // namespace winmem::test
