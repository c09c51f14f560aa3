// Heaps, their blocks and moveable memory as the model knows them.
#pragma once

#include <map>
#include <unordered_map>

#include "model/state/contents.h"
#include "model/state/space.h"

namespace winmem::spec {

struct Heap {
  std::uint64_t handle = 0;
  std::uint32_t options = 0;
  std::uint64_t maximum = 0;  ///< 0: growable
  std::uint64_t initial = 0;
  std::uint64_t used = 0;   ///< bytes requested by living blocks
  std::uint64_t made = 0;   ///< blocks ever made
  std::uint64_t empty = 0;  ///< those of zero bytes
  std::uint64_t gone = 0;   ///< blocks ever freed
  bool front_end = false;   ///< the low-fragmentation front end was asked for
  bool kind_open = false;   ///< whether it has one is not known
  std::uint32_t locks = 0;
  bool process = false;  ///< what GetProcessHeap gives
  bool tainted = false;
};

/// Who answers for a block.
enum class Owner : std::uint8_t { heap, fixed_global, fixed_local, moveable };

/// A living block at a known address.
struct Block {
  std::uint64_t base = 0, size = 0;
  std::uint64_t heap = 0;  ///< handle, or process_heap_key
  Owner owner = Owner::heap;
  std::uint64_t object = 0;  ///< the handle, where it is the data of a moveable object
  bool doubtful_size =
      false;                ///< GlobalAlloc(GMEM_FIXED, 0): 0 or 1 by the sources (GA-011, GA-703)
  bool flagged = false;     ///< asked for with user or checking flags (HA-044, HA-045)
  bool front_end = false;   ///< served by the low-fragmentation front end (GX-071)
  bool large = false;       ///< has pages of its own, from the start (HA-023)
  std::uint64_t room = 0;   ///< its size before it shrank in place; 0: it did not
  std::uint64_t since = 0;  ///< Heap::made then
  bool tainted = false;
  Contents contents;

  /// A zero-byte block still has an address of its own (HA-005).
  Range range() const { return range_of(base, size == 0 ? 1 : size); }
};

/// A living moveable object. While its data has a known address, a Block stands there and keeps the
/// contents.
struct Moveable {
  std::uint64_t handle = 0, size = 0;
  std::uint64_t data = 0;  ///< 0: not known, or discarded
  std::uint32_t locks = 0;
  bool discardable = false,
       shared = false;  ///< GMEM_DISCARDABLE, GMEM_DDESHARE: remembered and reported
  bool discarded = false;
  bool local = false;  ///< of the Local family
  bool doubtful_size =
      false;  ///< given memory again after a discard: 10 to 16 bytes for 10 (GX-049)
  bool doubtful_flags =
      false;  ///< GMEM_MODIFY without GMEM_DISCARDABLE: whether the bit goes is not tested
  bool doubtful_shared = false;  ///< whether GMEM_DDESHARE is reported is not tested (GX-068)
  bool front_end = false;        ///< as a block's
  bool tainted = false;
  std::uint64_t copied_from =
      0;              ///< the fixed block that it was, where its data surely lies elsewhere
  Contents contents;  ///< while `data` is not known
};

/// When the low-fragmentation front end of the process heap takes over a size on its own: behind 18
/// fixed blocks of it that lived at once and were all freed again. It is known of the one size with
/// which tests bring it about (GX-071).
class FrontEnd {
 public:
  static constexpr std::uint64_t size = 12;
  bool serves(std::uint64_t bytes) const { return on_ && bytes == size; }
  void made(std::uint64_t bytes) {
    if (bytes == size && ++living_ >= 18) due_ = true;
  }
  void gone(std::uint64_t bytes) {
    if (bytes == size && living_ != 0 && --living_ == 0) on_ = due_;
  }

 private:
  std::uint64_t living_ = 0;
  bool due_ = false, on_ = false;
};

class Blocks {
 public:
  /// The block that holds the address, or null.
  Block* find(std::uint64_t address);
  /// The block that starts there, or null.
  Block* starting_at(std::uint64_t address);
  /// Whether the range meets a living block other than `except`; of a tainted one nobody knows.
  bool occupied(Range range, const Block* except = nullptr) const;
  /// Those that the range meets, from the last one down.
  std::vector<Block*> meeting(Range range);
  /// A block that overlaps none.
  Block& add(Block block);
  void remove(std::uint64_t base);
  /// All blocks of a heap go.
  void remove_heap(std::uint64_t heap);
  /// Bytes requested by living blocks, without the data of moveable objects.
  std::uint64_t bytes() const { return bytes_; }
  const std::map<std::uint64_t, Block>& all() const { return blocks_; }

 private:
  std::map<std::uint64_t, Block> blocks_;
  std::uint64_t bytes_ = 0;
};

}  // namespace winmem::spec
