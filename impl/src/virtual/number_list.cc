#include "virtual/number_list.h"

#include <sys/mman.h>

#include "system/layout.h"
#include "virtual/kernel.h"

namespace winmem::vm {

NumberList::~NumberList() {
  if (mapped_ != 0) kernel.unmap(reinterpret_cast<std::uintptr_t>(numbers_), mapped_);
}

bool NumberList::Ensure(std::size_t room) {
  if (room <= kFew) return true;
  std::uintptr_t where = 0;
  const std::size_t bytes = system::PageUp(room * sizeof *numbers_);
  if (kernel.map(&where, bytes, PROT_READ | PROT_WRITE) != 0) return false;
  numbers_ = reinterpret_cast<std::uintptr_t*>(where);
  mapped_ = bytes;
  return true;
}

}  // namespace winmem::vm
