// The smallest script that shows the same bug. Works on calls and keeps the flow of names: a call
// goes together with those that use what it gave.
#pragma once

#include <functional>
#include <vector>

#include "fuzz/play/session.h"

namespace winmem::fuzz {

struct Reduction {
  Draft draft;
  std::uint64_t executions = 0;
  /// No call can be removed, and no argument made one step simpler, without losing the bug: each
  /// was tried. False where it was stopped before.
  bool minimal = false;
  /// Scripts that showed another bug on the way, one for each.
  std::vector<std::pair<Fault, Draft>> others;
};

class Reducer {
 public:
  /// Plays drafts and tells what each showed; fewer where it was stopped.
  using Play = std::function<std::vector<Shown>(const std::vector<Draft>&)>;

  /// Whether a draft may be played at all.
  using Permit = std::function<bool(const Draft&)>;

  Reducer(Play play, Permit permit, std::uint64_t most_executions)
      : play_(std::move(play)), permit_(std::move(permit)), most_executions_(most_executions) {}

  /// `draft` shows `fault`, at index fault.line.
  Reduction reduce(Draft draft, const Fault& fault);

 private:
  Play play_;
  Permit permit_;
  std::uint64_t most_executions_;
  Fault fault_;
  Reduction best_;

  bool spent() const { return best_.executions >= most_executions_; }
  /// Takes the first of the candidates that still shows the bug; whether one does.
  bool take_first(const std::vector<Draft>& candidates);
  void cut_tail();
  void keep_related();
  void remove_ranges();
  bool remove_single();
  bool simplify();
  bool share_names();
};

}  // namespace winmem::fuzz
