// Whatever an agent does, every script gets its verdict and the rest still runs.
#include <gtest/gtest.h>

#include "conformance/runner/error.h"
#include "conformance/runner/report.h"
#include "conformance/runner/run.h"

namespace winmem::conformance {
namespace {

using std::chrono::milliseconds;

/// Six scripts: number n sets the last error to n and reads it.
class Misbehaving : public testing::Test {
 protected:
  Misbehaving() {
    for (int i = 1; i <= 6; ++i) {
      std::string n = std::to_string(i);
      files_.push_back(parse_script_text(
          "script" + n + ".txt",
          "# title: Script " + n + "\nSetLastError(" + n + ")\nGetLastError() -> " + n + "\n"));
      scripts_.push_back(files_.back().get());
    }
  }

  const VendorRun& play(const std::string& vendor, milliseconds hang = milliseconds(5000)) {
    vendor_ =
        find_vendor("exec:/usr/bin/python3 -B " + std::string(WINMEM_TEST_VENDORS) + "/" + vendor);
    RunOptions options;
    options.hang = hang;
    run_ = run_vendor(vendor_, scripts_, options);
    return run_;
  }

  std::string verdicts() const {
    std::string text;
    for (const CaseResult& result : run_.results)
      text += std::string(text.empty() ? "" : " ") + name_of(result.verdict);
    return text;
  }

