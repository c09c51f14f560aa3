// Lines: headers, comments, steps.
#include "model/language/parse.h"

#include "model/language/parser.h"

namespace winmem {
namespace {

constexpr Text keys[] = {"title",          "cites",    "requires",         "profile",
                         "system",         "captured", "transcribed-from", "section",
                         "shown-by-setup", "note"};

/// Words that mean something in the language and so cannot be names.
constexpr Text reserved_words[] = {"ok",          "each",   "out",      "inout",   "reversed",
                                   "on",          "do",     "any",      "by",      "poison",
                                   "raises",      "ends",   "hangs",    "blocked", "skipped",
                                   "unsupported", "either", "multiple", "bits",    "refused",
                                   "untouched",   "sizeof", "returns",  "signal",  "exit"};

bool is_reserved(const Word& word) {
  for (const Text reserved : reserved_words)
    if (reserved == word.text) return true;
  return find_function(word.text, word.hash) != nullptr ||
         find_constant(word.text, word.hash, Set::none) != nullptr;
}

struct Sizes {
  std::uint32_t lines = 0, remarks = 0, names = 0;
};

/// Upper bounds for the tables of a script, from one look at it.
Sizes measure(Text source) {
  Sizes sizes;
  const char* p = source.begin();
  while (p < source.end()) {
    while (p < source.end() && (*p == ' ' || *p == '\t')) ++p;
    if (p < source.end() && *p == '#') {
      ++sizes.remarks;
    } else {
      ++sizes.lines;
      for (; p < source.end() && *p != '\n' && *p != '('; ++p)
        if (*p == '=') {
          ++sizes.names;
          break;
        }
    }
    while (p < source.end() && *p != '\n') ++p;
    ++p;
  }
  return sizes;
}

constexpr std::uint32_t threads = 256;

/// Reads the lines of one script.
struct LineReader : Parser {
  LineReader(Arena& memory, Script& target) : Parser(memory), script(target) {}

  Script& script;
  Span<std::uint32_t> last_steps;  ///< by thread: whose outcome `T2 returns` is; a step plus one

