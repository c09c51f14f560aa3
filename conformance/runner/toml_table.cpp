#include "conformance/runner/toml_table.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include "conformance/runner/error.h"
#include "conformance/runner/paths.h"

namespace winmem::conformance {

const toml::node* TomlTable::find(std::string_view key) {
  asked_.insert(std::string(key));
  return table_.get(key);
}

void TomlTable::refuse(std::string_view key, std::string_view expected) const {
  refuse_with(key, fmt::format("expected {}", expected));
}

void TomlTable::refuse_with(std::string_view key, std::string_view what) const {
  const toml::node* node = table_.get(key);
  auto line = (node == nullptr ? table_.source() : node->source()).begin.line;
  throw CannotRun(fmt::format("{}:{}: {}: {}", path_, line, key, what));
}

std::string TomlTable::replaced(std::string_view key, const std::string& text) const {
  try {
    return with_folders(text);
  } catch (const CannotRun& error) {
    refuse_with(key, error.what());
  }
}

std::string TomlTable::text(std::string_view key) {
  const toml::node* node = find(key);
  if (node == nullptr) return "";
  if (!node->is_string()) refuse(key, "a text");
  return replaced(key, node->as_string()->get());
}

std::vector<std::string> TomlTable::texts(std::string_view key) {
  std::vector<std::string> result;
  const toml::node* node = find(key);
  if (node == nullptr) return result;
  if (!node->is_array()) refuse(key, "a list of texts");
  for (const toml::node& element : *node->as_array()) {
    if (!element.is_string()) refuse(key, "a list of texts");
    result.push_back(replaced(key, element.as_string()->get()));
  }
  return result;
}

std::map<std::string, std::string> TomlTable::pairs(std::string_view key) {
  std::map<std::string, std::string> result;
  const toml::node* node = find(key);
  if (node == nullptr) return result;
  if (!node->is_table()) refuse(key, "a table of texts");
  for (const auto& [name, value] : *node->as_table()) {
    if (!value.is_string()) refuse(key, "a table of texts");
    result[std::string(name.str())] = replaced(key, value.as_string()->get());
  }
  return result;
}

long long TomlTable::number(std::string_view key, long long otherwise) {
  const toml::node* node = find(key);
  if (node == nullptr) return otherwise;
  if (!node->is_integer()) refuse(key, "a number");
  return node->as_integer()->get();
}

std::vector<TomlTable> TomlTable::tables(std::string_view key) {
  std::vector<TomlTable> result;
  const toml::node* node = find(key);
  if (node == nullptr) return result;
  if (node->is_table()) {
    result.emplace_back(path_, *node->as_table());
    return result;
  }
  if (!node->is_array()) refuse(key, "tables");
  for (const toml::node& element : *node->as_array()) {
    if (!element.is_table()) refuse(key, "tables");
    result.emplace_back(path_, *element.as_table());
  }
  return result;
}

void TomlTable::refuse_unknown_keys() const {
  for (const auto& [name, value] : table_)
    if (!asked_.contains(std::string(name.str())))
      refuse(name.str(), fmt::format("one of {}", fmt::join(asked_, ", ")));
}

}  // namespace winmem::conformance
