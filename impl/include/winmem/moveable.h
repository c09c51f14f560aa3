// Fixed and moveable objects: the Global and the Local family.
//
// A fixed object is a block of the process heap, and its handle is the block's address (GA-005). A
// moveable object has a handle apart from its data: the address of a slot that holds the address of
// the data, with the word before it holding the object's state (GA-015, GA-016, GA-017). 65,536
// moveable objects can live at once, those of both families together (GA-033, GA-035). Either
// family takes the objects of the other.
//
// Wherever an object is asked for, the address of a moveable object's data does too: it is then
// taken for a fixed block (GX-012, GX-034). A function that succeeds leaves the last error alone,
// but for the unlocking that sets NO_ERROR. What is refused sets, unless its function says
// otherwise:
//   ERROR_INVALID_HANDLE      a handle that is freed or never was one, an odd value (GF-015,
//   GF-016) ERROR_NOACCESS            an address that cannot be read (GF-018)
// Readable memory that is no block is undefined on Windows; here it is an invalid handle.
#ifndef WINMEM_MOVEABLE_H
#define WINMEM_MOVEABLE_H

#include "types.h"

#define GMEM_FIXED 0x0u
#define GMEM_MOVEABLE 0x2u
#define GMEM_NOCOMPACT 0x10u
#define GMEM_NODISCARD 0x20u
#define GMEM_ZEROINIT 0x40u
#define GMEM_MODIFY 0x80u
#define GMEM_DISCARDABLE 0x100u
#define GMEM_NOT_BANKED 0x1000u
#define GMEM_LOWER GMEM_NOT_BANKED
#define GMEM_SHARE 0x2000u
#define GMEM_DDESHARE 0x2000u
#define GMEM_NOTIFY 0x4000u
#define GMEM_VALID_FLAGS 0x7F72u
#define GHND (GMEM_MOVEABLE | GMEM_ZEROINIT)
#define GPTR (GMEM_FIXED | GMEM_ZEROINIT)

// What GlobalFlags returns.
#define GMEM_LOCKCOUNT 0xFFu
#define GMEM_DISCARDED 0x4000u
#define GMEM_INVALID_HANDLE 0x8000u

#define LMEM_FIXED 0x0u
#define LMEM_MOVEABLE 0x2u
#define LMEM_NOCOMPACT 0x10u
#define LMEM_NODISCARD 0x20u
#define LMEM_ZEROINIT 0x40u
#define LMEM_MODIFY 0x80u
#define LMEM_DISCARDABLE 0xF00u
#define LMEM_VALID_FLAGS 0xF72u
#define LHND (LMEM_MOVEABLE | LMEM_ZEROINIT)
#define LPTR (LMEM_FIXED | LMEM_ZEROINIT)
#define NONZEROLHND LMEM_MOVEABLE
#define NONZEROLPTR LMEM_FIXED
#define NONZEROGHND GMEM_MOVEABLE
#define NONZEROGPTR GMEM_FIXED

// What LocalFlags returns.
#define LMEM_LOCKCOUNT 0xFFu
#define LMEM_DISCARDED 0x4000u
#define LMEM_INVALID_HANDLE 0x8000u

#define GlobalDiscard(memory) GlobalReAlloc((memory), 0, GMEM_MOVEABLE)
#define LocalDiscard(memory) LocalReAlloc((memory), 0, LMEM_MOVEABLE)

// bytes 0: a moveable object begins discarded (GA-019); a fixed block has 1 byte from GlobalAlloc
// (GA-011) and 0 from LocalAlloc (LA-006), and is NULL in the documented profile.
//   ERROR_INVALID_PARAMETER   a flag that does not exist (GA-054, LA-032: weak evidence)
//   ERROR_NOT_ENOUGH_MEMORY   no memory (GA-039), or 65,536 moveable objects live (GA-034)
WINMEM_API HGLOBAL WINAPI GlobalAlloc(UINT flags, SIZE_T bytes);
WINMEM_API HLOCAL WINAPI LocalAlloc(UINT flags, SIZE_T bytes);

