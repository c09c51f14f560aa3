// Exceptions: what a fault or RaiseException becomes, and who gets to see it.
//
// A fault of the processor (SIGSEGV, SIGBUS) and a call of RaiseException go the same way: first
// the vectored handlers, in their order, then the top-level filter. Each may change the CONTEXT and
// return EXCEPTION_CONTINUE_EXECUTION: the thread then goes on where the context says. When nobody
// continues, a fault goes to the signal handler that was there before this library, if any;
// otherwise `winmem: unhandled exception 0x...` is written to standard error and the process dies.
// Handlers run on the thread that faulted, on its alternate signal stack if it has one. The library
// holds no lock then: a handler may call every function, and may fault itself. A fault inside a
// call of the library (the block that HeapReAlloc copies has a guard page) is raised when the call
// has changed nothing yet; it begins again when a handler continues. What a handler does to the
// debug registers is not carried over.
//
// The library's signal handler is there from the moment when the library is loaded. A program that
// installs one of its own later must pass on what it does not know to the one that was there: guard
// pages and the checks of out pointers depend on it.
#ifndef WINMEM_EXCEPTION_H
#define WINMEM_EXCEPTION_H

#include "context.h"
#include "types.h"

#define STATUS_GUARD_PAGE_VIOLATION 0x80000001u
#define STATUS_DATATYPE_MISALIGNMENT 0x80000002u
#define STATUS_ACCESS_VIOLATION 0xC0000005u
#define STATUS_IN_PAGE_ERROR 0xC0000006u
#define STATUS_NO_MEMORY 0xC0000017u
#define STATUS_NONCONTINUABLE_EXCEPTION 0xC0000025u
#define STATUS_HEAP_CORRUPTION 0xC0000374u

#define EXCEPTION_GUARD_PAGE STATUS_GUARD_PAGE_VIOLATION
#define EXCEPTION_DATATYPE_MISALIGNMENT STATUS_DATATYPE_MISALIGNMENT
#define EXCEPTION_ACCESS_VIOLATION STATUS_ACCESS_VIOLATION
#define EXCEPTION_IN_PAGE_ERROR STATUS_IN_PAGE_ERROR
#define EXCEPTION_NONCONTINUABLE_EXCEPTION STATUS_NONCONTINUABLE_EXCEPTION

#define EXCEPTION_EXECUTE_HANDLER 1
#define EXCEPTION_CONTINUE_SEARCH 0
#define EXCEPTION_CONTINUE_EXECUTION (-1)

#define EXCEPTION_NONCONTINUABLE 0x1u
#define EXCEPTION_MAXIMUM_PARAMETERS 15

// 152 bytes on x64, 80 on x86.
typedef struct _EXCEPTION_RECORD {
  DWORD ExceptionCode;
  DWORD ExceptionFlags;  // 0 or EXCEPTION_NONCONTINUABLE
  struct _EXCEPTION_RECORD* ExceptionRecord;
  PVOID ExceptionAddress;  // the instruction
  DWORD NumberParameters;
  // STATUS_ACCESS_VIOLATION and STATUS_GUARD_PAGE_VIOLATION have two: 0 for a read, 1 for a write,
  // 8 for an execution; and the address (VQ-096, VQ-106).
  ULONG_PTR ExceptionInformation[EXCEPTION_MAXIMUM_PARAMETERS];
} EXCEPTION_RECORD, *PEXCEPTION_RECORD;

typedef struct _EXCEPTION_POINTERS {
  PEXCEPTION_RECORD ExceptionRecord;
  PCONTEXT ContextRecord;
} EXCEPTION_POINTERS, *PEXCEPTION_POINTERS, *LPEXCEPTION_POINTERS;

typedef LONG(NTAPI* PVECTORED_EXCEPTION_HANDLER)(EXCEPTION_POINTERS* exception);
typedef LONG(WINAPI* PTOP_LEVEL_EXCEPTION_FILTER)(EXCEPTION_POINTERS* exception);
typedef PTOP_LEVEL_EXCEPTION_FILTER LPTOP_LEVEL_EXCEPTION_FILTER;

// Raises an exception with `count` parameters, at most EXCEPTION_MAXIMUM_PARAMETERS of which are
// taken; arguments may be NULL: then there are none. It returns when a handler continues with the
// context unchanged. A top-level filter that continues a noncontinuable exception without changing
// where raises STATUS_NONCONTINUABLE_EXCEPTION.
WINMEM_API VOID WINAPI RaiseException(DWORD code, DWORD flags, DWORD count,
                                      const ULONG_PTR* arguments);

// first: nonzero to be called before all others, 0 after all others. Returns the handle by which
// the handler is removed; NULL and ERROR_NOT_ENOUGH_MEMORY when there is no memory for it.
WINMEM_API PVOID WINAPI AddVectoredExceptionHandler(ULONG first,
                                                    PVECTORED_EXCEPTION_HANDLER handler);

// Nonzero when `handle` was one; a handler may remove itself. 0 otherwise, the last error is left.
WINMEM_API ULONG WINAPI RemoveVectoredExceptionHandler(PVOID handle);

// NULL takes the filter away. Returns the filter that was there, or NULL. A filter that returns
// EXCEPTION_EXECUTE_HANDLER ends the process as if it were not there, but without a word.
WINMEM_API LPTOP_LEVEL_EXCEPTION_FILTER WINAPI
SetUnhandledExceptionFilter(LPTOP_LEVEL_EXCEPTION_FILTER filter);

// Stores the registers of the caller, as they are when this call returns; on x86 not those of the
// floating-point unit. A handler that puts this
// context in place of another lets it return again; as with setjmp, the function that called it
// must not have returned by then. The attribute tells the compiler so. It is lost through a
// pointer: there the caller must not end with the call that may raise, which could become a jump
// out of its frame.
WINMEM_API VOID NTAPI RtlCaptureContext(PCONTEXT context) __attribute__((returns_twice));

#endif
