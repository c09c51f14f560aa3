// The evidence behind the rules: conformance/evidence/*.jsonl, one fact a line.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/rule/rule.h"

namespace winmem::conformance {

struct Fact {
  std::string id, function, title, confidence;
  std::vector<std::string> also;  ///< ids of facts that said the same thing and were taken up
  std::string page_says;          ///< where a page of Microsoft's says otherwise: what it says
  std::string disposition, why;   ///< what became of it: conformance/evidence/README.md
  /// "windows-tested: wine dlls/kernel32/tests/virtual.c: test_VirtualAlloc", the strongest first.
  std::vector<std::string> sources;
};

/// All facts by their ids; those that were taken up by another one lead to that. Throws CannotRun
/// where a file cannot be read.
std::map<std::string, Fact> load_facts();
/// Whether a rule cites the fact, by whichever of its ids.
bool cites(const spec::Rule& rule, const std::map<std::string, Fact>& facts,
           const std::string& fact);
/// How strong a source is by its class, 0 for the strongest (conformance/evidence/README.md).
int strength(const std::string& source);
/// The words of a list of ids.
std::vector<std::string> split_ids(const std::string& ids);

}  // namespace winmem::conformance
