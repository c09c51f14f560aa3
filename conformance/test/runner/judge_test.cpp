#include "conformance/runner/judge.h"

#include <gtest/gtest.h>

#include "conformance/runner/error.h"
#include "conformance/runner/player.h"
#include "conformance/runner/script_file.h"

namespace winmem::conformance {
namespace {

/// What comes of a case that was answered so, one answer a line.
CaseResult judged(const std::string& text, const std::vector<std::string>& answers) {
  auto file = parse_script_text("test", text);
  Playable playable = to_wire(file->script, file->script.steps.size, 64);
  Played played;
  played.answers = answers;
  Memory memory(std::size_t{1} << 24);
  CaseResult result =
      judge_played(*file, playable, played, Hello{}, spec::Profile::windows, memory);
  result.file = nullptr;  // it goes before the result does
  return result;
}

// MEM_ROTATE occurs in no public test: the rules leave open what comes of it.
constexpr const char* left_open =
    "VirtualAlloc(NULL, 0x1000, MEM_RESERVE|MEM_ROTATE, PAGE_NOACCESS) -> NULL !?\n";

TEST(Judge, HoldsTheCasesExpectationWhereTheRulesLeaveItOpen) {
  EXPECT_EQ(judged(left_open, {"0x0 !0x57"}).deviations.size(), 0u);
  CaseResult result = judged(left_open, {"0x20000"});
  ASSERT_EQ(result.deviations.size(), 1u);
  EXPECT_EQ(result.deviations[0].allowed[0].rule, "the case");
}

TEST(Judge, DoesNotBlameTheSuiteForFieldsThatAVendorDoesNotTell) {
  CaseResult result = judged(
      "i = GetSystemInfo(out)\n"
      "VirtualQuery(i.lpMaximumApplicationAddress+1, out, sizeof) -> 0 !ERROR_INVALID_PARAMETER\n",
      {"ok", "0x0 !0x57"});
  EXPECT_TRUE(result.faults.empty());
  EXPECT_TRUE(result.deviations.empty());
}

TEST(Judge, RefusesATraceThatTellsOfMoreCallsThanThereAre) {
  auto file = parse_script_text("test", "2 * GetLastError() -> 0x5*3\n");
  Memory memory(std::size_t{1} << 24);
  try {
    judge_trace(*file, spec::Profile::windows, memory);
    FAIL() << "it was taken";
  } catch (const CannotRun& problem) {
    EXPECT_STREQ(problem.what(), "test:1: tells of 3 calls, and there are 2");
  }
}

}  // namespace
}  // namespace winmem::conformance
