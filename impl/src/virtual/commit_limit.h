// How many pages the whole process may have committed: as many as memory and swap have, or what
// WinmemLimitCommit says. Windows charges a page when it is committed, not when it is touched
// (VA-008).
#pragma once

#include <cstddef>

namespace winmem::vm {

std::size_t CommitLimit();  // pages

// ~0: what the machine has.
void SetCommitLimit(std::size_t pages);

}  // namespace winmem::vm
