// Run-length coding of what the plays of a repetition gave: `0x1*254, 0x0 !0x0`, `0x5f0008*65536 by
// 0x10`.
#pragma once

#include "conformance/agent/core/memory.h"
#include "model/language/print.h"

namespace winmem::agent {

/// The outcomes of one line on their way to its output.
class Runs {
 public:
  Runs(Output& out, const Script& script, const Call& call, const Bindings& bindings, Style style)
      : out_(out), script_(script), call_(call), bindings_(bindings), style_(style) {}

  /// Where the lists of the next outcome go.
  Arena& arena() { return arenas_[next_]; }
  void add(const Outcome& outcome);
  /// Writes what is still held back.
  void finish();

 private:
  bool extends(const Outcome& outcome) const;
  void split();
  void write(const Outcome& outcome);

  Output& out_;
  const Script& script_;
  const Call& call_;
  const Bindings& bindings_;
  Style style_;
  Arena arenas_[2] = {Arena(memory.outcomes[0], outcome_bytes),
                      Arena(memory.outcomes[1], outcome_bytes)};
  unsigned next_ = 0;
  Outcome held_;
  bool holds_ = false;
  bool first_ = true;
};

}  // namespace winmem::agent
