#include "conformance/runner/facts.h"

#include <fmt/core.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "conformance/runner/error.h"
#include "conformance/runner/paths.h"

namespace winmem::conformance {
namespace {

Fact read_fact(const nlohmann::json& json) {
  Fact fact;
  fact.id = json.at("id");
  fact.function = json.value("function", "");
  fact.title = json.at("title");
  fact.confidence = json.value("confidence", "");
  fact.also = json.value("also", std::vector<std::string>());
  fact.page_says = json.value("page_says", "");
  fact.disposition = json.value("disposition", "");
  fact.why = json.value("why", "");
  std::multimap<int, std::string> ranked;  // those of one class stay in their order
  for (const auto& source : json.value("evidence", nlohmann::json::array())) {
    std::string text = fmt::format("{}: {}", source.value("class", ""), source.value("source", ""));
    ranked.emplace(strength(text), text);
  }
  for (auto& [rank, text] : ranked) fact.sources.push_back(std::move(text));
  return fact;
}

}  // namespace

std::map<std::string, Fact> load_facts() {
  std::map<std::string, Fact> facts;
  std::error_code error;
  for (const auto& entry :
       std::filesystem::directory_iterator(source_folder() / "conformance" / "evidence", error)) {
    if (entry.path().extension() != ".jsonl") continue;
    std::ifstream stream(entry.path());
    std::size_t number = 0;
    for (std::string line; std::getline(stream, line);) {
      ++number;
      if (line.empty()) continue;
      try {
        Fact fact = read_fact(nlohmann::json::parse(line));
        for (const std::string& id : fact.also) facts.emplace(id, fact);
        facts.emplace(fact.id, fact);
      } catch (const nlohmann::json::exception& problem) {
        throw CannotRun(fmt::format("{}:{}: {}", shown(entry.path()), number, problem.what()));
      }
    }
  }
  return facts;
}

bool cites(const spec::Rule& rule, const std::map<std::string, Fact>& facts,
           const std::string& fact) {
  const auto asked = facts.find(fact);
  if (asked == facts.end()) return false;
  for (const std::string& id : split_ids(rule.facts)) {
    const auto cited = facts.find(id);
    if (cited != facts.end() && cited->second.id == asked->second.id) return true;
  }
  return false;
}

int strength(const std::string& source) {
  int rank = 0;
  for (const char* one : {"windows-tested:", "observed:", "documented:", "wine-only:"}) {
    if (source.starts_with(one)) break;
    ++rank;
  }
  return rank;
}

std::vector<std::string> split_ids(const std::string& ids) {
  std::istringstream words(ids);
  std::vector<std::string> result;
  for (std::string word; words >> word;) result.push_back(word);
  return result;
}

}  // namespace winmem::conformance
