#include "conformance/runner/trial.h"

#include <gtest/gtest.h>

#include "conformance/test/runner/temporary_folder.h"
#include "model/oracle/book.h"

namespace winmem::conformance {
namespace {

constexpr const char* head = "# transcribed-from: a test\n# system: bits=64 version=10.0.0\n";

class TrialTest : public testing::Test {
 protected:
  ~TrialTest() override { spec::restore_rules(); }

  /// Whether the trace notices that the rule was made wrong.
  Noticed notices(const std::string& trace, const char* id, spec::Mutation mutation) {
    std::vector<Witness> witnesses;
    witnesses.push_back(witness_of(folder_.write("trace.txt", head + trace)));
    const Trial trial(std::move(witnesses));
    const spec::Rule& rule = *spec::find_rule(text_of(id));
    EXPECT_EQ(trial.notices(rule), Noticed::not_at_all) << "while every rule is right";
    EXPECT_TRUE(spec::mutate_rule(rule, mutation));
    return trial.notices(rule);
  }

 private:
  TemporaryFolder folder_;
};

constexpr const char* size_trace =
    "p = VirtualAlloc(NULL, 0x1000, MEM_RESERVE, PAGE_NOACCESS) -> 0x10000 !?\n"
    "# section: attested\n"
    "VirtualFree(p, 0x1000, MEM_RELEASE) -> FALSE !87\n";

TEST_F(TrialTest, ARecordedLineIsJudgedOtherwise) {
  EXPECT_EQ(notices(size_trace, "VirtualFree.Release.TakesNoSize", spec::Mutation::another_error),
            Noticed::as_recorded);
}

TEST_F(TrialTest, AnOutcomeThatWasRefusedPasses) {
  EXPECT_EQ(notices(size_trace, "VirtualFree.Release.TakesNoSize", spec::Mutation::wider_error),
            Noticed::as_changed);
}

TEST_F(TrialTest, ALineThatIsNotUnderTestIsNotChanged) {
  EXPECT_EQ(notices(size_trace, "VirtualAlloc.Value.Granule", spec::Mutation::dropped),
            Noticed::not_at_all);
}

TEST_F(TrialTest, ARuleThatDecidesNowhereIsNotNoticed) {
  EXPECT_EQ(notices(size_trace, "HeapUnlock.Unlocks", spec::Mutation::changes_nothing),
            Noticed::not_at_all);
}

TEST_F(TrialTest, AFactThatNoRuleShowsAnyMoreIsNoticed) {
  // Without the rule the next one lets the call fail alike, but it cites another fact.
  EXPECT_EQ(notices("# cites: VA-030\n"
                    "p = VirtualAlloc(NULL, 0x10000, MEM_RESERVE, PAGE_NOACCESS) -> 0x10000 !?\n"
                    "# section: attested\n"
                    "VirtualAlloc(p, 0x10000, MEM_RESERVE, PAGE_NOACCESS) -> NULL !487\n",
                    "VirtualAlloc.Reserve.RangeIsFree", spec::Mutation::dropped),
            Noticed::as_cited);
}

}  // namespace
}  // namespace winmem::conformance
