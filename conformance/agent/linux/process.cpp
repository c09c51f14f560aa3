// Isolated scripts on Linux: the program is started anew, so that nothing of the implementation is
// loaded before.
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "conformance/agent/core/platform.h"
#include "conformance/agent/linux/linux.h"

namespace winmem::agent::platform {

namespace {

/// Where a child reports that its script is over, or by which status it is about to end: an exit
/// code has only 8 bits, all of which an implementation may use.
constexpr int report_file = 9;
struct Report {
  std::uint32_t finished;
  std::uint32_t status;
};
constexpr std::uint32_t most_arguments = 15;
constexpr int turn_milliseconds = 100;
constexpr int grace_milliseconds = 10000;

[[noreturn]] void become_self(const char* const* arguments, int input, int report, pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(127);
  const rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  dup2(input, STDIN_FILENO);
  dup2(standard_output(), STDOUT_FILENO);
  if (dup2(report, report_file) == report) fcntl(report_file, F_SETFD, 0);
  const char* list[most_arguments + 2] = {"winmem-agent"};
  for (std::uint32_t i = 0; i < most_arguments && arguments[i] != nullptr; ++i)
    list[i + 1] = arguments[i];
  execv("/proc/self/exe", const_cast<char* const*>(list));
  _exit(127);
}

/// Feeds the child and waits until it closes its report. What it reported last.
Report attend(pid_t child, int feed, int report, Text input, bool (*host_gone)()) {
  Report last = {0, 0};
  int left = grace_milliseconds;
  for (;;) {
    pollfd files[2] = {{report, POLLIN, 0}, {input.size != 0 ? feed : -1, POLLOUT, 0}};
    const int ready = poll(files, 2, turn_milliseconds);
    if (ready == 0 && host_gone()) {
      left -= turn_milliseconds;
      if (left <= 0) kill(child, SIGKILL);
    }
    if (files[1].revents != 0 && ready > 0) {
      const ssize_t done = write(feed, input.data, input.size);
      if (done > 0) {
        input.data += done;
        input.size -= static_cast<std::size_t>(done);
      } else if (errno != EAGAIN && errno != EINTR) {
        input.size = 0;
      }
    }
    if (files[0].revents != 0 && ready > 0) {
      Report now = {0, 0};
      if (read(report, &now, sizeof now) != sizeof now) return last;
      last = now;
    }
  }
}

Ending wait_for(pid_t child, const Report& report) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (report.finished != 0) return {Ending::Kind::finished, 0};
  if (report.status != 0) return {Ending::Kind::died, report.status};
  if (WIFSIGNALED(status))
    return {Ending::Kind::by_signal, static_cast<std::uint32_t>(WTERMSIG(status))};
  return {Ending::Kind::died, static_cast<std::uint32_t>(WEXITSTATUS(status))};
}

}  // namespace

Ending run_self(const char* const* arguments, Text input, bool (*host_gone)()) {
  int feed[2];
  int report[2];
  if (pipe2(feed, O_CLOEXEC) != 0) return {Ending::Kind::not_started, 0};
  if (pipe2(report, O_CLOEXEC) != 0) {
    close(feed[0]);
    close(feed[1]);
    return {Ending::Kind::not_started, 0};
  }
  static_cast<void>(signal(SIGPIPE, SIG_IGN));
  fcntl(feed[1], F_SETFL, O_NONBLOCK);
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child == 0) become_self(arguments, feed[0], report[1], parent);
  close(feed[0]);
  close(report[1]);
  Ending ending = {Ending::Kind::not_started, 0};
  if (child > 0) ending = wait_for(child, attend(child, feed[1], report[0], input, host_gone));
  close(feed[1]);
  close(report[0]);
  return ending;
}

void report_death(std::uint32_t status) {
  Report report = {0, status};
  static_cast<void>(!write(report_file, &report, sizeof report));
}

void finish_child() {
  Report report = {1, 0};
  static_cast<void>(!write(report_file, &report, sizeof report));
  leave(0);
}

}  // namespace winmem::agent::platform
