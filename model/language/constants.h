// Every named constant of the functions, the error codes and the status codes: the one list.
#pragma once

#include "model/language/text.h"

namespace winmem {

/// Which list of names a number is read and printed with. A function's table entry says it for each
/// flag parameter, field and result.
enum class Set : std::uint8_t {
  none,             ///< a plain number
  allocation_type,  ///< VirtualAlloc: MEM_COMMIT, MEM_RESERVE, MEM_RESET, ...
  free_type,        ///< VirtualFree: MEM_DECOMMIT, MEM_RELEASE, placeholder bits
  protection,       ///< PAGE_*
  memory_state,     ///< MEMORY_BASIC_INFORMATION.State: MEM_COMMIT, MEM_RESERVE, MEM_FREE
  memory_type,      ///< MEMORY_BASIC_INFORMATION.Type: MEM_PRIVATE, MEM_MAPPED, MEM_IMAGE
  heap,             ///< HEAP_*
  gmem,             ///< GlobalAlloc, GlobalReAlloc: GMEM_*
  gmem_state,   ///< GlobalFlags: GMEM_DISCARDED, GMEM_INVALID_HANDLE, ...; the low byte is the lock
                ///< count
  lmem,         ///< LocalAlloc, LocalReAlloc: LMEM_*
  lmem_state,   ///< LocalFlags
  write_watch,  ///< GetWriteWatch: WRITE_WATCH_FLAG_RESET
  heap_information,  ///< HeapSetInformation classes
  walk_flags,        ///< PROCESS_HEAP_ENTRY.wFlags
  error,             ///< last errors: ERROR_*
  status,            ///< exception and status codes: STATUS_*
  exception_flags,   ///< RaiseException: EXCEPTION_NONCONTINUABLE
  access_kind,       ///< first parameter of an access violation: read, write, execute
  boolean,           ///< TRUE, FALSE
};

/// One name. In a set of flags each name may be several bits; a name that is not a flag stands for
/// the whole number.
struct Constant {
  Text name;
  std::uint64_t value;
  Set set;
};

/// All constants; those of one set stand together, wide combinations (GHND) before their parts.
Span<const Constant> constants();
/// Whether numbers of this set are printed as names joined by `|`.
bool is_flags(Set set);
/// The constant of that name, looked for in `preferred` first, then in every set; null when there
/// is none.
const Constant* find_constant(Text name, Set preferred);
/// The name of a whole number in a set, or an empty text.
Text name_of(Set set, std::uint64_t value);
/// Prints a number with the names of a set: `MEM_COMMIT|MEM_RESERVE|0x40000`, `ERROR_NOACCESS`, hex
/// where no name fits.
Output& print_constant(Output& out, Set set, std::uint64_t value);

}  // namespace winmem
