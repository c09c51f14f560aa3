#include "virtual/maps_reader.h"

#include <unistd.h>

#include <cerrno>

#include "virtual/kernel.h"

namespace winmem::vm {

MapsReader::MapsReader() {
  if (kernel.open_maps(&file_) != 0) file_ = -1;
}

MapsReader::~MapsReader() {
  if (file_ >= 0) close(file_);
}

bool MapsReader::Next(MapsLine* line) {
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

bool MapsReader::Get(char* c) {
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

}  // namespace winmem::vm
