// The sixteen functions of the Global and Local families. Most are the same for both; the exported
// names are these and nothing more. What they do is said in winmem/moveable.h.
#pragma once

#include "winmem/moveable.h"

namespace winmem::moveable {

enum class Family { kGlobal, kLocal };

void* Alloc(Family family, UINT flags, SIZE_T bytes);
void* ReAlloc(Family family, void* memory, SIZE_T bytes, UINT flags);
void* Free(void* memory);
void* Lock(Family family, void* memory);
BOOL Unlock(Family family, void* memory);
SIZE_T Size(const void* memory);
UINT Flags(Family family, const void* memory);
void* Handle(Family family, const void* address);

}  // namespace winmem::moveable
