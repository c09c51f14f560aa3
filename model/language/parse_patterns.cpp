// Conditions on one number, and contents.
#include "model/language/parser.h"

namespace winmem {

bool Parser::list(Pattern& result) {
  result.op = Pattern::Op::list;
  Slot slot;
  slot.kind = Kind::address;
  slot.outcome = true;
  if (!take(count_inside(' ') + 1, result.list)) return false;
  std::uint32_t count = 0;
  blanks();
  while (!accept(']')) {
    if (count == result.list.size) return fail("' ' or ']'");
    if (!value(slot, result.list[count])) return false;
    ++count;
    if (peek() != ']' && peek() != ' ') return fail("' ' or ']'");
    blanks();
  }
  result.list.size = count;
  return true;
}

/// The patterns that begin with a word of their own.
bool Parser::pattern_word(const Slot& slot, bool in_field, Pattern& result, bool& found) {
  found = true;
  switch (peek()) {
    case 'o':
      result.op = Pattern::Op::ok;
      if (!in_field && accept_word("ok")) return true;
      break;
    case 'p':
      result.op = Pattern::Op::poison;
      if (accept_word("poison")) return true;
      break;
    case 'u':
      result.op = Pattern::Op::untouched;
      if (in_field && accept_word("untouched")) return true;
      break;
    case 'm':
      result.op = Pattern::Op::multiple;
      if (accept("multiple(")) return value(slot, result.value) && expect(')', "')'");
      break;
    case 'b':
      result.op = Pattern::Op::bits;
      if (accept("bits(")) {
        return plain_number(slot, result.mask) && expect(')', "')'") && expect('=', "'='") &&
               value(slot, result.value);
      }
      break;
    default:
      break;
  }
  found = false;
  return true;
}

bool Parser::pattern(const Slot& slot, bool in_field, Pattern& result) {
  const char c = peek();
  if ((class_of(c) & lower) != 0) {
    bool found = false;
    const bool read = pattern_word(slot, in_field, result, found);
    if (!read || found) return read;
    result.op = Pattern::Op::equal;
    return value(slot, result.value);
  }
  result.op = Pattern::Op::equal;
  if ((class_of(c) & (digit | upper)) != 0) return value(slot, result.value);
  if (c == '_' && !is_word_char(peek_next())) {
    ++at;
    result.op = Pattern::Op::any;
    return true;
  }
  if (c == '[' && slot.kind == Kind::list) {
    ++at;
    return list(result);
  }
  if (accept(">="))
    result.op = Pattern::Op::at_least;
  else if (accept("<="))
    result.op = Pattern::Op::at_most;
  else if (accept("!="))
    result.op = Pattern::Op::not_equal;
  else
    return fail(slot.kind == Kind::list ? "'[', `untouched` or `_`" : "a value or an outcome");
  return value(slot, result.value);
}

bool Parser::run(Run& result) {
  if (accept("pattern(")) {
    result.is_pattern = true;
    if (!count(result.seed, 0, "a seed") || !expect(')', "')'") || !expect('+', "'+'") ||
        !numeral(result.offset))
      return false;
  } else {
    const char* begin = at;
    std::uint64_t byte = 0;
    if (!numeral(byte)) return false;
    if (byte > 0xff) return fail_at(begin, "a byte");
    result.byte = static_cast<std::uint8_t>(byte);
  }
  return expect('*', "'*'") && numeral(result.count);
}

bool Parser::content(Content& result) {
  if (!take(max_runs, result.runs)) return false;
  std::uint32_t count = 0;
  for (;;) {
    const char* begin = at;
    if (count == max_runs) return fail("at most 8 runs");
    Run& next = result.runs[count];
    if (!run(next)) return false;
    ++count;
    if (next.count == 0) {  // `0x00*0` alone: no bytes
      if (count > 1 || next.is_pattern || next.byte != 0)
        return fail_at(begin, "a run of some bytes");
      result.runs.size = 0;
      return true;
    }
    const char* before = at;
    blanks();
    if (at != before && (class_of(peek()) & digit) != 0) continue;
    if (at != before && peek() == 'p') continue;
    if (at == before || !accept("...")) {
      at = before;
      break;
    }
    blanks();
    if (!numeral(result.rest) || !expect('#', "'#'") || !numeral(result.hash)) return false;
    break;
  }
  result.runs.size = count;
  return true;
}

}  // namespace winmem
