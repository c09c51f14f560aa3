#include "conformance/runner/exercise.h"

#include <algorithm>

namespace winmem::conformance {

std::vector<bool> lines_under_test(const ScriptFile& file) {
  const Script& script = file.script;
  std::vector<bool> lines(script.steps.size, true);
  for (const Remark& remark : script.remarks)
    if (remark.key == Text("section") && view(remark.value) == "attested")
      std::fill(lines.begin(), lines.begin() + remark.before, false);
  if (file.is_record() || !file.has_outcomes()) return lines;
  for (std::uint32_t i = 0; i < script.steps.size; ++i) lines[i] = script.steps[i].has_outcome;
  return lines;
}

std::vector<bool> lines_that_show(const ScriptFile& file) {
  if (header(file.script, "shown-by-setup").empty()) return lines_under_test(file);
  return std::vector<bool>(file.script.steps.size, true);
}

void Exercised::take(std::uint32_t line, const spec::Oracle& oracle) {
  const std::vector<spec::Exercise>& now = oracle.exercised();
  for (std::size_t i = 0; showing_[line] && i < now.size(); ++i)
    if (now[i].decided > last_[i].decided || now[i].allowed > last_[i].allowed) came_[i] = true;
  last_ = now;
}

}  // namespace winmem::conformance
