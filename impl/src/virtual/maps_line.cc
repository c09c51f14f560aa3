#include "virtual/maps_line.h"

#include <cstddef>
#include <cstring>

namespace winmem::vm {
namespace {

void AddDigit(std::uint64_t* number, unsigned base, char c) {
  const unsigned digit = static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10);
  if (digit < base) *number = *number * base + digit;
}

}  // namespace

void MapsLineParser::Feed(char c) {
  const char end_of_field = field_ == kBegin ? '-' : field_ == kMajor ? ':' : ' ';
  if (field_ < kPath && c == end_of_field) {
    ++field_;
    return;
  }
  switch (field_) {
    case kBegin:
      return AddDigit(&begin_, 16, c);
    case kEnd:
      return AddDigit(&end_, 16, c);
    case kPermissions:
      if (permissions_ < 4) flags_[permissions_] = c == "rwxs"[permissions_];
      ++permissions_;
      return;
    case kMajor:
      return AddDigit(&major_, 16, c);
    case kMinor:
      return AddDigit(&minor_, 16, c);
    case kInode:
      return AddDigit(&inode_, 10, c);
    case kPath:
      if (path_length_ < sizeof path_ && (path_length_ != 0 || c != ' ')) path_[path_length_++] = c;
      return;
    default:
      return;
  }
}

bool MapsLineParser::PathBegins(const char* with) const {
  const std::size_t length = std::strlen(with);
  return length <= path_length_ && std::memcmp(path_, with, length) == 0;
}

bool MapsLineParser::Finish(MapsLine* line) const {
  if (field_ < kInode || permissions_ != 4 || end_ <= begin_) return false;
  const std::uint64_t device = (major_ << 8) | minor_;
  *line = {static_cast<std::uintptr_t>(begin_),
           static_cast<std::uintptr_t>(end_),
           flags_[0],
           flags_[1],
           flags_[2],
           flags_[3],
           inode_ == 0 ? 0 : (device << 48) ^ inode_,
           PathBegins("/memfd:") || PathBegins("/dev/zero")};
  return true;
}

}  // namespace winmem::vm
