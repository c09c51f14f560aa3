// Which rules decided in a script, and which of them on its lines under test.
#pragma once

#include <vector>

#include "conformance/runner/script_file.h"
#include "model/oracle/oracle.h"

namespace winmem::conformance {

/// By line, whether it is one under test and not set-up. Of a transcribed trace those behind
/// `# section: attested`; of a case those for which it states what comes; where nothing says which,
/// all.
std::vector<bool> lines_under_test(const ScriptFile& file);

/// By line, whether a rule that decides there is shown by it: those under test, and all where the
/// header `shown-by-setup` says why nothing else can show it.
std::vector<bool> lines_that_show(const ScriptFile& file);

/// Follows an oracle from line to line.
class Exercised {
 public:
  /// `showing`: by line, whether it shows the rules that decide there.
  explicit Exercised(std::vector<bool> showing) : showing_(std::move(showing)) {}

  /// After each line, also where the oracle was not asked about those before it.
  void take(std::uint32_t line, const spec::Oracle& oracle);

  /// By Rule::index, of all lines.
  const std::vector<spec::Exercise>& anywhere() const { return last_; }
  /// Whether the rule is shown: an outcome of it came on a line that shows, and a definite one
  /// there or elsewhere (those that it only allows besides are no proof of it).
  bool shows(const spec::Rule& rule) const {
    return came_[rule.index] && last_[rule.index].decided > 0;
  }

 private:
  std::vector<bool> showing_, came_ = std::vector<bool>(spec::rules().size());
  std::vector<spec::Exercise> last_ = std::vector<spec::Exercise>(spec::rules().size());
};

}  // namespace winmem::conformance
