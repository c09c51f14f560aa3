// The evidence behind the rules: conformance/evidence/*.jsonl, one fact a line.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace winmem::conformance {

struct Fact {
  std::string id, function, title, confidence;
  /// "windows-tested: wine dlls/kernel32/tests/virtual.c: test_VirtualAlloc", the strongest first.
  std::vector<std::string> sources;
};

/// All facts by their ids. Throws CannotRun where a file cannot be read.
std::map<std::string, Fact> load_facts();
/// How strong a source is by its class, 0 for the strongest (conformance/evidence/README.md).
int strength(const std::string& source);
/// The words of a list of ids.
std::vector<std::string> split_ids(const std::string& ids);

}  // namespace winmem::conformance
