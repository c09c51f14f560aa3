// Numbers, constants and names.
#include "model/language/parser.h"

namespace winmem {

bool Lexer::numeral(std::uint64_t& number) {
  const char* begin = at;
  if ((class_of(peek()) & digit) == 0) return fail("a number");
  std::uint64_t n = 0;
  if (*at == '0' && peek_next() == 'x') {
    at += 2;
    const char* digits = at;
    for (; at < end; ++at) {
      const char c = *at;
      unsigned d;
      if (c >= '0' && c <= '9')
        d = static_cast<unsigned>(c - '0');
      else if (c >= 'a' && c <= 'f')
        d = static_cast<unsigned>(c - 'a') + 10;
      else if (c >= 'A' && c <= 'F')
        d = static_cast<unsigned>(c - 'A') + 10;
      else
        break;
      if ((n >> 60) != 0) return fail_at(begin, "a number of at most 64 bits");
      n = n << 4 | d;
    }
    if (at == digits) return fail("a hexadecimal digit");
  } else {
    for (; at < end && *at >= '0' && *at <= '9'; ++at) {
      const std::uint64_t d = static_cast<std::uint64_t>(*at - '0');
      if (n > 1844674407370955161u || (n == 1844674407370955161u && d > 5))
        return fail_at(begin, "a number of at most 64 bits");
      n = n * 10 + d;
    }
  }
  if (at < end && is_word_char(*at)) return fail("the end of the number");
  number = n;
  return true;
}

bool Lexer::count(std::uint32_t& number, std::uint32_t least, const char* expected) {
  const char* begin = at;
  std::uint64_t n = 0;
  if ((class_of(peek()) & digit) == 0) return fail(expected);
  if (!numeral(n)) return false;
  if (n > 0xffffffffu) return fail_at(begin, "a number of at most 32 bits");
  if (n < least) return fail_at(begin, expected);
  number = static_cast<std::uint32_t>(n);
  return true;
}

std::int32_t Names::find(const Word& word) const {
  if (table == nullptr) {
    for (std::uint32_t i = texts.size; i-- > 0;)
      if (texts[i] == word.text) return static_cast<std::int32_t>(i);
    return -1;
  }
  for (std::uint32_t slot = word.hash & mask; table[slot] != 0; slot = (slot + 1) & mask)
    if (texts[table[slot] - 1] == word.text) return static_cast<std::int32_t>(table[slot] - 1);
  return -1;
}

void Names::add(const Word& word, const NameInfo& info) {
  std::uint32_t slot = word.hash & mask;
  while (table[slot] != 0) slot = (slot + 1) & mask;
  texts[texts.size] = word.text;
  infos[texts.size] = info;
  table[slot] = ++texts.size;
}

/// A sum of terms as it is read. Positive and negative parts apart, so that leaving the 64 bits is
/// seen.
struct Parser::Sum {
  std::uint64_t plus = 0, minus = 0;
  std::int64_t pointers = 0;
  bool has_pointers = false;
  Number::Form base = Number::Form::plain;
  bool based = false;      ///< SIZE_MAX, PTR(n) or sizeof stands in it
  bool too_large = false;  ///< its plain part left the 64 bits

