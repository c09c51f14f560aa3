// Run-length coding of outcomes.
#include "conformance/agent/core/runs.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <string_view>

#include "conformance/agent/core/outcome.h"
#include "model/language/parse.h"

namespace winmem::agent {
namespace {

class RunLengths : public ::testing::Test {
 protected:
  /// What a line with that call prints when its plays give these values.
  std::string Code(std::string_view call, std::initializer_list<std::uint64_t> values) {
    Begin(call);
    for (const std::uint64_t value : values) {
      Outcome outcome;
      returned(outcome, value);
      runs_->add(outcome);
    }
    return End();
  }

  void Begin(std::string_view call) {
    source_ = std::string("100 * ") + std::string(call) + "\n";
    ParseError error;
    ASSERT_TRUE(parse_script(Text(source_.data(), source_.size()), arena_, script_, error))
        << error.expected;
    bindings_ = new Bindings(script_, System(), arena_);
    runs_ = new Runs(out_, script_, script_.steps[0].call, *bindings_, Style::wire);
  }

  std::string End() {
    runs_->finish();
    return std::string(out_.data, out_.size);
  }

  void TearDown() override {
    delete runs_;
    delete bindings_;
  }

  std::string source_;
  char room_[0x10000];
  Arena arena_{room_, sizeof room_};
  char text_[0x1000];
  Output out_{text_, sizeof text_};
  Script script_;
  Bindings* bindings_ = nullptr;
  Runs* runs_ = nullptr;
};

TEST_F(RunLengths, ASingleOutcomeHasNoCount) {
  EXPECT_EQ(Code("GetProcessHeap()", {0x50}), "0x50");
}

TEST_F(RunLengths, EqualOutcomesAreOneRun) {
  EXPECT_EQ(Code("GetProcessHeap()", {5, 5, 5, 6}), "0x5*3, 0x6");
}

TEST_F(RunLengths, ThreeValuesAtEqualDistancesAreOneRun) {
  EXPECT_EQ(Code("GlobalAlloc(0x2, 0x0)", {0x10, 0x20, 0x30, 0x31}), "0x10*3 by 0x10, 0x31");
}

TEST_F(RunLengths, TwoValuesHaveADistanceByChance) {
  EXPECT_EQ(Code("GlobalAlloc(0x2, 0x0)", {0x10, 0x50}), "0x10, 0x50");
}

TEST_F(RunLengths, AValueThatBreaksAPairMayBeginARunWithItsSecond) {
  EXPECT_EQ(Code("GlobalAlloc(0x2, 0x0)", {0x1000, 0x10, 0x20, 0x30}), "0x1000, 0x10*3 by 0x10");
}

TEST_F(RunLengths, DistancesMayGoDown) {
  EXPECT_EQ(Code("GlobalAlloc(0x2, 0x0)", {0x30, 0x20, 0x10}), "0x30*3 by 0xfffffffffffffff0");
}

TEST_F(RunLengths, BooleansHaveNoDistance) {
  EXPECT_EQ(Code("HeapLock(0x1)", {1, 2, 3}), "0x1, 0x2, 0x3");
}

TEST_F(RunLengths, LastErrorsPartRuns) {
  Begin("GlobalUnlock(0x1)");
  for (int i = 0; i < 4; ++i) {
    Outcome outcome;
    returned(outcome, 0);
    if (i > 0) outcome.last_error = {LastError::State::set, 158};
    runs_->add(outcome);
  }
  EXPECT_EQ(End(), "0x0, 0x0 !0x9e*3");
}

TEST_F(RunLengths, ExceptionsWithEqualParametersAreOneRun) {
  Begin("load(0x10, 0x4)");
  for (std::uintptr_t i = 0; i < 5; ++i) {
    const Raised what = {0xc0000005, 2, {0, i < 4 ? 0x10u : 0x11u}};
    Outcome outcome;
    raised(outcome, what, runs_->arena());
    runs_->add(outcome);
  }
  EXPECT_EQ(End(), "raises 0xc0000005(0x0, 0x10)*4, raises 0xc0000005(0x0, 0x11)");
}

}  // namespace
}  // namespace winmem::agent
