// One line of text being read: words, numerals, single characters, and where an error was. Inside
// model/language only.
#pragma once

#include "model/language/lookup.h"
#include "model/language/parse.h"

namespace winmem {

enum CharClass : std::uint8_t { other = 0, digit = 1, lower = 2, upper = 4, underscore = 8 };

struct CharClasses {
  std::uint8_t of[256] = {};
  constexpr CharClasses() {
    for (int c = '0'; c <= '9'; ++c) of[c] = digit;
    for (int c = 'a'; c <= 'z'; ++c) of[c] = lower;
    for (int c = 'A'; c <= 'Z'; ++c) of[c] = upper;
    of[static_cast<int>('_')] = underscore;
  }
};
inline constexpr CharClasses char_classes;

inline std::uint8_t class_of(char c) {
  return char_classes.of[static_cast<unsigned char>(c)];
}
inline bool is_word_char(char c) {
  return class_of(c) != other;
}

/// A word with the hash of its letters; empty when none stood there.
struct Word {
  Text text;
  std::uint32_t hash = word_hash_start;
};

struct Lexer {
  const char* at = nullptr;
  const char* end = nullptr;
  const char* line_begin = nullptr;
  std::uint32_t line = 0;
  ParseError* error = nullptr;

  /// Notes the first error; always false, so that readers can `return fail(...)`.
  bool fail_at(const char* where, const char* expected) {
    if (error->expected == nullptr) {
      error->line = line;
      error->column = static_cast<std::uint32_t>(where - line_begin) + 1;
      error->expected = expected;
    }
    return false;
  }
  bool fail(const char* expected) { return fail_at(at, expected); }

  bool done() const { return at >= end; }
  char peek() const { return at < end ? *at : '\n'; }
  char peek_next() const { return at + 1 < end ? at[1] : '\n'; }
  void blanks() {
    while (at < end && (*at == ' ' || *at == '\t')) ++at;
  }
  bool accept(char c) {
    if (peek() != c) return false;
    ++at;
    return true;
  }
  bool expect(char c, const char* expected) { return accept(c) || fail(expected); }
  /// Takes these characters if they stand here.
  bool accept(Text text) {
    if (static_cast<std::size_t>(end - at) < text.size || Text(at, text.size) != text) return false;
    at += text.size;
    return true;
  }
  /// Takes this word if it stands here whole.
  bool accept_word(Text text) {
    if (static_cast<std::size_t>(end - at) < text.size || Text(at, text.size) != text) return false;
    if (at + text.size < end && is_word_char(at[text.size])) return false;
    at += text.size;
    return true;
  }
  Word word() {
    Word result;
    const char* begin = at;
    if (at < end && class_of(*at) != digit) {
      for (; at < end && is_word_char(*at); ++at) result.hash = word_hash_add(result.hash, *at);
    }
    result.text = Text(begin, static_cast<std::size_t>(at - begin));
    return result;
  }
  /// A decimal or 0x numeral of at most 64 bits.
  bool numeral(std::uint64_t& number);
  /// A numeral of at most 32 bits that is at least `least`.
  bool count(std::uint32_t& number, std::uint32_t least, const char* expected);
};

}  // namespace winmem
