// What is written in assembly, and what it calls.
#pragma once

#include <cstddef>

#include "winmem/exception.h"

extern "C" {

// RaiseException by a name that nobody outside can replace.
void winmem_raise(DWORD code, DWORD flags, DWORD count, const ULONG_PTR* arguments);

// Called by it with the context of its caller. When it returns, the thread goes on in *context.
void winmem_dispatch_raise(CONTEXT* context, DWORD code, DWORD flags, DWORD count,
                           const ULONG_PTR* arguments);

DWORD winmem_guarded_copy(void* to, const void* from, std::size_t size);
extern const char winmem_guarded_copy_begin[], winmem_guarded_copy_end[];
}
