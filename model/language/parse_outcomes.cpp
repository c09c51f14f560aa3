// What came of a call: values, fields, exceptions, ends.
#include "model/language/parser.h"

namespace winmem {
namespace {

struct Signal {
  Text name;
  std::uint32_t number;
};

// Numbers of Linux on x86 and ARM.
constexpr Signal signals[] = {{"SIGHUP", 1},   {"SIGINT", 2},   {"SIGQUIT", 3},  {"SIGILL", 4},
                              {"SIGTRAP", 5},  {"SIGABRT", 6},  {"SIGBUS", 7},   {"SIGFPE", 8},
                              {"SIGKILL", 9},  {"SIGUSR1", 10}, {"SIGSEGV", 11}, {"SIGUSR2", 12},
                              {"SIGPIPE", 13}, {"SIGALRM", 14}, {"SIGTERM", 15}, {"SIGXCPU", 24},
                              {"SIGXFSZ", 25}, {"SIGSYS", 31}};

}  // namespace

std::uint32_t signal_number(Text name) {
  for (const Signal& signal : signals)
    if (signal.name == name) return signal.number;
  return 0;
}

Text signal_name(std::uint32_t number) {
  for (const Signal& signal : signals)
    if (signal.number == number) return signal.name;
  return {};
}

Slot parameter_slot(std::uint32_t status, std::uint32_t index) {
  Slot slot;
  slot.outcome = true;
  slot.kind = Kind::size;
  // STATUS_ACCESS_VIOLATION, STATUS_GUARD_PAGE_VIOLATION, STATUS_IN_PAGE_ERROR: the kind of access,
  // the address.
  const bool access = status == 0xc0000005u || status == 0x80000001u || status == 0xc0000006u;
  if (access && index == 0) {
    slot.kind = Kind::constant;
    slot.set = Set::access_kind;
  } else if (access && index == 1) {
    slot.kind = Kind::address;
  }
  return slot;
}

std::uint32_t Parser::count_all(char what) const {
  std::uint32_t count = 0;
  for (const char* p = at; p < end; ++p) count += *p == what;
  return count;
}

std::uint32_t Parser::count_inside(char what) const {
  std::uint32_t count = 0;
  std::uint32_t depth = 0;
  for (const char* p = at; p < end; ++p) {
    if (*p == '(' || *p == '[') ++depth;
    if ((*p == ')' || *p == ']') && depth-- == 0) break;
    count += *p == what && depth == 0;
  }
  return count;
}

bool Parser::status(std::uint32_t& result) {
  Slot slot;
  slot.kind = Kind::constant;
  slot.set = Set::status;
  slot.outcome = true;
  std::uint64_t n = 0;
  if (!plain_number(slot, n)) return false;
  result = static_cast<std::uint32_t>(n);
  return true;
}

/// A status and, in parentheses, its parameters.
bool Parser::exception(Exception& result) {
  if (!status(result.status)) return false;
  if (!accept('(')) return true;
  result.parameters_stated = true;
  blanks();
  if (accept(')')) return true;
  if (!take(count_inside(',') + 1, result.parameters)) return false;
  std::uint32_t i = 0;
  do {
    blanks();
    if (i == result.parameters.size) return fail("')'");
    if (!pattern(parameter_slot(result.status, i), false, result.parameters[i])) return false;
    ++i;
    blanks();
  } while (accept(','));
  result.parameters.size = i;
  return expect(')', "',' or ')'");
}

/// What scripted handlers saw, before the outcome itself.
bool Parser::sightings(Outcome& result) {
  if (peek() != '[') return true;
  if (!take(count_all('['), result.sightings)) return false;
  std::uint32_t count = 0;
  while (accept('[')) {
    Sighting& sighting = result.sightings[count++];
    const char* begin = at;
    if ((class_of(peek()) & digit) != 0) {
      if (!numeral(sighting.token)) return false;
    } else if (!accept('?')) {
      sighting.handler = names.find(word());
      if (sighting.handler < 0) return fail_at(begin, "the name of a handler, its token or '?'");
    }
    blanks();
    if (!exception(sighting.exception) || !expect(']', "']'")) return false;
    blanks();
  }
  result.sightings.size = count;
  return true;
}

bool Parser::fields(Outcome& result) {
  if (!accept('{')) return true;
  if (!take(function->field_count, result.fields)) return false;
  std::uint32_t count = 0;
  blanks();
  while (!accept('}')) {
    const char* begin = at;
    const Word name = word();
    std::uint8_t index = 0;
    while (index < function->field_count && function->fields[index].name != name.text) ++index;
    if (index == function->field_count) return fail_at(begin, "a field of this function, or '}'");
    for (std::uint32_t i = 0; i < count; ++i)
      if (result.fields[i].field == index) return fail_at(begin, "each field once");
    if (!expect('=', "'='")) return false;
    const Field& field = function->fields[index];
    Slot slot;
    slot.kind = field.kind;
    slot.set = field.set;
    slot.outcome = true;
    result.fields[count].field = index;
    if (!pattern(slot, true, result.fields[count].pattern)) return false;
    ++count;
    if (peek() != '}' && peek() != ' ' && peek() != '\t') return fail("' ' or '}'");
    blanks();
  }
  result.fields.size = count;
  return true;
}

bool Parser::mark(LastError& result) {
  if (!accept('!')) return true;
  if (accept('?')) {
    result.state = LastError::State::not_recorded;
    return true;
  }
  Slot slot;
  slot.kind = Kind::constant;
  slot.set = Set::error;
  slot.outcome = true;
  std::uint64_t n = 0;
  if (!plain_number(slot, n)) return false;
  result.state = LastError::State::set;
  result.code = static_cast<std::uint32_t>(n);
  return true;
}

bool Parser::ends(Outcome& result) {
  blanks();
  if (accept("exit(")) {
    result.kind = Outcome::Kind::ends_exit;
    return count(result.code, 0, "an exit code") && expect(')', "')'");
  }
  if (accept("signal(")) {
    result.kind = Outcome::Kind::ends_signal;
    if ((class_of(peek()) & digit) != 0)
      return count(result.code, 0, "a signal") && expect(')', "')'");
    const char* begin = at;
    result.code = signal_number(word().text);
    if (result.code == 0) return fail_at(begin, "a signal");
    return expect(')', "')'");
  }
  result.kind = Outcome::Kind::ends_status;
  return status(result.exception.status);
}

bool Parser::either(const Call& call, Outcome& result) {
  result.kind = Outcome::Kind::either;
  if (!expect('(', "'('") || !take(count_all(';') + 1, result.alternatives)) return false;
  std::uint32_t count = 0;
  do {
    blanks();
    if (!outcome(call, true, result.alternatives[count])) return false;
    ++count;
    blanks();
  } while (accept(';'));
  result.alternatives.size = count;
  return expect(')', "';' or ')'");
}

/// The outcomes that begin with a word of their own. `found` says whether one stood there.
bool Parser::outcome_word(const Call& call, bool inner, Outcome& result, bool& found) {
  found = true;
  switch (peek()) {
    case 'r':
      if (accept_word("raises")) {
        result.kind = Outcome::Kind::raises;
        blanks();
        return exception(result.exception);
      }
      if (accept("refused(")) {
        result.kind = Outcome::Kind::refused;
        const char* begin = at;
        while (at < end && *at != ')') ++at;
        result.reason = Text(begin, static_cast<std::size_t>(at - begin));
        return expect(')', "')'");
      }
      break;
    case 'e':
      if (accept_word("ends")) return ends(result);
      if (!inner && accept_word("either")) return either(call, result);
      break;
    case 'h':
      result.kind = Outcome::Kind::hangs;
      if (accept_word("hangs")) return true;
      break;
    case 'b':
      result.kind = Outcome::Kind::blocked;
      if (accept_word("blocked")) return true;
      break;
    case 'u':
      result.kind = Outcome::Kind::unsupported;
      if (accept_word("unsupported")) return true;
      break;
    case 's':
      result.kind = Outcome::Kind::skipped;
      if (accept_word("skipped")) return true;
      break;
    default:
      break;
  }
  found = false;
  result.kind = Outcome::Kind::returned;
  return true;
}

bool Parser::returned(Outcome& result) {
  if (function->result == Kind::content) {
    const char c = peek();
    if ((class_of(c) & digit) != 0 || c == 'p') {
      result.is_content = true;
      return content(result.content);
    }
  }
  Slot slot;
  slot.kind = function->result;
  slot.set = function->result_set;
  slot.outcome = true;
  const char* begin = at;
  if (!pattern(slot, false, result.value)) return false;
  const bool valueless = slot.kind == Kind::nothing || slot.kind == Kind::content;
  if (valueless && result.value.op != Pattern::Op::ok && result.value.op != Pattern::Op::any)
    return fail_at(begin, slot.kind == Kind::nothing ? "`ok`" : "bytes, or `ok`");
  return true;
}

bool Parser::outcome_tail(Outcome& result) {
  const bool marked =
      result.kind == Outcome::Kind::returned || result.kind == Outcome::Kind::raises;
  if (!marked) return true;
  const char* before = at;
  blanks();
  const bool braces = peek() == '{';
  if (!fields(result)) return false;
  blanks();
  const bool marks = peek() == '!';
  if (!mark(result.last_error)) return false;
  if (!braces && !marks) at = before;
  // A `_` alone says nothing at all.
  if (result.kind == Outcome::Kind::returned && !result.is_content &&
      result.value.op == Pattern::Op::any && !braces && !marks)
    result.kind = Outcome::Kind::any;
  return true;
}

/// One outcome without its count; `inner` inside an `either`.
bool Parser::outcome(const Call& call, bool inner, Outcome& result) {
  if (!sightings(result)) return false;
  bool found = false;
  if (!outcome_word(call, inner, result, found)) return false;
  if (!found && !returned(result)) return false;
  return outcome_tail(result);
}

bool Parser::repetition(Outcome& result) {
  if (!accept('*')) return true;
  if (!count(result.count, 1, "a count above 0")) return false;
  const char* before = at;
  blanks();
  if (!accept_word("by")) {
    at = before;
    return true;
  }
  blanks();
  return numeral(result.stride);
}

bool Parser::has_plays(const Call& call) const {
  if (call.repeated) return true;
  for (const Argument& a : call.arguments)
    if (a.value.is_reference && (a.value.reference.reach == Reference::Reach::each ||
                                 a.value.reference.reach == Reference::Reach::each_reversed))
      return true;
  return false;
}

bool Parser::outcomes(const Call& call, Span<Outcome>& result) {
  function = call.function;
  const bool many = has_plays(call);
  if (!take(many ? count_all(',') + 1 : 1, result)) return false;
  std::uint32_t count = 0;
  do {
    blanks();
    if (!outcome(call, false, result[count]) || !repetition(result[count])) return false;
    ++count;
    blanks();
  } while (many && accept(','));
  result.size = count;
  return done() || fail(many ? "',' or the end of the line" : "the end of the line");
}

}  // namespace winmem
