// A written trace held against the model. Behind `;;` each line says what the oracle should say of
// it: the verdict, then, as far as the test states them, the rule and what of the outcome is wrong.
// A line that says nothing conforms.
#pragma once

#include <gtest/gtest.h>

#include <sstream>
#include <vector>

#include "model/oracle/oracle.h"
#include "model/test/language/reading.h"

namespace winmem::test {

/// Without leading and trailing blanks.
inline std::string trimmed(const std::string& line) {
  const std::size_t begin = line.find_first_not_of(" \t");
  if (begin == std::string::npos) return "";
  return line.substr(begin, line.find_last_not_of(" \t") - begin + 1);
}

class Judging {
 public:
  explicit Judging(const std::string& marked, spec::Profile profile = spec::Profile::windows)
      : reading_(without_marks(marked), 4 << 20) {
    EXPECT_TRUE(reading_.ok) << complaint(without_marks(marked));
    if (!reading_.ok) return;
    System system;
    system.heap = HeapKind::nt;  // where the trace does not say
    const Text told = header(reading_.script, "system");
    ParseError error;
    EXPECT_TRUE(parse_system(told, system, error)) << error.expected;
    oracle_ = std::make_unique<spec::Oracle>(reading_.script, system, profile);
    for (const Step& step : reading_.script.steps) {
      const spec::Judgement judgement =
          oracle_->judge(step, {step.outcomes.data, step.outcomes.size});
      said_.push_back(text_of(judgement));
      judgements_.push_back(judgement);
      EXPECT_TRUE(judgement.verdict != spec::Verdict::unjudged || !judgement.reason.empty());
    }
  }

  /// Holds each line against its mark.
  void check() const {
    ASSERT_EQ(said_.size(), marks_.size());
    for (std::size_t i = 0; i < said_.size(); ++i)
      EXPECT_EQ(said_[i].substr(0, marks_[i].size()), marks_[i])
          << lines_[i] << "\n  the oracle: " << said_[i] << " " << judgements_[i].reason;
  }
  const std::vector<std::string>& said() const { return said_; }
  const spec::Judgement& last() const { return judgements_.back(); }
  spec::Oracle& oracle() { return *oracle_; }
  const Reading& reading() const { return reading_; }

 private:
  std::vector<std::string> lines_, marks_, said_;
  Reading reading_;
  std::unique_ptr<spec::Oracle> oracle_;
  std::vector<spec::Judgement> judgements_;

  static std::string text_of(const spec::Judgement& judgement) {
    std::string text = spec::name_of(judgement.verdict);
    if (judgement.rule) text += std::string(" ") + judgement.rule->id;
    if (!judgement.subject.empty()) text += " " + judgement.subject;
    return text;
  }
  std::string without_marks(const std::string& marked) {
    lines_.clear();
    marks_.clear();
    std::string text;
    std::istringstream lines(marked);
    for (std::string line; std::getline(lines, line);) {
      const std::size_t mark = line.find(";;");
      const std::string call = trimmed(line.substr(0, mark));
      text += call + "\n";
      if (call.empty() || call[0] == '#') continue;
      lines_.push_back(call);
      marks_.push_back(mark == std::string::npos ? "conforms" : trimmed(line.substr(mark + 2)));
    }
    return text;
  }
};

/// Judges a marked trace.
inline void judge(const std::string& marked, spec::Profile profile = spec::Profile::windows) {
  Judging(marked, profile).check();
}

/// One living reservation of 0x20000 bytes at p whose first two pages are committed, read/write.
inline const char* two_pages() {
  return "p = VirtualAlloc(NULL, 0x20000, MEM_RESERVE, PAGE_NOACCESS) -> 0x10000000\n"
         "VirtualAlloc(p, 0x2000, MEM_COMMIT, PAGE_READWRITE) -> p\n";
}

}  // namespace winmem::test
