// Calling a function in such a way that an exception which nobody handles ends the call and not the
// process.
#pragma once

#include <cstdint>

#if defined(_WIN32) && defined(__i386__)
#define WINMEM_CALLBACK __attribute__((stdcall))
#else
#define WINMEM_CALLBACK
#endif

namespace winmem::agent {

/// Windows' layout: 152 bytes on x64, 80 on x86.
struct ExceptionRecord {
  std::uint32_t code;
  std::uint32_t flags;
  ExceptionRecord* next;
  void* address;
  std::uint32_t count;
  std::uintptr_t information[15];
};
constexpr std::uint32_t noncontinuable = 1;

/// What vectored handlers and the top-level filter are given, in Windows' layout.
struct ExceptionPointers {
  ExceptionRecord* record;
  unsigned char* context;
};
constexpr long continue_execution = -1;
constexpr long continue_search = 0;
constexpr long execute_handler = 1;

/// An exception that nobody handled.
struct Raised {
  std::uint32_t status;
  std::uint32_t count;
  std::uintptr_t parameters[15];
};

constexpr unsigned call_arguments = 6;

/// Calls `function` with six integer arguments (it need not look at all). True when it returned:
/// `value` is what it gave. False when it raised an exception that nobody handled: `raised` says
/// which.
bool guarded(void* function, const std::uintptr_t (&arguments)[call_arguments],
             std::uintptr_t& value, Raised& raised);

/// Whether a guarded call is under way.
bool guarding();

/// For fault handlers while a guarded call is under way: takes down the exception and ends the
/// guard. The thread must then go on with the stack pointer and at the address that `Escape` says.
struct Escape {
  void* stack;
  void* resume;
};
const Escape& take_exception(const ExceptionRecord& record);

/// The top-level filter for implementations whose exceptions are Windows'. Only here is it decided
/// that a call raised: a vectored handler would also see the faults that an implementation catches
/// itself (GlobalLock of a wild handle faults and returns).
long WINMEM_CALLBACK top_level_filter(ExceptionPointers* exception);

/// The same for a process that is to end by the exception: it does, with the exception's status,
/// and without a debugger or a dialog being asked first.
long WINMEM_CALLBACK ending_filter(ExceptionPointers* exception);

}  // namespace winmem::agent
