// Reserving, committing, protecting and querying pages.
//
// Every function that can fail returns NULL, FALSE or 0 then and sets the last error. A call that
// fails changes nothing, with one exception of Windows' own: what VirtualProtect stores (VQ-042).
#ifndef WINMEM_VIRTUAL_H
#define WINMEM_VIRTUAL_H

#include "types.h"

#define PAGE_NOACCESS 0x01u
#define PAGE_READONLY 0x02u
#define PAGE_READWRITE 0x04u
#define PAGE_WRITECOPY 0x08u
#define PAGE_EXECUTE 0x10u
#define PAGE_EXECUTE_READ 0x20u
#define PAGE_EXECUTE_READWRITE 0x40u
#define PAGE_EXECUTE_WRITECOPY 0x80u
#define PAGE_GUARD 0x100u
#define PAGE_NOCACHE 0x200u
#define PAGE_WRITECOMBINE 0x400u
#define PAGE_TARGETS_INVALID 0x40000000u
#define PAGE_TARGETS_NO_UPDATE 0x40000000u

#define MEM_COMMIT 0x1000u
#define MEM_RESERVE 0x2000u
#define MEM_REPLACE_PLACEHOLDER 0x4000u
#define MEM_DECOMMIT 0x4000u
#define MEM_RELEASE 0x8000u
#define MEM_FREE 0x10000u
#define MEM_PRIVATE 0x20000u
#define MEM_MAPPED 0x40000u
#define MEM_RESERVE_PLACEHOLDER 0x40000u
#define MEM_RESET 0x80000u
#define MEM_TOP_DOWN 0x100000u
#define MEM_WRITE_WATCH 0x200000u
#define MEM_PHYSICAL 0x400000u
#define MEM_RESET_UNDO 0x1000000u
#define MEM_IMAGE 0x1000000u
#define MEM_LARGE_PAGES 0x20000000u
#define MEM_COALESCE_PLACEHOLDERS 0x1u
#define MEM_PRESERVE_PLACEHOLDER 0x2u

#define WRITE_WATCH_FLAG_RESET 0x1u

// 48 bytes on x64 and 28 on x86 (VQ-001, VQ-712).
typedef struct _MEMORY_BASIC_INFORMATION {
  PVOID BaseAddress;        // the asked address, rounded down to a page (VQ-004)
  PVOID AllocationBase;     // where its allocation begins; NULL for free pages (VQ-007)
  DWORD AllocationProtect;  // the protection given when it was reserved; 0 for free pages
#if UINTPTR_MAX > 0xFFFFFFFFu
  WORD PartitionId;  // always 0
#endif
  SIZE_T RegionSize;  // bytes from BaseAddress on that are alike (VQ-005)
  DWORD State;        // MEM_COMMIT, MEM_RESERVE or MEM_FREE
  DWORD Protect;      // of committed pages; 0 for reserved ones, PAGE_NOACCESS for free ones
  DWORD Type;         // MEM_PRIVATE, MEM_MAPPED or MEM_IMAGE; 0 for free pages
} MEMORY_BASIC_INFORMATION, *PMEMORY_BASIC_INFORMATION;

// address: NULL, or where to reserve (rounded down to 64 KiB, VA-016) or commit (rounded down to a
// page, VA-026). size: bytes, not 0; the end is rounded up to a page. Returns the rounded address.
// Errors, in the order in which they are looked for (VA-124):
//   ERROR_INVALID_PARAMETER   a type or a combination of types that does not exist
//   (VA-050..VA-065);
//                             a protection that does not exist (VA-094..VA-112); size 0 (VA-001);
//                             an address below 64 KiB (VA-118) or beyond user space (VA-121)
//   ERROR_PRIVILEGE_NOT_HELD  MEM_LARGE_PAGES without the privilege (VA-072), which is a switch:
//                             WinmemHoldLockMemoryPrivilege in winmem.h
//   ERROR_NO_SYSTEM_RESOURCES MEM_LARGE_PAGES: the kernel has too few free large pages (VA-715)
//   ERROR_INVALID_ADDRESS     reserving what is not free (VA-029); committing or resetting what is
//   not
//                             all inside one reservation (VA-036..VA-038, VA-079)
//   ERROR_ACCESS_DENIED       committing in a file or image that somebody mapped (VQ-122). In
//   shared
//                             memory it changes the protection (VA-131), or what the mapping does
//                             not allow is an ERROR_INVALID_PARAMETER (VA-134)
//   ERROR_COMMITMENT_LIMIT    more committed pages than memory and swap have, or than the limit of
//                             WinmemLimitCommit (VA-008, VA-714)
//   ERROR_NOT_ENOUGH_MEMORY   no free range of that size, or the kernel has no more mappings
//   (VA-006)
WINMEM_API LPVOID WINAPI VirtualAlloc(LPVOID address, SIZE_T size, DWORD type, DWORD protect);

// type MEM_RELEASE: size 0, address in the first page of an allocation (VF-001, VF-008).
// type MEM_DECOMMIT: the pages of [address, address + size) inside one allocation; size 0: all of
// it, with an address in its first page (VF-703). Pages that are only reserved may be among them.
//   ERROR_INVALID_PARAMETER   any other type (VF-021..VF-030); MEM_RELEASE with a size (VF-003); an
//                             address beyond user space (VF-017); an end past that of the
//                             allocation (VF-041..VF-044); a file or image that somebody mapped
//                             (VF-052, VF-707)
//   ERROR_INVALID_ADDRESS     not an allocation, or not its first page (VF-009..VF-016, VF-045)
//   ERROR_NOT_ENOUGH_MEMORY   the kernel has no more mappings to split one with
WINMEM_API BOOL WINAPI VirtualFree(LPVOID address, SIZE_T size, DWORD type);

