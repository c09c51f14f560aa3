// A child process with which lines are exchanged: the only way in which the project's tools start a
// process. No shell.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace winmem::conformance {

using Clock = std::chrono::steady_clock;

struct Command {
  std::vector<std::string> arguments;  ///< the program, looked for on PATH, and its arguments
  std::map<std::string, std::string> environment;  ///< added to our own
  bool echoes = false;  ///< what it writes on stderr is written on ours, too
};

/// How a process ended.
struct ExitStatus {
  enum class Kind { running, exited, signalled };
  Kind kind = Kind::running;
  int code = 0;  ///< exit code or signal number
};

/// A started process, leader of its own process group; destroying it kills the group and waits for
/// its leader.
class Process {
 public:
  enum class Got { line, silence, closed, interrupted };

  /// Throws CannotRun, with the system's reason, where the program cannot be started.
  explicit Process(const Command& command);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  /// Queues bytes for its stdin; they are written while next_line waits, so that neither side can
  /// block the other.
  void send(std::string_view bytes);
  /// Says that no more will be sent: stdin is closed once all is written.
  void finish_sending();
  /// Bytes that were queued and not written yet.
  std::size_t unsent() const { return outgoing_.size() - sent_; }
  /// The next line of its stdout, without its end, or what else happened until the deadline. A last
  /// line without an end is a line. `closed`: its stdout is closed and all lines were given.
  Got next_line(std::string& line, Clock::time_point deadline);
  /// How it ended, waiting until the deadline at most.
  ExitStatus wait(Clock::time_point deadline);
  /// The last bytes that it wrote on stderr.
  const std::string& log() const { return log_; }
  pid_t id() const { return pid_; }

 private:
  enum class Pipe { in, out, log };
  pid_t pid_ = -1;
  int in_ = -1, out_ = -1, log_pipe_ = -1;
  std::string outgoing_;
  std::size_t sent_ = 0;
  bool finished_ = false;
  bool echoes_ = false;
  std::string incoming_;
  std::size_t taken_ = 0, scanned_ = 0;
  std::string log_;
  ExitStatus status_;

  bool take_line(std::string& line);
  bool exchange(int milliseconds);
  void write_some();
  void read_some(int& pipe, std::string& buffer);
  static void close_pipe(int& pipe);
};

/// Words of a command line as a shell would split them: quotes and variables, but no commands and
/// no shell. Throws CannotRun where that cannot be done.
std::vector<std::string> split_command(const std::string& text);

}  // namespace winmem::conformance
