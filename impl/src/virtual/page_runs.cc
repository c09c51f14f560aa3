#include "virtual/page_runs.h"

#include <iterator>

namespace winmem::vm {

constinit NodePool PageRuns::Nodes::pool{kCellSize};

// A change adds at most the two runs that begin where it begins and ends.
bool PageRuns::Prepare() {
  return Nodes::pool.Ensure(2);
}

PageRuns::PageRuns(std::size_t pages, PageState state) : pages_(pages) {
  runs_.emplace(0, state);
}

PageRuns::Run PageRuns::At(std::size_t page) const {
  const auto after = runs_.upper_bound(page);
  const auto run = std::prev(after);
  return {run->first, after == runs_.end() ? pages_ : after->first, run->second};
}

void PageRuns::Split(std::size_t page) {
  if (page >= pages_) return;
  const auto after = runs_.upper_bound(page);
  const auto run = std::prev(after);
  if (run->first != page) runs_.emplace_hint(after, page, run->second);
}

void PageRuns::Join(std::size_t first, std::size_t end) {
  auto run = runs_.lower_bound(first);
  if (run != runs_.begin()) --run;
  for (auto next = std::next(run); next != runs_.end() && next->first <= end;) {
    if (next->second == run->second) {
      next = runs_.erase(next);
    } else {
      run = next++;
    }
  }
}

}  // namespace winmem::vm
