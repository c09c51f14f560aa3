// What the files of the parser share. Inside model/language only.
#pragma once

#include "model/language/lexer.h"

namespace winmem {

/// What is known of a name while a script is read.
struct NameInfo {
  const Function* function = nullptr;
  std::uint32_t count = 1;  ///< elements, of a list
  bool list = false;        ///< bound by a repeated call or by one with an `each`
};

/// The names bound so far. Without a table (outcomes read alone) they are looked for one by one,
/// and nothing is known of them.
struct Names {
  Span<Text> texts;
  NameInfo* infos = nullptr;
  std::uint32_t* table = nullptr;  ///< index + 1, by hash
  std::uint32_t mask = 0;

  std::int32_t find(const Word& word) const;
  void add(const Word& word, const NameInfo& info);
};

/// Where a value stands: what it is, and whether a `*` behind it begins a count.
struct Slot {
  Kind kind = Kind::number;
  Set set = Set::none;
  bool outcome = false;
};

/// The set of names that a slot is read and printed with.
constexpr Set set_of(Kind kind, Set set) {
  return kind == Kind::boolean ? Set::boolean : set;
}

struct Parser : Lexer {
  explicit Parser(Arena& memory) : arena(memory) {}

  Arena& arena;
  Names names;
  const Function* function = nullptr;  ///< of the call whose arguments or outcomes are read

  bool out_of_memory() { return fail("a smaller script: the memory for it is used up"); }
  template <typename T>
  bool take(std::size_t count, Span<T>& span) {
    span.data = arena.take<T>(count);
    span.size = static_cast<std::uint32_t>(count);
    return span.data != nullptr || count == 0 || out_of_memory();
  }

  // parse_values.cpp
  bool value(const Slot& slot, Value& result);
  bool number(const Slot& slot, Number& result);
  bool reference(const Word& word, const char* begin, const Slot& slot, Reference& result);
  bool reference_tail(std::int32_t name, const Slot& slot, Reference& result);
  bool plain_number(const Slot& slot, std::uint64_t& result);

  // parse_arguments.cpp
  bool arguments(Call& call);

  // parse_outcomes.cpp
  bool outcomes(const Call& call, Span<Outcome>& result);
  bool has_plays(const Call& call) const;

 private:
  struct Sum;
  bool term(const Slot& slot, bool negative, Sum& sum);
  bool literal_term(const Slot& slot, bool negative, Sum& sum);
  bool word_term(const Slot& slot, bool negative, Sum& sum);
  bool flags(const Slot& slot, Sum& sum);
  bool sum_tail(const Slot& slot, Sum& sum);
  bool field_of(const Function* source, bool list, Text& field);

  bool argument(const Parameter& parameter, Argument& argument);
  bool bracketed(const Parameter& parameter, Argument& argument);
  bool handler(Handler& handler);
  bool each(const Parameter& parameter, Argument& argument);
  bool check_plays(Call& call, const char* begin);

  bool outcome(const Call& call, bool inner, Outcome& outcome);
  bool outcome_head(const Call& call, bool inner, Outcome& outcome);
  bool outcome_word(const Call& call, bool inner, Outcome& outcome, bool& found);
  bool outcome_tail(Outcome& outcome);
  bool returned(Outcome& outcome);
  bool either(const Call& call, Outcome& outcome);
  bool ends(Outcome& outcome);
  bool repetition(Outcome& outcome);
  bool sightings(Outcome& outcome);
  bool exception(Exception& exception);
  bool status(std::uint32_t& status);
  bool fields(Outcome& outcome);
  bool mark(LastError& last_error);
  bool pattern(const Slot& slot, bool in_field, Pattern& pattern);
  bool pattern_word(const Slot& slot, bool in_field, Pattern& pattern, bool& found);
  bool list(Pattern& pattern);
  bool content(Content& content);
  bool run(Run& run);
  /// How often a character stands in the rest of the line; how often up to the bracket that closes
  /// what is being read.
  std::uint32_t count_all(char what) const;
  std::uint32_t count_inside(char what) const;
};

/// The kind and names of an exception's parameter: access violations say how and where.
Slot parameter_slot(std::uint32_t status, std::uint32_t index);
/// The number of a signal's name, or 0; the name of a number, or an empty text.
std::uint32_t signal_number(Text name);
Text signal_name(std::uint32_t number);

}  // namespace winmem
