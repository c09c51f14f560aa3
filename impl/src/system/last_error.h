// The last error of the calling thread, for the library's own code.
#ifndef WINMEM_SYSTEM_LAST_ERROR_H
#define WINMEM_SYSTEM_LAST_ERROR_H

#include "winmem/last_error.h"

namespace winmem::system {

DWORD last_error();
void set_last_error(DWORD code);

}  // namespace winmem::system

#endif
