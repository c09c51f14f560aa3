// The last error of the calling thread, for the library's own code.
#pragma once

#include "winmem/last_error.h"

namespace winmem::system {

DWORD LastErrorCode();
void SetLastErrorCode(DWORD code);

}  // namespace winmem::system
