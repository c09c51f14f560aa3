#include "model/state/space.h"

#include <algorithm>
#include <iterator>

namespace winmem::spec {
namespace {

bool alike(const Pages& a, const Pages& b) {
  return a.committed == b.committed && a.lock == b.lock && a.protection == b.protection &&
         a.written == b.written && a.protected_first == b.protected_first;
}

std::size_t index_at(const std::vector<Pages>& pages, std::uint64_t offset) {
  auto after = std::upper_bound(pages.begin(), pages.end(), offset,
                                [](std::uint64_t at, const Pages& run) { return at < run.start; });
  return static_cast<std::size_t>(after - pages.begin()) - 1;
}

}  // namespace

const Pages& Allocation::at(std::uint64_t address) const {
  return pages[index_at(pages, address - base)];
}

std::uint64_t Allocation::end_of_run(std::uint64_t address) const {
  // Locking leaves no trace in a query, so runs that differ in it alone are one region (VQ-005,
  // VQ-010).
  std::size_t i = index_at(pages, address - base);
  const Pages& first = pages[i];
  while (++i < pages.size())
    if (pages[i].committed != first.committed || pages[i].protection != first.protection)
      return base + pages[i].start;
  return base + size;
}

void Allocation::doubt(Range range, std::initializer_list<Written> known) {
  if (!write_watch) return;
  change(range, [known](Pages& run) {
    if (std::find(known.begin(), known.end(), run.written) != known.end())
      run.written = Written::open;
  });
}

std::size_t Allocation::split(std::uint64_t offset) {
  if (offset >= size) return pages.size();
  const std::size_t i = index_at(pages, offset);
  if (pages[i].start == offset) return i;
  Pages second = pages[i];
  second.start = offset;
  pages.insert(pages.begin() + static_cast<std::ptrdiff_t>(i) + 1, second);
  return i + 1;
}

void Allocation::join() {
  pages.erase(std::unique(pages.begin(), pages.end(), alike), pages.end());
}

Allocation* Space::find(std::uint64_t address) {
  auto after = allocations_.upper_bound(address);
  if (after == allocations_.begin()) return nullptr;
  Allocation& allocation = std::prev(after)->second;
  return allocation.range().holds(address) ? &allocation : nullptr;
}

template <class Each>
bool Space::any_meeting(Range range, Each each) const {
  for (auto at = allocations_.lower_bound(range.end); at != allocations_.begin();) {
    --at;
    if (at->second.range().end <= range.begin) return false;
    if (each(at->second)) return true;
  }
  return false;
}

bool Space::occupied(Range range) const {
  return any_meeting(range, [](const Allocation& allocation) { return !allocation.tainted; });
}

void Space::taint(Range range) {
  any_meeting(range, [this](const Allocation& allocation) {
    allocations_.find(allocation.base)->second.tainted = true;
    return false;
  });
}

std::uint64_t Space::locked() const {
  std::uint64_t bytes = 0;
  for (const auto& [base, allocation] : allocations_)
    for (std::size_t i = 0; i < allocation.pages.size(); ++i)
      if (allocation.pages[i].lock != Lock::none)
        bytes += allocation.end_of(i) - allocation.pages[i].start;
  return bytes;
}

bool Space::in_tail(std::uint64_t address, std::uint64_t granularity) const {
  auto after = allocations_.upper_bound(address);
  if (after == allocations_.begin()) return false;
  const Allocation& before = std::prev(after)->second;
  const std::uint64_t end = before.range().end;
  return !before.tainted && !before.foreign() && address >= end && (end & (granularity - 1)) != 0 &&
         address <= (end | (granularity - 1));
}

Allocation& Space::add(Allocation allocation) {
  allocation.size = allocation.range().size();
  std::vector<std::uint64_t> overlapped;
  any_meeting(allocation.range(), [&](const Allocation& other) {
    overlapped.push_back(other.base);
    return false;
  });
  for (const std::uint64_t base : overlapped) remove(base);
  reserved_ += allocation.size;
  committed_ += committed_in(allocation, allocation.range());
  return allocations_.insert_or_assign(allocation.base, std::move(allocation)).first->second;
}

void Space::remove(std::uint64_t base) {
  auto found = allocations_.find(base);
  if (found == allocations_.end()) return;
  reserved_ -= found->second.size;
  committed_ -= committed_in(found->second, found->second.range());
  allocations_.erase(found);
}

std::uint64_t Space::committed_in(const Allocation& allocation, Range range) const {
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i < allocation.pages.size(); ++i) {
    if (!allocation.pages[i].committed) continue;
    const std::uint64_t begin = allocation.base + allocation.pages[i].start;
    const std::uint64_t end = allocation.base + allocation.end_of(i);
    const Range run{std::max(begin, range.begin), std::min(end, range.end)};
    if (run.begin < run.end) bytes += run.size();
  }
  return bytes;
}

}  // namespace winmem::spec
