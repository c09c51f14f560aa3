#include "virtual/view.h"

#include <cerrno>

#include "system/layout.h"
#include "virtual/foreign.h"
#include "virtual/kernel.h"
#include "virtual/protection.h"

namespace winmem::vm {
namespace {

// The view in which the bytes lie; a `mapped` of false where there is none.
Surroundings ViewOf(std::uintptr_t address, std::size_t bytes) {
  Surroundings around = LookAround(address);
  around.mapped = around.mapped && around.type == MEM_MAPPED && bytes <= around.whole_end - address;
  return around;
}

// What was mapped for reading never becomes writable, only a copy (VQ-048, VQ-049), and what is
// shared never a copy: mprotect cannot make it one. Modifiers are for our own pages.
bool Permits(const Surroundings& view, DWORD protect) {
  if ((protect & ~DWORD{0xFF}) != 0) return false;
  if ((protect & (PAGE_READWRITE | PAGE_EXECUTE_READWRITE)) != 0) return view.shared;
  if ((protect & (PAGE_WRITECOPY | PAGE_EXECUTE_WRITECOPY)) != 0) return !view.shared;
  return true;
}

}  // namespace

bool InMemoryView(std::uintptr_t address, std::size_t bytes) {
  const Surroundings view = ViewOf(address, bytes);
  return view.mapped && view.in_memory;
}

DWORD ProtectView(std::uintptr_t address, std::size_t bytes, DWORD protect, DWORD* old) {
  const Surroundings view = ViewOf(address, bytes);
  if (!view.mapped) return ERROR_INVALID_ADDRESS;
  if (!Permits(view, protect)) return ERROR_INVALID_PARAMETER;
  const std::uintptr_t first = system::PageDown(address);
  const std::size_t whole = system::PageUp(address + bytes) - first;
  switch (kernel.protect(first, whole, KernelProtection(protect))) {
    case 0:
      KeepAllocationProtect(view);
      *old = view.protect;
      return ERROR_SUCCESS;
    case EACCES:  // the file was not opened for writing
      return ERROR_INVALID_PARAMETER;
    default:
      return ERROR_NOT_ENOUGH_MEMORY;
  }
}

}  // namespace winmem::vm
