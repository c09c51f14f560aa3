// AllocateUserPhysicalPages, MapUserPhysicalPages, FreeUserPhysicalPages.
#include <algorithm>

#include "system/last_error.h"
#include "system/layout.h"
#include "system/privilege.h"
#include "virtual/address_space.h"
#include "virtual/caller_memory.h"
#include "virtual/commit_limit.h"
#include "virtual/frames.h"

namespace {

using namespace winmem;
using vm::Frames;
using vm::NumberList;

BOOL Answer(DWORD error) {
  if (error == ERROR_SUCCESS) return TRUE;
  system::SetLastErrorCode(error);
  return FALSE;
}

bool IsThisProcess(HANDLE process) {
  return process == INVALID_HANDLE_VALUE;
}

// Reads the caller's list, which cannot be longer than there are pages.
DWORD Read(PULONG_PTR pages, std::size_t count, NumberList* numbers) {
  if (count > Frames::kMost) return ERROR_INVALID_PARAMETER;
  if (!numbers->Ensure(count)) return ERROR_NOT_ENOUGH_MEMORY;
  numbers->SetCount(count);
  return vm::CopyForCaller(numbers->data(), pages, count * sizeof *pages);
}

// Physical pages are charged like committed ones.
DWORD Allocate(std::size_t wanted, NumberList* made) {
  const vm::LockedSpace space;
  const std::size_t limit = vm::CommitLimit();
  const std::size_t left = limit > space->committed ? limit - space->committed : 0;
  if (left == 0) return ERROR_COMMITMENT_LIMIT;
  const DWORD error = vm::frames.Allocate(std::min(wanted, left), made);
  space->committed += made->count();
  return error;
}

DWORD Free(NumberList& numbers, std::size_t* freed) {
  const vm::LockedSpace space;
  const DWORD error = vm::frames.Free(numbers, freed);
  space->committed -= *freed;
  return error;
}

DWORD Map(std::uintptr_t address, std::size_t count, NumberList* numbers, NumberList* before) {
  const std::size_t bytes = count * system::kPageSize;
  const std::uintptr_t where = system::PageDown(address);
  if (!system::InUserSpace(where, bytes)) return ERROR_INVALID_PARAMETER;
  const vm::LockedSpace space;
  const vm::PageRange range = space->Pages(where, bytes);
  if (range.reservation == nullptr || !range.reservation->physical) return ERROR_INVALID_PARAMETER;
  return vm::frames.Map(where, count, numbers, before);
}

}  // namespace

BOOL AllocateUserPhysicalPages(HANDLE process, PULONG_PTR count, PULONG_PTR pages) {
  if (!system::HoldsLockMemory()) return Answer(ERROR_PRIVILEGE_NOT_HELD);
  if (!IsThisProcess(process)) return Answer(ERROR_INVALID_HANDLE);
  ULONG_PTR wanted = 0;
  DWORD error = vm::CopyForCaller(&wanted, count, sizeof wanted);
  if (error == ERROR_SUCCESS && wanted == 0) error = ERROR_INVALID_PARAMETER;
  wanted = std::min<ULONG_PTR>(wanted, Frames::kMost);
  if (error == ERROR_SUCCESS) error = vm::ProbeForWrite(count, sizeof *count);
  if (error == ERROR_SUCCESS) error = vm::ProbeForWrite(pages, wanted * sizeof *pages);
  if (error != ERROR_SUCCESS) return Answer(error);
  NumberList made;
  if (!made.Ensure(wanted)) return Answer(ERROR_NOT_ENOUGH_MEMORY);
  error = Allocate(wanted, &made);
  if (error != ERROR_SUCCESS) return Answer(error);
  const ULONG_PTR got = made.count();
  error = vm::CopyForCaller(pages, made.data(), got * sizeof *pages);
  if (error == ERROR_SUCCESS) error = vm::CopyForCaller(count, &got, sizeof got);
  if (error != ERROR_SUCCESS) {  // another thread took the place away meanwhile
    std::size_t freed = 0;
    Free(made, &freed);
  }
  return Answer(error);
}

BOOL MapUserPhysicalPages(PVOID address, ULONG_PTR count, PULONG_PTR pages) {
  if (count == 0 || count > Frames::kMost) return Answer(ERROR_INVALID_PARAMETER);
  NumberList numbers, before;
  if (!before.Ensure(count)) return Answer(ERROR_NOT_ENOUGH_MEMORY);
  if (pages != nullptr) {
    const DWORD error = Read(pages, count, &numbers);
    if (error != ERROR_SUCCESS) return Answer(error);
  }
  const auto where = reinterpret_cast<std::uintptr_t>(address);
  return Answer(Map(where, count, pages != nullptr ? &numbers : nullptr, &before));
}

BOOL FreeUserPhysicalPages(HANDLE process, PULONG_PTR count, PULONG_PTR pages) {
  if (!IsThisProcess(process)) return Answer(ERROR_INVALID_HANDLE);
  ULONG_PTR wanted = 0;
  DWORD error = vm::CopyForCaller(&wanted, count, sizeof wanted);
  if (error == ERROR_SUCCESS) error = vm::ProbeForWrite(count, sizeof *count);
  NumberList numbers;
  if (error == ERROR_SUCCESS) error = Read(pages, wanted, &numbers);
  if (error != ERROR_SUCCESS) return Answer(error);
  std::size_t freed = 0;
  error = Free(numbers, &freed);
  const ULONG_PTR told = freed;
  vm::CopyForCaller(count, &told, sizeof told);
  return Answer(error);
}
