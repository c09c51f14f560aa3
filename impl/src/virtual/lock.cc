// VirtualLock and VirtualUnlock: pages that stay in memory.
#include "system/layout.h"
#include "virtual/kernel.h"
#include "virtual/memory.h"
#include "virtual/pages.h"
#include "virtual/protection.h"
#include "winmem/exception.h"

namespace winmem::vm {
namespace {

// A process may lock as many pages as its minimum working set has, 50 on Windows (VQ-713).
constexpr std::size_t kLockQuota = 50;

// The first page of the range from which VirtualLock would turn back.
DWORD LockFault(const PageRange& range, std::size_t* guard) {
  DWORD error = ERROR_SUCCESS;
  range.reservation->pages.ForEach(range.first, range.end, [&](const PageRuns::Run& run) {
    if (error != ERROR_SUCCESS) return;
    if (run.state.committed && (run.state.protect & PAGE_GUARD) != 0) {
      error = STATUS_GUARD_PAGE_VIOLATION;
      *guard = run.first;
    } else if (!run.state.committed || !Allows(run.state.protect, Access::kRead)) {
      error = ERROR_NOACCESS;
    }
  });
  return error;
}

// After the kernel locked only some of the pages.
void UnlockNew(const PageRange& range) {
  range.reservation->pages.ForEach(range.first, range.end, [&](const PageRuns::Run& run) {
    if (run.state.locked) return;
    kernel.unlock(range.reservation->AddressOf(run.first),
                  (run.end - run.first) * system::kPageSize);
  });
}

}  // namespace

DWORD Lock(void* named, SIZE_T size) {
  const auto address = reinterpret_cast<std::uintptr_t>(named);
  if (size == 0 || !system::InUserSpace(address, size))
    return ERROR_INVALID_PARAMETER;  // unspecified
  const LockedSpace space;
  const PageRange range = space->Pages(address, size);
  if (range.reservation == nullptr) return ERROR_NOACCESS;
  std::size_t guard = range.first;
  const DWORD error = LockFault(range, &guard);
  if (error == STATUS_GUARD_PAGE_VIOLATION) {  // VQ-052
    ClearGuard(*space, range.reservation, guard);
  }
  if (error != ERROR_SUCCESS) return error;
  const std::size_t fresh = range.count() - CountLocked(range);
  if (fresh > kLockQuota - space->locked) return ERROR_WORKING_SET_QUOTA;
  if (!PageRuns::Prepare()) return ERROR_NOT_ENOUGH_MEMORY;
  if (kernel.lock(range.address(), range.bytes()) != 0) {
    UnlockNew(range);
    return ERROR_WORKING_SET_QUOTA;
  }
  space->locked += fresh;
  space->Change(range, [](PageState state) {
    state.locked = true;
    return state;
  });
  return ERROR_SUCCESS;
}

DWORD Unlock(void* named, SIZE_T size) {
  const auto address = reinterpret_cast<std::uintptr_t>(named);
  if (size == 0 || !system::InUserSpace(address, size))
    return ERROR_INVALID_PARAMETER;  // unspecified
  const LockedSpace space;
  const PageRange range = space->Pages(address, size);
  if (range.reservation == nullptr || CountLocked(range) != range.count()) {
    return ERROR_NOT_LOCKED;  // VQ-058, VQ-059
  }
  if (!PageRuns::Prepare()) return ERROR_NOT_ENOUGH_MEMORY;
  kernel.unlock(range.address(), range.bytes());
  space->locked -= range.count();
  space->Change(range, [](PageState state) {
    state.locked = false;
    return state;
  });
  return ERROR_SUCCESS;
}

}  // namespace winmem::vm
