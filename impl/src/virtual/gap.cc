#include "virtual/gap.h"

#include <algorithm>
#include <cerrno>

#include "system/layout.h"
#include "virtual/maps_reader.h"

namespace winmem::vm {
namespace {

struct Wanted {
  std::size_t size, alignment;
  bool top_down;
};

// The place in [begin, end), where nothing is; 0 where it does not fit.
std::uintptr_t PlaceIn(const Wanted& wanted, std::uintptr_t begin, std::uintptr_t end) {
  const std::uintptr_t first = (begin + wanted.alignment - 1) / wanted.alignment * wanted.alignment;
  if (first > end || end - first < wanted.size) return 0;
  return wanted.top_down ? (end - wanted.size) / wanted.alignment * wanted.alignment : first;
}

std::uintptr_t Find(const Wanted& wanted) {
  constexpr std::uintptr_t kEnd = system::kHighestAddress + 1;
  MapsReader reader;
  std::uintptr_t begin = system::kLowestAddress, found = 0;
  bool more = true;
  while (more && begin < kEnd) {
    MapsLine line = {};
    line.begin = line.end = kEnd;  // as if something were there
    more = reader.Next(&line);
    const std::uintptr_t place = PlaceIn(wanted, begin, std::min(line.begin, kEnd));
    if (place != 0) found = place;
    if (found != 0 && !wanted.top_down) break;
    begin = std::max(begin, line.end);
  }
  return found;
}

}  // namespace

std::uintptr_t FindGap(std::size_t size, std::size_t alignment, bool top_down) {
  const int saved = errno;
  const std::uintptr_t place = Find({size, alignment, top_down});
  errno = saved;
  return place;
}

}  // namespace winmem::vm
