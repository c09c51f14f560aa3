// The physical pages of the process: pages of a file that is nothing but memory. Guarded by the
// lock of the address space, like the windows in which they appear.
#pragma once

#include <cstddef>
#include <cstdint>

#include "virtual/number_list.h"
#include "winmem/last_error.h"

namespace winmem::vm {

class Frames {
 public:
  // Adds the numbers of up to `wanted` new pages to `made`, which has room; they hold zeros. An
  // error when there is not one.
  DWORD Allocate(std::size_t wanted, NumberList* made);

  // Puts the pages, or none at all where `numbers` is null, at [where, where + count pages), which
  // is inside a window. `before` has room for `count` numbers. An error changes nothing.
  DWORD Map(std::uintptr_t where, std::size_t count, NumberList* numbers, NumberList* before);

  // Frees pages up to the first that cannot be freed; how many is in *freed.
  DWORD Free(NumberList& numbers, std::size_t* freed);

  // The memory at [begin, end) was given back: pages that were mapped there are nowhere now.
  void Leave(std::uintptr_t begin, std::uintptr_t end);

  static constexpr std::size_t kMost = std::size_t{1} << (sizeof(void*) > 4 ? 20 : 18);  // 4, 1 GiB

 private:
  // What a place holds: one of these, or the address at which the page is mapped.
  enum : std::uintptr_t { kFree, kNowhere, kTaken, kSpoiled };

  bool Open();
  std::uintptr_t* PlaceOf(std::uintptr_t number);
  // Whether the pages can be mapped at the range; those that can are kTaken then.
  bool Take(std::uintptr_t begin, std::uintptr_t end, NumberList& numbers);
  // Shows the pages that the numbers name, of [first, last) of them; 0 is no page.
  bool Show(std::uintptr_t where, NumberList& numbers, std::size_t first, std::size_t last);

  int file_ = -1;
  std::uintptr_t* places_ = nullptr;  // of kMost pages
  std::size_t used_ = 0;              // pages that the file has
};

extern Frames frames;

}  // namespace winmem::vm
