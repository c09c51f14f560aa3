#include "conformance/agent/core/play_files.h"

#include <cstring>

#include "conformance/agent/core/memory.h"
#include "conformance/agent/core/player.h"
#include "conformance/agent/core/protocol.h"
#include "model/language/parse.h"

namespace winmem::agent {

namespace {

Text from(const char* text) {
  return Text(text, text == nullptr ? 0 : std::strlen(text));
}

void complain(const char* path, const ParseError* where, Text what) {
  static char text[0x1000];
  Output message(text, sizeof text);
  message << Text("winmem-agent: ") << from(path) << ':';
  if (where != nullptr) {
    decimal(message, where->line);
    message << ':';
    decimal(message, where->column);
    message << ':';
  }
  message << ' ' << what << '\n';
  platform::write_error(message.text());
}

int play_file(const char* path) {
  std::size_t size = 0;
  if (!platform::read_file(path, memory.script, script_bytes, size)) {
    complain(path, nullptr, "cannot be read");
    return 2;
  }
  Arena arena(memory.parsed, parsed_bytes);
  Script script;
  ParseError error;
  if (!parse_script(Text(memory.script, size), arena, script, error)) {
    static char text[0x200];
    Output what(text, sizeof text);
    what << Text("expected ") << from(error.expected);
    complain(path, &error, what.text());
    return 2;
  }
  Playing playing;
  playing.style = Style::text;
  playing.documented = header(script, "profile") == Text("documented");
  playing.lock_memory = requires_word(script, lock_memory_privilege);
  if (!play(script, playing, arena)) {
    complain(path, nullptr, "needs more memory than the agent has");
    return 2;
  }
  flush_output();
  return 0;
}

int play_apart(const Options& options, const char* path) {
  const char* with_library[] = {"--child", "--library", options.library, "--play", path, nullptr};
  const char* without[] = {"--child", "--play", path, nullptr};
  const platform::Ending ending = platform::run_self(
      options.library != nullptr ? with_library : without, Text(), [] { return false; });
  switch (ending.kind) {
    case platform::Ending::Kind::finished:
      return 0;
    case platform::Ending::Kind::not_started: {
      const int code = play_file(path);
      clean_up();
      return code;
    }
    default:
      break;
  }
  // A child that could not read its file has said so.
  if (ending.kind == platform::Ending::Kind::died && ending.status == 2) return 2;
  output() << Text("  -> ends ");
  print_ending(output(), ending);
  output() << '\n';
  flush_output();
  return 1;
}

}  // namespace

int play_files(const Options& options) {
  int worst = 0;
  for (int i = 0; i < options.file_count; ++i) {
    if (options.file_count > 1) {
      output() << (i == 0 ? Text("# section: ") : Text("\n# section: ")) << from(options.files[i])
               << '\n';
      flush_output();
    }
    int code = 0;
    if (options.here || options.child) {
      code = play_file(options.files[i]);
      if (options.child && code == 0) platform::finish_child();
      clean_up();
    } else {
      code = play_apart(options, options.files[i]);
    }
    if (code > worst) worst = code;
  }
  return worst;
}

}  // namespace winmem::agent
