// What the tests of the language share: a script with the memory that it lies in, and printing to a
// string.
#pragma once

#include <memory>
#include <string>

#include "model/language/parse.h"
#include "model/language/print.h"

namespace winmem::test {

inline Text text(const std::string& s) {
  return Text(s.data(), s.size());
}
inline std::string string(Text t) {
  return std::string(t.begin(), t.end());
}

/// A text that was read, with all that keeps it alive.
struct Reading {
  std::string source;
  std::unique_ptr<char[]> memory;
  Arena arena;
  Script script;
  ParseError error;
  bool ok = false;

  explicit Reading(std::string input, std::size_t room = 1 << 20)
      : source(std::move(input)),
        memory(new char[room]),  // not cleared: the arena clears what it hands out
        arena(memory.get(), room) {
    ok = parse_script(text(source), arena, script, error);
  }
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

  const Step& step(std::size_t i) const { return script.steps[i]; }
  const Call& call(std::size_t i) const { return script.steps[i].call; }
  const Outcome& outcome(std::size_t i, std::size_t run = 0) const {
    return script.steps[i].outcomes[run];
  }
  const Step& last() const { return script.steps[script.steps.size - 1]; }
};

/// "2:5 expected ..." of a text that cannot be read, "read" of one that can.
inline std::string complaint(const std::string& input) {
  const Reading reading(input);
  if (reading.ok) return "read";
  return std::to_string(reading.error.line) + ":" + std::to_string(reading.error.column) +
         " expected " + reading.error.expected;
}

inline std::string printed(const Script& script, Style style = Style::text, unsigned bits = 64) {
  constexpr std::size_t room = 1 << 20;
  const std::unique_ptr<char[]> memory(new char[room]);
  Output out(memory.get(), room);
  print_script(out, script, style, bits);
  return out.overflow ? "overflow" : string(out.text());
}

/// A text as the printer writes it; the complaint where it cannot be read.
inline std::string reprinted(const std::string& input, Style style = Style::text,
                             unsigned bits = 64) {
  const Reading reading(input);
  return reading.ok ? printed(reading.script, style, bits) : complaint(input);
}

}  // namespace winmem::test
