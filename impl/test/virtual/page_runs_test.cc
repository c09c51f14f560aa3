#include "virtual/page_runs.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace {

using winmem::vm::PageRuns;
using winmem::vm::PageState;

PageState Committed(std::uint32_t protect) {
  return {protect, true, false};
}

TEST(PageRuns, BeginsAsOneRun) {
  const PageRuns runs(16, Committed(4));
  EXPECT_EQ(runs.At(9).first, 0u);
  EXPECT_EQ(runs.At(9).end, 16u);
}

TEST(PageRuns, SplitsAndJoins) {
  PageRuns runs(16, {});
  ASSERT_TRUE(PageRuns::Prepare());
  runs.Change(4, 8, [](PageState) { return Committed(2); });
  EXPECT_EQ(runs.At(3).end, 4u);
  EXPECT_EQ(runs.At(5).first, 4u);
  EXPECT_EQ(runs.At(5).end, 8u);
  EXPECT_EQ(runs.At(15).first, 8u);
  ASSERT_TRUE(PageRuns::Prepare());
  runs.Change(4, 8, [](PageState) { return PageState{}; });
  EXPECT_EQ(runs.At(5).end, 16u);
  EXPECT_EQ(runs.At(5).first, 0u);
}

// Against the plainest thing that could work: one state a page.
TEST(PageRuns, DoesWhatAnArrayDoes) {
  constexpr std::size_t kPages = 40;
  std::mt19937 random(7);
  auto below = [&](std::size_t n) { return random() % n; };
  PageRuns runs(kPages, {});
  std::vector<PageState> pages(kPages);
  for (int step = 0; step < 20000; ++step) {
    const std::size_t first = below(kPages), end = first + 1 + below(kPages - first);
    const auto protect = static_cast<std::uint32_t>(below(3));
    const bool lock = below(4) == 0;
    auto change = [&](PageState state) {
      return lock ? PageState{state.protect, state.committed, true} : Committed(protect);
    };
    ASSERT_TRUE(PageRuns::Prepare());
    runs.Change(first, end, change);
    for (std::size_t page = first; page < end; ++page) pages[page] = change(pages[page]);
    for (std::size_t page = 0; page < kPages;) {
      const PageRuns::Run run = runs.At(page);
      ASSERT_EQ(run.first, page);
      ASSERT_GT(run.end, page);
      for (; page < run.end; ++page) ASSERT_EQ(pages[page], run.state);
      if (page < kPages) {
        ASSERT_NE(pages[page], run.state);
      }
    }
  }
}

}  // namespace
