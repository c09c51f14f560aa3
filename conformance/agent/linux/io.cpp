// Input, output and files on Linux.
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "conformance/agent/core/platform.h"
#include "conformance/agent/linux/linux.h"

namespace winmem::agent::platform {

namespace {

int output = STDOUT_FILENO;

bool write_all(int file, Text text) {
  while (text.size != 0) {
    const ssize_t done = write(file, text.data, text.size);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return false;
    text.data += done;
    text.size -= static_cast<std::size_t>(done);
  }
  return true;
}

}  // namespace

void take_standard_output() {
  const int copy = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 10);
  if (copy < 0) return;
  output = copy;
  dup2(STDERR_FILENO, STDOUT_FILENO);
  setvbuf(stdout, nullptr, _IOLBF, 0);  // what a library prints is seen although we end by _exit
}

int standard_output() {
  return output;
}

std::size_t read_input(char* buffer, std::size_t size) {
  for (;;) {
    const ssize_t got = read(STDIN_FILENO, buffer, size);
    if (got < 0 && errno == EINTR) continue;
    return got > 0 ? static_cast<std::size_t>(got) : 0;
  }
}

bool input_waiting() {
  pollfd file = {STDIN_FILENO, POLLIN, 0};
  return poll(&file, 1, 0) > 0;
}

bool write_output(Text text) {
  return write_all(output, text);
}

void write_error(Text text) {
  write_all(STDERR_FILENO, text);
}

bool read_file(const char* path, char* buffer, std::size_t capacity, std::size_t& size) {
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  size = 0;
  ssize_t got = 0;
  while (size < capacity) {
    got = read(file, buffer + size, capacity - size);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    size += static_cast<std::size_t>(got);
  }
  close(file);
  return got == 0 && size < capacity;
}

void leave(std::uint32_t status) {
  _exit(static_cast<int>(status));
}

}  // namespace winmem::agent::platform
