// VirtualAlloc: what it refuses, and how it reserves, commits and resets.
#include "system/layout.h"
#include "system/privilege.h"
#include "virtual/commit_limit.h"
#include "virtual/foreign.h"
#include "virtual/memory.h"
#include "virtual/pages.h"
#include "virtual/placement.h"
#include "virtual/protection.h"
#include "virtual/view.h"

namespace winmem::vm {
namespace {

using system::kPageSize;

constexpr bool Has(DWORD type, DWORD bits) {
  return (type & bits) == bits;
}

// The type by itself, and what large pages and AWE windows demand of the rest.
DWORD CheckType(DWORD type, std::uintptr_t address, SIZE_T size) {
  constexpr DWORD kKnown = MEM_COMMIT | MEM_RESERVE | MEM_RESET | MEM_RESET_UNDO | MEM_TOP_DOWN |
                           MEM_WRITE_WATCH | MEM_PHYSICAL | MEM_LARGE_PAGES;
  const DWORD action = type & (MEM_COMMIT | MEM_RESERVE | MEM_RESET | MEM_RESET_UNDO);
  if ((type & ~kKnown) != 0 || action == 0) return ERROR_INVALID_PARAMETER;  // VA-050..VA-057
  if ((type & (MEM_RESET | MEM_RESET_UNDO)) != 0 && (type & (type - 1)) != 0) {
    return ERROR_INVALID_PARAMETER;  // VA-060..VA-062, VA-086
  }
  if (Has(type, MEM_PHYSICAL) && type != (MEM_PHYSICAL | MEM_RESERVE)) {
    return ERROR_INVALID_PARAMETER;  // VA-063, VA-065, VA-067
  }
  // A commit that has to reserve first may be watched too; otherwise only a reservation can.
  if (Has(type, MEM_WRITE_WATCH) && !Has(type, MEM_RESERVE) && address != 0) {
    return ERROR_INVALID_PARAMETER;
  }
  if (Has(type, MEM_LARGE_PAGES) &&
      (!Has(type, MEM_RESERVE | MEM_COMMIT) || (address | size) % system::kLargePage != 0)) {
    return ERROR_INVALID_PARAMETER;  // VA-073, VA-074: the code is unspecified
  }
  return ERROR_SUCCESS;
}

DWORD Check(std::uintptr_t address, SIZE_T size, DWORD type, DWORD protect) {
  const DWORD error = CheckType(type, address, size);
  if (error != ERROR_SUCCESS) return error;
  if (!IsPrivateProtection(protect)) return ERROR_INVALID_PARAMETER;
  if (Has(type, MEM_PHYSICAL) && protect != PAGE_READWRITE)
    return ERROR_INVALID_PARAMETER;                                                      // VA-066
  if (size == 0) return ERROR_INVALID_PARAMETER;                                         // VA-001
  if (address != 0 && address < system::kLowestAddress) return ERROR_INVALID_PARAMETER;  // VA-118
  // VA-003, VA-005, VA-121..VA-123
  if (!system::InUserSpace(address, size)) return ERROR_INVALID_PARAMETER;
  if (Has(type, MEM_LARGE_PAGES) && !system::HoldsLockMemory()) {
    return ERROR_PRIVILEGE_NOT_HELD;  // VA-072
  }
  return ERROR_SUCCESS;
}

bool PassesLimit(const AddressSpace& space, std::size_t fresh) {
  const std::size_t limit = CommitLimit();
  return fresh > limit || space.committed > limit - fresh;
}

Placed Reserve(std::uintptr_t address, SIZE_T size, DWORD type, DWORD protect) {
  const bool commit = Has(type, MEM_COMMIT);
  const PageState state = {commit ? protect : 0, commit, false, Has(type, MEM_WRITE_WATCH)};
  const std::uintptr_t base = system::GranuleDown(address);  // VA-016
  const std::size_t bytes = system::PageUp(address + size) - base;
  const std::size_t pages = bytes / kPageSize;

  const LockedSpace space;
  if (commit && PassesLimit(*space, pages)) return {nullptr, ERROR_COMMITMENT_LIMIT};
  if (!AddressSpace::Prepare()) return {nullptr, ERROR_NOT_ENOUGH_MEMORY};
  const int protection = KernelProtectionOf(state);
  const Mapping mapping = Has(type, MEM_LARGE_PAGES) ? PlaceLarge(*space, base, bytes, protection)
                          : address == 0
                              ? PlaceAnywhere(*space, bytes, protection, Has(type, MEM_TOP_DOWN))
                              : PlaceAt(*space, base, bytes, protection);
  if (mapping.error != ERROR_SUCCESS) return {nullptr, mapping.error};
  space->Add(mapping.base, bytes, mapping.mapped, protect, type, state);
  if (commit) space->committed += pages;
  return {reinterpret_cast<void*>(mapping.base), ERROR_SUCCESS};
}

// Committing where no reservation is. Of a section in the page file it changes the protection
// (VA-131, VA-134); other views and images are committed (VQ-122). Whose memory it is takes long to
// ask, so the lock is taken only for the change.
Placed CommitOutside(std::uintptr_t address, SIZE_T size, DWORD protect) {
  if (!IsForeignSection(address)) return {nullptr, ERROR_INVALID_ADDRESS};  // VA-707
  if (!InMemoryView(address, size)) return {nullptr, ERROR_ACCESS_DENIED};
  const LockedSpace space;
  DWORD old = 0;
  const DWORD error = ProtectView(address, size, protect, &old);
  if (error != ERROR_SUCCESS) return {nullptr, error};
  return {reinterpret_cast<void*>(system::PageDown(address)), ERROR_SUCCESS};
}

Placed CommitIn(AddressSpace& space, const PageRange& range, DWORD protect) {
  // An AWE window has no pages of its own; the code is unspecified.
  if (range.reservation->physical) return {nullptr, ERROR_INVALID_ADDRESS};
  const std::size_t fresh = range.count() - CountCommitted(range);
  if (PassesLimit(space, fresh)) return {nullptr, ERROR_COMMITMENT_LIMIT};  // VA-714
  if (!PageRuns::Prepare()) return {nullptr, ERROR_NOT_ENOUGH_MEMORY};
  const DWORD error = ProtectInKernel(range, KernelProtection(protect));
  if (error != ERROR_SUCCESS) return {nullptr, error};
  space.Change(range, [protect](PageState state) {
    return PageState{protect, true, state.locked, state.unwritten};  // VA-042, VA-045
  });
  space.committed += fresh;
  return {reinterpret_cast<void*>(range.address()), ERROR_SUCCESS};  // VA-026
}

Placed Commit(std::uintptr_t address, SIZE_T size, DWORD protect) {
  {
    const LockedSpace space;
    const PageRange range = space->Pages(address, size);
    if (range.reservation != nullptr) return CommitIn(*space, range, protect);
    // VA-036..VA-038
    if (space->Find(address) != nullptr) return {nullptr, ERROR_INVALID_ADDRESS};
  }
  return CommitOutside(address, size, protect);
}

// The contents are allowed to go; they stay, so that undoing the reset always succeeds (VA-085).
Placed Reset(std::uintptr_t address, SIZE_T size) {
  const LockedSpace space;
  const PageRange range = space->Pages(address, size);
  const bool ours = range.reservation != nullptr;
  if (!ours && (space->Find(address) != nullptr || !InMemoryView(address, size))) {
    return {nullptr, ERROR_INVALID_ADDRESS};  // VA-079, VA-080
  }
  return {reinterpret_cast<void*>(system::PageDown(address)), ERROR_SUCCESS};  // VA-076..VA-082
}

}  // namespace

Placed Alloc(void* wanted, SIZE_T size, DWORD type, DWORD protect) {
  const auto address = reinterpret_cast<std::uintptr_t>(wanted);
  const DWORD error = Check(address, size, type, protect);
  if (error != ERROR_SUCCESS) return {nullptr, error};
  // MEM_COMMIT alone at NULL reserves as well (VA-702).
  if (Has(type, MEM_RESERVE) || (Has(type, MEM_COMMIT) && address == 0)) {
    return Reserve(address, size, type, Reported(protect));
  }
  if (Has(type, MEM_COMMIT)) return Commit(address, size, Reported(protect));
  return Reset(address, size);
}

}  // namespace winmem::vm
