// GlobalReAlloc and LocalReAlloc as their page sees them: what is asked of a memory object, and what becomes of it.
#pragma once

#include "model/view/moveable_view.h"

namespace winmem::spec {

struct MoveableReAllocView : MoveableView {
  std::uint64_t bytes;  ///< the new size
  std::uint32_t flags;
  explicit MoveableReAllocView(View base) : MoveableView(base), bytes(argument[1]), flags(dword(2)) {}

  bool modifies() const { return flags & GMEM_MODIFY; }
  bool may_move() const { return flags & GMEM_MOVEABLE; }
  bool discardable() const { return flags & (local() ? LMEM_DISCARDABLE : GMEM_DISCARDABLE); }
  bool zeroes() const { return flags & GMEM_ZEROINIT; }
  bool impossible() const { return !modifies() && bytes > system().maximum; }
  bool resizes() const { return !modifies() && !discardable(); }
  bool of_moveable() const { return is(What::moveable); }
  bool locked() const { return of_moveable() && object->locks != 0; }
  bool has_memory() const { return of_moveable() && !object->discarded; }
  /// A block of one of the sizes with which large ones were tested: others need not behave so (GX-078, LX-055, LX-064).
  bool large() const {
    return is(What::fixed) && block->size >= 0x20000 && block->size <= 200000 && system().nt_heap();
  }
  /// Blocks of at most the sizes with which the error of small ones was tested (GX-071, GX-082).
  bool small() const { return is(What::fixed) && block->size <= 12; }
  /// Asked without flags of a block that the front end serves (GX-071).
  bool of_front_end() const { return flags == 0 && is(What::fixed) && block->front_end; }
  /// Converted with one of the sizes, the old one and the ignored new one, with which the data were seen to be copied
  /// (GX-070).
  bool copies() const { return (block->size == 12 || block->size == 0x20000) && bytes == 512; }
  /// Nothing, without flags: what comes of it is told where the kind of the heap is (GX-742).
  bool empties_data() const { return bytes == 0 && flags == 0 && system().heap != HeapKind::unknown; }
  /// What may be asked of the data pointer of a locked object: its own size, or none.
  bool told_of_data() const {
    const bool told = bytes == object->size || (bytes == 0 && may_move()) || empties_data();
    return is(What::data) && object->locks != 0 && resizes() && told;
  }

  /// What no public test asks for: of a fixed Global block, of a discarded object, of what is no object, or with bits
  /// that no header names.
  bool untested() const;

  // What a success changes.
  void resize_object();
  /// A locked object grew, and its data did not move.
  void resize_in_place();
  void discard();
  /// A discarded object gets memory again.
  void regrow();
  /// GMEM_MODIFY: what the flags say of the object from then on.
  void mark();
  /// The fixed block has the new size, at the value.
  void resize_fixed(std::uint64_t value);
  /// The fixed block becomes a moveable object, of which the value is the handle.
  void convert(std::uint64_t value);

 private:
  Contents::Piece grown() const { return zeroes() ? Contents::byte(0) : Contents::unknown(); }
};

}  // namespace winmem::spec
