// One line of /proc/self/maps:
//   7f0c1c000000-7f0c1c021000 rw-p 00000000 08:01 1234   /path
#pragma once

#include <cstdint>

namespace winmem::vm {

struct MapsLine {
  std::uintptr_t begin, end;
  bool read, write, execute, shared;
  std::uint64_t file;  // device and inode in one number; 0 for memory of no file
  bool in_memory;      // the file is one that the kernel made for memory: memfd_create, MAP_SHARED
};

// Fed the line character by character.
class MapsLineParser {
 public:
  void Feed(char c);
  // After the last character of the line. False when it was not such a line.
  bool Finish(MapsLine* line) const;

 private:
  enum Field { kBegin, kEnd, kPermissions, kOffset, kMajor, kMinor, kInode, kPath };

  int field_ = kBegin;
  int permissions_ = 0;  // characters seen
  std::uint64_t major_ = 0, minor_ = 0, inode_ = 0, begin_ = 0, end_ = 0;
  bool flags_[4] = {};  // r, w, x, s
  char path_[9] = {};   // how it begins
  unsigned path_length_ = 0;

  bool PathBegins(const char* with) const;
};

}  // namespace winmem::vm
