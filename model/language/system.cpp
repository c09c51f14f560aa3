#include "model/language/system.h"

#include "model/language/lexer.h"

namespace winmem {
namespace {

// What a 32-bit process without large addresses has.
constexpr std::uint64_t maximum_of_32_bits = 0x7ffeffff;

bool version(Lexer& lexer, System& system) {
  std::uint32_t parts[3] = {0, 0, 0};
  for (int i = 0; i < 3; ++i) {
    // Digits alone: a dot ends each part.
    const char* begin = lexer.at;
    for (; !lexer.done() && class_of(*lexer.at) == digit; ++lexer.at)
      parts[i] = parts[i] * 10 + static_cast<std::uint32_t>(*lexer.at - '0');
    if (lexer.at == begin || lexer.at - begin > 9) return false;
    if (i == 0 && !lexer.accept('.')) return false;
    if (i == 1 && !lexer.accept('.')) break;
  }
  system.major = parts[0];
  system.minor = parts[1];
  system.build = parts[2];
  return true;
}

bool small(Lexer& lexer, unsigned& result) {
  std::uint32_t n = 0;
  if (!lexer.count(n, 0, "a number")) return false;
  result = n;
  return true;
}

bool item(Lexer& lexer, System& system, bool& maximum_stated) {
  if (lexer.accept("bits="))
    return small(lexer, system.bits) && (system.bits == 32 || system.bits == 64);
  if (lexer.accept("page=")) return lexer.numeral(system.page);
  if (lexer.accept("granularity=")) return lexer.numeral(system.granularity);
  if (lexer.accept("minimum=")) return lexer.numeral(system.minimum);
  if (lexer.accept("large=")) return lexer.numeral(system.large_page);
  if (lexer.accept("version=")) return version(lexer, system);
  if (lexer.accept("maximum=")) {
    maximum_stated = true;
    return lexer.numeral(system.maximum);
  }
  if (lexer.accept("heap=")) {
    const Word word = lexer.word();
    system.nt_heap = word.text == Text("nt");
    return !word.text.empty();
  }
  return false;
}

}  // namespace

bool parse_system(Text text, System& system) {
  ParseError error;
  Lexer lexer;
  lexer.at = lexer.line_begin = text.begin();
  lexer.end = text.end();
  lexer.error = &error;
  bool maximum_stated = false;
  for (lexer.blanks(); !lexer.done(); lexer.blanks()) {
    if (!item(lexer, system, maximum_stated)) return false;
    if (!lexer.done() && lexer.peek() != ' ' && lexer.peek() != '\t') return false;
  }
  if (system.bits == 32 && !maximum_stated && system.maximum > 0xffffffffu)
    system.maximum = maximum_of_32_bits;
  return true;
}

void print_system(Output& out, const System& system) {
  decimal(out << Text("bits="), system.bits);
  hex(out << Text(" page="), system.page);
  hex(out << Text(" granularity="), system.granularity);
  hex(out << Text(" minimum="), system.minimum);
  hex(out << Text(" maximum="), system.maximum);
  hex(out << Text(" large="), system.large_page);
  decimal(out << Text(" version="), system.major);
  decimal(out << '.', system.minor);
  decimal(out << '.', system.build);
  out << Text(" heap=") << (system.nt_heap ? Text("nt") : Text("segment"));
}

}  // namespace winmem
