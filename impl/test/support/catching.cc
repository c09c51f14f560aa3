#include "support/catching.h"

namespace winmem::test {
namespace {

struct State {
  CONTEXT target;
  EXCEPTION_RECORD record;
  volatile bool armed, raised;
};
thread_local State state;

LONG Handler(EXCEPTION_POINTERS* exception) {
  if (!state.armed) return EXCEPTION_CONTINUE_SEARCH;
  state.armed = false;
  state.raised = true;
  state.record = *exception->ExceptionRecord;
  *exception->ContextRecord = state.target;
  return EXCEPTION_CONTINUE_EXECUTION;
}

// In a function of its own: what the context holds is gone when it returns.
__attribute__((noinline)) void RunArmed(void (*call)(void*), void* argument) {
  RtlCaptureContext(&state.target);
  if (!state.raised) {
    state.armed = true;
    call(argument);
  }
}

}  // namespace

Caught Catch(void (*call)(void*), void* argument) {
  void* handle = AddVectoredExceptionHandler(1, Handler);
  state.raised = false;
  RunArmed(call, argument);
  state.armed = false;
  RemoveVectoredExceptionHandler(handle);
  return {state.raised, state.record};
}

DWORD StatusOfRead(const void* address) {
  const Caught caught = Catch([address] { *static_cast<const volatile char*>(address); });
  return caught.raised ? caught.record.ExceptionCode : 0;
}

DWORD StatusOfWrite(void* address) {
  const Caught caught = Catch([address] { *static_cast<volatile char*>(address) = 1; });
  return caught.raised ? caught.record.ExceptionCode : 0;
}

// A sanitizer would look for its notes in front of the code.
__attribute__((noinline, no_sanitize("undefined"))) void Execute(void* code) {
  reinterpret_cast<void (*)()>(code)();
}

}  // namespace winmem::test
