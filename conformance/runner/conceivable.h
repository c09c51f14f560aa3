// What a vendor that is wrong may answer: outcomes of a line that nobody recorded. Of a recorded
// outcome Changes makes others by what it states; these come from elsewhere as well: the places
// that the trace knows, the values with which a function fails, exceptions, bytes that were lost.
// The true model need not refuse them. Where it does, a rule that was made wrong may not.
#pragma once

#include <deque>
#include <vector>

#include "conformance/runner/changed.h"

namespace winmem::conformance {

/// Holds the memory of the outcomes.
class Conceivable {
 public:
  /// Other outcomes of line `index`; of a repetition one of its runs is another each time.
  std::vector<Changed> of(const Script& script, std::uint32_t index, unsigned bits);

 private:
  std::deque<std::vector<FieldPattern>> fields_;
  std::deque<std::vector<Run>> runs_;

  void other_values(const Script& script, std::uint32_t index, const Outcome& seen, unsigned bits,
                    std::vector<Changed>& to);
  void other_fields(const Step& step, const Outcome& seen, std::vector<Changed>& to);
  void other_contents(const Step& step, const Outcome& seen, std::vector<Changed>& to);
  void add_content(const Outcome& seen, std::vector<Run> runs, std::vector<Changed>& to);
};

}  // namespace winmem::conformance