  void add(bool negative, std::uint64_t n) {
    std::uint64_t& part = negative ? minus : plus;
    part += n;
    too_large = too_large || part < n;
  }
  void add_pointers(bool negative, std::uint64_t n) {
    has_pointers = true;
    pointers =
        static_cast<std::int64_t>(static_cast<std::uint64_t>(pointers) + (negative ? 0 - n : n));
  }
};

bool Parser::literal_term(const Slot& slot, bool negative, Sum& sum) {
  const char* begin = at;
  std::uint64_t n = 0;
  if (!numeral(n)) return false;
  while (peek() == '*') {
    const char* star = at++;
    if (accept_word("PTRSIZE")) {
      sum.add_pointers(negative, n);
      return true;
    }
    if (slot.outcome) {  // a count of plays
      at = star;
      break;
    }
    std::uint64_t factor = 0;
    if (!numeral(factor)) return false;
    if (__builtin_mul_overflow(n, factor, &n)) return fail_at(begin, "a number of at most 64 bits");
  }
  sum.add(negative, n);
  return true;
}

bool Parser::word_term(const Slot& slot, bool negative, Sum& sum) {
  const char* begin = at;
  const Word name = word();
  if (name.text.empty()) return fail("a value");
  const Constant* constant = find_constant(name.text, name.hash, set_of(slot.kind, slot.set));
  // `read`, `write` and `execute` are words only where the kind of an access stands.
  if (constant != nullptr && (constant->set != Set::access_kind || slot.set == Set::access_kind)) {
    std::uint64_t n = constant->value;
    if (n == 1 && name.text == Text("TRUE") && accept('(')) {
      if (!numeral(n) || !expect(')', "')'")) return false;
    }
    sum.add(negative, n);
    return true;
  }
  if (name.text == Text("NULL")) return true;
  if (name.text == Text("PTRSIZE")) {
    sum.add_pointers(negative, 1);
    return true;
  }
  const bool size_max = name.text == Text("SIZE_MAX");
  const bool size_of = name.text == Text("sizeof");
  if (!size_max && !size_of && name.text != Text("PTR")) return fail_at(begin, "a known constant");
  if (sum.based || negative || sum.has_pointers)
    return fail_at(begin, "one of SIZE_MAX, PTR(n), sizeof and PTRSIZE");
  sum.based = true;
  sum.base = size_max ? Number::Form::all_ones : Number::Form::size_of;
  if (size_of && function != nullptr && function->structure64 == 0)
    return fail_at(begin, "a number: this function fills no structure");
  if (size_max || size_of) return true;
  sum.base = Number::Form::pointer;
  if (!expect('(', "'('")) return false;
  const bool minus = accept('-');
  std::uint64_t n = 0;
  if (!numeral(n) || !expect(')', "')'")) return false;
  sum.add(minus, n);
  return true;
}

bool Parser::term(const Slot& slot, bool negative, Sum& sum) {
  if ((class_of(peek()) & digit) != 0) return literal_term(slot, negative, sum);
  return word_term(slot, negative, sum);
}

/// What follows the first constant of a set of flags: `|MEM_COMMIT|0x40`.
bool Parser::flags(const Slot& slot, Sum& sum) {
  for (;;) {
    const char* before = at;
    if (!slot.outcome) blanks();
    if (!accept('|')) {
      at = before;
      return true;
    }
    if (!slot.outcome) blanks();
    if (sum.based || sum.has_pointers || sum.minus != 0) return fail_at(before, "no '|' here");
    Sum flag;
    const char* begin = at;
    const bool literal = (class_of(peek()) & digit) != 0;
    std::uint64_t bits = 0;
    if (literal ? !numeral(bits) : !word_term(slot, false, flag)) return false;
    if (flag.based || flag.has_pointers) return fail_at(begin, "a constant");
    sum.plus |= bits | flag.plus;
  }
}

bool Parser::sum_tail(const Slot& slot, Sum& sum) {
  for (;;) {
    const bool negative = peek() == '-';
    // `->` begins the outcomes.
    if ((!negative && peek() != '+') || (negative && peek_next() == '>')) return true;
    ++at;
    const char* begin = at;
    if (!term(slot, negative, sum)) return false;
    if (sum.based && sum.has_pointers)
      return fail_at(begin, "one of SIZE_MAX, PTR(n), sizeof and PTRSIZE");
  }
}

bool Parser::number(const Slot& slot, Number& result) {
  const char* begin = at;
  Sum sum;
  if (!term(slot, false, sum) || !flags(slot, sum) || !sum_tail(slot, sum)) return false;
  result.form = sum.has_pointers ? Number::Form::pointers : sum.base;
  result.pointers = sum.pointers;
  result.plain = sum.plus - sum.minus;
  if (sum.too_large) return fail_at(begin, "a number of at most 64 bits");
  if (result.form == Number::Form::plain) {
    if (sum.minus > sum.plus) return fail_at(begin, "a number that is not negative");
    if (width_of(slot.kind, 64) == 32 && result.plain > 0xffffffffu)
      return fail_at(begin, "a number of at most 32 bits");
  }
  if (result.form == Number::Form::all_ones && sum.plus > sum.minus)
    return fail_at(begin, "a number: nothing is above SIZE_MAX");
  return true;
}

bool Parser::plain_number(const Slot& slot, std::uint64_t& result) {
  const char* begin = at;
  Number n;
  if (!number(slot, n)) return false;
  if (n.form != Number::Form::plain) return fail_at(begin, "a plain number");
  result = n.plain;
  return true;
}

bool Parser::field_of(const Function* source, bool is_list, Text& field) {
  const char* begin = at;
  const Word name = word();
  if (name.text.empty()) return fail("a field");
  if (source != nullptr) {
    if (is_list) return fail_at(begin, "no field: the name is a list");
    bool known = false;
    for (std::uint8_t i = 0; i < source->field_count; ++i)
      known = known || source->fields[i].name == name.text;
    if (!known) return fail_at(begin, "a field of the call that bound the name");
  }
  field = name.text;
  return true;
}

/// What stands behind a name: an offset, after an index or a field.
bool Parser::reference_tail(std::int32_t name, const Slot& slot, Reference& result) {
  result.name = static_cast<std::uint32_t>(name);
  const NameInfo* info = names.infos == nullptr ? nullptr : &names.infos[name];
  if (result.reach == Reference::Reach::whole || result.reach == Reference::Reach::element) {
    if (accept('.') && !field_of(info == nullptr ? nullptr : info->function,
                                 info != nullptr && info->list, result.field))
      return false;
  }
  const char* offset = at;
  Sum sum;
  if (!sum_tail(slot, sum)) return false;
  if (at == offset) return true;
  if (sum.based) return fail_at(offset + 1, "a number");
  if (sum.too_large) return fail_at(offset + 1, "a number of at most 64 bits");
  result.offset.plain = sum.plus - sum.minus;
  result.offset.pointers = sum.pointers;
  result.offset.form = sum.has_pointers ? Number::Form::pointers : Number::Form::plain;
  if (info == nullptr || !result.field.empty()) return true;
  const Kind kind = info->function->result;
  const bool handle = kind == Kind::handle || kind == Kind::heap || kind == Kind::token;
  const bool query = function != nullptr && function->name == Text("VirtualQuery");
  if (handle && !query) return fail_at(offset, "no offset: the name is a handle");
  return true;
}

bool Parser::reference(const Word& word, const char* begin, const Slot& slot, Reference& result) {
  const std::int32_t name = names.find(word);
  if (name < 0) return fail_at(begin, "a name that an earlier line binds");
  const NameInfo* info = names.infos == nullptr ? nullptr : &names.infos[name];
  if (accept('[')) {
    if (info != nullptr && !info->list) return fail_at(at - 1, "no index: the name is not a list");
    const char* index = at;
    if (!count(result.first, 0, "an index") || !expect(']', "']'")) return false;
    if (info != nullptr && result.first >= info->count)
      return fail_at(index, "an index inside the list");
    result.reach = Reference::Reach::element;
  } else if (info != nullptr && info->list) {
    return fail("an index, or `each` before the name: it is a list");
  }
  return reference_tail(name, slot, result);
}

bool Parser::value(const Slot& slot, Value& result) {
  if ((class_of(peek()) & lower) != 0) {
    const char* begin = at;
    const Word name = word();
    const bool constant =
        name.text == Text("sizeof") ||
        (slot.set == Set::access_kind && find_constant(name.text, name.hash, slot.set) != nullptr);
    if (!constant) {
      result.is_reference = true;
      return reference(name, begin, slot, result.reference);
    }
    at = begin;
  }
  return number(slot, result.number);
}

}  // namespace winmem
