#include <gtest/gtest.h>

#include "model/rule/page.h"

namespace winmem::test {
namespace {

using namespace spec;

TEST(Expect, IsMetByTheNumbersThatItNames) {
  struct Row {
    Expect expect;
    std::uint64_t met, missed;
  };
  const Row rows[] = {
      {equal(5), 5, 6},          {not_equal(5), 6, 5},
      {at_least(5), 5, 4},       {at_most(5), 5, 6},
      {multiple_of(16), 32, 24}, {multiple_of(16), 16, 0},
      {bits(0xf, 8), 0x18, 9},   {bits(~std::uint64_t{0xf00}, 4), 0x704, 5},
  };
  for (const Row& row : rows) {
    EXPECT_TRUE(row.expect.met_by(row.met)) << row.met;
    EXPECT_FALSE(row.expect.met_by(row.missed)) << row.missed;
  }
  EXPECT_TRUE(any().met_by(77));
  EXPECT_FALSE(untouched().met_by(0)) << "a number was written";
}

TEST(MayRunOut, IsBelievedOfHandlesOnlyWhereManyLive) {
  State state;
  EXPECT_FALSE(may_run_out(state, Demand{.handles = 1}));
  EXPECT_TRUE(may_run_out(state, Demand{.handles = surely_free_handles + 1}));
}

TEST(MayRunOut, IsBelievedOfAnySizeThatIsLargeEnough) {
  State state;
  state.object_bytes = 16;  // with which the largest sizes pass the end of all numbers
  constexpr std::uint64_t all = ~std::uint64_t{0};
  for (const Demand& demand : {Demand{.commit = enough_committed + 1}, Demand{.commit = all},
                               Demand{.reserve = enough_reserved + 1}, Demand{.reserve = all}})
    EXPECT_TRUE(may_run_out(state, demand)) << demand.commit << " " << demand.reserve;
  EXPECT_FALSE(may_run_out(state, Demand{.reserve = 1, .commit = 1}));
}

Outcome with_error(LastError::State state, std::uint32_t code = 0) {
  Outcome outcome;
  outcome.last_error = {state, code};
  return outcome;
}

TEST(LastErrors, AreTheExpectedOneOrNotRecorded) {
  const State state;
  const Outcome set = with_error(LastError::State::set, 87);
  const Outcome left = with_error(LastError::State::unchanged);
  const Outcome unknown = with_error(LastError::State::not_recorded);
  EXPECT_TRUE(error_allowed(Error(87), set, state));
  EXPECT_FALSE(error_allowed(Error(487), set, state));
  EXPECT_FALSE(error_allowed(Error(87), left, state));
  EXPECT_FALSE(error_allowed(no_error_written, set, state));
  EXPECT_TRUE(error_allowed(no_error_written, left, state));
  for (const Error& expected : {Error(87), no_error_written, any_error})
    EXPECT_TRUE(error_allowed(expected, unknown, state));
  EXPECT_TRUE(error_allowed(any_error, set, state));
}

TEST(LastErrors, ThatWereThereBeforeCannotBeToldFromNewOnes) {
  State state;
  state.last_error = 87;
  EXPECT_TRUE(error_allowed(Error(87), with_error(LastError::State::unchanged), state));
  EXPECT_FALSE(error_allowed(Error(487), with_error(LastError::State::unchanged), state));
  EXPECT_TRUE(error_allowed(no_error_written, with_error(LastError::State::set, 87), state));
  state.last_error_known = false;
  EXPECT_TRUE(error_allowed(Error(487), with_error(LastError::State::unchanged), state));
}

TEST(RunningOut, IsAllowedBeyondTheLimitsAlone) {
  State state;
  EXPECT_FALSE(may_run_out(state, {enough_reserved, enough_committed, 0}));
  EXPECT_TRUE(may_run_out(state, {0, enough_committed + 1, 0}));
  EXPECT_TRUE(may_run_out(state, {enough_reserved + 1, 0, 0}));
  EXPECT_TRUE(may_run_out(state, {0, ~std::uint64_t{0}, 0})) << "a sum may not wrap";
  Moveable& object = state.objects[8];
  state.resize(object, enough_committed);
  EXPECT_TRUE(may_run_out(state, {1, 1, 0}));
}

TEST(RunningOut, OfHandlesIsAllowedNearTheirNumber) {
  State state;
  for (std::uint64_t i = 0; i < surely_free_handles; ++i) state.objects[i * 16 + 8];
  EXPECT_TRUE(may_run_out(state, {0, 0, 1}));
  EXPECT_FALSE(may_run_out(state, {0, 0, 0}));
}

}  // namespace
}  // namespace winmem::test
