// Work shared out among processes: for what changes the program's own state, as a rule that is made
// wrong does.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

namespace winmem::conformance {

/// work(i) for each i below `count`, in so many child processes that begin as copies of this one;
/// the results by i. `progress` is called after each. Throws CannotRun where a process cannot be
/// made or ends before its work is done.
std::vector<std::uint8_t> shared_out(std::size_t count, unsigned processes,
                                     const std::function<std::uint8_t(std::size_t)>& work,
                                     const std::function<void(std::size_t done)>& progress);

}  // namespace winmem::conformance
