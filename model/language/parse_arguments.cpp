// The arguments of a call.
#include "model/language/parser.h"

namespace winmem {

/// `continue` or `search` for exceptions of one status, or of any.
bool Parser::handler(Handler& result) {
  if (!accept_word("any") && !status(result.status)) return false;
  blanks();
  if (!accept("do=")) return fail("do=continue or do=search");
  if (accept_word("continue"))
    result.action = Handler::Action::resume;
  else if (accept_word("search"))
    result.action = Handler::Action::search;
  else
    return fail("continue or search");
  return true;
}

/// What stands behind `out` and `inout`.
bool Parser::bracketed(const Parameter& parameter, Argument& result) {
  const bool inout = result.form == Argument::Form::inout_value;
  Slot slot;
  slot.kind = Kind::size;
  if (peek() == '[') {
    if (parameter.kind != Kind::list) return fail("no '[': the parameter is not a list");
    ++at;
    result.form = inout ? Argument::Form::inout_list : Argument::Form::out_list;
    return value(slot, result.value) && expect(']', "']'");
  }
  if (!inout) return true;
  if (!expect('(', "'(' or '['")) return false;
  if (parameter.kind == Kind::list) return fail_at(at - 1, "'[': the parameter is a list");
  return value(slot, result.value) && expect(')', "')'");
}

bool Parser::each(const Parameter& parameter, Argument& result) {
  blanks();
  const bool reversed = accept_word("reversed");
  if (reversed) blanks();
  const char* begin = at;
  const Word name = word();
  const std::int32_t index = names.find(name);
  if (index < 0) return fail_at(begin, "a list that an earlier line binds");
  const NameInfo* info = names.infos == nullptr ? nullptr : &names.infos[index];
  if (info != nullptr && !info->list) return fail_at(begin, "a list");
  Reference& reference = result.value.reference;
  result.value.is_reference = true;
  reference.reach = reversed ? Reference::Reach::each_reversed : Reference::Reach::each;
  if (accept('[')) {
    reference.sliced = true;
    if (!count(reference.first, 0, "an index")) return false;
    if (!accept("..")) return fail("'..'");
    const char* last = at;
    if (!count(reference.end, 0, "an index") || !expect(']', "']'")) return false;
    if (reference.end <= reference.first || (info != nullptr && reference.end > info->count))
      return fail_at(last, "where the slice ends, inside the list");
  }
  Slot slot;
  slot.kind = parameter.kind;
  slot.set = parameter.set;
  return reference_tail(index, slot, reference);
}

bool Parser::argument(const Parameter& parameter, Argument& result) {
  const char* begin = at;
  const bool is_out = parameter.kind == Kind::structure || parameter.kind == Kind::value ||
                      parameter.kind == Kind::list;
  const char first = peek();
  if (first == 'o' || first == 'i') {
    const bool out = accept_word("out");
    const bool inout = !out && accept_word("inout");
    if (out || inout) {
      if (!is_out) return fail_at(begin, "a value: this is not an out parameter");
      result.form = inout ? Argument::Form::inout_value : Argument::Form::out;
      return bracketed(parameter, result);
    }
    if (accept("on=")) {
      if (parameter.kind != Kind::handler) return fail_at(begin, "a value");
      result.form = Argument::Form::handler;
      return handler(result.handler);
    }
  }
  if (first == 'e' && accept_word("each")) return each(parameter, result);
  Slot slot;
  slot.kind = parameter.kind;
  slot.set = parameter.set;
  return value(slot, result.value);
}

/// A call is played once for each element of its lists: they must be equally long, and it has no
/// count of its own.
bool Parser::check_plays(Call& call, const char* begin) {
  std::uint32_t length = 0;
  for (const Argument& a : call.arguments) {
    const Reference& r = a.value.reference;
    if (!a.value.is_reference ||
        (r.reach != Reference::Reach::each && r.reach != Reference::Reach::each_reversed))
      continue;
    const std::uint32_t whole = names.infos == nullptr ? 0 : names.infos[r.name].count;
    const std::uint32_t mine = r.sliced ? r.end - r.first : whole;
    if (call.repeated) return fail_at(begin, "no count before a call with `each`");
    if (length != 0 && mine != length) return fail_at(begin, "lists of equal length");
    length = mine;
  }
  return true;
}

bool Parser::arguments(Call& call) {
  const char* begin = at;
  function = call.function;
  if (!expect('(', "'('")) return false;
  const std::uint32_t count = call.function->parameter_count;
  if (!take(count, call.arguments)) return false;
  blanks();
  for (std::uint32_t i = 0; i < count; ++i) {
    if (i > 0) {
      blanks();
      if (peek() == ')') return fail("another argument");
      if (!expect(',', "',' or '|'")) return false;
      blanks();
    }
    if (peek() == ')') return fail("another argument");
    if (!argument(call.function->parameters[i], call.arguments[i])) return false;
  }
  blanks();
  if (peek() == ',') return fail("')': that was the last argument");
  if (!expect(')', "')'")) return false;
  return check_plays(call, begin);
}

}  // namespace winmem
