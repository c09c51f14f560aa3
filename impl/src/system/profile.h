// Which profile the process runs: what current Windows does, or the letter of the contract page.
#pragma once

#include "winmem/winmem.h"

namespace winmem::system {

// True while the documented profile is chosen; winmem/winmem.h has the list of what differs then.
bool Documented();

// False for a number that is no profile; nothing changes then.
bool SetProfile(DWORD profile);

}  // namespace winmem::system
