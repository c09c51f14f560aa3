#include "conformance/runner/report.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "conformance/runner/facts.h"

namespace winmem::conformance {
namespace {

constexpr std::size_t widest = 400;  // a line of 65,536 handles is not for reading

std::string cut(const std::string& text) {
  return text.size() <= widest ? text : text.substr(0, widest) + " ...";
}

const char* verb(CaseVerdict verdict) {
  switch (verdict) {
    case CaseVerdict::crashes:
      return "crashes";
    case CaseVerdict::hangs:
      return "hangs";
    case CaseVerdict::garbage:
      return "does not follow the protocol";
    default:
      return "deviates";
  }
}

/// The lines up to that step. What came of the step itself stands behind `seen:` where there is
/// one.
std::string trace_text(const CaseResult& result, std::uint32_t step, const Deviation* deviation) {
  std::string text;
  for (std::uint32_t i = 0; i <= step && i < result.trace.size(); ++i) {
    bool told_below = i == step && deviation != nullptr &&
                      result.trace[i] == deviation->call + " -> " + deviation->seen;
    text += fmt::format("  {} {}\n", i == step ? '>' : ' ',
                        cut(told_below ? deviation->call : result.trace[i]));
  }
  return text;
}

std::string allowed_text(const Deviation& deviation) {
  std::size_t width = 0;
  for (const AllowedText& one : deviation.allowed)
    width = std::max(width, std::min(one.outcome.size(), widest));
  std::string text;
  const char* label = "allowed:";
  for (const AllowedText& one : deviation.allowed) {
    text += fmt::format("    {:<9} {:<{}}  [{}]\n", label, cut(one.outcome), width, one.rule);
    label = "or";
  }
  return text;
}

/// Where the facts come from, two at the most: those that both the rule and the case cite first,
/// then those with the strongest evidence.
std::string sources_text(const Deviation& deviation, const Script& script) {
  static const std::map<std::string, Fact> facts = load_facts();
  std::vector<std::string> cited = split_ids(std::string(view(header(script, "cites"))));
  std::multimap<std::pair<int, int>, std::string> ranked;
  for (const std::string& id : split_ids(deviation.facts)) {
    auto fact = facts.find(id);
    if (fact == facts.end() || fact->second.sources.empty()) continue;
    const std::string& source = fact->second.sources.front();
    bool by_case = std::find(cited.begin(), cited.end(), id) != cited.end();
    ranked.emplace(std::pair(by_case ? 0 : 1, strength(source)),
                   fmt::format("    source:   {} {}\n", id, cut(source)));
  }
  std::string text;
  std::size_t told = 0;
  for (const auto& [rank, line] : ranked)
    if (told++ < 2) text += line;
  return text;
}

/// "4-6, 9": lines in order, those without a gap as a range.
std::string ranges(const std::vector<std::uint32_t>& lines) {
  std::string text;
  for (std::size_t i = 0; i < lines.size();) {
    std::size_t last = i;
    while (last + 1 < lines.size() && lines[last + 1] == lines[last] + 1) ++last;
    text += fmt::format("{}{}", text.empty() ? "" : ", ", lines[i]);
    if (last > i) text += fmt::format("-{}", lines[last]);
    i = last + 1;
  }
  return text;
}

std::string deviation_text(const CaseResult& result, const Deviation& deviation) {
  std::string text = fmt::format("  {}:{}\n", result.file->path, deviation.line);
  text += trace_text(result, deviation.step, &deviation);
  std::string which = deviation.plays > 1
                          ? fmt::format("  (call {} of {})", deviation.play + 1, deviation.plays)
                          : "";
  text += fmt::format("    seen:     {}{}\n", cut(deviation.seen), which);
  text += allowed_text(deviation);
  if (!deviation.subject.empty()) text += fmt::format("    wrong:    {}\n", deviation.subject);
  if (!deviation.rule.empty()) text += fmt::format("    rule:     {}\n", deviation.rule);
  if (!deviation.says.empty()) text += fmt::format("              {}\n", deviation.says);
  if (!deviation.reason.empty()) text += fmt::format("              {}\n", deviation.reason);
  if (!deviation.facts.empty()) text += fmt::format("    facts:    {}\n", deviation.facts);
  return text + sources_text(deviation, result.file->script);
}

std::string how_seen(const CaseResult& result) {
  if (result.only_batched)
    return "not seen again when played alone: it depends on what was played before, or on chance";
  return result.isolated ? "confirmed in a process of its own" : "";
}

std::string noise_text(const CaseResult& result) {
  std::string text;
  constexpr std::size_t most = 5;
  for (std::size_t i = 0; i < result.noise.size() && i < most; ++i)
    text += fmt::format("    output:   {}\n", cut(result.noise[i]));
  std::string log = result.log.substr(result.log.size() > 2000 ? result.log.size() - 2000 : 0);
  for (std::size_t at = 0; at < log.size();) {
    std::size_t end = std::min(log.find('\n', at), log.size());
    text += fmt::format("    stderr:   {}\n", cut(log.substr(at, end - at)));
    at = end + 1;
  }
  return text;
}

}  // namespace

std::string finding_text(const CaseResult& result, const Telling& telling) {
  std::string who = telling.vendor.empty() ? "the trace" : telling.vendor;
  std::string text = fmt::format("{} {}: {}\n", who, verb(result.verdict), result.file->title);
  for (const Deviation& deviation : result.deviations) text += deviation_text(result, deviation);
  if (result.deviations.empty()) {
    text += fmt::format("  {}\n", result.file->path);
    if (!result.trace.empty())
      text += trace_text(result, static_cast<std::uint32_t>(result.trace.size() - 1), nullptr);
  }
  if (!result.reason.empty()) text += fmt::format("    how:      {}\n", cut(result.reason));
  if (!result.not_judged.empty())
    text += fmt::format("    not judged: line{} {}, because {}\n",
                        result.not_judged.size() > 1 ? "s" : "", ranges(result.not_judged),
                        result.not_judged_reason);
  bool shows_output = result.verdict != CaseVerdict::deviates;
  if (shows_output) text += noise_text(result);
  text += fmt::format("    profile:  {}\n", telling.profile);
  if (std::string how = how_seen(result); !how.empty())
    text += fmt::format("    played:   {}\n", how);
  if (!telling.expected.empty()) text += fmt::format("    expected: {}\n", telling.expected);
  text += fmt::format("    again:    {}\n", telling.again);
  return text;
}

namespace {

/// How many lines the model judged, and what became of the others.
std::string lines_text(const VendorRun& run) {
  using Is = spec::Verdict;
  std::array<std::size_t, 6> sums = {};
  for (const CaseResult& result : run.results)
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += result.lines[i];
  auto count = [&](Is verdict) { return sums[static_cast<std::size_t>(verdict)]; };
  return fmt::format(
      "{:<11} lines: {} judged, {} that no rule judges, {} unsupported, {} not played\n", "",
      count(Is::conforms) + count(Is::deviates), count(Is::unjudged) + count(Is::undefined),
      count(Is::unsupported), count(Is::skipped));
}

}  // namespace

std::string summary_text(const VendorRun& run) {
  std::size_t expected = run.expected_findings();
  std::string text =
      fmt::format("{:<11} cases: {} conform, {} deviate", run.vendor->name,
                  run.count(CaseVerdict::conforms), run.count(CaseVerdict::deviates));
  if (expected > 0) text += fmt::format(" ({} expected)", expected);
  text += fmt::format(", {} crash, {} hang, {} unsupported", run.count(CaseVerdict::crashes),
                      run.count(CaseVerdict::hangs), run.count(CaseVerdict::unsupported));
  for (CaseVerdict rare : {CaseVerdict::garbage, CaseVerdict::unjudged})
    if (run.count(rare) > 0) text += fmt::format(", {} {}", run.count(rare), name_of(rare));
  text += fmt::format("    ({:.1f} s)\n", run.seconds);
  std::set<std::string> broken;
  for (const CaseResult& result : run.results)
    for (const Deviation& deviation : result.deviations)
      if (!deviation.rule.empty()) broken.insert(deviation.rule);
  text += lines_text(run);
  std::size_t exercised = run.exercised_rules().size();
  text += fmt::format("{:<11} rules: {} of {} exercised, {} not kept\n", "", exercised,
                      exercised + run.unexercised_rules().size(), broken.size());
  if (run.was_interrupted)
    text += fmt::format("{:<11} interrupted: {} of {} scripts played\n", "", run.results.size(),
                        run.asked);
  return text;
}

namespace {

/// A word as a shell takes it.
std::string quoted(const std::string& word) {
  constexpr const char* plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:=@%+,-";
  if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
  std::string text = "'";
  for (char letter : word) text += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
  return text + "'";
}

std::string told_finding(const VendorRun& run, const CaseResult& result) {
  const Expected* entry = expected_entry(*run.vendor, result);
  Telling telling{run.vendor->name, spec::name_of(run.profile), "", ""};
  if (entry != nullptr)
    telling.expected = entry->reason + (entry->fact.empty() ? "" : " (" + entry->fact + ")");
  std::string profile =
      run.profile == run.vendor->profile ? "" : fmt::format(" --profile {}", telling.profile);
  const std::string& typed = run.vendor->typed.empty() ? run.vendor->name : run.vendor->typed;
  telling.again = fmt::format("scripts/winmem run --vendor {}{} {}", quoted(typed), profile,
                              quoted(result.file->path));
  return finding_text(result, telling) + "\n";
}

using Findings = std::vector<const CaseResult*>;

/// Findings with the same verdict, whose first deviations are of the same rule and subject: most
/// often one cause. In the order in which the first of each was found.
std::vector<Findings> grouped(const Findings& findings, bool each_alone) {
  std::vector<Findings> groups;
  auto alike = [&](const CaseResult& a, const CaseResult& b) {
    if (a.deviations.empty() || b.deviations.empty()) return false;
    const Deviation &one = a.deviations.front(), &other = b.deviations.front();
    return a.verdict == b.verdict && !one.rule.empty() && one.rule == other.rule &&
           one.subject == other.subject && one.manner == other.manner;
  };
  for (const CaseResult* finding : findings) {
    auto group = std::find_if(groups.begin(), groups.end(), [&](const Findings& other) {
      return !each_alone && alike(*other.front(), *finding);
    });
    if (group == groups.end())
      groups.push_back({finding});
    else
      group->push_back(finding);
  }
  return groups;
}

std::string group_text(const VendorRun& run, const Findings& group) {
  auto shortest =
      std::min_element(group.begin(), group.end(), [](const CaseResult* a, const CaseResult* b) {
        return std::pair(a->trace.size(), a->deviations.front().step) <
               std::pair(b->trace.size(), b->deviations.front().step);
      });
  if (group.size() == 1) return told_finding(run, *group.front());
  std::string text = told_finding(run, **shortest);
  text.pop_back();
  constexpr std::size_t most = 3;
  std::size_t others = group.size() - 1, named = 0;
  text += fmt::format("    and {} more case{} like it (--all tells each): ", others,
                      others > 1 ? "s" : "");
  for (auto other = group.begin(); other != group.end() && named < most; ++other)
    if (other != shortest) text += (named++ > 0 ? ", " : "") + (*other)->file->path;
  return text + (others > most ? " ...\n\n" : "\n\n");
}

/// Which rules were not kept in how many cases, the most frequent first.
std::string rules_table(const Findings& findings) {
  std::map<std::string, Findings> broken;
  std::size_t width = 4;
  for (const CaseResult* finding : findings)
    for (const Deviation& deviation : finding->deviations) {
      if (deviation.rule.empty()) continue;
      Findings& cases = broken[deviation.rule];
      if (cases.empty() || cases.back() != finding) cases.push_back(finding);
      width = std::max(width, deviation.rule.size());
    }
  std::vector<std::pair<std::string, Findings>> rows(broken.begin(), broken.end());
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return std::pair(b.second.size(), a.first) < std::pair(a.second.size(), b.first);
  });
  if (findings.size() < 2 || rows.empty()) return "";
  std::string text = fmt::format("{:<{}}  cases  first case\n", "rule", width);
  for (const auto& [rule, cases] : rows)
    text += fmt::format("{:<{}}  {:>5}  {}\n", rule, width, cases.size(), cases[0]->file->path);
  return text + "\n";
}

}  // namespace