// Describes the pages from address on that are alike; any address of user space, free or not.
// length: bytes at info, at least sizeof *info. Returns sizeof *info.
//   ERROR_BAD_LENGTH          length too small (VQ-019)
//   ERROR_INVALID_PARAMETER   an address beyond user space (VQ-015, VQ-016)
//   ERROR_NOACCESS            info cannot be written
WINMEM_API SIZE_T WINAPI VirtualQuery(LPCVOID address, PMEMORY_BASIC_INFORMATION info,
                                      SIZE_T length);

// Gives the pages of [address, address + size) the protection `protect`; they must be committed and
// in one allocation, or in one file that somebody mapped. *old: the protection that the first page
// had (VQ-031). The caching of an allocation cannot be changed by pages: PAGE_NOCACHE and
// PAGE_WRITECOMBINE stay as they were when it was made (VQ-045..VQ-047).
//   ERROR_INVALID_PARAMETER   a protection that does not exist (VQ-033..VQ-036), or that the
//   mapping
//                             of a file does not allow (VQ-048); size 0 (VQ-702)
//   ERROR_NOACCESS            old is NULL or cannot be written (VQ-032)
//   ERROR_INVALID_ADDRESS     not committed, or not in one allocation (VQ-028, VQ-029, VQ-040);
//   *old
//                             is PAGE_NOACCESS then (VQ-042)
//   ERROR_NOT_ENOUGH_MEMORY   the kernel has no more mappings
WINMEM_API BOOL WINAPI VirtualProtect(LPVOID address, SIZE_T size, DWORD protect, PDWORD old);

// Keeps the pages of [address, address + size) in memory. Locks are not counted (VQ-057).
//   STATUS_GUARD_PAGE_VIOLATION  a guard page is among them; it is one no longer (VQ-052)
//   ERROR_NOACCESS               a page is not committed or cannot be accessed (VQ-054, VQ-055;
//                                the code is unspecified)
//   ERROR_WORKING_SET_QUOTA      more than the quota of locked pages, which is 50 (VQ-056, VQ-713)
WINMEM_API BOOL WINAPI VirtualLock(LPVOID address, SIZE_T size);

//   ERROR_NOT_LOCKED          a page is not locked (VQ-058, VQ-059)
WINMEM_API BOOL WINAPI VirtualUnlock(LPVOID address, SIZE_T size);

// Of memory that was reserved with MEM_WRITE_WATCH: which pages of [address, address + size) were
// written, upwards (VQ-063, VQ-066). *count: in, for how many there is room at addresses; out, how
// many there are. *granularity: bytes of a page. Only a write counts (VQ-075, VQ-076); a page that
// is decommitted counts as unwritten. With WRITE_WATCH_FLAG_RESET the pages that were told, and no
// others, count as unwritten from then on (VQ-065, VQ-068). 0, or ~0 when it fails.
//   ERROR_INVALID_PARAMETER   any other flag (VQ-084); size 0 (VQ-085); not all inside one watched
//                             allocation (VQ-086..VQ-089); room for none (unspecified)
//   ERROR_NOACCESS            a pointer that cannot be written (VQ-080, VQ-082, VQ-718)
//   ERROR_NOT_ENOUGH_MEMORY   the kernel has no more mappings
WINMEM_API UINT WINAPI GetWriteWatch(DWORD flags, PVOID address, SIZE_T size, PVOID* addresses,
                                     ULONG_PTR* count, LPDWORD granularity);

// All pages of the range count as unwritten from now on. 0, or ~0 when it fails.
//   ERROR_INVALID_PARAMETER   size 0 (VQ-090); not all inside one watched allocation (VQ-091)
//   ERROR_NOT_ENOUGH_MEMORY   the kernel has no more mappings
WINMEM_API UINT WINAPI ResetWriteWatch(LPVOID address, SIZE_T size);

// Physical pages: they have no address, keep what they hold, and appear in a window (an allocation
// with MEM_PHYSICAL) where they are mapped, one place at a time. Their errors are documented no
// further than as said here.
//
// process: the own one, (HANDLE)-1. *count: in, how many pages; out, how many there are, fewer
// where memory is short. pages: their numbers, which mean nothing else. They hold zeros.
//   ERROR_PRIVILEGE_NOT_HELD  without SeLockMemoryPrivilege
//   ERROR_INVALID_HANDLE      any other process
//   ERROR_NOACCESS            a pointer that cannot be written
//   ERROR_COMMITMENT_LIMIT, ERROR_NOT_ENOUGH_MEMORY  not one page is left
WINMEM_API BOOL WINAPI AllocateUserPhysicalPages(HANDLE process, PULONG_PTR count,
                                                 PULONG_PTR pages);

// Maps `count` pages from address on (rounded down to a page), in place of those that were mapped
// there; pages NULL: maps none. A call that fails maps none and unmaps none.
//   ERROR_INVALID_PARAMETER   count 0; not all inside one window; what is no page, twice the same
//                             page, or a page that is mapped elsewhere
//   ERROR_NOACCESS            a pointer that cannot be read
//   ERROR_NOT_ENOUGH_MEMORY   the kernel has no more mappings
WINMEM_API BOOL WINAPI MapUserPhysicalPages(PVOID address, ULONG_PTR count, PULONG_PTR pages);

// Frees pages, those that are mapped too. *count: in, how many; out, how many were freed: fewer
// when it fails, which it does at the first that is no page.
//   ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER, ERROR_NOACCESS, ERROR_NOT_ENOUGH_MEMORY
WINMEM_API BOOL WINAPI FreeUserPhysicalPages(HANDLE process, PULONG_PTR count, PULONG_PTR pages);

#endif
