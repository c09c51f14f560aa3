// Raising an exception from inside the library: no lock may be held and no destructor be pending,
// because a handler may go on somewhere else altogether.
#pragma once

#include "winmem/exception.h"

namespace winmem::exception {

// What RaiseException does, out of reach of a RaiseException that a program put in its place. It
// returns when a handler continued.
void Raise(DWORD code, DWORD flags, DWORD count, const ULONG_PTR* arguments);

}  // namespace winmem::exception
