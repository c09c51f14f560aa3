#include "conformance/runner/nearest.h"

#include <gtest/gtest.h>

namespace winmem::conformance {
namespace {

TEST(Nearest, PutsTheNameWithTheFewestEditsFirst) {
  std::vector<std::string> names{"VirtualFree.Release", "VirtualAlloc.Size", "HeapFree"};
  EXPECT_EQ(nearest("VirtualAloc.Size", names, 1), (std::vector<std::string>{"VirtualAlloc.Size"}));
  EXPECT_EQ(nearest("heapfree", names, 1), (std::vector<std::string>{"HeapFree"}));
}

TEST(Nearest, GivesAllWhereThereAreFewer) {
  EXPECT_EQ(nearest("x", {"b", "a"}, 3), (std::vector<std::string>{"a", "b"}));
}

}  // namespace
}  // namespace winmem::conformance
