#include "conformance/runner/survivors.h"

#include <fmt/core.h>

#include <iterator>

#include "conformance/runner/error.h"
#include "conformance/runner/script_file.h"
#include "conformance/runner/toml_table.h"

namespace winmem::conformance {
namespace {

std::string all_names() {
  std::string names;
  for (const spec::Mutation mutation : spec::all_mutations)
    names += std::string(names.empty() ? "" : ", ") + spec::name_of(mutation);
  return names;
}

const spec::Rule& rule_of(TomlTable& entry) {
  const std::string id = entry.text("rule");
  const spec::Rule* rule = spec::find_rule(text_of(id));
  if (rule == nullptr) entry.refuse("rule", "the id of a rule");
  return *rule;
}

std::string mutant_of(TomlTable& entry) {
  const spec::Rule& rule = rule_of(entry);
  for (const spec::Mutation mutation : spec::all_mutations)
    if (entry.text("mutation") == spec::name_of(mutation)) return name_of_mutant(rule, mutation);
  entry.refuse("mutation", "one of " + all_names());
}

/// The reasons of a list, by what each entry names.
template <class Name>
std::map<std::string, std::string> reasons(const std::filesystem::path& path, const char* key,
                                           Name name) {
  std::map<std::string, std::string> found;
  toml::table parsed;
  try {
    parsed = toml::parse_file(path.string());
  } catch (const toml::parse_error& error) {
    throw CannotRun(
        fmt::format("{}:{}: {}", path.string(), error.source().begin.line, error.description()));
  }
  TomlTable table(path.string(), parsed);
  for (TomlTable& entry : table.tables(key)) {
    const std::string named = name(entry);
    const std::string why = entry.text("why");
    if (why.empty()) entry.refuse("why", "a sentence");
    if (!found.emplace(named, why).second) entry.refuse("rule", "each once");
    entry.refuse_unknown_keys();
  }
  table.refuse_unknown_keys();
  return found;
}

}  // namespace

std::string name_of_mutant(const spec::Rule& rule, spec::Mutation mutation) {
  return fmt::format("{}: {}", rule.id, spec::name_of(mutation));
}

std::map<std::string, std::string> load_survivors(const std::filesystem::path& path) {
  return reasons(path, "survivor", mutant_of);
}

std::map<std::string, std::string> load_unexercised(const std::filesystem::path& path) {
  return reasons(path, "unexercised", [](TomlTable& entry) { return rule_of(entry).id; });
}

}  // namespace winmem::conformance
