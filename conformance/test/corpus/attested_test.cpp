// Each trace that was transcribed from public evidence of real Windows: the model accepts it, and
// does no longer when anything that the evidence says of the lines under test is changed.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "conformance/runner/facts.h"
#include "conformance/runner/paths.h"
#include "conformance/runner/witness.h"

namespace winmem::conformance {
namespace {

std::vector<Witness> traces() {
  std::vector<Witness> witnesses;
  for (const auto& path : collect_scripts({(source_folder() / "corpus" / "attested").string()}))
    witnesses.push_back(witness_of(path));
  return witnesses;
}

std::string place(const Witness& witness, std::uint32_t index) {
  return fmt::format("{}:{}", witness.trace->path, witness.trace->script.steps[index].line);
}

std::vector<std::string> cited_by(const Witness& witness) {
  return split_ids(std::string(view(header(witness.trace->script, "cites"))));
}

TEST(AttestedTraces, EachSaysWhatItShowsAndFromWhereItWasTranscribed) {
  const auto facts = load_facts();
  for (const Witness& witness : traces()) {
    const std::string& path = witness.trace->path;
    for (const char* key : {"title", "cites", "transcribed-from", "system"})
      EXPECT_FALSE(header(witness.trace->script, text_of(key)).empty()) << path << ": no " << key;
    for (const std::string& id : cited_by(witness))
      EXPECT_TRUE(facts.contains(id)) << path << ": no fact " << id;
    EXPECT_NE(witness.trace->source.find("\n# section: attested\n"), std::string::npos)
        << path << ": nothing says which lines are under test";
    EXPECT_TRUE(witness.under_test.back()) << path << ": no line behind '# section: attested'";
  }
}

TEST(AttestedTraces, TheModelAcceptsEveryLineOfEach) {
  for (const Witness& witness : traces()) {
    const auto judgements = judge_recorded(witness);
    for (std::uint32_t i = 0; i < judgements.size(); ++i)
      EXPECT_EQ(judgements[i].verdict, spec::Verdict::conforms)
          << place(witness, i) << ": " << spec::name_of(judgements[i].verdict) << " "
          << (judgements[i].rule == nullptr ? "" : judgements[i].rule->id) << " "
          << judgements[i].subject << " " << judgements[i].reason;
  }
}

TEST(AttestedTraces, ARuleThatCitesTheFactDecidesOnALineUnderTestOfEach) {
  const auto facts = load_facts();
  for (const Witness& witness : traces()) {
    Exercised exercised(witness.under_test);
    judge_recorded(witness, &exercised);
    for (const std::string& id : cited_by(witness)) {
      const bool decided =
          std::any_of(spec::rules().begin(), spec::rules().end(), [&](const spec::Rule* rule) {
            return exercised.shows(*rule) && cites(*rule, facts, id);
          });
      // Such a trace says why nothing under test can show it: no other one may say so.
      const bool excused = !header(witness.trace->script, "shown-by-setup").empty();
      EXPECT_NE(decided, excused) << witness.trace->path << ": no rule that cites " << id
                                  << " decides on a line under test";
    }
  }
}

TEST(AttestedTraces, AChangedOutcomeOfALineUnderTestIsNoLongerAccepted) {
  for (const Witness& witness : traces()) {
    const Script& script = witness.trace->script;
    std::size_t refused = 0;
    for (std::uint32_t i = 0; i < script.steps.size; ++i) {
      if (!witness.under_test[i]) continue;
      Changes changes;
      for (const Changed& changed : changes.of(script.steps[i], witness.trace->system.bits)) {
        ++refused;
        EXPECT_EQ(judge_changed(witness, i, changed.outcomes).verdict, spec::Verdict::deviates)
            << place(witness, i) << ": the model takes another " << changed.item << " as well";
      }
    }
    EXPECT_GT(refused, 0u) << witness.trace->path << ": its lines under test state nothing";
  }
}

}  // namespace
}  // namespace winmem::conformance