  std::vector<std::unique_ptr<ScriptFile>> files_;
  std::vector<const ScriptFile*> scripts_;
  Vendor vendor_;
  VendorRun run_;
};

TEST_F(Misbehaving, AVendorThatBehavesConforms) {
  play("speaker.py");
  EXPECT_EQ(verdicts(), "conform conform conform conform conform conform");
}

TEST_F(Misbehaving, ACrashIsTheVerdictOfTheScriptThatWasPlayed) {
  const VendorRun& run = play("crashes_on_third.py");
  EXPECT_EQ(verdicts(), "conform conform crash conform conform conform");
  const CaseResult& crash = run.results[2];
  EXPECT_TRUE(crash.isolated);
  EXPECT_FALSE(crash.only_batched);
  EXPECT_EQ(crash.reason, "signal(11)");
  ASSERT_EQ(crash.deviations.size(), 1u);
  EXPECT_EQ(crash.deviations[0].line, 2u);
}

TEST_F(Misbehaving, ACrashThatNeedsTheScriptsBeforeItIsToldAsSuch) {
  const VendorRun& run = play("crashes_after_others.py");
  EXPECT_EQ(verdicts(), "conform conform crash conform conform crash");
  EXPECT_TRUE(run.results[2].only_batched);
  EXPECT_EQ(run.results[2].reason, "exit(7)");
}

TEST_F(Misbehaving, AHangIsOneOfItsScriptThoughTheAgentGoesOnLogging) {
  const VendorRun& run = play("hangs_on_third.py", milliseconds(1500));
  EXPECT_EQ(verdicts(), "conform conform hang conform conform conform");
  EXPECT_TRUE(run.results[2].isolated);
  EXPECT_FALSE(run.results[2].noise.empty());
}

TEST_F(Misbehaving, AVendorThatAnswersNothingHangsInEveryScript) {
  play("never_answers.py", milliseconds(600));
  EXPECT_EQ(verdicts(), "hang hang hang hang hang hang");
}

TEST_F(Misbehaving, AMissingFunctionMakesTheScriptsThatNeedItUnsupported) {
  files_.push_back(parse_script_text("other.txt", "SetLastError(9)\n"));
  scripts_.push_back(files_.back().get());
  play("lacks_half.py");
  EXPECT_EQ(verdicts(),
            "unsupported unsupported unsupported unsupported unsupported unsupported conform");
}

TEST_F(Misbehaving, GarbageIsTheVerdictOfTheScriptsThatGotIt) {
  const VendorRun& run = play("answers_garbage.py");
  EXPECT_EQ(verdicts(), "conform garbage garbage garbage conform conform");
  EXPECT_NE(run.results[1].reason.find("cannot read the answer"), std::string::npos)
      << run.results[1].reason;
  EXPECT_EQ(run.results[2].reason, "an answer to line 8 where line 1 of 2 was due");
  EXPECT_EQ(run.results[3].reason, "an answer to line 2 where line 1 of 2 was due");
}

TEST_F(Misbehaving, ALineThatTheAgentCannotReadIsToldAsSuch) {
  const VendorRun& run = play("cannot_read.py");
  EXPECT_EQ(verdicts(), "conform conform garbage conform conform conform");
  EXPECT_EQ(run.results[2].reason,
            "line 2: the agent cannot read 'SetLastError(0x3)' at column 14: it expected a digit");
}

TEST_F(Misbehaving, AVendorThatListsNoFunctionCannotBeRun) {
  try {
    play("lists_nothing.py");
    FAIL() << "nothing can be played";
  } catch (const CannotRun& error) {
    EXPECT_NE(std::string(error.what()).find("lists none of the functions"), std::string::npos);
  }
}

TEST_F(Misbehaving, LogsBetweenAnswersDisturbNothing) {
  const VendorRun& run = play("logs_between_answers.py");
  EXPECT_EQ(verdicts(), "conform conform conform conform conform conform");
  EXPECT_FALSE(run.results[0].noise.empty());
}

TEST_F(Misbehaving, AnAgentThatLeavesDirtIsRestartedAndItsScriptPlayedAlone) {
  const VendorRun& run = play("leaves_dirt.py");
  EXPECT_EQ(verdicts(), "conform conform conform conform conform conform");
  EXPECT_FALSE(run.results[0].isolated);
  EXPECT_TRUE(run.results[1].isolated);
}

TEST_F(Misbehaving, ADeviationIsConfirmedAloneAndTold) {
  const VendorRun& run = play("sets_wrong_error.py");
  EXPECT_EQ(verdicts(), "conform conform deviate conform conform conform");
  EXPECT_TRUE(run.results[2].isolated);
  EXPECT_EQ(run.new_findings(), 1u);
  std::string text = run_text(run, {});
  EXPECT_NE(text.find("Script 3\n"), std::string::npos) << text;
  EXPECT_NE(text.find("  > SetLastError(0x3)"), std::string::npos) << text;
}

TEST_F(Misbehaving, AnExpectedDeviationIsCountedApartAndOneThatConformsIsFound) {
  vendor_ = find_vendor("exec:/usr/bin/python3 -B " + std::string(WINMEM_TEST_VENDORS) +
                        "/sets_wrong_error.py");
  vendor_.expected.push_back({"script3.txt", "", "It is known.", "", CaseVerdict::deviates});
  vendor_.expected.push_back({"script4.txt", "", "It was mended.", "", CaseVerdict::deviates});
  VendorRun run = run_vendor(vendor_, scripts_, {});
  EXPECT_EQ(run.expected_findings(), 1u);
  EXPECT_EQ(run.new_findings(), 0u);
  ASSERT_EQ(run.passed.size(), 1u);
  EXPECT_EQ(run.passed[0]->case_path, "script4.txt");
}

TEST_F(Misbehaving, ACrashIsExcusedOnlyByAnEntryThatSpeaksOfCrashes) {
  vendor_ = find_vendor("exec:/usr/bin/python3 -B " + std::string(WINMEM_TEST_VENDORS) +
                        "/crashes_on_third.py");
  vendor_.expected.push_back({"script3.txt", "", "It is known.", "", CaseVerdict::deviates});
  vendor_.expected.push_back({"", "SetLastError.Sets", "It is known.", "", CaseVerdict::hangs});
  EXPECT_EQ(run_vendor(vendor_, scripts_, {}).new_findings(), 1u);
  vendor_.expected.push_back({"script3.txt", "", "It crashes.", "", CaseVerdict::crashes});
  VendorRun run = run_vendor(vendor_, scripts_, {});
  EXPECT_EQ(run.new_findings(), 0u);
  EXPECT_EQ(run.expected_findings(), 1u);
}

/// A result with one deviation for each manner.
CaseResult deviating(const ScriptFile& file, const std::vector<CaseVerdict>& manners) {
  CaseResult result;
  result.file = &file;
  result.verdict = CaseVerdict::deviates;
  for (CaseVerdict manner : manners) {
    Deviation deviation;
    deviation.rule = "VirtualFree.NothingThere";
    deviation.manner = manner;
    result.deviations.push_back(deviation);
  }
  return result;
}

TEST_F(Misbehaving, AnEntryByRuleMustCoverEveryDeviationAndNoFaultInsideTheCall) {
  Vendor vendor;
  vendor.expected.push_back(
      {"", "VirtualFree.NothingThere", "It is known.", "", CaseVerdict::deviates});
  CaseResult known = deviating(*files_[0], {CaseVerdict::deviates, CaseVerdict::deviates});
  EXPECT_NE(expected_entry(vendor, known), nullptr);
  known.deviations[0].rule = "HeapFree.Null";
  EXPECT_EQ(expected_entry(vendor, known), nullptr);
  CaseResult faults = deviating(*files_[0], {CaseVerdict::deviates, CaseVerdict::crashes});
  EXPECT_EQ(expected_entry(vendor, faults), nullptr);
  CaseResult garbage = deviating(*files_[0], {CaseVerdict::deviates});
  garbage.verdict = CaseVerdict::garbage;
  EXPECT_EQ(expected_entry(vendor, garbage), nullptr);
  CaseResult dies_later = deviating(*files_[0], {CaseVerdict::deviates});
  dies_later.verdict = CaseVerdict::crashes;
  EXPECT_EQ(expected_entry(vendor, dies_later), nullptr);
}

}  // namespace
}  // namespace winmem::conformance
