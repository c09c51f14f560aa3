// A line on the terminal that says how far a long run is; nothing where stderr is no terminal or
// the run is short.
#pragma once

#include <string>

#include "conformance/runner/process.h"

namespace winmem::conformance {

class Progress {
 public:
  explicit Progress(std::string subject);
  ~Progress();
  /// Shows `wine: 120 of 289 played`, from two seconds on, ten times a second at most.
  void show(std::size_t done, std::size_t total, const char* what);

 private:
  std::string subject_;
  bool on_terminal_;
  bool shown_ = false;
  Clock::time_point next_;
};

}  // namespace winmem::conformance
