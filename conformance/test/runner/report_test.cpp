#include "conformance/runner/report.h"

#include <gtest/gtest.h>

#include "conformance/runner/json.h"

namespace winmem::conformance {
namespace {

/// A finding as a judge leaves it.
class Report : public testing::Test {
 protected:
  Report() {
    file_ = parse_script_text("conformance/cases/a.txt",
                              "# title: A release takes no size\nSetLastError(1)\n");
    result_.file = file_.get();
    result_.verdict = CaseVerdict::deviates;
    result_.isolated = true;
    result_.trace = {"p = VirtualAlloc(NULL, 0x20000, MEM_RESERVE, PAGE_NOACCESS) -> 0x10000",
                     "VirtualFree(p, 0x1000, MEM_RELEASE) -> TRUE",
                     "VirtualFree(p, 0, MEM_RELEASE) -> TRUE"};
    Deviation deviation;
    deviation.step = 1;
    deviation.line = 5;
    deviation.call = "VirtualFree(p, 0x1000, MEM_RELEASE)";
    deviation.seen = "TRUE";
    deviation.allowed = {{"FALSE !ERROR_INVALID_PARAMETER", "VirtualFree.Release.Size"},
                         {"FALSE", "Other.Rule"}};
    deviation.rule = "VirtualFree.Release.Size";
    deviation.says = "A release takes no size: it gives back the whole allocation.";
    deviation.facts = "VF-003 VQ-057";
    deviation.subject = "value";
    result_.deviations.push_back(deviation);
    vendor_.name = "toy";
    run_.vendor = &vendor_;
    run_.results.push_back(result_);
    run_.asked = 1;
  }

