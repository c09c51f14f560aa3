// What the files of the Windows platform share. A program that emulators should be able to load
// imports little: the twelve names that windows/ calls directly. Everything else is looked up when
// it runs, and may be missing.
#pragma once

#define WIN32_LEAN_AND_MEAN
#define NOMINMAX
#include <windows.h>

#include "conformance/agent/core/platform.h"

namespace winmem::agent::platform {

/// A function of kernel32 by name, or null. The type is the caller's to know.
template <typename Type>
Type from_kernel(const char* name) {
  FARPROC address = GetProcAddress(GetModuleHandleA("kernel32.dll"), name);
  return reinterpret_cast<Type>(reinterpret_cast<void*>(address));
}

}  // namespace winmem::agent::platform
