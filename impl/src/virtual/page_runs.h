// The pages of one reservation: what state each is in, kept as runs of equal pages.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>

#include "virtual/node_pool.h"

namespace winmem::vm {

struct PageState {
  std::uint32_t protect = 0;  // PAGE_*, with modifiers; 0 while only reserved
  bool committed = false;
  bool locked = false;     // by VirtualLock
  bool unwritten = false;  // watched (MEM_WRITE_WATCH), and not written since the watch began

  bool operator==(const PageState&) const = default;
};

class PageRuns {
 public:
  struct Run {
    std::size_t first, end;  // pages [first, end), counted from the start of the reservation
    PageState state;
  };

  // Sees to it that the next Change will have the nodes it needs.
  static bool Prepare();

  // `pages` pages, all in one state; at least one.
  PageRuns(std::size_t pages, PageState state) : pages_(pages), head_(state) {}
  ~PageRuns() { DropRest(); }
  PageRuns(const PageRuns&) = delete;
  PageRuns& operator=(const PageRuns&) = delete;

  std::size_t pages() const { return pages_; }

  // Whether they are all in one state: that of page 0.
  bool alike() const { return rest_ == nullptr; }

  // The run that holds `page`. Neighbouring runs differ.
  Run At(std::size_t page) const;

  // Calls visit(Run) for each run that meets [first, end), cut to that range, upwards.
  template <class Visit>
  void ForEach(std::size_t first, std::size_t end, Visit visit) const {
    for (std::size_t page = first; page < end;) {
      Run run = At(page);
      run.first = page;
      if (run.end > end) run.end = end;
      visit(run);
      page = run.end;
    }
  }

  // Whether holds(PageState) for all pages of [first, end).
  template <class Predicate>
  bool All(std::size_t first, std::size_t end, Predicate holds) const {
    bool all = true;
    ForEach(first, end, [&](const Run& run) { all = all && holds(run.state); });
    return all;
  }

  // Gives each page of [first, end) the state change(its state). Needs Prepare.
  template <class Function>
  void Change(std::size_t first, std::size_t end, Function change) {
    Split(first);
    Split(end);
    if (first == 0) head_ = change(head_);
    if (rest_ == nullptr) return;
    for (auto run = rest_->lower_bound(first); run != rest_->end() && run->first < end; ++run) {
      run->second = change(run->second);
    }
    Join(first, end);
  }

 private:
  struct Nodes {
    static constexpr std::size_t kCellSize = 64;
    static NodePool pool;
  };
  using Allocator = PoolAllocator<std::pair<const std::size_t, PageState>, Nodes>;

  // Lets a run begin at `page`.
  void Split(std::size_t page);
  // Makes one run of equal neighbours, from the run before `first` to the one that begins at `end`.
  void Join(std::size_t first, std::size_t end);
  void DropRest();

  using Later = std::map<std::size_t, PageState, std::less<>, Allocator>;  // by first page

  // Most reservations are in one state all over: those need no more room than this.
  std::size_t pages_;
  PageState head_;         // of the run that begins at page 0
  Later* rest_ = nullptr;  // the other runs; null when there are none
};

}  // namespace winmem::vm
