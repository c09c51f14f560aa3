// Which profile the process runs: what current Windows does, or the letter of the contract page.
#ifndef WINMEM_SYSTEM_PROFILE_H
#define WINMEM_SYSTEM_PROFILE_H

#include "winmem/winmem.h"

namespace winmem::system {

// True while the documented profile is chosen; winmem/winmem.h has the list of what differs then.
bool documented();

// False for a number that is no profile; nothing changes then.
bool set_profile(DWORD profile);

}  // namespace winmem::system

#endif
