// Scripts, calls, arguments, values.
#include "model/test/language/script_maker.h"

#include <memory>

namespace winmem::test {
namespace {

constexpr Text keys[] = {"title", "cites", "requires", "profile", "system", "captured", "note"};
constexpr Text words[] = {"",        "x",         "A commit takes whole pages",
                          "bits=64", "~ {}!?*->", "\xc3\xa9"};

}  // namespace

Choose random_choices(std::uint64_t seed) {
  auto state = std::make_shared<std::uint64_t>(seed);
  return [state](std::uint64_t bound) {
    std::uint64_t x = *state += 0x9e3779b97f4a7c15u;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    x ^= x >> 31;
    return bound == 0 ? x : x % bound;
  };
}

/// Numbers of all sizes, small ones most often.
std::uint64_t ScriptMaker::any_number() {
  switch (below(6)) {
    case 0:
      return choose_(12);
    case 1:
      return choose_(0x10000);
    case 2:
      return std::uint64_t{1} << choose_(64);
    case 3:
      return 0 - choose_(16);
    case 4:
      return 0x7f0000000000u + choose_(0x100000);
    default:
      return choose_(0);
  }
}

std::uint64_t ScriptMaker::any_number(Kind kind) {
  const std::uint64_t n = any_number();
  return width_of(kind, 64) == 32 ? n & 0xffffffffu : n;
}

Number ScriptMaker::number(Kind kind) {
  Number n;
  if (!one_in(6)) {
    n.plain = any_number(kind);
    return n;
  }
  n.plain = any_number();
  switch (below(4)) {
    case 0:
      n.form = Number::Form::pointers;
      n.pointers = static_cast<std::int64_t>(any_number());
      break;
    case 1:
      n.form = Number::Form::all_ones;
      n.plain = 0 - (n.plain >> 1);
      break;
    case 2:
      n.form = Number::Form::pointer;
      break;
    default:
      n.form = function_->structure64 == 0 ? Number::Form::pointer : Number::Form::size_of;
  }
  return n;
}

Number ScriptMaker::offset() {
  Number n;
  n.plain = any_number();
  if (!one_in(5)) return n;
  n.form = Number::Form::pointers;
  n.pointers = static_cast<std::int64_t>(any_number());
  return n;
}

bool ScriptMaker::reference(Reference& r) {
  if (names_.empty()) return false;
  r.name = below(names_.size());
  const Known& known = known_[r.name];
  if (known.list) {
    r.reach = Reference::Reach::element;
    r.first = below(known.count);
  } else if (known.function->field_count > 0 && one_in(3)) {
    r.field = known.function->fields[below(known.function->field_count)].name;
  }
  const Kind kind = known.function->result;
  const bool handle = kind == Kind::handle || kind == Kind::heap || kind == Kind::token;
  const bool free = !handle || !r.field.empty() || function_->name == Text("VirtualQuery");
  if (free && one_in(2)) r.offset = offset();
  return true;
}

Value ScriptMaker::value(Kind kind) {
  Value v;
  v.is_reference = one_in(3) && reference(v.reference);
  if (!v.is_reference) v.number = number(kind);
  return v;
}

bool ScriptMaker::each(Argument& a, std::uint32_t& length) {
  if (names_.empty()) return false;
  Reference r;
  r.name = below(names_.size());
  const Known& known = known_[r.name];
  if (!known.list || (length != 0 && known.count < length)) return false;
  r.reach = one_in(2) ? Reference::Reach::each_reversed : Reference::Reach::each;
  r.sliced = one_in(2) || (length != 0 && known.count != length);
  if (r.sliced) {
    const std::uint32_t size = length != 0 ? length : 1 + below(known.count);
    r.first = below(known.count - size + 1);
    r.end = r.first + size;
  }
  length = r.sliced ? r.end - r.first : known.count;
  if (known.function->result == Kind::address && one_in(3)) r.offset = offset();
  a.value.is_reference = true;
  a.value.reference = r;
  return true;
}

Argument ScriptMaker::out_argument(const Parameter& parameter) {
  Argument a;
  const bool list = parameter.kind == Kind::list;
  switch (below(4)) {
    case 0:
      a.form = Argument::Form::out;
      return a;
    case 1:
      a.value = value(parameter.kind);
      return a;
    case 2:
      a.form = list ? Argument::Form::out_list : Argument::Form::inout_value;
      break;
    default:
      a.form = list ? Argument::Form::inout_list : Argument::Form::inout_value;
  }
  a.value = value(Kind::size);
  return a;
}

Argument ScriptMaker::argument(const Parameter& parameter, bool may_each, std::uint32_t& length) {
  Argument a;
  switch (parameter.kind) {
    case Kind::structure:
    case Kind::value:
    case Kind::list:
      return out_argument(parameter);
    case Kind::handler:
      if (one_in(8)) break;
      a.form = Argument::Form::handler;
      a.handler.status = static_cast<std::uint32_t>(any_number());
      if (one_in(2)) a.handler.status = 0xc0000005u;
      if (one_in(2)) a.handler.action = Handler::Action::search;
      return a;
    default:
      break;
  }
  if (may_each && one_in(4) && each(a, length)) return a;
  a.value = value(parameter.kind);
  return a;
}

Call ScriptMaker::call(std::uint8_t thread) {
  Call c;
  c.thread = thread;
  c.function = function_ = &functions()[choose_(functions().size)];
  c.repeated = one_in(6);
  if (c.repeated) c.repeat = 1 + below(one_in(4) ? 70000 : 20);
  c.arguments = take<Argument>(c.function->parameter_count);
  std::uint32_t length = 0;
  for (std::uint32_t i = 0; i < c.arguments.size; ++i)
    c.arguments[i] = argument(c.function->parameters[i], !c.repeated, length);
  if (one_in(2)) return c;
  c.binds = static_cast<std::int32_t>(names_.size());
  std::string name = "n";
  name += std::to_string(names_.size());
  char* letters = arena_.take<char>(name.size());
  for (std::size_t i = 0; i < name.size(); ++i) letters[i] = name[i];
  names_.emplace_back(letters, name.size());
  Known known;
  known.function = c.function;
  known.list = c.repeated || length != 0;
  known.count = length != 0 ? length : c.repeat;
  known_.push_back(known);
  return c;
}

Step ScriptMaker::step() {
  Step s;
  const auto thread = static_cast<std::uint8_t>(one_in(8) ? 1 + choose_(255) : 1);
  const Call* before = last_calls_[thread];
  if (before != nullptr && one_in(6)) {
    s.returns = true;
    s.has_outcome = true;
    s.call.thread = thread;
    s.call.function = function_ = before->function;
    bool many = before->repeated;
    for (const Argument& a : before->arguments)
      many = many || (a.value.is_reference && a.value.reference.reach >= Reference::Reach::each);
    s.outcomes = outcomes(*before, many);
    return s;
  }
  s.call = call(thread);
  bool many = s.call.repeated;
  for (const Argument& a : s.call.arguments)
    many = many || (a.value.is_reference && a.value.reference.reach >= Reference::Reach::each);
  s.has_outcome = !one_in(3);
  if (!s.has_outcome) return s;
  // A call's own name is not yet known in its outcome.
  const bool bound = s.call.binds >= 0;
  const Text name = bound ? names_.back() : Text();
  const Known known = bound ? known_.back() : Known();
  if (bound) names_.pop_back(), known_.pop_back();
  s.outcomes = outcomes(s.call, many);
  if (bound) names_.push_back(name), known_.push_back(known);
  return s;
}

Remark ScriptMaker::remark(std::uint32_t before) {
  Remark r;
  r.before = before;
  r.value = words[choose_(sizeof words / sizeof words[0])];
  if (one_in(2)) r.key = keys[choose_(sizeof keys / sizeof keys[0])];
  return r;
}

Script ScriptMaker::script(std::uint32_t steps) {
  Script s;
  s.steps = take<Step>(steps);
  s.remarks = take<Remark>(steps);
  s.remarks.size = 0;
  for (std::uint32_t i = 0; i < steps; ++i) {
    if (one_in(4)) s.remarks[s.remarks.size++] = remark(i);
    s.steps[i] = step();
    if (!s.steps[i].returns) last_calls_[s.steps[i].call.thread] = &s.steps[i].call;
  }
  s.names = take<Text>(static_cast<std::uint32_t>(names_.size()));
  for (std::uint32_t i = 0; i < s.names.size; ++i) s.names[i] = names_[i];
  return s;
}

}  // namespace winmem::test
