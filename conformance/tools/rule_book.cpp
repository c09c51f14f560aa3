#include "conformance/tools/rule_book.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "conformance/runner/facts.h"
#include "conformance/runner/paths.h"
#include "conformance/runner/survivors.h"
#include "conformance/runner/vendor.h"
#include "conformance/tools/rule_text.h"

namespace winmem::conformance {
namespace {

using Facts = std::map<std::string, Fact>;
/// Titles of vendors by the rule that they are known to break.
using Breakers = std::map<std::string, std::set<std::string>>;

Breakers breakers() {
  Breakers result;
  for (const auto& entry :
       std::filesystem::directory_iterator(source_folder() / "conformance" / "vendors")) {
    if (entry.path().extension() != ".toml") continue;
    const Vendor vendor = find_vendor(entry.path().string());
    for (const Expected& expected : vendor.expected)
      if (!expected.rule.empty()) result[expected.rule].insert(vendor.title);
  }
  return result;
}

/// Whether a fact is a reason for what the rule says: a number of the table of native statuses is
/// not, nor, of a rule that is definite, a fact that was left open.
bool supports(const Fact& fact, const spec::Rule& rule) {
  const bool open =
      rule.kind == spec::Rule::Kind::unspecified || rule.kind == spec::Rule::Kind::undefined;
  return open ? fact.disposition != "out of scope" : fact.disposition == "rule";
}

/// "windows-tested": how well the best of a rule's facts is known.
std::string evidence_class(const spec::Rule& rule, const std::vector<std::string>& ids,
                           const Facts& facts) {
  std::string best;
  for (const std::string& id : ids) {
    const auto fact = facts.find(id);
    if (fact == facts.end() || fact->second.sources.empty()) continue;
    if (!supports(fact->second, rule)) continue;
    const std::string& source = fact->second.sources.front();
    if (best.empty() || strength(source) < strength(best)) best = source;
  }
  return best.substr(0, best.find(':'));
}

std::string sources_of(const std::vector<std::string>& ids, const Facts& facts) {
  std::set<std::string> told;
  std::string text;
  for (const std::string& id : ids) {
    const auto fact = facts.find(id);
    if (fact == facts.end() || fact->second.sources.empty()) continue;
    const std::string& source = fact->second.sources.front();
    if (told.insert(source).second) text += fmt::format("  - {}\n", source);
  }
  return text;
}

using Reasons = std::map<std::string, std::string>;

std::string entry_of(const spec::Rule& rule, const Facts& facts, const Breakers& broken,
                     const Reasons& unexercised) {
  const std::vector<std::string> ids = split_ids(rule.facts);
  std::string about = spec::name_of(rule.kind);
  if (std::string holds = where_it_holds(rule); !holds.empty()) about += "; " + holds;
  if (std::string known = evidence_class(rule, ids, facts); !known.empty()) about += "; " + known;
  std::string text = fmt::format("### {}\n\n{}\n\n*{}*\n", rule.id, rule.says, about);
  if (!ids.empty()) text += fmt::format("\nFacts: {}\n", fmt::join(ids, ", "));
  if (const auto vendors = broken.find(rule.id); vendors != broken.end())
    text += fmt::format("\nKnown to do otherwise: {}\n", fmt::join(vendors->second, ", "));
  if (const auto reason = unexercised.find(rule.id); reason != unexercised.end())
    text += fmt::format("\nExercised by no case and no trace: {}\n", reason->second);
  if (const std::string sources = sources_of(ids, facts); !sources.empty())
    text += fmt::format("\nSources:\n\n{}", sources);
  return text;
}

std::string wrong_pages(const Facts& facts) {
  std::string text =
      "\n## Where the documentation is wrong\n\nWhat a page of Microsoft's says, what Windows was "
      "seen to do, and who saw it.\n";
  for (const auto& [id, fact] : facts) {
    if (id != fact.id || fact.page_says.empty()) continue;
    text += fmt::format("\n### {}\n\n- The page says: {}\n- Windows does: {}\n", id, fact.page_says,
                        fact.title);
    for (const std::string& source : fact.sources)
      if (strength(source) < 2) text += fmt::format("- {}\n", source);
  }
  return text;
}

}  // namespace

std::string rule_book() {
  const Facts facts = load_facts();
  const Breakers broken = breakers();
  const Reasons unexercised = load_unexercised(source_folder() / "model" / "unexercised.toml");
  std::string text =
      "# The rules\n\nPrinted by `scripts/winmem rules --format md`; a test keeps it current. A "
      "*check* says when a call fails and how, an *effect* when it succeeds and what it changes, a "
      "*promise* what a success gives. What is *unspecified* is judged by nobody, what is "
      "*undefined* is played by nobody. Behind each stands how well it is known: the class of its "
      "best fact (conformance/evidence/README.md).\n";
  std::string function;
  for (const spec::Rule* rule : spec::rules()) {
    if (function_name(*rule) != function)
      text += fmt::format("\n## {}\n", function = function_name(*rule));
    text += "\n" + entry_of(*rule, facts, broken, unexercised);
  }
  return text + wrong_pages(facts);
}

}  // namespace winmem::conformance
