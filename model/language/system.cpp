#include "model/language/system.h"

#include "model/language/lexer.h"

namespace winmem {
namespace {

// The maximum of a process without large addresses.
constexpr std::uint64_t least_maximum = 0x7ffeffff;

constexpr std::uint64_t smallest_page = 0x1000, largest_page = 0x10000,
                        largest_granularity = 0x40000000;

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

bool heap(Lexer& lexer, System& system) {
  const Word word = lexer.word();
  system.heap = word.text == Text("nt")        ? HeapKind::nt
                : word.text == Text("segment") ? HeapKind::segment
                                               : HeapKind::unknown;
  return !word.text.empty() || lexer.fail("the kind of a heap");
}

bool item(Lexer& lexer, System& system, bool& maximum_stated) {
  if (lexer.accept("bits=")) return small(lexer, system.bits);
  if (lexer.accept("page=")) return lexer.numeral(system.page);
  if (lexer.accept("granularity=")) return lexer.numeral(system.granularity);
  if (lexer.accept("minimum=")) return lexer.numeral(system.minimum);
  if (lexer.accept("large=")) return lexer.numeral(system.large_page);
  if (lexer.accept("version="))
    return version(lexer, system) || lexer.fail("a version such as 10.0.19045");
  if (lexer.accept("heap=")) return heap(lexer, system);
  if (lexer.accept("maximum=")) {
    maximum_stated = true;
    return lexer.numeral(system.maximum);
  }
  return lexer.fail("bits=, page=, granularity=, minimum=, maximum=, large=, version= or heap=");
}

/// Where an item begins; where the text does not have it, the beginning.
const char* place_of(Text text, Text key) {
  for (const char* at = text.begin(); at < text.end(); ++at) {
    const bool begins = at == text.begin() || at[-1] == ' ' || at[-1] == '\t';
    if (begins && static_cast<std::size_t>(text.end() - at) > key.size && Text(at, key.size) == key)
      return at;
  }
  return text.begin();
}

bool is_power_of_two(std::uint64_t n) {
  return n != 0 && (n & (n - 1)) == 0;
}

}  // namespace

Impossible impossible(const System& system) {
  if (system.bits != 32 && system.bits != 64) return {"bits=", "bits=32 or bits=64"};
  if (!is_power_of_two(system.page) || system.page < smallest_page || system.page > largest_page)
    return {"page=", "a page that is a power of two from 0x1000 to 0x10000"};
  if (!is_power_of_two(system.granularity) || system.granularity < system.page ||
      system.granularity > largest_granularity)
    return {"granularity=", "a granularity that is a power of two from one page to 0x40000000"};
  if (system.minimum > least_maximum) return {"minimum=", "a minimum of at most 0x7ffeffff"};
  if (system.maximum < least_maximum ||
      system.maximum > system.pointer_mask() >> (system.bits / 64))
    return {"maximum=", system.bits == 32 ? "a maximum from 0x7ffeffff to 0xffffffff"
                                          : "a maximum from 0x7ffeffff to 0x7fffffffffffffff"};
  if (system.large_page != 0 &&
      (!is_power_of_two(system.large_page) || system.large_page < system.page))
    return {"large=", "a large page of 0, or a power of two from one page on"};
  return {};
}

bool parse_system(Text text, System& system, ParseError& error) {
  error = ParseError{};
  Lexer lexer;
  lexer.at = lexer.line_begin = text.begin();
  lexer.end = text.end();
  lexer.error = &error;
  bool maximum_stated = false;
  for (lexer.blanks(); !lexer.done(); lexer.blanks()) {
    if (!item(lexer, system, maximum_stated)) return false;
    if (!lexer.done() && lexer.peek() != ' ' && lexer.peek() != '\t')
      return lexer.fail("' ' or the end of the line");
  }
  if (system.bits == 32 && !maximum_stated && system.maximum > 0xffffffffu)
    system.maximum = least_maximum;
  const Impossible wrong = impossible(system);
  return wrong.key.empty() || lexer.fail_at(place_of(text, wrong.key), wrong.expected);
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
  if (system.heap != HeapKind::unknown)
    out << Text(" heap=") << (system.nt_heap() ? Text("nt") : Text("segment"));
}

}  // namespace winmem
