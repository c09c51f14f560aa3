// Tests that an access or a call raises: runs it, and when an exception comes goes on behind it.
#pragma once

#include "winmem/exception.h"

namespace winmem::test {

struct Caught {
  bool raised;
  EXCEPTION_RECORD record;  // when raised
};

Caught Catch(void (*call)(void*), void* argument);

// What call() raised. What it has on the stack is left without being destroyed.
template <class Call>
Caught Catch(Call call) {
  return Catch([](void* argument) { (*static_cast<Call*>(argument))(); }, &call);
}

// The status that a touch of one byte raises; 0 when it raises nothing.
DWORD StatusOfRead(const void* address);
DWORD StatusOfWrite(void* address);

// Calls the code there, which is no function that the compiler knows.
void Execute(void* code);

}  // namespace winmem::test
