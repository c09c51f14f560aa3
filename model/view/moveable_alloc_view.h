// GlobalAlloc and LocalAlloc as their pages see them.
#pragma once

#include "model/view/moveable_view.h"

namespace winmem::spec {

static_assert(GMEM_MOVEABLE == LMEM_MOVEABLE && GMEM_ZEROINIT == LMEM_ZEROINIT && GMEM_MODIFY == LMEM_MODIFY);

struct MoveableAllocView : MoveableView {
  std::uint32_t flags;
  std::uint64_t size;
  explicit MoveableAllocView(View base) : MoveableView(base), flags(dword(0)), size(argument[1]) {}

  bool moveable() const { return flags & GMEM_MOVEABLE; }
  bool impossible() const { return size > system().maximum; }
  Contents fresh() const { return Contents(flags & GMEM_ZEROINIT ? Contents::byte(0) : Contents::unknown()); }
  /// What the vendor gave is a new block, or the handle of a new object.
  void allocate(std::uint64_t value) {
    if (moveable()) {
      Moveable& made = add_moveable(value, size, fresh());
      made.discardable = flags & (local() ? LMEM_DISCARDABLE : GMEM_DISCARDABLE);
      made.shared = global() && (flags & GMEM_DDESHARE);
      made.front_end = state.front_end.serves(size);
    } else if (global() && size == 0) {
      add_fixed(value, 1, Contents(Contents::unknown()));  // GA-011
    } else {
      add_fixed(value, size, fresh()).front_end = state.front_end.serves(size);
      state.front_end.made(size);
    }
  }
};

}  // namespace winmem::spec
