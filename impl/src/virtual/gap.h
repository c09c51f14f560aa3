// Free addresses inside the bounds of user space, which the kernel does not know.
#pragma once

#include <cstddef>
#include <cstdint>

namespace winmem::vm {

// Where so many bytes are free, at a multiple of `alignment`: the lowest such place or, top_down,
// the highest. 0: nowhere. Takes as long as there are mappings.
std::uintptr_t FindGap(std::size_t size, std::size_t alignment, bool top_down);

}  // namespace winmem::vm
