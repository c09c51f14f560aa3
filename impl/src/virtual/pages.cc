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

// The first write of a watched page has to fault.
int WithWatch(int protection, PageState state) {
  return state.unwritten ? protection & ~PROT_WRITE : protection;
}

// Gives each page of the range the protection wanted(its state) in the kernel, with as few calls as
// there are stretches that want the same; those that have it already are left alone.
template <class Function>
DWORD Adjust(const PageRange& range, Function wanted) {
  const PageRuns& pages = range.reservation->pages;
  for (std::size_t first = range.first; first < range.end;) {
    const int protection = wanted(pages.At(first).state);
    bool there = true;
    std::size_t end = first;
    while (end < range.end) {
      const PageRuns::Run run = pages.At(end);
      if (wanted(run.state) != protection) break;
      there = there && KernelProtectionOf(run.state) == protection;
      end = run.end < range.end ? run.end : range.end;
    }
    const PageRange stretch = {range.reservation, first, end};
    if (!there && kernel.protect(stretch.address(), stretch.bytes(), protection) != 0) {
      RestoreInKernel(range);
      return ERROR_NOT_ENOUGH_MEMORY;
    }
    first = end;
  }
  return ERROR_SUCCESS;
}

}  // namespace

int KernelProtectionOf(PageState state) {
  return state.committed ? WithWatch(KernelProtection(state.protect), state) : PROT_NONE;
}

std::size_t CountCommitted(const PageRange& range) {
  return Count(range, [](PageState state) { return state.committed; });
}

std::size_t CountLocked(const PageRange& range) {
  return Count(range, [](PageState state) { return state.locked; });
}

DWORD ProtectInKernel(const PageRange& range, int protection) {
  return Adjust(range, [protection](PageState state) { return WithWatch(protection, state); });
}

DWORD WatchInKernel(const PageRange& range) {
  return Adjust(range, [](PageState state) {
    state.unwritten = true;
    return KernelProtectionOf(state);
  });
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

bool MarkWritten(AddressSpace& space, Reservation* reservation, std::size_t page) {
  if (!PageRuns::Prepare()) return false;
  const PageRuns::Run whole = reservation->pages.At(page);
  PageRange range = {reservation, page, page + 1};
  const int protection = KernelProtection(whole.state.protect);
  if (kernel.protect(range.address(), range.bytes(), protection) != 0) {
    // No mapping is left to split one with: then all pages that are alike count as written.
    range = {reservation, whole.first, whole.end};
    if (kernel.protect(range.address(), range.bytes(), protection) != 0) return false;
  }
  space.Change(range, [](PageState state) {
    state.unwritten = false;
    return state;
  });
  return true;
}

}  // namespace winmem::vm
