#include "conformance/runner/progress.h"

#include <fmt/core.h>
#include <unistd.h>

#include <cstdio>

namespace winmem::conformance {

Progress::Progress(std::string subject)
    : subject_(std::move(subject)),
      on_terminal_(isatty(2) == 1),
      next_(Clock::now() + std::chrono::seconds(2)) {}

Progress::~Progress() {
  if (shown_) fmt::print(stderr, "\r\033[K");
}

void Progress::show(std::size_t done, std::size_t total, const char* what) {
  if (!on_terminal_ || Clock::now() < next_) return;
  fmt::print(stderr, "\r\033[K{}: {} of {} {}", subject_, done, total, what);
  std::fflush(stderr);
  shown_ = true;
  next_ = Clock::now() + std::chrono::milliseconds(100);
}

}  // namespace winmem::conformance
