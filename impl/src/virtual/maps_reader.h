// The lines of /proc/self/maps, one after the other, through a small buffer.
#pragma once

#include <cstddef>

#include "virtual/maps_line.h"

namespace winmem::vm {

class MapsReader {
 public:
  MapsReader();
  ~MapsReader();
  MapsReader(const MapsReader&) = delete;
  MapsReader& operator=(const MapsReader&) = delete;

  // False at the end, which is at once where the kernel tells nothing.
  bool Next(MapsLine* line);

 private:
  bool Get(char* c);

  int file_ = -1;
  std::size_t next_ = 0, filled_ = 0;
  char buffer_[4096];
};

}  // namespace winmem::vm
