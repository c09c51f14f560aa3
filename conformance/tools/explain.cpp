// winmem-explain: one rule, what supports it, and the cases that show it.
#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "conformance/runner/error.h"
#include "conformance/runner/facts.h"
#include "conformance/runner/nearest.h"
#include "conformance/runner/paths.h"
#include "conformance/runner/script_file.h"
#include "conformance/tools/rule_text.h"
#include "conformance/tools/tool.h"

namespace winmem::conformance {
namespace {

[[noreturn]] void refuse(const std::string& name) {
  std::vector<std::string> names;
  for (const spec::Rule* rule : spec::rules()) names.emplace_back(rule->id);
  throw CannotRun(fmt::format("no rule '{}'; the nearest are {}", name,
                              fmt::join(nearest(name, names, 3), ", ")));
}

void print_facts(const std::vector<std::string>& ids) {
  std::map<std::string, Fact> facts = load_facts();
  for (const std::string& id : ids) {
    auto found = facts.find(id);
    if (found == facts.end()) {
      fmt::print("  {}\n", id);
      continue;
    }
    const Fact& fact = found->second;
    fmt::print("  {} ({}): {}\n", id, fact.confidence, fact.title);
    for (const std::string& source : fact.sources) fmt::print("      {}\n", source);
  }
}

void print_cases(const std::vector<std::string>& ids) {
  bool any = false;
  for (const auto& path : collect_scripts({(source_folder() / "conformance" / "cases").string()})) {
    std::unique_ptr<ScriptFile> file = load_script(path);
    std::vector<std::string> cited = split_ids(std::string(view(header(file->script, "cites"))));
    bool shares = std::any_of(cited.begin(), cited.end(), [&](const std::string& id) {
      return std::find(ids.begin(), ids.end(), id) != ids.end();
    });
    if (!shares) continue;
    if (!any) fmt::print("\ncases that cite them:\n");
    any = true;
    fmt::print("  {}\n      {}\n", file->path, file->title);
  }
}

int work(const std::string& name) {
  const spec::Rule* rule = spec::find_rule(text_of(name));
  if (rule == nullptr) refuse(name);
  fmt::print("{}\n  {}\n\n", rule->id, rule->says);
  fmt::print("function: {}\nkind:     {}\n", function_name(*rule), spec::name_of(rule->kind));
  if (std::string holds = where_it_holds(*rule); !holds.empty())
    fmt::print("holds:    {}\n", holds);
  std::vector<std::string> ids = split_ids(rule->facts);
  fmt::print("\nfacts:\n");
  print_facts(ids);
  print_cases(ids);
  return exit_conforms;
}

}  // namespace
}  // namespace winmem::conformance

int main(int argc, char** argv) {
  using namespace winmem::conformance;
  std::string rule;
  CLI::App app{
      "Tells one rule of the model, its facts with their sources, and the cases that show it.",
      "winmem explain"};
  app.add_option("RULE", rule, "its id, as reports print it")->required();
  return run_tool(app, argc, argv, [&] { return work(rule); });
}
