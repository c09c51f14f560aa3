#include "virtual/foreign.h"

#include <unistd.h>

#include <cerrno>
#include <cstddef>

#include "virtual/kernel.h"
#include "virtual/maps_line.h"

namespace winmem::vm {
namespace {

// Reads lines of /proc/self/maps through a small buffer.
class MapsReader {
 public:
  MapsReader() {
    if (kernel.open_maps(&file_) != 0) file_ = -1;
  }
  ~MapsReader() {
    if (file_ >= 0) close(file_);
  }
  MapsReader(const MapsReader&) = delete;
  MapsReader& operator=(const MapsReader&) = delete;

  // False at the end.
  bool Next(MapsLine* line) {
    MapsLineParser parser;
    for (char c; Get(&c);) {
      if (c != '\n') {
        parser.Feed(c);
      } else if (parser.Finish(line)) {
        return true;
      } else {
        parser = MapsLineParser();
      }
    }
    return false;
  }

 private:
  bool Get(char* c) {
    if (next_ == filled_) {
      ssize_t got = -1;
      do {
        got = file_ < 0 ? 0 : read(file_, buffer_, sizeof buffer_);
      } while (got < 0 && errno == EINTR);
      if (got <= 0) return false;
      next_ = 0;
      filled_ = static_cast<std::size_t>(got);
    }
    *c = buffer_[next_++];
    return true;
  }

  int file_ = -1;
  std::size_t next_ = 0, filled_ = 0;
  char buffer_[4096];
};

DWORD ProtectionOf(const MapsLine& line) {
  if (line.execute) return line.write ? PAGE_EXECUTE_READWRITE : PAGE_EXECUTE_READ;
  if (line.write) return line.file != 0 && !line.shared ? PAGE_WRITECOPY : PAGE_READWRITE;
  return line.read ? PAGE_READONLY : PAGE_NOACCESS;
}

// Mappings of one file side by side are one image or one view.
struct Group {
  MapsLine first, last;
  bool executable;

  bool Takes(const MapsLine& line) const {
    return line.file != 0 && line.file == last.file && line.begin == last.end;
  }
  void Add(const MapsLine& line) {
    last = line;
    executable = executable || line.execute;
  }
  DWORD Type() const {
    if (first.file == 0) return MEM_PRIVATE;
    return executable && !first.shared ? MEM_IMAGE : MEM_MAPPED;
  }
};

}  // namespace

Surroundings LookAround(std::uintptr_t address) {
  const int saved = errno;
  MapsReader reader;
  MapsLine line, found = {};
  Group group = {};
  for (bool within = false; reader.Next(&line);) {
    if (group.Takes(line)) {
      group.Add(line);
    } else if (within) {
      break;
    } else {
      group = {line, line, line.execute};
    }
    if (!within && line.begin > address) {
      errno = saved;
      return {false, line.begin, 0, 0, 0, 0};
    }
    if (address >= line.begin && address < line.end) {
      within = true;
      found = line;
    }
  }
  errno = saved;
  if (found.end == 0) return {};
  const DWORD type = group.Type();
  const DWORD whole =
      type == MEM_IMAGE ? PAGE_EXECUTE_WRITECOPY : ProtectionOf(group.first);  // VQ-021
  return {true, found.end, group.first.begin, ProtectionOf(found), whole, type};
}

bool IsForeignSection(std::uintptr_t address) {
  const Surroundings around = LookAround(address);
  return around.mapped && around.type != MEM_PRIVATE;
}

}  // namespace winmem::vm
