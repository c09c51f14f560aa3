// What was captured on Windows: the model accepts all of it, and it is played on every vendor.
#include <gtest/gtest.h>

#include <algorithm>

#include "conformance/runner/judge.h"
#include "conformance/runner/paths.h"

namespace winmem::conformance {
namespace {

std::vector<std::unique_ptr<ScriptFile>> golden_traces() {
  std::vector<std::unique_ptr<ScriptFile>> files;
  for (const auto& path :
       collect_scripts({(source_folder() / "corpus" / "golden" / "windows-apimonitor").string()}))
    files.push_back(load_script(path));
  EXPECT_FALSE(files.empty()) << "corpus/golden/windows-apimonitor holds no trace";
  return files;
}

std::size_t lines(const CaseResult& result, spec::Verdict verdict) {
  return result.lines[static_cast<std::size_t>(verdict)];
}

TEST(GoldenTraces, ConformInEveryStepAndLeaveNoneUnjudged) {
  Memory memory(std::size_t{64} << 20);
  for (const auto& file : golden_traces()) {
    EXPECT_EQ(file->system.bits, 32u) << file->path;
    CaseResult result = judge_trace(*file, spec::Profile::windows, memory);
    EXPECT_EQ(lines(result, spec::Verdict::conforms), file->script.steps.size) << file->path;
  }
}

TEST(GoldenTraces, SayWhoCapturedThemAndStateNoLastError) {
  for (const auto& file : golden_traces()) {
    EXPECT_TRUE(file->is_record()) << file->path;
    EXPECT_FALSE(header(file->script, "captured").empty()) << file->path;
    for (const Step& step : file->script.steps)
      EXPECT_EQ(step.outcomes[0].last_error.state, LastError::State::not_recorded)
          << file->path << ':' << step.line;
  }
}

TEST(GoldenTraces, ArePartOfTheSuite) {
  auto suite = collect_scripts(suite_folders());
  for (const auto& file : golden_traces())
    EXPECT_NE(std::find(suite.begin(), suite.end(), source_folder() / file->path), suite.end())
        << file->path;
}

TEST(GoldenTraces, ThoseOfAnotherImplementationThanWindowsAreNotPartOfTheSuite) {
  const auto golden = source_folder() / "corpus" / "golden";
  const auto records = collect_scripts({(golden / "wine-8.0").string()});
  const auto suite = collect_scripts(suite_folders());
  EXPECT_FALSE(records.empty());
  for (const auto& path : records)
    EXPECT_EQ(std::find(suite.begin(), suite.end(), path), suite.end()) << path;
}

}  // namespace
}  // namespace winmem::conformance
