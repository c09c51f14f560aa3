// VirtualProtect: committed pages of one allocation, or of one view.
#include "system/layout.h"
#include "virtual/kernel.h"
#include "virtual/memory.h"
#include "virtual/pages.h"
#include "virtual/protection.h"
#include "virtual/view.h"

namespace winmem::vm {
namespace {

constexpr DWORD kCaching = PAGE_NOCACHE | PAGE_WRITECOMBINE;

bool AllCommitted(const PageRange& range) {
  return CountCommitted(range) == range.count();
}

// What a page becomes: caching belongs to the allocation, not to the page (VQ-045..VQ-047).
DWORD WithCachingOf(const Reservation& reservation, DWORD protect) {
  if ((protect & PAGE_NOACCESS) != 0) return protect;
  return (protect & ~kCaching) | (reservation.protect & kCaching);
}

}  // namespace

DWORD Protect(void* named, SIZE_T size, DWORD protect, DWORD* old) {
  const auto address = reinterpret_cast<std::uintptr_t>(named);
  if (size == 0) return ERROR_INVALID_PARAMETER;
  if (!system::InUserSpace(address, size)) return ERROR_INVALID_PARAMETER;
  const LockedSpace space;
  const PageRange range = space->Pages(address, size);
  if (range.reservation == nullptr && space->Find(address) == nullptr) {
    const DWORD error = ProtectView(address, size, protect, old);
    if (error == ERROR_INVALID_ADDRESS) *old = PAGE_NOACCESS;  // VQ-042
    return error;
  }
  if (!IsPrivateProtection(protect)) return ERROR_INVALID_PARAMETER;  // VQ-036
  if (range.reservation == nullptr || !AllCommitted(range)) {
    *old = PAGE_NOACCESS;
    return ERROR_INVALID_ADDRESS;
  }
  Reservation& reservation = *range.reservation;
  const DWORD wanted = WithCachingOf(reservation, Reported(protect));
  if (!PageRuns::Prepare()) return ERROR_NOT_ENOUGH_MEMORY;
  const DWORD error = ProtectInKernel(range, KernelProtection(wanted));
  if (error != ERROR_SUCCESS) return error;
  *old = reservation.pages.At(range.first).state.protect;  // VQ-031
  const bool unlocks = wanted == PAGE_NOACCESS;            // VQ-061
  const std::size_t locked = unlocks ? CountLocked(range) : 0;
  if (locked != 0) kernel.unlock(range.address(), range.bytes());
  space->locked -= locked;
  space->Change(range, [&](PageState state) {
    return PageState{wanted, true, state.locked && !unlocks, state.unwritten};  // VQ-071
  });
  return ERROR_SUCCESS;
}

}  // namespace winmem::vm
