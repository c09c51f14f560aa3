// The vectored handlers of the process, in the order in which they are called.
#pragma once

#include "winmem/exception.h"

namespace winmem::exception {

// Null when there is no memory for it.
void* AddVectored(bool first, PVECTORED_EXCEPTION_HANDLER handler);

// False when it is not the handle of a handler that is there.
bool RemoveVectored(void* handle);

// Calls the handlers, with no lock held, until one continues; whether one did. A handler that is
// added meanwhile behind the one that runs is called too, one that is removed is not.
bool CallVectored(EXCEPTION_POINTERS* exception);

// For fork: keeps other threads out of the list.
void HoldVectored();
void LetVectoredGo();

}  // namespace winmem::exception
