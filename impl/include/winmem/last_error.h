// The last error of each thread, and the codes that the memory functions set.
// (Not called error.h: with this folder on the include path that would hide the C library's.)
#ifndef WINMEM_LAST_ERROR_H
#define WINMEM_LAST_ERROR_H

#include "types.h"

#define ERROR_SUCCESS 0u
#define NO_ERROR 0u
#define ERROR_INVALID_FUNCTION 1u
#define ERROR_ACCESS_DENIED 5u
#define ERROR_INVALID_HANDLE 6u
#define ERROR_NOT_ENOUGH_MEMORY 8u
#define ERROR_OUTOFMEMORY 14u
#define ERROR_BAD_LENGTH 24u
#define ERROR_GEN_FAILURE 31u
#define ERROR_NOT_SUPPORTED 50u
#define ERROR_UNEXP_NET_ERR 59u
#define ERROR_INVALID_PARAMETER 87u
#define ERROR_CALL_NOT_IMPLEMENTED 120u
#define ERROR_INSUFFICIENT_BUFFER 122u
#define ERROR_DISCARDED 157u
#define ERROR_NOT_LOCKED 158u
#define ERROR_MORE_DATA 234u
#define ERROR_NO_MORE_ITEMS 259u
#define ERROR_INVALID_ADDRESS 487u
#define ERROR_NOACCESS 998u
#define ERROR_USER_MAPPED_FILE 1224u
#define ERROR_PRIVILEGE_NOT_HELD 1314u
#define ERROR_NO_SYSTEM_RESOURCES 1450u
#define ERROR_WORKING_SET_QUOTA 1453u
#define ERROR_PAGEFILE_QUOTA 1454u
#define ERROR_COMMITMENT_LIMIT 1455u
#define ERROR_DYNAMIC_CODE_BLOCKED 1655u

// The code that the last failing call of this thread left, or what SetLastError stored. A thread
// begins with 0. A function of this library that succeeds leaves it alone (VA-125, VF-066) unless
// its own page says otherwise.
WINMEM_API DWORD WINAPI GetLastError(void);

// Any 32 bits; it cannot fail.
WINMEM_API VOID WINAPI SetLastError(DWORD code);

#endif
