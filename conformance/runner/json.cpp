#include "conformance/runner/json.h"

#include <fmt/core.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>

#include "conformance/runner/error.h"
#include "conformance/runner/facts.h"

namespace winmem::conformance {

using Json = nlohmann::ordered_json;

namespace {

Json to_json(const Deviation& deviation) {
  Json allowed = Json::array();
  for (const AllowedText& one : deviation.allowed)
    allowed.push_back({{"outcome", one.outcome}, {"rule", one.rule}});
  Json json = {
      {"line", deviation.line}, {"step", deviation.step},   {"call", deviation.call},
      {"seen", deviation.seen}, {"allowed", allowed},       {"rule", deviation.rule},
      {"says", deviation.says}, {"facts", deviation.facts}, {"subject", deviation.subject}};
  if (!deviation.reason.empty()) json["reason"] = deviation.reason;
  if (deviation.plays > 1) json["play"] = deviation.play;
  return json;
}

Json ids_of(const std::vector<std::uint16_t>& rules) {
  Json ids = Json::array();
  for (std::uint16_t index : rules) ids.push_back(spec::rules()[index]->id);
  return ids;
}

/// Only of rules that have several.
Json outcomes_json(const CaseResult& result) {
  Json json = Json::object();
  for (const auto& [index, bits] : result.outcomes) {
    const spec::Rule& rule = *spec::rules()[index];
    for (std::size_t i = 0; rule.outcomes.size() > 1 && i < rule.outcomes.size(); ++i)
      if (bits >> i & 1) json[rule.id].push_back(rule.outcomes[i]);
  }
  return json;
}

Json rules_json(const VendorRun& run) {
  std::map<std::string, std::pair<std::size_t, std::size_t>> counts;
  for (const CaseResult& result : run.results) {
    for (std::uint16_t index : result.exercised) ++counts[spec::rules()[index]->id].first;
    for (const Deviation& deviation : result.deviations)
      if (!deviation.rule.empty()) ++counts[deviation.rule].second;
  }
  Json json = Json::object();
  for (const auto& [id, pair] : counts)
    json[id] = {{"cases", pair.first}, {"deviations", pair.second}};
  return json;
}

}  // namespace

Json to_json(const CaseResult& result) {
  Json json = {{"path", result.file->path},
               {"title", result.file->title},
               {"verdict", name_of(result.verdict)}};
  if (!result.reason.empty()) json["reason"] = result.reason;
  if (!result.not_judged.empty())
    json["not_judged"] = {{"lines", result.not_judged}, {"reason", result.not_judged_reason}};
  Json lines = Json::object();
  for (std::size_t i = 0; i < result.lines.size(); ++i)
    if (result.lines[i] > 0) lines[spec::name_of(static_cast<spec::Verdict>(i))] = result.lines[i];
  json["lines"] = lines;
  json["cites"] = split_ids(std::string(view(header(result.file->script, "cites"))));
  json["exercised"] = ids_of(result.exercised);
  json["tested"] = ids_of(result.tested);
  json["outcomes"] = outcomes_json(result);
  if (!result.is_finding() && result.faults.empty()) return json;
  json["isolated"] = result.isolated;
  if (result.only_batched) json["only_batched"] = true;
  json["deviations"] = Json::array();
  for (const Deviation& deviation : result.deviations)
    json["deviations"].push_back(to_json(deviation));
  json["trace"] = result.trace;
  if (!result.faults.empty()) json["faults"] = result.faults;
  if (!result.noise.empty()) json["noise"] = result.noise;
  return json;
}

Json to_json(const VendorRun& run) {
  Json json = {{"vendor", run.vendor->name},      {"title", run.vendor->title},
               {"version", run.version},          {"agent", run.hello.agent},
               {"system", run.hello.system_text}, {"profile", spec::name_of(run.profile)},
               {"seconds", run.seconds},          {"interrupted", run.was_interrupted}};
  Json totals = Json::object();
  for (std::size_t i = 0; i < case_verdicts; ++i) {
    CaseVerdict verdict = static_cast<CaseVerdict>(i);
    totals[name_of(verdict)] = run.count(verdict);
  }
  totals["expected"] = run.expected_findings();
  json["totals"] = totals;
  json["cases"] = Json::array();
  for (const CaseResult& result : run.results) {
    Json one = to_json(result);
    if (const Expected* entry = result.is_finding() ? expected_entry(*run.vendor, result) : nullptr)
      one["expected"] = {{"reason", entry->reason}, {"fact", entry->fact}};
    json["cases"].push_back(std::move(one));
  }
  json["rules"] = rules_json(run);
  json["not_exercised"] = Json::array();
  for (const spec::Rule* rule : run.unexercised_rules()) json["not_exercised"].push_back(rule->id);
  return json;
}

void write_json(const std::string& path, const Json& document) {
  // A vendor's texts may hold any byte; JSON is UTF-8.
  std::string text = document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
  if (path == "-") {
    std::cout << text << std::flush;
    return;
  }
  std::ofstream stream(path, std::ios::binary);
  stream << text << std::flush;
  if (!stream) throw CannotRun(fmt::format("{}: {}", path, std::strerror(errno)));
}

}  // namespace winmem::conformance
