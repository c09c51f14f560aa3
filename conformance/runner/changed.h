// What an outcome states, changed item by item: a trace whose facts the model pins down is no
// longer accepted when any one of them reads otherwise.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "model/language/script.h"

namespace winmem::conformance {

/// Outcomes of one line in which one stated item is another.
struct Changed {
  std::string item;  ///< "value", "last error", a field's name, "status", "parameter 1", ...
  std::vector<Outcome> outcomes;
};

/// Holds the memory of changed outcomes.
class Changes {
 public:
  /// One change for each item that the line's outcomes state: of an access also that it raised
  /// nothing. What is not recorded (`!?`, `_`) is not changed.
  std::vector<Changed> of(const Step& step, unsigned bits);

 private:
  std::deque<std::vector<FieldPattern>> fields_;
  std::deque<std::vector<Pattern>> patterns_;
  std::deque<std::vector<Value>> values_;
  std::deque<std::vector<Run>> runs_;

  void change_value(const Step& step, const Outcome& seen, unsigned bits, std::vector<Changed>& to);
  void change_fields(const Step& step, const Outcome& seen, std::vector<Changed>& to);
  void change_error(const Outcome& seen, std::vector<Changed>& to);
  void change_exception(const Step& step, const Outcome& seen, std::vector<Changed>& to);
  void change_content(const Outcome& seen, std::vector<Changed>& to);
  Pattern other(const Pattern& pattern, Kind kind);
};

}  // namespace winmem::conformance
