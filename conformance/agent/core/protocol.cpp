#include "conformance/agent/core/protocol.h"

#include <cstring>

#include "conformance/agent/core/input.h"
#include "conformance/agent/core/memory.h"
#include "conformance/agent/core/player.h"
#include "conformance/agent/core/vendor.h"
#include "model/language/parse.h"

namespace winmem::agent {

namespace {

/// What `begin` said, and the lines since.
struct Open {
  bool open = false;
  bool isolated = false;
  bool unguarded = false;
  Playing playing;
  std::size_t size = 0;  ///< of the script so far, in memory.script
  std::uint32_t lines = 0;
  std::uint32_t broken =
      0;  ///< the line that was too long, or the first for which there was no room; 0: none
};

bool starts_with(Text line, Text word) {
  return line.size >= word.size && std::memcmp(line.data, word.data, word.size) == 0;
}

Text trim(Text line) {
  while (!line.empty() && (line[line.size - 1] == ' ' || line[line.size - 1] == '\t')) --line.size;
  while (!line.empty() && (line[0] == ' ' || line[0] == '\t'))
    line = Text(line.data + 1, line.size - 1);
  return line;
}

Text next_word(Text& line) {
  line = trim(line);
  std::size_t size = 0;
  while (size < line.size && line[size] != ' ') ++size;
  Text word(line.data, size);
  line = Text(line.data + size, line.size - size);
  return word;
}

void say_error(std::uint64_t number, std::uint32_t line, std::uint32_t column, Text expected) {
  Output& out = output();
  decimal(out, number);
  if (line != 0) {
    out << '.';
    decimal(out, line);
    out << Text(" ->");
  }
  out << Text(" error(");
  decimal(out, column);
  out << Text(", ") << expected << Text(")\n");
  flush_output();
}

void say_hello() {
  Output& out = output();
  out << Text("0 hello protocol=1 ");
  print_system(out, vendor_system());
  out << Text(" agent=winmem-agent vendor=") << platform::vendor_name() << Text(" functions=");
  print_functions(out);
  out << '\n';
  flush_output();
}

/// `begin N [isolated] [buffered] [unguarded] [profile=documented] [privilege=...]`
bool read_begin(Text line, Open& open) {
  open = Open();
  Text rest(line.data + 5, line.size - 5);
  const Text number = next_word(rest);
  for (const char c : number) {
    if (c < '0' || c > '9') return false;
    open.playing.number = open.playing.number * 10 + static_cast<std::uint64_t>(c - '0');
  }
  while (!(rest = trim(rest)).empty()) {
    const Text word = next_word(rest);
    if (word == Text("isolated"))
      open.isolated = true;
    else if (word == Text("buffered"))
      open.playing.buffered = true;
    else if (word == Text("unguarded"))
      open.unguarded = true;
    else if (word == Text("profile=documented"))
      open.playing.documented = true;
    else if (word == lock_memory_privilege)
      open.playing.lock_memory = true;
    else if (word != Text("profile=windows"))
      return false;
  }
  open.open = !number.empty();
  return open.open;
}

void add_line(Open& open, Text line, bool too_long) {
  ++open.lines;
  if (open.broken != 0) return;
  if (too_long || open.size + line.size + 1 > script_bytes) {
    open.broken = open.lines;
    return;
  }
  std::memcpy(memory.script + open.size, line.data, line.size);
  open.size += line.size;
  memory.script[open.size++] = '\n';
}

/// The bytes of a text's first lines.
std::size_t bytes_before(Text text, std::uint32_t line) {
  std::size_t i = 0;
  for (std::uint32_t passed = 1; passed < line && i < text.size; ++i)
    if (text[i] == '\n') ++passed;
  return i;
}

/// Plays what can be read: all, or the lines before the first that cannot, which is then answered
/// as an error.
void play_here(const Open& open) {
  Text text(memory.script, open.size);
  Arena arena(memory.parsed, parsed_bytes);
  Script script;
  ParseError error;
  const bool read = parse_script(text, arena, script, error);
  if (!read) {
    text.size = bytes_before(text, error.line);
    arena.reset();
    script = Script();
    ParseError ignored;
    if (!parse_script(text, arena, script, ignored)) script = Script();
  }
  if (!play(script, open.playing, arena))
    say_error(open.playing.number, 1, 1, "a script that fits into memory");
  if (!read) {
    const std::size_t length = error.expected == nullptr ? 0 : std::strlen(error.expected);
    say_error(open.playing.number, error.line, error.column, Text(error.expected, length));
  }
  if (open.broken != 0) say_error(open.playing.number, open.broken, 1, "a shorter line or script");
}

void say_end(const Open& open, bool clean) {
  decimal(output(), open.playing.number);
  output() << (clean ? Text(" end\n") : Text(" end dirty\n"));
  flush_output();
}

void play_isolated(const Options& options, const Open& open) {
  const char* arguments[] = {"--child", options.library == nullptr ? nullptr : "--library",
                             options.library, nullptr};
  // The child is sent what the host sent: `begin` and `end` go round the lines that are there
  // already.
  static char text[script_bytes + 0x100];
  Output input(text, sizeof text);
  input << Text("begin ");
  decimal(input, open.playing.number);
  if (open.playing.documented) input << Text(" profile=documented");
  if (open.playing.lock_memory) input << ' ' << lock_memory_privilege;
  if (open.unguarded) input << Text(" unguarded");
  input << '\n' << Text(memory.script, open.size) << Text("end\nbye\n");
  const platform::Ending ending = platform::run_self(arguments, input.text(), host_is_gone);
  if (ending.kind == platform::Ending::Kind::not_started) {
    // Where no process can be started (an emulator) the host can: it is asked to, after each such
    // script.
    play_here(open);
    clean_up();
    return say_end(open, false);
  }
  if (open.broken != 0) say_error(open.playing.number, open.broken, 1, "a shorter line or script");
  if (ending.kind == platform::Ending::Kind::finished) return say_end(open, true);
  decimal(output(), open.playing.number);
  output() << Text(" ends ");
  print_ending(output(), ending);
  output() << '\n';
  flush_output();
}

void finish(const Options& options, Open& open) {
  open.open = false;
  if (options.child) {
    platform::guard_exceptions(!open.unguarded);
    play_here(open);
    flush_output();
    platform::finish_child();
  }
  if (open.isolated || open.unguarded) return play_isolated(options, open);
  play_here(open);
  say_end(open, clean_up());
}

}  // namespace

void print_ending(Output& out, const platform::Ending& ending) {
  constexpr std::uint32_t first_status = 0x80000000;
  if (ending.kind == platform::Ending::Kind::died && ending.status >= first_status) {
    hex(out, ending.status);
    return;
  }
  out << (ending.kind == platform::Ending::Kind::by_signal ? Text("signal(") : Text("exit("));
  decimal(out, ending.status);
  out << ')';
}

void speak(const Options& options) {
  static Open open;
  Text line;
  for (;;) {
    const Line what = next_line(line);
    if (what == Line::over) return;
    const bool too_long = what == Line::too_long;
    const Text word = too_long ? Text() : trim(line);
    if (open.open) {
      if (word == Text("end"))
        finish(options, open);
      else
        add_line(open, too_long ? Text() : line, too_long);
    } else if (word == Text("hello")) {
      say_hello();
    } else if (word == Text("bye")) {
      return;
    } else if (word == Text("begin") || starts_with(word, "begin ")) {
      if (!read_begin(word, open))
        say_error(0, 0, 7,
                  "a number, then isolated, buffered, unguarded, profile=NAME or privilege=NAME");
    } else if (too_long || (!word.empty() && word[0] != '#')) {
      say_error(0, 0, 1, "hello, begin N or bye");
    }
  }
}

}  // namespace winmem::agent
