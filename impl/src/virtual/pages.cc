#include "virtual/pages.h"

#include <sys/mman.h>

#include "virtual/kernel.h"
#include "virtual/protection.h"

namespace winmem::vm {
namespace {

template <class Predicate>
std::size_t Count(const PageRange& range, Predicate counts) {
  std::size_t count = 0;
  range.reservation->pages.ForEach(range.first, range.end, [&](const PageRuns::Run& run) {
    if (counts(run.state)) count += run.end - run.first;
  });
  return count;
}

}  // namespace

int KernelProtectionOf(PageState state) {
  return state.committed ? KernelProtection(state.protect) : PROT_NONE;
}

std::size_t CountCommitted(const PageRange& range) {
  return Count(range, [](PageState state) { return state.committed; });
}

std::size_t CountLocked(const PageRange& range) {
  return Count(range, [](PageState state) { return state.locked; });
}

DWORD ProtectInKernel(const PageRange& range, int protection) {
  const bool there = range.reservation->pages.All(
      range.first, range.end,
      [protection](PageState state) { return KernelProtectionOf(state) == protection; });
  if (there || kernel.protect(range.address(), range.bytes(), protection) == 0) {
    return ERROR_SUCCESS;
  }
  RestoreInKernel(range);
  return ERROR_NOT_ENOUGH_MEMORY;
}

void RestoreInKernel(const PageRange& range) {
  const Reservation& reservation = *range.reservation;
  reservation.pages.ForEach(range.first, range.end, [&](const PageRuns::Run& run) {
    const std::uintptr_t address = reservation.AddressOf(run.first);
    const std::size_t bytes = (run.end - run.first) * system::kPageSize;
    kernel.protect(address, bytes, KernelProtectionOf(run.state));
    if (run.state.locked) kernel.lock(address, bytes);
  });
}

bool ClearGuard(AddressSpace& space, Reservation* reservation, std::size_t page) {
  const DWORD plain = reservation->pages.At(page).state.protect & ~PAGE_GUARD;
  const PageRange range = {reservation, page, page + 1};
  if (!PageRuns::Prepare()) return false;
  if (ProtectInKernel(range, KernelProtection(plain)) != ERROR_SUCCESS) return false;
  space.Change(range, [plain](PageState state) {
    state.protect = plain;
    return state;
  });
  return true;
}

}  // namespace winmem::vm
