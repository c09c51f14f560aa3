// The types that the Win32 memory functions share, with the sizes that they have on Windows: a
// DWORD has 32 bits, a SIZE_T is as wide as a pointer.
#ifndef WINMEM_TYPES_H
#define WINMEM_TYPES_H

#include <stddef.h>
#include <stdint.h>

// The C ABI of the platform; on Windows these name calling conventions.
#define WINAPI
#define NTAPI
#define CALLBACK

#if defined(__cplusplus)
#define WINMEM_API extern "C" __attribute__((visibility("default")))
#else
#define WINMEM_API extern __attribute__((visibility("default")))
#endif

#ifndef FALSE
#define FALSE 0
#endif
#ifndef TRUE
#define TRUE 1
#endif
#define VOID void
#define CONST const

typedef int BOOL;  // FALSE, or any other value for success
typedef uint8_t BYTE, BOOLEAN, UCHAR;
typedef uint16_t WORD, USHORT;
typedef int32_t LONG, INT;
typedef uint32_t DWORD, ULONG, UINT;
typedef int64_t LONGLONG, LONG64;
typedef uint64_t ULONGLONG, DWORDLONG, DWORD64, ULONG64;
typedef intptr_t LONG_PTR, INT_PTR, SSIZE_T;
typedef uintptr_t ULONG_PTR, UINT_PTR, DWORD_PTR, SIZE_T;

typedef void *PVOID, *LPVOID;
typedef const void* LPCVOID;
typedef BYTE *PBYTE, *LPBYTE;
typedef BOOL *PBOOL, *LPBOOL;
typedef DWORD *PDWORD, *LPDWORD;
typedef ULONG* PULONG;
typedef UINT* PUINT;
typedef SIZE_T* PSIZE_T;
typedef ULONG_PTR* PULONG_PTR;

typedef PVOID HANDLE;
typedef HANDLE HGLOBAL, HLOCAL;
typedef HANDLE* PHANDLE;

#define INVALID_HANDLE_VALUE ((HANDLE)(LONG_PTR) - 1)

#endif
