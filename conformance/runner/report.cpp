#include "conformance/runner/report.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

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
      return "answers what the protocol does not have";
    default:
      return "deviates";
  }
}

std::string trace_text(const CaseResult& result, std::uint32_t step) {
  std::string text;
  for (std::uint32_t i = 0; i <= step && i < result.trace.size(); ++i)
    text += fmt::format("  {} {}\n", i == step ? '>' : ' ', cut(result.trace[i]));
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

/// Where the strongest facts come from: those that both the rule and the case cite first, two at
/// the most.
std::string sources_text(const Deviation& deviation, const Script& script) {
  static const std::map<std::string, Fact> facts = load_facts();
  const Text cites = header(script, "cites");
  const std::vector<std::string> of_rule = split_ids(deviation.facts);
  std::vector<std::string> ids = split_ids(std::string(cites.data, cites.size));
  std::erase_if(ids, [&](const std::string& id) {
    return std::find(of_rule.begin(), of_rule.end(), id) == of_rule.end();
  });
  for (const std::string& id : of_rule)
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
  std::string text;
  std::size_t shown = 0;
  for (const std::string& id : ids) {
    auto found = facts.find(id);
    if (found == facts.end() || found->second.sources.empty() || ++shown > 2) continue;
    text += fmt::format("    source:   {} {}\n", id, cut(found->second.sources.front()));
  }
  return text;
}

std::string deviation_text(const CaseResult& result, const Deviation& deviation) {
  std::string text = fmt::format("  {}:{}\n", result.file->path, deviation.line);
  text += trace_text(result, deviation.step);
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
    return "seen only behind other scripts in one process, not when played alone";
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
      text += trace_text(result, static_cast<std::uint32_t>(result.trace.size() - 1));
  }
  if (!result.reason.empty()) text += fmt::format("    how:      {}\n", cut(result.reason));
  bool shows_output = result.verdict != CaseVerdict::deviates;
  if (shows_output) text += noise_text(result);
  text += fmt::format("    profile:  {}\n", telling.profile);
  if (std::string how = how_seen(result); !how.empty())
    text += fmt::format("    played:   {}\n", how);
  if (!telling.expected.empty()) text += fmt::format("    expected: {}\n", telling.expected);
  text += fmt::format("    again:    {}\n", telling.again);
  return text;
}

std::string summary_text(const VendorRun& run) {
  std::size_t expected = run.expected_findings();
  std::string text =
      fmt::format("{:<9} cases: {} conform, {} deviate", run.vendor->name,
                  run.count(CaseVerdict::conforms), run.count(CaseVerdict::deviates));
  if (expected > 0) text += fmt::format(" ({} expected)", expected);
  text += fmt::format(", {} crash, {} hang, {} unsupported", run.count(CaseVerdict::crashes),
                      run.count(CaseVerdict::hangs), run.count(CaseVerdict::unsupported));
  for (CaseVerdict rare : {CaseVerdict::garbage, CaseVerdict::unjudged})
    if (run.count(rare) > 0) text += fmt::format(", {} {}", run.count(rare), name_of(rare));
  text += fmt::format("    ({:.1f} s)\n", run.seconds);
  std::set<std::uint16_t> exercised;
  std::set<std::string> broken;
  for (const CaseResult& result : run.results) {
    exercised.insert(result.exercised.begin(), result.exercised.end());
    for (const Deviation& deviation : result.deviations)
      if (!deviation.rule.empty()) broken.insert(deviation.rule);
  }
  const auto rules = spec::rules();
  const auto exercisable = std::count_if(rules.begin(), rules.end(), [&](const spec::Rule* rule) {
    return spec::can_be_exercised(*rule, run.profile);
  });
  text += fmt::format("{:<9} rules: {} of {} exercised, {} not kept\n", "", exercised.size(),
                      exercisable, broken.size());
  if (run.was_interrupted)
    text += fmt::format("{:<9} interrupted: {} of {} scripts played\n", "", run.results.size(),
                        run.asked);
  return text;
}

std::string run_text(const VendorRun& run, bool with_expected) {
  std::string text;
  std::map<std::string, std::size_t> lacking;
  for (const CaseResult& result : run.results) {
    if (result.verdict == CaseVerdict::unsupported) ++lacking["not played: " + result.reason];
    if (result.verdict == CaseVerdict::unjudged) ++lacking["not judged: " + result.reason];
    for (const std::string& fault : result.faults)
      text += fmt::format("fault of the suite: {}\n\n", fault);
    if (!result.is_finding()) continue;
    const Expected* entry = expected_entry(*run.vendor, result);
    if (entry != nullptr && !with_expected) continue;
    Telling telling{run.vendor->name, spec::name_of(run.profile), "", ""};
    if (entry != nullptr)
      telling.expected = entry->reason + (entry->fact.empty() ? "" : " (" + entry->fact + ")");
    std::string profile =
        run.profile == run.vendor->profile ? "" : fmt::format(" --profile {}", telling.profile);
    std::string name = run.vendor->name.find(' ') == std::string::npos
                           ? run.vendor->name
                           : "'" + run.vendor->name + "'";
    telling.again =
        fmt::format("scripts/winmem run --vendor {}{} {}", name, profile, result.file->path);
    text += finding_text(result, telling) + "\n";
  }
  for (const Expected* passed : run.passed)
    text += fmt::format("{}: expected to deviate, but conforms: {}{} ({})\n\n", run.vendor->name,
                        passed->case_path, passed->rule, passed->reason);
  for (const auto& [reason, count] : lacking)
    text += fmt::format("{:<9} {} {}\n", run.vendor->name, count, cut(reason));
  return text;
}

}  // namespace winmem::conformance
