#include "conformance/runner/survivors.h"

#include <gtest/gtest.h>

#include "conformance/runner/error.h"
#include "conformance/runner/paths.h"
#include "conformance/test/runner/temporary_folder.h"

namespace winmem::conformance {
namespace {

std::string refusal(const std::string& text) {
  TemporaryFolder folder;
  try {
    load_survivors(folder.write("survivors.toml", text));
  } catch (const CannotRun& error) {
    return error.what();
  }
  return "";
}

constexpr const char* one =
    "[[survivor]]\nrule = \"HeapUnlock.Unlocks\"\nmutation = \"changes nothing\"\nwhy = \"So.\"\n";

TEST(Survivors, AReasonIsFoundByTheMutantsName) {
  TemporaryFolder folder;
  const auto survivors = load_survivors(folder.write("survivors.toml", one));
  ASSERT_EQ(survivors.size(), 1u);
  EXPECT_EQ(survivors.at("HeapUnlock.Unlocks: changes nothing"), "So.");
}

TEST(Survivors, ARuleThatNothingExercisesIsFoundByItsId) {
  TemporaryFolder folder;
  const std::string entry = "[[unexercised]]\nrule = \"HeapUnlock.Unlocks\"\n";
  const auto rules = load_unexercised(folder.write("one.toml", entry + "why = \"So.\"\n"));
  ASSERT_EQ(rules.size(), 1u);
  EXPECT_EQ(rules.at("HeapUnlock.Unlocks"), "So.");
  EXPECT_THROW(load_unexercised(folder.write("two.toml", entry)), CannotRun);
}

TEST(Survivors, WhatIsNoEntryIsRefusedWithItsLine) {
  EXPECT_NE(refusal(std::string(one) + one).find("each once"), std::string::npos);
  EXPECT_NE(refusal("[[survivor]]\nrule = \"No.Rule\"\n").find(":2: rule: expected"),
            std::string::npos);
  EXPECT_NE(refusal("[[survivor]]\nrule = \"HeapUnlock.Unlocks\"\nmutation = \"vanishes\"\n")
                .find("expected one of dropped, another error"),
            std::string::npos);
  EXPECT_NE(
      refusal("[[survivor]]\nrule = \"HeapUnlock.Unlocks\"\nmutation = \"dropped\"\nwhy = \"\"\n")
          .find("why: expected a sentence"),
      std::string::npos);
  EXPECT_NE(refusal(std::string(one) + "reason = \"So.\"\n"), "");
  EXPECT_NE(refusal("[[survivor]\n"), "");
  EXPECT_NE(refusal("survivors = 3\n"), "");
}

}  // namespace
}  // namespace winmem::conformance
