#include "virtual/page_runs.h"

#include <iterator>
#include <new>

namespace winmem::vm {

constinit NodePool PageRuns::Nodes::pool{kCellSize};

// A change adds at most the two runs that begin where it begins and ends, and the map for them.
bool PageRuns::Prepare() {
  return Nodes::pool.Ensure(3);
}

PageRuns::Run PageRuns::At(std::size_t page) const {
  if (rest_ == nullptr) return {0, pages_, head_};
  const auto after = rest_->upper_bound(page);
  const std::size_t end = after == rest_->end() ? pages_ : after->first;
  if (after == rest_->begin()) return {0, end, head_};
  const auto run = std::prev(after);
  return {run->first, end, run->second};
}

void PageRuns::Split(std::size_t page) {
  if (page == 0 || page >= pages_) return;
  const Run run = At(page);
  if (run.first == page) return;
  static_assert(sizeof(Later) <= Nodes::kCellSize);
  if (rest_ == nullptr) rest_ = new (Nodes::pool.Take()) Later;
  rest_->emplace(page, run.state);
}

void PageRuns::Join(std::size_t first, std::size_t end) {
  auto run = rest_->lower_bound(first);
  PageState* before = run == rest_->begin() ? &head_ : &std::prev(run)->second;
  while (run != rest_->end() && run->first <= end) {
    if (run->second == *before) {
      run = rest_->erase(run);
    } else {
      before = &run->second;
      ++run;
    }
  }
  if (rest_->empty()) DropRest();
}

void PageRuns::DropRest() {
  if (rest_ == nullptr) return;
  rest_->~Later();
  Nodes::pool.Give(rest_);
  rest_ = nullptr;
}

}  // namespace winmem::vm
