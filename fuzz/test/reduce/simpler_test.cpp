#include "fuzz/reduce/simpler.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "conformance/runner/script_file.h"
#include "fuzz/generate/generator.h"

namespace winmem::fuzz {
namespace {

/// Line `at` of a script, printed as it is one step simpler.
std::vector<std::string> steps(const std::string& text, std::size_t at) {
  const auto file = conformance::parse_script_text("test", text);
  Draft draft = Draft::of(file->script);
  std::vector<std::string> printed;
  for (const Line& line : simpler(draft.lines[at])) {
    Draft other = draft;
    other.lines[at] = line;
    const std::string all = other.text();
    printed.push_back(all.substr(0, all.size() - 1));
    printed.back() = printed.back().substr(printed.back().rfind('\n') + 1);
  }
  return printed;
}

TEST(Simpler, TakesAwayFlagsOneByOneAndNumbersToRoundOnes) {
  const std::vector<std::string> found =
      steps("VirtualAlloc(NULL, 0x3000, MEM_COMMIT|MEM_RESERVE, PAGE_NOACCESS)\n", 0);
  const auto has = [&](const char* text) {
    return std::find(found.begin(), found.end(), text) != found.end();
  };
  EXPECT_TRUE(has("VirtualAlloc(NULL, 0, MEM_COMMIT|MEM_RESERVE, PAGE_NOACCESS)"));
  EXPECT_TRUE(has("VirtualAlloc(NULL, 0x1000, MEM_COMMIT|MEM_RESERVE, PAGE_NOACCESS)"));
  EXPECT_TRUE(has("VirtualAlloc(NULL, 0x3000, MEM_RESERVE, PAGE_NOACCESS)"));
  EXPECT_TRUE(has("VirtualAlloc(NULL, 0x3000, MEM_COMMIT, PAGE_NOACCESS)"));
}

TEST(Simpler, LeavesNothingThatIsAsSimpleAsCanBe) {
  EXPECT_TRUE(steps("h = GetProcessHeap()\n", 0).empty());
  EXPECT_TRUE(steps("VirtualFree(NULL, 0, 0)\n", 0).empty());
}

TEST(Simpler, GoesDownAndNeverInACircle) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    Draft draft = Generator::of_seed(GeneratorOptions(), seed);
    for (Line& line : draft.lines)
      for (unsigned steps = 0;; ++steps) {
        const std::vector<Line> next = simpler(line);
        if (next.empty()) break;
        ASSERT_LT(steps, 5000u) << draft.text();
        line = next[steps % next.size()];
      }
  }
}

}  // namespace
}  // namespace winmem::fuzz
