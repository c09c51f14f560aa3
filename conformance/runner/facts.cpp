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
  Fact fact{json.at("id"), json.at("title"), json.value("confidence", ""), {}};
  for (const auto& source : json.value("evidence", nlohmann::json::array()))
    fact.sources.push_back(
        fmt::format("{}: {}", source.value("class", ""), source.value("source", "")));
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
        std::string id = fact.id;
        facts.emplace(std::move(id), std::move(fact));
      } catch (const nlohmann::json::exception& problem) {
        throw CannotRun(fmt::format("{}:{}: {}", shown(entry.path()), number, problem.what()));
      }
    }
  }
  return facts;
}

std::vector<std::string> split_ids(const std::string& ids) {
  std::istringstream words(ids);
  std::vector<std::string> result;
  for (std::string word; words >> word;) result.push_back(word);
  return result;
}

}  // namespace winmem::conformance
