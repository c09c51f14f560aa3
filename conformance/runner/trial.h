// Witnesses against rules that were made wrong (model/rule/mutation.h): whether any of them
// notices.
//
// A trace notices when its lines are judged otherwise than by the true model; when an outcome that
// the true model refuses on a line under test passes; or when a fact that it cites is shown by no
// rule any more.
#pragma once

#include <array>

#include "conformance/runner/conceivable.h"
#include "conformance/runner/facts.h"
#include "conformance/runner/witness.h"

namespace winmem::conformance {

enum class Noticed : std::uint8_t { not_at_all, as_recorded, as_changed, as_cited };

class Trial {
 public:
  /// Hears all witnesses while every rule is right.
  explicit Trial(std::vector<Witness> witnesses);

  /// Whether one of them notices that the rule is wrong: while it is.
  Noticed notices(const spec::Rule& rule) const;

 private:
  /// An outcome of a line that the true model refuses.
  struct Refused {
    std::uint32_t line;
    std::vector<Outcome> outcomes;
  };
  /// What a witness says while every rule is right.
  struct Testimony {
    std::vector<spec::Verdict> verdicts;
    std::vector<spec::Exercise> exercised;
    std::vector<Refused> refused;
    std::vector<std::string> shown;  ///< facts that it cites, and that a rule shows under test
    bool is_long = false;            ///< so many plays that it is asked last
  };
  std::vector<Witness> witnesses_;
  std::vector<Testimony> sound_;
  std::map<std::string, Fact> facts_;
  // Where the changed outcomes live.
  Changes changes_;
  Conceivable conceivable_;

  Testimony hear(const Witness& witness);
  bool shows(const std::string& fact, const Exercised& exercised) const;
  /// Those in which it decides, those in which it does not, the long ones.
  std::array<std::vector<std::size_t>, 3> concerned(const spec::Rule& rule) const;
  bool judged_otherwise(std::size_t witness) const;
  bool lets_pass(std::size_t witness) const;
  bool shows_less(std::size_t witness) const;
};

}  // namespace winmem::conformance
