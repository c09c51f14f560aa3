#include "conformance/runner/misspelt.h"

#include <fmt/core.h>

#include <algorithm>

#include "conformance/runner/nearest.h"
#include "conformance/runner/script_file.h"

namespace winmem::conformance {
namespace {

constexpr const char* letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

using Names = std::vector<std::string>;

Names function_names() {
  Names names;
  for (const Function& function : functions()) names.emplace_back(view(function.name));
  return names;
}

Names constant_names() {
  Names names;
  for (const Constant& constant : constants()) names.emplace_back(view(constant.name));
  return names;
}

Names field_names() {
  Names names;
  for (const Function& function : functions())
    for (std::uint8_t i = 0; i < function.field_count; ++i)
      names.emplace_back(view(function.fields[i].name));
  return names;
}

}  // namespace

std::string misspelt_word(std::string_view line, std::size_t place) {
  std::string_view rest = line.substr(std::min(place, line.size()));
  std::string_view word = rest.substr(0, rest.find_first_not_of(letters));
  std::string_view behind = rest.substr(word.size(), 1);
  struct List {
    const char* what;
    Names names;
  };
  List list = behind == "("   ? List{"function", function_names()}
              : behind == "=" ? List{"field", field_names()}
                              : List{"constant", constant_names()};
  std::string name = word.empty() ? "" : meant(word, list.names);
  if (name.empty() || name == word) return "";
  return fmt::format("no {} is named {}; {}?", list.what, word, name);
}

std::string mistyped_key(std::string_view comment) {
  std::size_t colon = comment.find(':');
  if (colon == std::string_view::npos) return "";
  std::string_view word = comment.substr(0, colon);
  word = word.substr(0, word.find_last_not_of(" \t") + 1);
  if (word.empty() || word.find_first_of(" \t") != std::string_view::npos) return "";
  Names keys;
  for (Text key : header_keys()) keys.emplace_back(view(key));
  return meant(word, keys);
}

}  // namespace winmem::conformance
