// VirtualFree: releasing an allocation, decommitting pages of one.
#include <sys/mman.h>

#include "system/layout.h"
#include "virtual/foreign.h"
#include "virtual/frames.h"
#include "virtual/kernel.h"
#include "virtual/memory.h"
#include "virtual/pages.h"
#include "virtual/placement.h"

namespace winmem::vm {
namespace {

using system::PageDown;

constexpr DWORD kPlaceholders = MEM_PRESERVE_PLACEHOLDER | MEM_COALESCE_PLACEHOLDERS;

DWORD Check(std::uintptr_t address, SIZE_T size, DWORD type) {
  if (type == MEM_RELEASE && size != 0) return ERROR_INVALID_PARAMETER;  // VF-003, VF-702
  const DWORD action = type & ~kPlaceholders;
  if (action != MEM_DECOMMIT && action != MEM_RELEASE) return ERROR_INVALID_PARAMETER;
  // Only with MEM_RELEASE, one of the two, and a size do placeholders make sense (VF-057, VF-061).
  const DWORD placeholders = type & kPlaceholders;
  if (placeholders != 0 && (action != MEM_RELEASE || placeholders == kPlaceholders || size == 0)) {
    return ERROR_INVALID_PARAMETER;
  }
  if (address > system::kHighestAddress) return ERROR_INVALID_PARAMETER;  // VF-017
  if (size > system::kHighestAddress + 1 - address) return ERROR_INVALID_PARAMETER;
  return ERROR_SUCCESS;
}

DWORD Release(AddressSpace& space, Reservation& reservation) {
  const PageRange all = {&reservation, 0, reservation.pages.pages()};
  const std::size_t committed = CountCommitted(all), locked = CountLocked(all);
  const DWORD error = Unplace(space, reservation);
  if (error != ERROR_SUCCESS) return error;
  space.committed -= committed;
  space.locked -= locked;
  if (reservation.physical) frames.Leave(reservation.base, reservation.end());  // VF-054
  space.Remove(&reservation);
  return ERROR_SUCCESS;
}

DWORD Decommit(AddressSpace& space, const PageRange& range) {
  const std::size_t committed = CountCommitted(range);
  if (committed == 0) return ERROR_SUCCESS;  // VF-033, VF-035
  if (!PageRuns::Prepare()) return ERROR_NOT_ENOUGH_MEMORY;
  // First what can fail without harm: the contents go last.
  const DWORD error = ProtectInKernel(range, PROT_NONE);
  if (error != ERROR_SUCCESS) return error;
  const std::size_t locked = CountLocked(range);
  if (locked != 0) kernel.unlock(range.address(), range.bytes());
  if (kernel.discard(range.address(), range.bytes()) != 0) {
    RestoreInKernel(range);
    return ERROR_NOT_ENOUGH_MEMORY;
  }
  // Whether a mark survives is contradictory (VQ-077, VQ-078): here it goes with the contents.
  const PageState reserved = {0, false, false, range.reservation->write_watch};
  space.Change(range, [reserved](PageState) { return reserved; });
  space.committed -= committed;
  space.locked -= locked;
  return ERROR_SUCCESS;
}

// Of an address inside the reservation.
DWORD FreeIn(AddressSpace& space, Reservation& reservation, std::uintptr_t address, SIZE_T size,
             DWORD type) {
  const bool first_page = PageDown(address) == reservation.base;
  if (type == MEM_RELEASE) {  // VF-008..VF-010
    return first_page ? Release(space, reservation) : ERROR_INVALID_ADDRESS;
  }
  if (reservation.physical) return ERROR_INVALID_ADDRESS;  // unspecified
  if (size == 0) {
    if (!first_page) return ERROR_INVALID_ADDRESS;  // VQ-112
    return Decommit(space, {&reservation, 0, reservation.pages.pages()});
  }
  const PageRange range = space.Pages(address, size);
  if (range.reservation == nullptr) return ERROR_INVALID_PARAMETER;  // VF-041..VF-044
  return Decommit(space, range);
}

}  // namespace

DWORD Free(void* named, SIZE_T size, DWORD type) {
  const auto address = reinterpret_cast<std::uintptr_t>(named);
  const DWORD error = Check(address, size, type);
  if (error != ERROR_SUCCESS) return error;
  // No memory of ours is a placeholder, so there is none to split or join (VF-059, VF-062).
  if ((type & kPlaceholders) != 0) return ERROR_INVALID_ADDRESS;
  {
    const LockedSpace space;
    Reservation* reservation = space->Find(address);
    if (reservation != nullptr) return FreeIn(*space, *reservation, address, size, type);
  }
  // VF-012..VF-016, VF-045; of others' files VF-052, VF-707.
  return IsForeignSection(address) ? ERROR_INVALID_PARAMETER : ERROR_INVALID_ADDRESS;
}

}  // namespace winmem::vm
