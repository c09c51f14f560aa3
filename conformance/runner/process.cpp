#include "conformance/runner/process.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <wordexp.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <thread>

#include "conformance/runner/error.h"
#include "conformance/runner/interrupt.h"

namespace winmem::conformance {
namespace {

constexpr std::size_t log_kept = 64 * 1024;
constexpr std::size_t longest_line = 64 * 1024 * 1024;

struct PipeEnds {
  int read = -1, write = -1;
  PipeEnds() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
      throw CannotRun(fmt::format("cannot make a pipe: {}", std::strerror(errno)));
    read = ends[0];
    write = ends[1];
  }
};

std::vector<std::string> merged_environment(const std::map<std::string, std::string>& added) {
  std::vector<std::string> result;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    std::string_view text = *entry;
    if (!added.contains(std::string(text.substr(0, text.find('='))))) result.emplace_back(text);
  }
  for (const auto& [key, value] : added) result.push_back(key + "=" + value);
  return result;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (std::string& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

/// Starts a program whose standard streams are `streams`: 0, or errno. posix_spawn cannot have it
/// end with us, whoever ends us, so this does what posix_spawn does, and that.
int start(char** arguments, char** environment, std::array<int, 3> streams, pid_t& pid) {
  const pid_t we = getpid();
  volatile int error = 0;  // the child has our memory until it is the other program
  pid = vfork();
  if (pid < 0) return errno;
  if (pid != 0) return error;
  // Its own group: Ctrl-C reaches us alone, and its children can be ended with it.
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != we) _exit(1);  // we had ended before
  for (int i = 0; i < 3; ++i) dup2(streams[static_cast<std::size_t>(i)], i);
  struct sigaction standard = {};
  standard.sa_handler = SIG_DFL;
  sigaction(SIGPIPE, &standard, nullptr);
  execvpe(arguments[0], arguments, environment);
  error = errno;
  _exit(1);
}

}  // namespace

Process::Process(const Command& command) : echoes_(command.echoes) {
  if (command.arguments.empty()) throw CannotRun("an empty command cannot be started");
  std::signal(SIGPIPE, SIG_IGN);  // a dead child shows as a failed write, not as our end
  PipeEnds in, out, log;
  std::vector<std::string> arguments = command.arguments;
  std::vector<std::string> environment = merged_environment(command.environment);
  int error = start(pointers(arguments).data(), pointers(environment).data(),
                    {in.read, out.write, log.write}, pid_);
  close(in.read);
  close(out.write);
  close(log.write);
  in_ = in.write;
  out_ = out.read;
  log_pipe_ = log.read;
  if (error != 0) {
    close_pipe(in_);
    close_pipe(out_);
    close_pipe(log_pipe_);
    if (pid_ > 0) waitpid(pid_, nullptr, 0);
    throw CannotRun(fmt::format("cannot start {}: {}", command.arguments[0], std::strerror(error)));
  }
  for (int pipe : {in_, out_, log_pipe_}) fcntl(pipe, F_SETFL, O_NONBLOCK);
}

Process::~Process() {
  close_pipe(in_);
  // Killed before it is reaped: until then its id, which is also its group's, cannot belong to
  // anybody else.
  if (status_.kind == ExitStatus::Kind::running) {
    kill(-pid_, SIGKILL);
    int status = 0;
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
  }
  close_pipe(out_);
  close_pipe(log_pipe_);
}

void Process::send(std::string_view bytes) {
  if (sent_ == outgoing_.size()) {
    outgoing_.clear();
    sent_ = 0;
  }
  outgoing_ += bytes;
}

void Process::finish_sending() {
  finished_ = true;
  if (unsent() == 0) close_pipe(in_);
}

