// What the files of the printer share. Inside model/language only.
#pragma once

#include "model/language/parser.h"
#include "model/language/print.h"

namespace winmem {

struct Printer {
  Output& out;
  const Script& script;
  Style style;
  unsigned bits = 0;                   ///< 0: leave what depends on the bitness as it is written
  const Function* function = nullptr;  ///< whose structure `sizeof` is the size of

  // print.cpp
  void name(std::int32_t index);
  void plain(std::uint64_t n);
  void number(const Number& number, Kind kind, Set set);
  void sum(const Number& number);
  void offset(const Number& number);
  void reference(const Reference& reference);
  void value(const Value& value, Kind kind, Set set);
  void argument(const Argument& argument, const Parameter& parameter);
  void call(const Call& call);

  // print_outcomes.cpp
  void outcomes(Span<const Outcome> outcomes);
  void outcome(const Outcome& outcome);
  void head(const Outcome& outcome);
  void returned(const Outcome& outcome);
  void fields(const Outcome& outcome);
  void mark(const LastError& last_error);
  void exception(const Exception& exception);
  void status(std::uint32_t status);
  void sighting(const Sighting& sighting);
  void pattern(const Pattern& pattern, Kind kind, Set set);
  void content(const Content& content);
  void run(const Run& run);
};

}  // namespace winmem
