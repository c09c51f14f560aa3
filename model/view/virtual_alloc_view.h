// VirtualAlloc as its page sees it: the range that it means, what lives there, and what it makes of it.
#pragma once

#include "model/rule/clause.h"
#include "model/view/protection.h"

namespace winmem::spec {

struct VirtualAllocView : View {
  static constexpr std::uint32_t known_bits = MEM_COMMIT | MEM_RESERVE | MEM_RESET | MEM_TOP_DOWN | MEM_WRITE_WATCH |
                                              MEM_PHYSICAL | MEM_RESET_UNDO | MEM_LARGE_PAGES;
  // Bits that some Windows header gives a meaning without any public test of VirtualAlloc:
  // MEM_REPLACE_PLACEHOLDER, MEM_ROTATE, MEM_4MB_PAGES.
  static constexpr std::uint32_t untested_bits = MEM_REPLACE_PLACEHOLDER | 0x800000 | 0x80000000;

  std::uint64_t address, size;
  std::uint32_t type, protection;
  bool reserves;  ///< makes a new allocation: MEM_RESERVE, or MEM_COMMIT at NULL (VA-702)
  bool commits, resets;
  bool overflows;      ///< the range would end above the address space
  Range range;         ///< whole pages; a reservation begins at a granule
  Allocation* target;  ///< what a commit or reset begins in
  bool nobody;         ///< it is certain that nothing lives at the beginning of the range
  Range made{};        ///< where the vendor put the allocation

  explicit VirtualAllocView(View base);

  /// Bits without any meaning for VirtualAlloc.
  bool unknown_types() const { return (type & ~(known_bits | untested_bits)) != 0; }
  bool untested_types() const { return type & untested_bits; }
  bool has(std::uint32_t bits) const { return (type & bits) == bits; }
  bool inside() const { return target && range.within(target->range()); }
  /// A reservation at a place where the model knows that everything is free.
  bool surely_free() const { return range.within(state.gone.memory); }
  /// Something lives in the range that is asked for.
  bool taken() const { return address != 0 && !overflows && size != 0 && state.occupied(range); }
  bool private_target() const { return reserves || (target && !target->foreign()); }
  /// Of a view it is told what a reset does, and commits of a few protections; of other foreign memory nothing.
  bool view_told() const {
    return inside() && target->view() && (has(MEM_RESET) || (commits && view_permits(target->protection, protection)));
  }
  bool beyond_view() const {
    return inside() && target->view() && commits && view_forbids(target->protection, protection);
  }
  std::uint64_t new_size() const { return state.page_up(size); }
  /// Bytes that the call would commit and that are not committed yet.
  std::uint64_t fresh() const {
    if (!commits) return 0;
    return target ? range.size() - state.space.committed_in(*target, range) : address ? range.size() : new_size();
  }
  bool large_pages() const { return type & MEM_LARGE_PAGES; }
  std::uint64_t large_page() const { return system().large_page ? system().large_page : 0x200000; }
  /// More than any address space has: VA-003 to VA-005. In a 32-bit process 2 GiB are, too, but with which error they
  /// fail nobody tells (VA-718).
  bool surely_too_large() const {
    return size > system().maximum && (system().bits == 64 || size >= system().pointer_mask() - 7);
  }
  /// Sizes near that of the whole address space can never be had; where the error changes is not known (VA-005).
  bool perhaps_too_large() const { return !surely_too_large() && size > system().maximum - 0x1000000; }

  bool tainted() const { return target && target->tainted; }
  void taint() {
    if (address != 0) state.taint({range.begin, std::max(range.end, range.begin + 1)});
    state.taint(made);
  }
  void follow(const Seen& seen);

  /// Whether a reservation that begins at the value lies in the address space, apart from everything that lives.
  bool apart(std::uint64_t value) const;

  // What a success changes.
  void reserve(std::uint64_t value);
  void commit();
  /// Of a reset: the contents, and whether the pages count as written.
  void give_up_contents();

 private:
  /// Where the vendor put a reservation: at a place of its own choice, or in the range that was asked for.
  Range placed(std::uint64_t value) const;
  void add(Range place);
};

}  // namespace winmem::spec
