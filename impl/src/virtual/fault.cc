#include "virtual/fault.h"

#include "virtual/address_space.h"
#include "virtual/pages.h"

namespace winmem::vm {

bool IsAmongBooks() {
  return LockedSpace::HeldByThisThread();
}

FaultMeaning MeaningOfFault(std::uintptr_t address, Access access) {
  const LockedSpace space;
  Reservation* reservation = space->Find(address);
  if (reservation == nullptr) return FaultMeaning::kViolation;
  const std::size_t page = reservation->PageOf(address);
  const PageState state = reservation->pages.At(page).state;
  if (!state.committed) return FaultMeaning::kViolation;
  if ((state.protect & PAGE_GUARD) != 0) {
    // Even where the kernel cannot open the page, the program must hear of its guard.
    ClearGuard(*space, reservation, page);
    return FaultMeaning::kGuardPage;
  }
  if (!Allows(state.protect, access)) return FaultMeaning::kViolation;
  const bool first_write = state.unwritten && access == Access::kWrite;
  if (first_write && MarkWritten(*space, reservation, page)) return FaultMeaning::kWritten;
  return FaultMeaning::kRetry;
}

}  // namespace winmem::vm
