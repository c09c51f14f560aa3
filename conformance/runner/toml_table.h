// Typed look-ups in a TOML table, with the file and line where something else stands.
#pragma once

#define TOML_EXCEPTIONS 1
#include <toml++/toml.h>

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace winmem::conformance {

/// Every look-up throws CannotRun where a value is of another type. `${source}` and `${build}` are
/// replaced in texts.
class TomlTable {
 public:
  TomlTable(std::string path, const toml::table& table) : path_(std::move(path)), table_(table) {}

  std::string text(std::string_view key);
  std::vector<std::string> texts(std::string_view key);
  std::map<std::string, std::string> pairs(std::string_view key);
  long long number(std::string_view key, long long otherwise);
  /// The tables of a `[[key]]`, or a `[key]` as a list of one.
  std::vector<TomlTable> tables(std::string_view key);
  /// Throws at the first key that nobody asked for: most often a word misspelt.
  void refuse_unknown_keys() const;
  [[noreturn]] void refuse(std::string_view key, std::string_view expected) const;

 private:
  std::string path_;
  const toml::table& table_;
  std::set<std::string> asked_;

  const toml::node* find(std::string_view key);
  std::string replaced(std::string_view key, const std::string& text) const;
  [[noreturn]] void refuse_with(std::string_view key, std::string_view what) const;
};

}  // namespace winmem::conformance