// With MODIFY bytes mean nothing: DISCARDABLE marks a moveable object (GX-065), and GlobalReAlloc
// with MOVEABLE makes a fixed block moveable, with its data elsewhere (GX-067, GX-070);
// LocalReAlloc does not (LX-045). Without MODIFY the object gets another size; ZEROINIT clears what
// is added. 0 bytes with MOVEABLE discard a moveable object that is not locked (GX-050).
//   ERROR_INVALID_PARAMETER   DISCARDABLE without MODIFY (GX-060; the code is not tested)
//   ERROR_NOT_ENOUGH_MEMORY   memory is NULL (GX-048); no memory (GX-088); the data had to move:
//                             of a fixed block, or of a locked object, without MOVEABLE (GX-055,
//                             GX-071)
//   unchanged                 0 bytes for a locked object, or without MOVEABLE (GX-718, GX-720)
WINMEM_API HGLOBAL WINAPI GlobalReAlloc(HGLOBAL memory, SIZE_T bytes, UINT flags);
WINMEM_API HLOCAL WINAPI LocalReAlloc(HLOCAL memory, SIZE_T bytes, UINT flags);

// NULL when it succeeds, else memory (GF-019). Locks do not protect an object (GF-007); NULL is
// allowed (GF-701). The address of moveable data frees the data and leaves the object discarded
// (GF-010; what Windows leaves is not known).
WINMEM_API HGLOBAL WINAPI GlobalFree(HGLOBAL memory);
WINMEM_API HLOCAL WINAPI LocalFree(HLOCAL memory);

// The address of the data; a moveable object's lock count rises, up to 255 (GX-016). NULL:
//   ERROR_DISCARDED           it has no data (GX-006)
//   ERROR_INVALID_HANDLE      also an address that cannot be read (GX-010)
//   unchanged                 LocalLock of an address that cannot be read (LX-006)
WINMEM_API LPVOID WINAPI GlobalLock(HGLOBAL memory);
WINMEM_API LPVOID WINAPI LocalLock(HLOCAL memory);

// TRUE while locks remain. FALSE with NO_ERROR: the last lock was undone (GX-014).
//   ERROR_NOT_LOCKED          it is not locked (GX-015); LocalUnlock of any pointer (LX-010,
//   LX-014) ERROR_INVALID_HANDLE      and TRUE from GlobalUnlock (GX-019, GX-020), FALSE from
//   LocalUnlock
// GlobalUnlock of any pointer is TRUE (GX-017, GX-023).
WINMEM_API BOOL WINAPI GlobalUnlock(HGLOBAL memory);
WINMEM_API BOOL WINAPI LocalUnlock(HLOCAL memory);

// What was asked for, to the byte; 0 for a discarded object, and
//   ERROR_INVALID_HANDLE      and 0, for what is no object, NULL too (GX-033, GX-037)
WINMEM_API SIZE_T WINAPI GlobalSize(HGLOBAL memory);
WINMEM_API SIZE_T WINAPI LocalSize(HLOCAL memory);

// The lock count in the low byte, DISCARDED, DISCARDABLE, and for GlobalFlags GMEM_DDESHARE
// (GX-024, GA-045, GA-048); 0 for a fixed block (GX-025). INVALID_HANDLE with
//   ERROR_INVALID_HANDLE      also an address that cannot be read, by GlobalFlags (GX-030)
//   ERROR_NOACCESS            an address that cannot be read, by LocalFlags (LX-018)
WINMEM_API UINT WINAPI GlobalFlags(HGLOBAL memory);
WINMEM_API UINT WINAPI LocalFlags(HLOCAL memory);

// The handle of the object whose data begin at address: the address itself for a fixed block or
// any block of the process heap (GX-041, LX-028). NULL:
//   ERROR_INVALID_HANDLE      no object, NULL too (GX-045); a handle (GX-744)
//   ERROR_NOACCESS            an address that cannot be read, by LocalHandle (LX-029)
WINMEM_API HGLOBAL WINAPI GlobalHandle(LPCVOID address);
WINMEM_API HLOCAL WINAPI LocalHandle(LPCVOID address);

#endif
