#include "conformance/runner/script_file.h"

#include <fmt/core.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <sstream>

#include "conformance/runner/error.h"
#include "conformance/runner/misspelt.h"
#include "conformance/runner/paths.h"

namespace winmem::conformance {
namespace {

constexpr std::size_t largest_file = 32 * 1024 * 1024;

[[noreturn]] void refuse(const std::string& path, std::size_t line, std::size_t column,
                         std::string_view what) {
  throw CannotRun(fmt::format("{}:{}:{}: {}", path, line, column, what));
}

/// A byte that no script holds tells at once that this is some other kind of file.
void refuse_binary(const std::string& path, std::string_view source) {
  std::size_t line = 1, begin = 0;
  for (std::size_t i = 0; i < source.size(); ++i) {
    unsigned char byte = static_cast<unsigned char>(source[i]);
    if (byte == '\n') {
      ++line;
      begin = i + 1;
    } else if (byte < 0x20 && byte != '\t' && byte != '\r') {
      refuse(path, line, i - begin + 1,
             fmt::format("expected text, found the byte 0x{:02x}: this is a binary file", byte));
    }
  }
}

/// Refuses a text of the source.
[[noreturn]] void refuse_at(const ScriptFile& file, const char* where, std::string_view what) {
  const char* begin = file.source.data();
  std::size_t line = static_cast<std::size_t>(std::count(begin, where, '\n')) + 1, column = 1;
  for (; where > begin && where[-1] != '\n'; --where) ++column;
  refuse(file.path, line, column, what);
}

/// A misspelt header would be a comment, and what it asks for forgotten.
void refuse_mistyped_keys(const ScriptFile& file) {
  for (const Remark& remark : file.script.remarks) {
    std::string_view text = view(remark.value);
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    std::string key = remark.key.empty() ? mistyped_key(text) : "";
    if (!key.empty())
      refuse_at(file, text.data(),
                fmt::format("expected a comment, or a header: did you mean '# {}: '?", key));
  }
}

std::string_view line_of(std::string_view source, std::size_t number) {
  for (; number > 1; --number) source.remove_prefix(source.find('\n') + 1);
  return source.substr(0, source.find('\n'));
}

System read_system(const ScriptFile& file) {
  System system;
  if (file.needs.heap == "nt") system.heap = HeapKind::nt;
  ParseError error;
  Text told = header(file.script, "system");
  if (!parse_system(told, system, error))
    refuse_at(file, told.data + error.column - 1, fmt::format("expected {}", error.expected));
  return system;
}

Requirements read_requirements(const std::string& path, const Script& script) {
  Requirements needs;
  std::istringstream words{std::string(view(header(script, "requires")))};
  for (std::string word; words >> word;) {
    std::size_t sign = word.find('=');
    std::string key = word.substr(0, sign);
    std::string value = sign == std::string::npos ? "" : word.substr(sign + 1);
    if (key == "bits" && (value == "32" || value == "64"))
      needs.bits = value == "64" ? 64 : 32;
    else if (key == "privilege" && !value.empty())
      needs.privileges.push_back(value);
    else if (key == "heap" && !value.empty())
      needs.heap = value;
    else if (find_function(text_of(word)) != nullptr)
      needs.functions.push_back(word);
    else
      throw CannotRun(
          fmt::format("{}: requires: expected bits=32, bits=64, privilege=NAME, heap=KIND or the "
                      "name of a function, found '{}'",
                      path, word));
  }
  if (std::string_view profile = view(header(script, "profile")); !profile.empty()) {
    spec::Profile named;
    if (!spec::profile_named(text_of(profile), named))
      throw CannotRun(fmt::format("{}: profile: '{}' is not the name of a profile", path, profile));
    needs.profile = named;
  }
  return needs;
}

}  // namespace

bool ScriptFile::has_outcomes() const {
  return std::any_of(script.steps.begin(), script.steps.end(),
                     [](const Step& step) { return step.has_outcome; });
}

bool ScriptFile::is_record() const {
  return !header(script, "captured").empty() || !header(script, "transcribed-from").empty();
}

std::unique_ptr<ScriptFile> parse_script_text(std::string path, std::string source) {
  auto file = std::make_unique<ScriptFile>();
  file->path = std::move(path);
  file->source = std::move(source);
  refuse_binary(file->path, file->source);
  // A step is some hundred bytes for a line of at least four; runs, fields and references add a few
  // more for each word.
  file->memory = std::make_unique<Memory>(file->source.size() * 512 + 65536);
  ParseError error;
  if (!parse_script(text_of(file->source), file->memory->arena(), file->script, error)) {
    std::string what =
        fmt::format("expected {}", error.expected == nullptr ? "something else" : error.expected);
    std::string meant = misspelt_word(line_of(file->source, error.line), error.column - 1);
    refuse(file->path, error.line, error.column, meant.empty() ? what : what + ": " + meant);
  }
  refuse_mistyped_keys(*file);
  if (file->script.steps.empty()) refuse(file->path, 1, 1, "expected a call: this file has none");
  file->needs = read_requirements(file->path, file->script);
  file->system = read_system(*file);
  file->title = std::string(view(header(file->script, "title")));
  if (file->title.empty()) file->title = file->path;
  return file;
}

std::unique_ptr<ScriptFile> load_script(const std::filesystem::path& path) {
  std::error_code error;
  auto size = std::filesystem::file_size(path, error);
  if (!error && size > largest_file)
    throw CannotRun(fmt::format("{}: larger than any script (32 MiB)", path.string()));
  std::ifstream stream(path, std::ios::binary);
  if (!stream) throw CannotRun(fmt::format("{}: {}", path.string(), std::strerror(errno)));
  std::string source((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  if (stream.bad()) throw CannotRun(fmt::format("{}: cannot be read", path.string()));
  return parse_script_text(shown(path), std::move(source));
}

}  // namespace winmem::conformance