Process::Got Process::next_line(std::string& line, Clock::time_point deadline) {
  while (true) {
    if (take_line(line)) return Got::line;
    if (out_ < 0) return Got::closed;
    if (interrupted()) {
      // What was answered before Ctrl-C is still told.
      if (exchange(0) && take_line(line)) return Got::line;
      return Got::interrupted;
    }
    auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return Got::silence;
    exchange(static_cast<int>(std::min<long>(left, 60'000)));
  }
}

bool Process::take_line(std::string& line) {
  std::size_t end = incoming_.find('\n', scanned_);
  if (end == std::string::npos) {
    scanned_ = incoming_.size();
    bool last = out_ < 0 || incoming_.size() - taken_ > longest_line;
    if (!last || taken_ == incoming_.size()) return false;
    end = incoming_.size();
  }
  line.assign(incoming_, taken_, end - taken_);
  if (!line.empty() && line.back() == '\r') line.pop_back();
  taken_ = scanned_ = std::min(end + 1, incoming_.size());
  if (taken_ == incoming_.size()) {
    incoming_.clear();
    taken_ = scanned_ = 0;
  }
  return true;
}

/// False when nothing could be read or written in that time.
bool Process::exchange(int milliseconds) {
  pollfd polled[3] = {
      {out_, POLLIN, 0}, {log_pipe_, POLLIN, 0}, {unsent() > 0 ? in_ : -1, POLLOUT, 0}};
  if (poll(polled, 3, milliseconds) <= 0) return false;
  if (polled[2].revents != 0) write_some();
  if (polled[0].revents != 0) read_some(out_, incoming_);
  if (polled[1].revents != 0) {
    read_some(log_pipe_, log_);
    if (log_.size() > log_kept) log_.erase(0, log_.size() - log_kept);
  }
  return true;
}

void Process::write_some() {
  ssize_t written = write(in_, outgoing_.data() + sent_, unsent());
  if (written > 0) sent_ += static_cast<std::size_t>(written);
  bool broken = written < 0 && errno != EAGAIN && errno != EINTR;
  if (broken) sent_ = outgoing_.size();
  if (broken || (finished_ && unsent() == 0)) close_pipe(in_);
}

void Process::read_some(int& pipe, std::string& buffer) {
  char bytes[65536];
  ssize_t count = read(pipe, bytes, sizeof bytes);
  if (count > 0) {
    if (&buffer == &incoming_ && taken_ > buffer.size() / 2) {
      buffer.erase(0, taken_);
      scanned_ -= taken_;
      taken_ = 0;
    }
    buffer.append(bytes, static_cast<std::size_t>(count));
    if (echoes_ && &buffer == &log_) std::fwrite(bytes, 1, static_cast<std::size_t>(count), stderr);
  } else if (count == 0 || (errno != EAGAIN && errno != EINTR)) {
    close_pipe(pipe);
  }
}

ExitStatus Process::wait(Clock::time_point deadline) {
  while (status_.kind == ExitStatus::Kind::running) {
    siginfo_t ended = {};
    if (waitid(P_PID, static_cast<id_t>(pid_), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 &&
        ended.si_pid == pid_) {
      kill(-pid_, SIGKILL);  // what it started and left behind; before it is reaped, as above
      waitpid(pid_, nullptr, 0);
      bool exited = ended.si_code == CLD_EXITED;
      status_.kind = exited ? ExitStatus::Kind::exited : ExitStatus::Kind::signalled;
      status_.code = ended.si_status;
      // Its last words are still in the pipes. Whoever left its group may write for ever: that is
      // not waited for.
      constexpr int most_words = 256;
      for (int i = 0; i < most_words && exchange(0); ++i) {
      }
    } else if (Clock::now() >= deadline) {
      break;
    } else {
      // Nothing tells us of its end but asking; its pipes are drained meanwhile, since it may be
      // waiting for that.
      if (out_ >= 0 || log_pipe_ >= 0)
        exchange(1);
      else
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }
  return status_;
}

void Process::close_pipe(int& pipe) {
  if (pipe >= 0) close(pipe);
  pipe = -1;
}

std::vector<std::string> split_command(const std::string& text) {
  wordexp_t words;
  if (wordexp(text.c_str(), &words, WRDE_NOCMD | WRDE_UNDEF) != 0)
    throw CannotRun(fmt::format("cannot split the command '{}' into words", text));
  std::vector<std::string> result(words.we_wordv, words.we_wordv + words.we_wordc);
  wordfree(&words);
  return result;
}

}  // namespace winmem::conformance
