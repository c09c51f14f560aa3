// Whether the process holds SeLockMemoryPrivilege, which large pages and physical pages need.
#pragma once

namespace winmem::system {

bool HoldsLockMemory();
void HoldLockMemory(bool held);

}  // namespace winmem::system
