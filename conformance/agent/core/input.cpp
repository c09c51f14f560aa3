#include "conformance/agent/core/input.h"

#include <cstring>

#include "conformance/agent/core/platform.h"

namespace winmem::agent {

namespace {

constexpr std::size_t capacity = 0x40000;
char buffer[capacity];
std::size_t begin, end;
bool ended;
bool dropping;  ///< in the rest of a line that was too long
bool canned;
Text rest;

/// Reads more behind what is there; false when the buffer is full.
bool fill() {
  if (begin != 0) {
    std::memmove(buffer, buffer + begin, end - begin);
    end -= begin;
    begin = 0;
  }
  if (end == capacity) return false;
  std::size_t got = 0;
  if (canned) {
    got = rest.size < capacity - end ? rest.size : capacity - end;
    std::memcpy(buffer + end, rest.data, got);
    rest = Text(rest.data + got, rest.size - got);
  } else {
    got = platform::read_input(buffer + end, capacity - end);
  }
  if (got == 0) ended = true;
  end += got;
  return true;
}

Text up_to(std::size_t stop) {
  Text line(buffer + begin, stop - begin);
  if (line.size != 0 && line[line.size - 1] == '\r') --line.size;
  return line;
}

}  // namespace

void use_canned_input(Text text) {
  canned = true;
  rest = text;
}

Line next_line(Text& line) {
  std::size_t looked = begin;
  for (;;) {
    for (; looked < end; ++looked) {
      if (buffer[looked] != '\n') continue;
      line = up_to(looked);
      begin = looked + 1;
      if (!dropping) return Line::read;
      dropping = false;
      looked = begin - 1;
    }
    if (ended) {
      if (begin == end || dropping) return Line::over;
      line = up_to(end);
      begin = end;
      return Line::read;
    }
    if (dropping) begin = end;
    const std::size_t known = end - begin;
    if (fill()) {
      looked = begin + known;
      continue;
    }
    dropping = true;
    begin = end = 0;
    return Line::too_long;
  }
}

bool host_is_gone() {
  while (!ended && !canned && end - begin < capacity && platform::input_waiting()) fill();
  const Text waiting(buffer + begin, end - begin);
  return ended || (waiting.size >= 3 && std::memcmp(waiting.data, "bye", 3) == 0);
}

}  // namespace winmem::agent
