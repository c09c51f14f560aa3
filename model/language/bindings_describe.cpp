// From numbers back to names, for people.
#include "model/language/bindings.h"
#include "model/language/kinds.h"
#include "model/language/parser.h"

namespace winmem {
namespace {

constexpr std::uint64_t far = 0x10000000;

/// How far behind `binding` a number lies, if that name may stand for it.
bool reaches(const Binding& binding, Kind kind, std::uint64_t number, std::uint64_t least,
             std::uint64_t& offset) {
  if (binding.state != Binding::State::living || binding.value == 0 || number < binding.value)
    return false;
  offset = number - binding.value;
  if (offset == 0) return true;
  if (is_handle(kind)) return false;
  return offset < (binding.extent > least ? binding.extent : least);
}

void set_offset(Reference& reference, std::uint64_t offset) {
  reference.offset = Number{};
  reference.offset.plain = offset;
}

/// Results that have a word of their own: `sizeof` and `poison`.
void describe_result(const Function& function, unsigned bits, Pattern& result) {
  Number& number = result.value.number;
  if (result.op != Pattern::Op::equal || result.value.is_reference ||
      number.form != Number::Form::plain)
    return;
  const unsigned size = structure_size(function, bits);
  if (function.result == Kind::size && size != 0 && number.plain == size) {
    number.form = Number::Form::size_of;
    number.plain = 0;
  } else if (function.result_set == Set::error && number.plain == poison) {
    result.op = Pattern::Op::poison;
    number.plain = 0;
  }
}

}  // namespace

/// How many bytes behind its name an argument speaks of, up to the end of the page: `q+0x1000, 1`
/// of 0x2000.
std::uint64_t Bindings::reach_of(const Call& call, std::uint32_t argument) const {
  const Value& value = call.arguments[argument].value;
  std::uint64_t reach = resolve(call, value, 0) - slots_[slot_of(value.reference, 0)].value;
  if (reach > far) return 0;
  const std::uint32_t next = argument + 1;
  const Parameter* parameters = call.function->parameters;
  if (next < call.arguments.size &&
      (parameters[next].kind == Kind::size || parameters[next].kind == Kind::number)) {
    const std::uint64_t size = resolve(call, call.arguments[next].value, 0);
    if (size != 0 && size < far) reach += size - 1;
  }
  return (reach | (system_.page - 1)) + 1;
}

/// The name among the call's own arguments that lies nearest below the number.
bool Bindings::describe_by_call(const Call& call, std::uint64_t number, Reference& result) const {
  bool found = false;
  std::uint64_t nearest = 0;
  for (std::uint32_t i = 0; i < call.arguments.size; ++i) {
    const Argument& argument = call.arguments[i];
    const Reference& used = argument.value.reference;
    if (!argument.value.is_reference || !used.field.empty()) continue;
    if (used.reach != Reference::Reach::whole && used.reach != Reference::Reach::element) continue;
    const Name& name = names_[used.name];
    if (name.function == nullptr || !is_pointer(name.function->result)) continue;
    std::uint64_t offset = 0;
    if (!reaches(slots_[slot_of(used, 0)], name.function->result, number, reach_of(call, i),
                 offset))
      continue;
    if (found && offset >= nearest) continue;
    found = true;
    nearest = offset;
    result = used;
    set_offset(result, offset);
  }
  return found;
}

/// The name bound last whose extent holds the number.
bool Bindings::describe_by_any(std::uint64_t number, Reference& result) const {
  for (std::uint32_t i = script_.names.size; i-- > 0;) {
    const Name& name = names_[i];
    if (name.function == nullptr || !is_pointer(name.function->result)) continue;
    if (number < name.lowest || number > name.highest) continue;
    for (std::uint32_t element = name.count; element-- > 0;) {
      std::uint64_t offset = 0;
      const Binding& binding = slots_[name.first + element];
      if (!reaches(binding, name.function->result, number, 1, offset)) continue;
      result = Reference{};
      result.name = i;
      result.first = element;
      result.reach = name.list ? Reference::Reach::element : Reference::Reach::whole;
      set_offset(result, offset);
      return true;
    }
  }
  return false;
}

Value Bindings::describe(const Call& call, std::uint64_t number) const {
  Value value;
  value.number.plain = number;
  value.is_reference = number != 0 && (describe_by_call(call, number, value.reference) ||
                                       describe_by_any(number, value.reference));
  return value;
}

void Bindings::describe(const Call& call, Kind kind, Pattern& pattern, Arena& arena) const {
  if (kind == Kind::list && pattern.op == Pattern::Op::list) {
    Value* list = arena.take<Value>(pattern.list.size);
    if (list == nullptr) return;
    for (std::uint32_t i = 0; i < pattern.list.size; ++i)
      list[i] = describe(call, resolve(call, pattern.list[i], 0));
    pattern.list.data = list;
    return;
  }
  const Number& number = pattern.value.number;
  if (pattern.value.is_reference || number.form != Number::Form::plain) return;
  const bool compares = pattern.op == Pattern::Op::equal || pattern.op == Pattern::Op::not_equal ||
                        pattern.op == Pattern::Op::at_least || pattern.op == Pattern::Op::at_most;
  if (compares && is_pointer(kind)) pattern.value = describe(call, number.plain);
}

void Bindings::describe(const Call& call, Exception& exception, Arena& arena) const {
  Pattern* parameters = arena.take<Pattern>(exception.parameters.size);
  if (parameters == nullptr) return;
  for (std::uint32_t i = 0; i < exception.parameters.size; ++i) {
    parameters[i] = exception.parameters[i];
    describe(call, parameter_slot(exception.status, i).kind, parameters[i], arena);
  }
  exception.parameters.data = parameters;
}

void Bindings::describe_fields(const Call& call, Outcome& outcome, Arena& arena) const {
  FieldPattern* fields = arena.take<FieldPattern>(outcome.fields.size);
  if (fields == nullptr) return;
  for (std::uint32_t i = 0; i < outcome.fields.size; ++i) {
    fields[i] = outcome.fields[i];
    describe(call, call.function->fields[fields[i].field].kind, fields[i].pattern, arena);
  }
  outcome.fields.data = fields;
}

/// Whose scripted handler it was: the living name with that token.
void Bindings::describe_sightings(const Call& call, Outcome& outcome, Arena& arena) const {
  Sighting* sightings = arena.take<Sighting>(outcome.sightings.size);
  if (sightings == nullptr) return;
  for (std::uint32_t i = 0; i < outcome.sightings.size; ++i) {
    sightings[i] = outcome.sightings[i];
    describe(call, sightings[i].exception, arena);
    if (sightings[i].handler >= 0 || sightings[i].token == 0) continue;
    Reference handler;
    if (describe_by_any(sightings[i].token, handler) && handler.reach == Reference::Reach::whole &&
        names_[handler.name].function->result == Kind::token)
      sightings[i].handler = static_cast<std::int32_t>(handler.name);
  }
  outcome.sightings.data = sightings;
}

Outcome Bindings::describe(const Call& call, const Outcome& outcome, Arena& arena) const {
  Outcome result = outcome;
  const Function& function = *call.function;
  const bool one_value = outcome.stride == 0 && call.binds < 0;
  if (outcome.kind == Outcome::Kind::returned && one_value) {
    describe(call, function.result, result.value, arena);
    describe_result(function, system_.bits, result.value);
  }
  if (!outcome.fields.empty()) describe_fields(call, result, arena);
  if (!outcome.exception.parameters.empty()) describe(call, result.exception, arena);
  if (!outcome.sightings.empty()) describe_sightings(call, result, arena);
  if (outcome.alternatives.empty()) return result;
  Outcome* alternatives = arena.take<Outcome>(outcome.alternatives.size);
  if (alternatives == nullptr) return result;
  for (std::uint32_t i = 0; i < outcome.alternatives.size; ++i)
    alternatives[i] = describe(call, outcome.alternatives[i], arena);
  result.alternatives.data = alternatives;
  return result;
}

}  // namespace winmem