  std::unique_ptr<ScriptFile> file_;
  CaseResult result_;
  Vendor vendor_;
  VendorRun run_;
};

TEST_F(Report, TellsAFindingWithTraceRuleFactsAndWhatToType) {
  EXPECT_EQ(run_text(run_, {}), R"(toy deviates: A release takes no size
  conformance/cases/a.txt:5
    p = VirtualAlloc(NULL, 0x20000, MEM_RESERVE, PAGE_NOACCESS) -> 0x10000
  > VirtualFree(p, 0x1000, MEM_RELEASE)
    seen:     TRUE
    allowed:  FALSE !ERROR_INVALID_PARAMETER  [VirtualFree.Release.Size]
    or        FALSE                           [Other.Rule]
    wrong:    value
    rule:     VirtualFree.Release.Size
              A release takes no size: it gives back the whole allocation.
    facts:    VF-003 VQ-057
    source:   VF-003 windows-tested: wine dlls/kernel32/tests/virtual.c: test_VirtualAlloc (size 1)
    source:   VQ-057 observed: https://github.com/Eyob94/shush-rs/pull/22
    profile:  windows
    played:   confirmed in a process of its own
    again:    scripts/winmem run --vendor toy conformance/cases/a.txt

)");
}

TEST_F(Report, CountsAVendorInOneLine) {
  run_.seconds = 2.14;
  std::string text = summary_text(run_);
  EXPECT_EQ(text.substr(0, text.find('\n')),
            "toy         cases: 0 conform, 1 deviate, 0 crash, 0 hang, 0 unsupported    (2.1 s)");
}

TEST_F(Report, ListsTheRulesOfTheProfileThatNoLineExercised) {
  const auto rule = [](const char* id) { return spec::find_rule(text_of(id)); };
  run_.results[0].exercised = {rule("GetLastError.Gives")->index};
  std::string text = unexercised_text(run_);
  EXPECT_EQ(text.find("GetLastError.Gives\n"), std::string::npos);
  EXPECT_NE(text.find("toy         not exercised: GetLastError.Value\n"
                      "                The value is the last error of this thread.\n"),
            std::string::npos)
      << text;
  // Gaps and rules of other profiles cannot be exercised.
  EXPECT_EQ(text.find("Heap.NotAHeap"), std::string::npos);
  EXPECT_EQ(text.find("HeapFree.Flags.MustBeZero"), std::string::npos);
  run_.profile = spec::Profile::documented;
  EXPECT_NE(unexercised_text(run_).find("HeapFree.Flags.MustBeZero"), std::string::npos);
  auto listed = to_json(run_)["not_exercised"];
  EXPECT_EQ(listed.size(), run_.unexercised_rules().size());
  EXPECT_EQ(run_.exercised_rules().size(), 1u);
}

TEST_F(Report, LeavesExpectedFindingsOutUnlessAskedFor) {
  vendor_.expected.push_back(
      {"", "VirtualFree.Release.Size", "It ignores the size.", "VQ-057", CaseVerdict::deviates});
  EXPECT_EQ(run_text(run_, {}), "");
  EXPECT_NE(
      run_text(run_, {.expected = true}).find("    expected: It ignores the size. (VQ-057)\n"),
      std::string::npos);
  EXPECT_NE(summary_text(run_).find("1 deviate (1 expected)"), std::string::npos);
}

TEST_F(Report, SaysThatADeviationWasSeenOnlyBatched) {
  run_.results[0].only_batched = true;
  EXPECT_NE(run_text(run_, {}).find("not seen again when played alone"), std::string::npos);
}

TEST_F(Report, TellsOfCasesThatAreAlikeTheShortestAndTheRestByName) {
  std::vector<std::unique_ptr<ScriptFile>> files;
  for (int i = 0; i < 5; ++i) {
    files.push_back(parse_script_text("more" + std::to_string(i) + ".txt", "SetLastError(1)\n"));
    run_.results.push_back(result_);
    run_.results.back().file = files.back().get();
    run_.results.back().deviations[0].step = i == 2 ? 0 : 2;
  }
  run_.results.back().deviations[0].subject = "last error";
  std::string text = run_text(run_, {});
  EXPECT_NE(text.find("toy deviates: more2.txt\n"), std::string::npos) << text;
  EXPECT_NE(text.find("    and 4 more cases like it (--all tells each): conformance/cases/a.txt, "
                      "more0.txt, more1.txt ...\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("toy deviates: more4.txt\n"), std::string::npos) << text;
  EXPECT_EQ(text.find("toy deviates: more0.txt\n"), std::string::npos) << text;
  EXPECT_NE(text.find("rule                      cases  first case\n"
                      "VirtualFree.Release.Size      6  conformance/cases/a.txt\n"),
            std::string::npos)
      << text;
  EXPECT_NE(run_text(run_, {.all = true}).find("toy deviates: more0.txt\n"), std::string::npos);
}

TEST_F(Report, SaysWhichLinesBehindADeviationAreNotJudgedAndWhy) {
  run_.results[0].not_judged = {6, 7, 9};
  run_.results[0].not_judged_reason = "nothing is known";
  EXPECT_NE(run_text(run_, {}).find("    not judged: lines 6-7, 9, because nothing is known\n"),
            std::string::npos);
}

TEST_F(Report, RepeatsTheVendorAsItWasTyped) {
  vendor_.typed = "exec:my agent's";
  EXPECT_NE(run_text(run_, {}).find("--vendor 'exec:my agent'\\''s' conformance/cases/a.txt\n"),
            std::string::npos);
}

TEST_F(Report, AsJsonHoldsTheSame) {
  auto json = to_json(run_);
  EXPECT_EQ(json["vendor"], "toy");
  EXPECT_EQ(json["totals"]["deviate"], 1);
  EXPECT_EQ(json["cases"][0]["verdict"], "deviate");
  EXPECT_EQ(json["cases"][0]["deviations"][0]["rule"], "VirtualFree.Release.Size");
  EXPECT_EQ(json["cases"][0]["deviations"][0]["allowed"][1]["outcome"], "FALSE");
  EXPECT_EQ(json["cases"][0]["trace"].size(), 3u);
  EXPECT_EQ(json["rules"]["VirtualFree.Release.Size"]["deviations"], 1);
}

}  // namespace
}  // namespace winmem::conformance