std::string passed_text(const VendorRun& run) {
  std::string text;
  for (const Expected* passed : run.passed) {
    const bool deviates =
        std::any_of(run.results.begin(), run.results.end(), [&](const CaseResult& result) {
          return result.file->path == passed->case_path && !result.deviations.empty();
        });
    text += fmt::format(
        "{}: expected to deviate, but {}: {}{}{} ({})\n", run.vendor->name,
        deviates ? "not by this rule (its entry names the line behind 'rule:')" : "conforms",
        passed->case_path, passed->case_path.empty() ? "" : " ", passed->rule, passed->reason);
  }
  return text;
}

std::string unexercised_text(const VendorRun& run) {
  std::string text;
  for (const spec::Rule* rule : run.unexercised_rules())
    text += fmt::format("{:<11} not exercised: {}\n{:<11}     {}\n", run.vendor->name, rule->id, "",
                        rule->says);
  for (const auto& [rule, outcome] : run.unseen_outcomes())
    text +=
        fmt::format("{:<11} outcome never seen: {} of {}\n", run.vendor->name, outcome, rule->id);
  return text;
}

std::string run_text(const VendorRun& run, const Showing& showing) {
  std::string text;
  std::map<std::string, std::size_t> lacking;
  Findings findings;
  for (const CaseResult& result : run.results) {
    if (result.verdict == CaseVerdict::unsupported) ++lacking["not played: " + result.reason];
    if (result.verdict == CaseVerdict::unjudged) ++lacking["not judged: " + result.reason];
    for (const std::string& fault : result.faults)
      text += fmt::format("fault of the suite: {}\n\n", fault);
    bool known = expected_entry(*run.vendor, result) != nullptr;
    if (result.is_finding() && (showing.expected || !known)) findings.push_back(&result);
  }
  for (const Findings& group : grouped(findings, showing.all)) text += group_text(run, group);
  text += rules_table(findings);
  for (const auto& [reason, count] : lacking)
    text += fmt::format("{:<11} {} {}\n", run.vendor->name, count, cut(reason));
  return text;
}

}  // namespace winmem::conformance
