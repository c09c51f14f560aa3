#include "conformance/runner/nearest.h"

#include <gtest/gtest.h>

namespace winmem::conformance {
namespace {

TEST(Nearest, PutsTheNameWithTheFewestEditsFirst) {
  std::vector<std::string> names{"VirtualFree.Release", "VirtualAlloc.Size", "HeapFree"};
  EXPECT_EQ(nearest("VirtualAloc.Size", names, 1), (std::vector<std::string>{"VirtualAlloc.Size"}));
  EXPECT_EQ(nearest("heapfree", names, 1), (std::vector<std::string>{"HeapFree"}));
}

TEST(Nearest, LetterCaseDecidesBetweenEqualsAlone) {
  EXPECT_EQ(nearest("virtualaloc", {"virtual", "VirtualAlloc", "Local"}, 1),
            (std::vector<std::string>{"VirtualAlloc"}));
  EXPECT_EQ(nearest("heap", {"Heap", "heap"}, 1), (std::vector<std::string>{"heap"}));
}

TEST(Nearest, GivesAllWhereThereAreFewer) {
  EXPECT_EQ(nearest("x", {"b", "a"}, 3), (std::vector<std::string>{"a", "b"}));
}

TEST(Nearest, ASwapOfTwoNeighboursIsOneEdit) {
  EXPECT_EQ(edits("titel", "title"), 1u);
  EXPECT_EQ(edits("", "abc"), 3u);
  EXPECT_EQ(edits("abcd", "abcd"), 0u);
  EXPECT_EQ(edits("kitten", "sitting"), 3u);
}

TEST(Nearest, WhatWasMeantIsOneOrTwoEditsAwayAndLessThanHalfOfTheName) {
  std::vector<std::string> names{"title", "note", "VirtualAlloc"};
  EXPECT_EQ(meant("VirtualAloc", names), "VirtualAlloc");
  EXPECT_EQ(meant("VIRTUALALLOC", names), "VirtualAlloc");
  EXPECT_EQ(meant("tilte", names), "title");
  EXPECT_EQ(meant("nte", names), "note");
  EXPECT_EQ(meant("nose", names), "note");
  EXPECT_EQ(meant("more", names), "");
  EXPECT_EQ(meant("VirtualFree", names), "");
}

}  // namespace
}  // namespace winmem::conformance
