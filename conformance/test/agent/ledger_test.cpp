// What a script owns, judged without an implementation: everything that must still be given back
// cannot be.
#include "conformance/agent/core/ledger.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "conformance/agent/core/outcome.h"
#include "model/language/parse.h"

namespace winmem::agent {
namespace {

class Ledger : public ::testing::Test {
 protected:
  void SetUp() override { start_ledger(); }

  /// Enters a call with numbers for arguments that gave `value`.
  void Enter(const std::string& call, std::uint64_t value) {
    Outcome outcome;
    returned(outcome, value);
    Enter(call, outcome);
  }

  void Enter(const std::string& call, const Outcome& outcome) {
    arena_.reset();
    Script script;
    ParseError error;
    ASSERT_TRUE(parse_script(Text(call.data(), call.size()), arena_, script, error))
        << error.expected;
    std::vector<std::uint64_t> numbers;
    for (const Argument& argument : script.steps[0].call.arguments)
      numbers.push_back(argument.value.number.plain);
    const Request request = {script.steps[0].call,
                             script,
                             {numbers.data(), static_cast<std::uint32_t>(numbers.size())},
                             0,
                             arena_};
    enter(request, outcome);
  }

  char room_[0x8000];
  Arena arena_{room_, sizeof room_};
};

TEST_F(Ledger, OwnsNothingAtFirst) {
  EXPECT_TRUE(give_back());
}

TEST_F(Ledger, AReservationIsOwnedUntilItIsReleased) {
  Enter("VirtualAlloc(0x0, 0x1000, 0x2000, 0x1)", 0x50000);
  EXPECT_FALSE(give_back());
  Enter("VirtualFree(0x50fff, 0x0, 0x8000)", 1);
  EXPECT_TRUE(give_back());
}

TEST_F(Ledger, ACommitInsideAReservationIsNotOwned) {
  Enter("VirtualAlloc(0x50000, 0x1000, 0x1000, 0x4)", 0x50000);
  EXPECT_TRUE(give_back());
}

TEST_F(Ledger, ADecommitOrAFailedReleaseGivesNothingBack) {
  Enter("VirtualAlloc(0x0, 0x1000, 0x3000, 0x4)", 0x50000);
  Enter("VirtualFree(0x50000, 0x0, 0x4000)", 1);
  Enter("VirtualFree(0x50000, 0x1, 0x8000)", 0);
  EXPECT_FALSE(give_back());
}

TEST_F(Ledger, BlocksGoWithAHeapThatTheScriptMade) {
  Enter("HeapCreate(0x0, 0x0, 0x0)", 0x70000);
  Enter("HeapAlloc(0x70000, 0x0, 0x10)", 0x70100);
  Enter("HeapDestroy(0x70000)", 1);
  EXPECT_TRUE(give_back());
}

TEST_F(Ledger, BlocksOfOtherHeapsAreOwned) {
  Enter("HeapAlloc(0x30000, 0x0, 0x10)", 0x30100);
  EXPECT_FALSE(give_back());
  Enter("HeapReAlloc(0x30000, 0x0, 0x30100, 0x20)", 0x30200);
  Enter("HeapFree(0x30000, 0x0, 0x30200)", 1);
  EXPECT_TRUE(give_back());
}

TEST_F(Ledger, AReallocationThatFailedKeepsTheBlock) {
  Enter("HeapAlloc(0x30000, 0x0, 0x10)", 0x30100);
  Enter("HeapReAlloc(0x30000, 0x0, 0x30100, 0x20)", 0);
  Enter("HeapFree(0x30000, 0x0, 0x30100)", 1);
  EXPECT_TRUE(give_back());
}

TEST_F(Ledger, WhatIsFreedByAnotherFamilyIsNotFreedAgain) {
  Enter("GlobalAlloc(0x0, 0x10)", 0x30100);
  Enter("LocalFree(0x30100)", 0);
  EXPECT_TRUE(give_back());
}

TEST_F(Ledger, ASettingOfTheProcessIsForGood) {
  Enter("HeapSetInformation(0x0, 0x1, 0x0, 0x0)", 1);
  EXPECT_FALSE(give_back());
  start_ledger();
  Enter("HeapCreate(0x0, 0x0, 0x0)", 0x70000);
  Enter("HeapSetInformation(0x70000, 0x0, 0x0, 0x0)", 1);
  Enter("HeapDestroy(0x70000)", 1);
  EXPECT_TRUE(give_back());
}

TEST_F(Ledger, ACallThatFellOverMayHaveLeftAnything) {
  Outcome outcome;
  raised(outcome, Raised{0xc0000005, 0, {}}, arena_);
  Enter("HeapFree(0x30000, 0x0, 0x1)", outcome);
  EXPECT_FALSE(give_back());
}

TEST_F(Ledger, AnAllocationThatRaisesForWantOfMemoryIsClean) {
  Outcome outcome;
  raised(outcome, Raised{0xc0000017, 0, {}}, arena_);
  Enter("HeapAlloc(0x30000, 0x4, 0x1)", outcome);
  EXPECT_TRUE(give_back());
}

TEST_F(Ledger, HoldsTensOfThousandsOfObjects) {
  for (std::uint64_t i = 1; i <= 70000; ++i) Enter("GlobalAlloc(0x2, 0x0)", i * 16);
  for (std::uint64_t i = 1; i <= 70000; ++i) Enter("GlobalFree(" + std::to_string(i * 16) + ")", 0);
  EXPECT_TRUE(give_back());
}

}  // namespace
}  // namespace winmem::agent
