// Each trace that was transcribed from public evidence of real Windows: the model accepts it, and
// does no longer when anything that the evidence says of the lines under test is changed.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "conformance/runner/facts.h"
#include "conformance/runner/paths.h"
#include "conformance/runner/script_file.h"
#include "conformance/test/corpus/changed.h"
#include "model/oracle/oracle.h"

namespace winmem::conformance {
namespace {

constexpr const char* attested_section = "attested";

std::vector<std::unique_ptr<ScriptFile>> traces() {
  std::vector<std::unique_ptr<ScriptFile>> files;
  for (const auto& path : collect_scripts({(source_folder() / "corpus" / "attested").string()}))
    files.push_back(load_script(path));
  return files;
}

spec::Profile profile_of(const System& system) {
  return system.major == 6 && system.minor == 1 ? spec::Profile::windows_7 : spec::Profile::windows;
}

/// The index of the first line under test; all lines where no section says so.
std::uint32_t first_attested(const Script& script) {
  for (const Remark& remark : script.remarks)
    if (remark.key == Text("section") && view(remark.value) == attested_section)
      return remark.before;
  return script.steps.size;
}

/// What a line is judged as when its outcomes are others; those before it are as recorded.
spec::Judgement judge_changed(const ScriptFile& file, std::uint32_t index,
                              const std::vector<Outcome>& outcomes) {
  const System& system = file.system;
  spec::Oracle oracle(file.script, system, profile_of(system));
  for (std::uint32_t i = 0; i < index; ++i) {
    const Step& step = file.script.steps[i];
    oracle.judge(step, {step.outcomes.data, step.outcomes.size});
  }
  return oracle.judge(file.script.steps[index],
                      {outcomes.data(), static_cast<std::uint32_t>(outcomes.size())});
}

std::string place(const ScriptFile& file, std::uint32_t index) {
  return fmt::format("{}:{}", file.path, file.script.steps[index].line);
}

TEST(AttestedTraces, EachSaysWhatItShowsAndFromWhereItWasTranscribed) {
  const auto facts = load_facts();
  for (const auto& file : traces()) {
    for (const char* key : {"title", "cites", "transcribed-from", "system"})
      EXPECT_FALSE(header(file->script, text_of(key)).empty()) << file->path << ": no " << key;
    for (const std::string& id : split_ids(std::string(view(header(file->script, "cites")))))
      EXPECT_TRUE(facts.contains(id)) << file->path << ": no fact " << id;
    EXPECT_LT(first_attested(file->script), file->script.steps.size)
        << file->path << ": no line behind '# section: attested'";
  }
}

TEST(AttestedTraces, TheModelAcceptsEveryLineOfEach) {
  for (const auto& file : traces()) {
    const System& system = file->system;
    spec::Oracle oracle(file->script, system, profile_of(system));
    for (std::uint32_t i = 0; i < file->script.steps.size; ++i) {
      const Step& step = file->script.steps[i];
      const auto judgement = oracle.judge(step, {step.outcomes.data, step.outcomes.size});
      EXPECT_EQ(judgement.verdict, spec::Verdict::conforms)
          << place(*file, i) << ": " << spec::name_of(judgement.verdict) << " "
          << (judgement.rule == nullptr ? "" : judgement.rule->id) << " " << judgement.subject
          << " " << judgement.reason;
    }
  }
}

TEST(AttestedTraces, ARuleThatCitesTheFactDecidesInEach) {
  const auto facts = load_facts();
  for (const auto& file : traces()) {
    const System& system = file->system;
    spec::Oracle oracle(file->script, system, profile_of(system));
    for (const Step& step : file->script.steps)
      oracle.judge(step, {step.outcomes.data, step.outcomes.size});
    for (const std::string& id : split_ids(std::string(view(header(file->script, "cites"))))) {
      const bool decided =
          std::any_of(spec::rules().begin(), spec::rules().end(), [&](const spec::Rule* rule) {
            return oracle.exercised()[rule->index] > 0 && cites(*rule, facts, id);
          });
      EXPECT_TRUE(decided) << file->path << ": no rule that cites " << id << " decides in it";
    }
  }
}

TEST(AttestedTraces, AChangedOutcomeOfALineUnderTestIsNoLongerAccepted) {
  std::size_t changed_lines = 0;
  for (const auto& file : traces()) {
    const unsigned bits = file->system.bits;
    for (auto i = first_attested(file->script); i < file->script.steps.size; ++i) {
      Changes changes;
      for (const Changed& changed : changes.of(file->script.steps[i], bits)) {
        ++changed_lines;
        EXPECT_EQ(judge_changed(*file, i, changed.outcomes).verdict, spec::Verdict::deviates)
            << place(*file, i) << ": the model takes another " << changed.item << " as well";
      }
    }
  }
  EXPECT_GT(changed_lines, traces().size());
}

}  // namespace
}  // namespace winmem::conformance
