// Stands in for <windows.h> in programs that use the memory functions on POSIX:
// with this folder on the include path, `#include <windows.h>` finds this file. C and C++.
#ifndef WINMEM_WINDOWS_H
#define WINMEM_WINDOWS_H

#include "exception.h"
#include "heap.h"
#include "last_error.h"
#include "moveable.h"
#include "system.h"
#include "types.h"
#include "virtual.h"
#include "winmem.h"

#endif
