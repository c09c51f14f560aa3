// Everything that the model knows of a process in which a script is played.
#pragma once

#include <unordered_set>

#include "model/language/system.h"
#include "model/rule/rule.h"
#include "model/state/blocks.h"
#include "model/state/space.h"

namespace winmem::spec {

/// A scripted vectored handler.
struct VectoredHandler {
  std::uint64_t token = 0;
  std::uint32_t status = 0;  ///< 0: any
  bool resumes = false;
};

/// What the call before this one freed: memory and handles are judged right after it, and never
/// later (addresses are reused).
struct Gone {
  Range memory;              ///< a released allocation, to the end of its last granule
  Range block;               ///< a heap's: its pages may stay (HF-030)
  std::uint64_t handle = 0;  ///< a freed moveable handle
};

/// The walk of a heap that one repeated HeapWalk makes.
struct Walk {
  std::unordered_set<std::uint64_t> shown;  ///< blocks, by address
  bool over = false, doubtful = false;
};

constexpr std::uint64_t no_limit = ~std::uint64_t{0};

struct State {
  System system;
  Profile profile = Profile::windows;
  Space space;
  Blocks blocks;
  FrontEnd front_end;
  std::unordered_map<std::uint64_t, Heap> heaps;
  std::unordered_map<std::uint64_t, Moveable> objects;
  std::uint64_t object_bytes = 0;         ///< of all moveable objects
  std::vector<VectoredHandler> handlers;  ///< in the order in which they are asked
  Gone gone;                              ///< by the call before
  Gone going;                             ///< by this call
  Walk walk;
  std::uint64_t process_heap = 0;
  bool process_heap_known = false;        ///< GetProcessHeap was called
  bool lock_memory = false;               ///< the script is played with SeLockMemoryPrivilege
  std::uint64_t commit_limit = no_limit;  ///< that the script set: of space.committed()
  bool commits_unseen =
      false;  ///< it called what commits pages that are not counted: heaps, for one
  std::uint32_t last_error = poison;  ///< what a call finds, where it is known
  bool last_error_known = true;

  std::uint64_t page_down(std::uint64_t address) const { return address & ~(system.page - 1); }
  std::uint64_t page_up(std::uint64_t address) const {
    return page_down(address + system.page - 1);
  }
  std::uint64_t granule_down(std::uint64_t address) const {
    return address & ~(system.granularity - 1);
  }
  std::uint64_t committed() const { return space.committed() + blocks.bytes() + object_bytes; }
  std::uint64_t reserved() const { return space.reserved() + blocks.bytes() + object_bytes; }
  void limit_commit(std::uint64_t more) {
    const std::uint64_t now = space.committed();
    const bool none = more == system.pointer_mask() || more > no_limit - now;
    commit_limit = none ? no_limit : now + page_down(more);
  }
  bool limited() const { return commit_limit != no_limit; }
  /// Whether so many bytes more pass the limit that the script set.
  bool past_limit(std::uint64_t fresh) const {
    return fresh > commit_limit || space.committed() > commit_limit - fresh;
  }
  /// Whether a program may have all of the range: between the limits that GetSystemInfo tells.
  bool usable(Range range) const {
    return range.begin >= system.minimum && range.end - 1 <= system.maximum;
  }
  /// Whether anything lives in the range, but for the block `except`; of what is tainted nobody
  /// knows.
  bool occupied(Range range, const Block* except = nullptr) const {
    return space.occupied(range) || blocks.occupied(range, except);
  }
  /// Whether it is certain that nothing lives at an address that is in no allocation: the call
  /// before released it, or it is behind the last page of an allocation in its granule (VQ-009).
  bool surely_free(std::uint64_t address) const {
    return gone.memory.holds(address) || space.in_tail(address, system.granularity);
  }
  /// Whether nobody can own the address: the system half.
  bool beyond(std::uint64_t address) const { return address > system.maximum; }
  Heap* heap(std::uint64_t handle) {
    auto found = heaps.find(handle);
    return found == heaps.end() ? nullptr : &found->second;
  }
  Moveable* object(std::uint64_t handle) {
    auto found = objects.find(handle);
    return found == objects.end() ? nullptr : &found->second;
  }
  void resize(Moveable& moveable, std::uint64_t size) {
    object_bytes += size - moveable.size;
    moveable.size = size;
  }
  /// A living block. What it overlaps goes: a vendor may report what cannot be.
  Block& add(Block block);
  void remove(const Block& block);
  /// Marks what lives in the range: after a deviation nobody knows what became of it.
  void taint(Range range);
  /// A call was given the range to write to, and may have: what it holds is not known any more.
  void may_be_written(Range range);
};

/// Below these, a NULL for lack of memory is a deviation: a vendor that answers NULL to everything
/// must not conform.
constexpr std::uint64_t enough_committed = 64ull << 20;
constexpr std::uint64_t enough_reserved = 1ull << 30;
/// A process may hold 65,536 moveable handles, fewer by those that its other code holds (GA-033).
constexpr std::uint64_t all_handles = 65536, surely_free_handles = 64000;

}  // namespace winmem::spec
