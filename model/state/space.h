// The address space as the model knows it: the living allocations of VirtualAlloc, page by page,
// and what was just freed.
#pragma once

#include <initializer_list>
#include <map>
#include <vector>

#include "model/language/names.h"
#include "model/state/contents.h"

namespace winmem::spec {

/// Bytes [begin, end).
struct Range {
  std::uint64_t begin = 0, end = 0;
  std::uint64_t size() const { return end - begin; }
  bool holds(std::uint64_t address) const { return address >= begin && address < end; }
  bool within(Range other) const { return begin >= other.begin && end <= other.end; }
  bool meets(Range other) const { return begin < other.end && other.begin < end; }
};
/// The bytes from `begin` on, cut off where numbers end: a vendor may report any address.
constexpr Range range_of(std::uint64_t begin, std::uint64_t bytes) {
  return {begin, bytes > ~begin ? ~std::uint64_t{0} : begin + bytes};
}

/// Whether VirtualLock holds pages; `open` where the evidence does not tell (after a change to no
/// access: VQ-061).
enum class Lock : std::uint8_t { none, held, open };

/// Whether watched pages were written since they are watched or were reset; `open` where the
/// evidence does not tell (after most decommits: VQ-078).
enum class Written : std::uint8_t { no, yes, open };

/// What pages can be, all but their contents.
struct Pages {
  std::uint64_t start =
      0;  ///< offset in the allocation where they begin; they reach to the next ones
  bool committed = false;
  Lock lock = Lock::none;         ///< by VirtualLock
  std::uint32_t protection = 0;   ///< with modifiers; 0 while reserved
  Written written = Written::no;  ///< by the program, where the allocation is watched
  bool protected_first = false;   ///< and VirtualProtect came before the write, not after (VQ-077)
};

/// How much the model knows of an allocation.
enum class Extent : std::uint8_t {
  whole,
  first_page,  ///< of a program: where it begins
  some_page,   ///< of a stack: that it is there
};

/// One allocation: what a single VirtualAlloc with MEM_RESERVE made, or a set-up call.
struct Allocation {
  std::uint64_t base = 0, size = 0;
  std::uint32_t protection = 0;  ///< AllocationProtect
  std::uint32_t type = 0;        ///< MEM_PRIVATE, MEM_MAPPED, MEM_IMAGE
  bool write_watch = false;
  bool physical = false;      ///< MEM_PHYSICAL: an AWE window
  bool caching_open = false;  ///< PAGE_NOCACHE or PAGE_WRITECOMBINE was changed for a part:
                              ///< versions differ (VQ-045)
  Extent extent = Extent::whole;
  bool tainted = false;
  std::vector<Pages> pages;  ///< sorted by start; the first starts at 0
  Contents contents{Contents::byte(0)};

  Range range() const { return range_of(base, size); }
  bool view() const { return type == win::MEM_MAPPED; }
  /// Made by a set-up call.
  bool foreign() const { return view() || extent != Extent::whole; }
  const Pages& at(std::uint64_t address) const;
  /// Offset where the i-th pages end.
  std::uint64_t end_of(std::size_t i) const {
    return i + 1 < pages.size() ? pages[i + 1].start : size;
  }
  /// Where the pages that begin like those at `address` end.
  std::uint64_t end_of_run(std::uint64_t address) const;
  /// Calls change(Pages&) for all pages of the range, which lies within the allocation.
  template <class Change>
  void change(Range range, Change change_pages);
  /// Whether `holds` is true of all pages of the range.
  template <class Test>
  bool all(Range range, Test holds) const;
  /// Of a watched allocation: pages that are one of `known` are in doubt from now on.
  void doubt(Range range, std::initializer_list<Written> known);

 private:
  std::size_t split(std::uint64_t offset);
  void join();
};

class Space {
 public:
  /// The allocation that holds the address, or null.
  Allocation* find(std::uint64_t address);
  /// Whether the range meets a living allocation; of a tainted one nobody knows.
  bool occupied(Range range) const;
  /// Whether the address is in the unreserved rest of the last granule of what VirtualAlloc made:
  /// nobody else can be there (VQ-009).
  bool in_tail(std::uint64_t address, std::uint64_t granularity) const;
  /// What it overlaps goes: a vendor may report what cannot be.
  Allocation& add(Allocation allocation);
  /// Taints all allocations that the range meets.
  void taint(Range range);
  /// Bytes that VirtualLock holds, or may hold.
  std::uint64_t locked() const;
  void remove(std::uint64_t base);
  void clear() { allocations_.clear(); }
  std::uint64_t reserved() const { return reserved_; }
  std::uint64_t committed() const { return committed_; }
  void count_committed(std::int64_t bytes) { committed_ += static_cast<std::uint64_t>(bytes); }
  std::uint64_t committed_in(const Allocation& allocation, Range range) const;

 private:
  /// Calls each(allocation) for those that the range meets, from the last one down, until it says
  /// true; whether it did.
  template <class Each>
  bool any_meeting(Range range, Each each) const;

  std::map<std::uint64_t, Allocation> allocations_;
  std::uint64_t reserved_ = 0, committed_ = 0;
};

template <class Change>
void Allocation::change(Range range, Change change_pages) {
  const std::size_t first = split(range.begin - base);
  const std::size_t last = split(range.end - base);
  for (std::size_t i = first; i < last; ++i) change_pages(pages[i]);
  join();
}

template <class Test>
bool Allocation::all(Range range, Test holds) const {
  for (std::size_t i = 0; i < pages.size(); ++i) {
    const Range run{base + pages[i].start, base + end_of(i)};
    if (run.meets(range) && !holds(pages[i])) return false;
  }
  return true;
}

}  // namespace winmem::spec
