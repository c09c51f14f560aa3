#include "conformance/runner/shared_out.h"

#include <fmt/core.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "conformance/runner/error.h"

namespace winmem::conformance {
namespace {

/// What a child says of one piece of work; small enough that the pipe keeps it whole.
struct Result {
  std::uint64_t index;
  std::uint8_t value;
};

[[noreturn]] void work_off(std::size_t first, std::size_t count, unsigned step, int pipe,
                           const std::function<std::uint8_t(std::size_t)>& work) {
  for (std::size_t i = first; i < count; i += step) {
    Result result{};
    result.index = i;
    result.value = work(i);
    if (write(pipe, &result, sizeof result) != sizeof result) _exit(1);
  }
  _exit(0);
}

/// Whether a whole result was read; false at the end of all children's.
bool read_result(int pipe, Result& result) {
  std::size_t got = 0;
  auto* bytes = reinterpret_cast<char*>(&result);
  while (got < sizeof result) {
    const ssize_t more = read(pipe, bytes + got, sizeof result - got);
    if (more < 0 && errno == EINTR) continue;
    if (more <= 0) return false;
    got += static_cast<std::size_t>(more);
  }
  return true;
}

}  // namespace

std::vector<std::uint8_t> shared_out(std::size_t count, unsigned processes,
                                     const std::function<std::uint8_t(std::size_t)>& work,
                                     const std::function<void(std::size_t done)>& progress) {
  int ends[2];
  if (pipe(ends) != 0) throw CannotRun(fmt::format("pipe: {}", std::strerror(errno)));
  std::fflush(nullptr);  // or the children print it again
  std::vector<pid_t> children;
  for (unsigned i = 0; i < processes; ++i) {
    const pid_t child = fork();
    if (child == 0) {
      close(ends[0]);
      work_off(i, count, processes, ends[1], work);
    }
    if (child > 0) children.push_back(child);
  }
  close(ends[1]);
  std::vector<std::uint8_t> results(count);
  std::size_t done = 0;
  for (Result result{}; read_result(ends[0], result);) {
    results[result.index] = result.value;
    progress(++done);
  }
  close(ends[0]);
  for (const pid_t child : children)
    while (waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
    }
  if (done != count)
    throw CannotRun(fmt::format("a process ended before its work: {} of {} done", done, count));
  return results;
}

}  // namespace winmem::conformance
