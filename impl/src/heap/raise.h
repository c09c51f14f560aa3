// The exception of a heap that cannot give what was asked for.
#pragma once

#include <cstddef>

namespace winmem::heap {

// Raises STATUS_NO_MEMORY, continuable, with the requested size as its one parameter (HA-041). It
// returns only if a handler continues here.
void RaiseNoMemory(std::size_t bytes);

}  // namespace winmem::heap