  bool prepare(const Sizes& sizes);
  bool line_of(const char* line_end);
  bool remark();
  bool step();
  bool thread(Step& step);
  bool bind(const Word& name, const char* begin, Call& call);
  bool call_of(Step& step);
};

bool LineReader::prepare(const Sizes& sizes) {
  std::uint32_t slots = 4;
  while (slots < sizes.names * 2) slots *= 2;
  Span<NameInfo> infos;
  Span<std::uint32_t> table;
  if (!take(sizes.lines, script.steps) || !take(sizes.remarks, script.remarks) ||
      !take(sizes.names, script.names) || !take(sizes.names, infos) || !take(slots, table) ||
      !take(threads, last_steps))
    return false;
  script.steps.size = script.remarks.size = 0;
  names.texts = {script.names.data, 0};
  names.infos = infos.data;
  names.table = table.data;
  names.mask = slots - 1;
  return true;
}

bool LineReader::remark() {
  Remark& remark = script.remarks[script.remarks.size++];
  remark.before = script.steps.size;
  ++at;
  const char* text = at;
  blanks();
  for (const Text key : keys) {
    const char* begin = at;
    if (!accept(key)) continue;
    if (accept(':')) {
      blanks();
      remark.key = key;
      remark.value = Text(at, static_cast<std::size_t>(end - at));
      return true;
    }
    at = begin;
  }
  remark.value = Text(text, static_cast<std::size_t>(end - text));
  return true;
}

/// `T2: ` before a call, or the whole of `T2 returns`.
bool LineReader::thread(Step& step) {
  if (peek() != 'T' || (class_of(peek_next()) & digit) == 0) return true;
  ++at;
  const char* begin = at;
  std::uint32_t number = 0;
  if (!count(number, 1, "the number of a thread")) return false;
  if (number >= threads) return fail_at(begin, "a thread below 256");
  step.call.thread = static_cast<std::uint8_t>(number);
  if (accept(':')) {
    blanks();
    return true;
  }
  blanks();
  if (!accept_word("returns")) return fail("':' or `returns`");
  step.returns = true;
  return true;
}

bool LineReader::bind(const Word& name, const char* begin, Call& call) {
  if (names.find(name) >= 0) return fail_at(begin, "a new name: this one is bound already");
  if (is_reserved(name)) return fail_at(begin, "a name that is not a word of the language");
  NameInfo info;
  info.function = call.function;
  info.list = has_plays(call);
  info.count = call.repeat;
  for (const Argument& a : call.arguments) {
    const Reference& r = a.value.reference;
    if (!a.value.is_reference || r.reach == Reference::Reach::whole ||
        r.reach == Reference::Reach::element)
      continue;
    info.count = r.sliced ? r.end - r.first : names.infos[r.name].count;
  }
  call.binds = static_cast<std::int32_t>(names.texts.size);
  names.add(name, info);
  return true;
}

bool LineReader::call_of(Step& step) {
  Call& call = step.call;
  Word name;
  const char* name_at = at;
  if ((class_of(peek()) & (lower | upper)) != 0) {
    const Word word = this->word();
    const char* after = at;
    blanks();
    if (accept('=')) {
      if ((class_of(word.text[0]) & lower) == 0)
        return fail_at(name_at, "a name that begins with a lower-case letter");
      name = word;
      blanks();
    } else {
      at = after;
      call.function = find_function(word.text, word.hash);
      if (call.function == nullptr) return fail_at(name_at, "a function, or a name and '='");
    }
  }
  if (call.function == nullptr && (class_of(peek()) & digit) != 0) {
    call.repeated = true;
    const char* begin = at;
    if (!count(call.repeat, 1, "a count above 0")) return false;
    if (call.repeat > max_repeat) return fail_at(begin, "a count of at most 262144");
    blanks();
    if (!expect('*', "'*'")) return false;
    blanks();
  }
  if (call.function == nullptr) {
    const char* begin = at;
    const Word word = this->word();
    call.function = find_function(word.text, word.hash);
    if (call.function == nullptr) return fail_at(begin, "a function");
  }
  if (!arguments(call)) return false;
  blanks();
  step.has_outcome = accept("->");
  if (!step.has_outcome && !done()) return fail("'->' or the end of the line");
  // The outcome is read before the name is bound: a call's own name is not yet known in it.
  if (step.has_outcome && !outcomes(call, step.outcomes)) return false;
  last_steps[call.thread] = script.steps.size;
  return name.text.empty() || bind(name, name_at, call);
}

bool LineReader::step() {
  Step& step = script.steps[script.steps.size++];
  step.line = line;
  const char* begin = at;
  if (!thread(step)) return false;
  if (!step.returns) return call_of(step);
  const std::uint32_t before = last_steps[step.call.thread];
  if (before == 0) return fail_at(begin, "a thread that an earlier line calls on");
  const Call& call = script.steps[before - 1].call;
  step.call.function = call.function;
  blanks();
  if (!accept("->")) return fail("'->'");
  step.has_outcome = true;
  return outcomes(call, step.outcomes);
}

bool LineReader::line_of(const char* line_end) {
  while (line_end > at && (line_end[-1] == ' ' || line_end[-1] == '\t' || line_end[-1] == '\r'))
    --line_end;
  end = line_end;
  blanks();
  if (done()) return true;
  return peek() == '#' ? remark() : step();
}

}  // namespace

Span<const Text> header_keys() {
  return {keys, sizeof keys / sizeof keys[0]};
}

bool parse_script(Text source, Arena& arena, Script& script, ParseError& error) {
  script = Script{};
  error = ParseError{};
  LineReader reader(arena, script);
  reader.error = &error;
  reader.at = reader.line_begin = source.begin();
  reader.line = 1;
  if (!reader.prepare(measure(source))) return false;
  const char* p = source.begin();
  for (; p < source.end(); ++p, ++reader.line) {
    reader.at = reader.line_begin = p;
    while (p < source.end() && *p != '\n') ++p;
    if (!reader.line_of(p)) return false;
  }
  script.names.size = reader.names.texts.size;
  return true;
}

bool parse_outcomes(Text source, const Call& call, Span<Text> names, Arena& arena,
                    Span<Outcome>& outcomes, ParseError& error) {
  error = ParseError{};
  Parser parser(arena);
  parser.error = &error;
  parser.at = parser.line_begin = source.begin();
  parser.end = source.end();
  parser.line = 1;
  parser.names.texts = names;
  while (parser.end > parser.at &&
         (parser.end[-1] == '\r' || parser.end[-1] == '\n' || parser.end[-1] == ' '))
    --parser.end;
  parser.blanks();
  return parser.outcomes(call, outcomes);
}

}  // namespace winmem
