// winmem-explain: one rule, what supports it, and the cases that show it; one fact; the rules of a
// function.
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

using Facts = std::map<std::string, Fact>;

[[noreturn]] void refuse(const std::string& name, const Facts& facts) {
  std::vector<std::string> names;
  for (const spec::Rule* rule : spec::rules()) names.emplace_back(rule->id);
  for (const Function& function : functions()) names.emplace_back(view(function.name));
  for (const auto& [id, fact] : facts) names.push_back(id);
  throw CannotRun(fmt::format("no rule, fact or function '{}'; the nearest are {}", name,
                              fmt::join(nearest(name, names, 3), ", ")));
}

bool contains(const std::vector<std::string>& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

void print_facts(const Facts& facts, const std::vector<std::string>& ids) {
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
  for (const auto& path : collect_scripts(suite_folders())) {
    std::unique_ptr<ScriptFile> file = load_script(path);
    std::vector<std::string> cited = split_ids(std::string(view(header(file->script, "cites"))));
    bool shares = std::any_of(cited.begin(), cited.end(),
                              [&](const std::string& id) { return contains(ids, id); });
    if (!shares) continue;
    if (!any) fmt::print("\ncases and traces that cite {}:\n", ids.size() > 1 ? "them" : "it");
    any = true;
    fmt::print("  {}\n      {}\n", file->path, file->title);
  }
}

void print_rule(const spec::Rule& rule, const Facts& facts) {
  fmt::print("{}\n  {}\n\n", rule.id, rule.says);
  fmt::print("function: {}\nkind:     {}\n", function_name(rule), spec::name_of(rule.kind));
  if (std::string holds = where_it_holds(rule); !holds.empty()) fmt::print("holds:    {}\n", holds);
  std::vector<std::string> ids = split_ids(rule.facts);
  fmt::print("\nfacts:\n");
  print_facts(facts, ids);
  print_cases(ids);
}

/// The rules for which `keeps` holds, a line each, with a title above; false where there are none.
template <typename Keeps>
bool print_rules(const std::string& title, Keeps keeps) {
  bool any = false;
  for (const spec::Rule* rule : spec::rules()) {
    if (!keeps(*rule)) continue;
    if (!any) fmt::print("{}\n", title);
    any = true;
    fmt::print("  {}\n      {}\n", rule->id, rule->says);
  }
  return any;
}

void print_fact(const Fact& fact, const Facts& facts) {
  fmt::print("{}\nfunction: {}\n\n", fact.id, fact.function);
  print_facts(facts, {fact.id});
  print_rules("\nrules that cite it:",
              [&](const spec::Rule& rule) { return contains(split_ids(rule.facts), fact.id); });
  print_cases({fact.id});
}

/// The page that GlobalLock and LocalLock share: "Moveable.Lock."; of other functions empty.
std::string shared_page(const std::string& function) {
  for (const char* family : {"Global", "Local"})
    if (function.starts_with(family))
      return "Moveable." + function.substr(std::string(family).size()) + ".";
  return "";
}

int work(const std::string& name) {
  Facts facts = load_facts();
  if (const spec::Rule* rule = spec::find_rule(text_of(name)); rule != nullptr) {
    print_rule(*rule, facts);
    return exit_conforms;
  }
  if (auto fact = facts.find(name); fact != facts.end()) {
    print_fact(fact->second, facts);
    return exit_conforms;
  }
  const Function* function = find_function(text_of(name));
  if (function != nullptr) {
    std::string page = shared_page(name);
    bool any = print_rules("rules of " + name + ":", [&](const spec::Rule& rule) {
      std::string id = rule.id;
      bool shared = !page.empty() && id.starts_with(page);
      return rule.function == function || id.starts_with(name + ".") || shared;
    });
    if (!any) fmt::print("{}: the specification has no rule of its own for it\n", name);
    return exit_conforms;
  }
  bool any = !name.empty() &&
             print_rules("rules that begin with " + name + ":", [&](const spec::Rule& rule) {
               return view(text_of(rule.id)).starts_with(name);
             });
  if (!any) refuse(name, facts);
  return exit_conforms;
}

}  // namespace
}  // namespace winmem::conformance

int main(int argc, char** argv) {
  using namespace winmem::conformance;
  std::string rule;
  CLI::App app{
      "Tells one rule of the model, its facts with their sources, and the cases that show it; of a "
      "fact what cites it; of a function its rules.",
      "winmem explain"};
  app.add_option("NAME", rule,
                 "a rule's id or how several begin, a fact's id, or a function, as reports print "
                 "them")
      ->required();
  return run_tool(app, argc, argv, [&] { return work(rule); });
}
