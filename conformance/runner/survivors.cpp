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

std::string mutant_of(TomlTable& entry) {
  const spec::Rule* rule = spec::find_rule(text_of(entry.text("rule")));
  if (rule == nullptr) entry.refuse("rule", "the id of a rule");
  for (const spec::Mutation mutation : spec::all_mutations)
    if (entry.text("mutation") == spec::name_of(mutation)) return name_of_mutant(*rule, mutation);
  entry.refuse("mutation", "one of " + all_names());
}

}  // namespace

std::string name_of_mutant(const spec::Rule& rule, spec::Mutation mutation) {
  return fmt::format("{}: {}", rule.id, spec::name_of(mutation));
}

std::map<std::string, std::string> load_survivors(const std::filesystem::path& path) {
  std::map<std::string, std::string> survivors;
  toml::table parsed;
  try {
    parsed = toml::parse_file(path.string());
  } catch (const toml::parse_error& error) {
    throw CannotRun(
        fmt::format("{}:{}: {}", path.string(), error.source().begin.line, error.description()));
  }
  TomlTable table(path.string(), parsed);
  for (TomlTable& entry : table.tables("survivor")) {
    const std::string mutant = mutant_of(entry);
    const std::string why = entry.text("why");
    if (why.empty()) entry.refuse("why", "a sentence");
    if (!survivors.emplace(mutant, why).second) entry.refuse("rule", "each mutant once");
    entry.refuse_unknown_keys();
  }
  table.refuse_unknown_keys();
  return survivors;
}

}  // namespace winmem::conformance
