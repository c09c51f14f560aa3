// How much an object can grow without moving.
#pragma once

#include "heap/layout.h"

namespace winmem::moveable {

// Larger objects were seen to grow by 512 bytes in place (GX-077, LX-037); small ones never do
// (GX-053, GX-071).
constexpr std::size_t RoomFor(std::size_t bytes) {
  return bytes > heap::kFrontEndLimit ? 0x200 : 0;
}

}  // namespace winmem::moveable
