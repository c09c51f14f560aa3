// Which lines of a script show a rule.
#include "conformance/runner/exercise.h"

#include <gtest/gtest.h>

namespace winmem::conformance {
namespace {

constexpr const char* reserves =
    "p = VirtualAlloc(NULL, 0x10000, MEM_RESERVE, PAGE_NOACCESS) -> 0x20000000\n";

bool shows(const std::string& text, const char* rule) {
  const auto file = parse_script_text("a.txt", text);
  spec::Oracle oracle(file->script, file->system, spec::Profile::windows);
  Exercised exercised(lines_that_show(*file));
  for (std::uint32_t i = 0; i < file->script.steps.size; ++i) {
    const Step& step = file->script.steps[i];
    oracle.judge(step, {step.outcomes.data, step.outcomes.size});
    exercised.take(i, oracle);
  }
  return exercised.shows(*spec::find_rule(text_of(rule)));
}

TEST(LinesUnderTest, AreThoseBehindTheSetupThoseWithAnExpectationOrAll) {
  const auto lines = [](const std::string& text) {
    return lines_under_test(*parse_script_text("a.txt", text));
  };
  using Lines = std::vector<bool>;
  EXPECT_EQ(lines("p = GetProcessHeap()\nHeapValidate(p, 0, NULL) -> TRUE"), (Lines{false, true}));
  EXPECT_EQ(lines("p = GetProcessHeap()\nHeapValidate(p, 0, NULL)"), (Lines{true, true}));
  EXPECT_EQ(lines("# transcribed-from: x\np = GetProcessHeap() -> 0x5000\n# section: attested\n"
                  "HeapValidate(p, 0, NULL) -> TRUE"),
            (Lines{false, true}));
  EXPECT_EQ(lines("# captured: x\np = GetProcessHeap() -> 0x5000"), Lines{true});
}

TEST(Exercised, ARuleThatDecidesInTheSetupAloneIsNotShown) {
  const std::string head = "# transcribed-from: x\n# section: setup\n";
  const std::string rest = "# section: attested\nVirtualFree(p, 0, MEM_RELEASE) -> TRUE";
  EXPECT_TRUE(shows(head + reserves + rest, "VirtualFree.Release.FreesAll"));
  EXPECT_FALSE(shows(head + reserves + rest, "VirtualAlloc.Reserve.TakesTheRange"));
  EXPECT_TRUE(shows("# shown-by-setup: so\n" + head + reserves + rest,
                    "VirtualAlloc.Reserve.TakesTheRange"));
}

TEST(Exercised, WhatARuleOnlyAllowsShowsItBesideWhatItSays) {
  const std::string lacks =
      "# section: attested\nVirtualAlloc(NULL, 0x50000000, MEM_RESERVE, PAGE_NOACCESS) -> NULL "
      "!ERROR_NOT_ENOUGH_MEMORY";
  const std::string head = "# transcribed-from: x\n# system: bits=32\n# section: setup\n";
  const char* const rule = "VirtualAlloc.Reserve.TakesTheRange";
  EXPECT_TRUE(shows(head + reserves + lacks, rule));
  EXPECT_FALSE(shows(head + "p = GetProcessHeap() -> 0x5000\n" + lacks, rule));
}

}  // namespace
}  // namespace winmem::conformance
