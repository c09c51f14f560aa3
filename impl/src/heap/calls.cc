#include "heap/calls.h"

#include <limits>

#include "exception/raise.h"
#include "heap/heap.h"
#include "heap/pages.h"
#include "heap/raise.h"
#include "system/last_error.h"
#include "system/profile.h"

namespace winmem::heap {
namespace {

// Using what is no heap is undefined on Windows (HX-098); here it fails and touches nothing.
Heap* Known(HANDLE handle) {
  Heap* heap = Heap::Find(handle);
  if (heap == nullptr) system::SetLastErrorCode(ERROR_INVALID_HANDLE);
  return heap;
}

// Using what is no block of the heap is undefined on Windows, which ends the process or fails with
// this error (HF-017, HF-702, HX-101); here it fails and touches nothing.
void RefuseBlock() {
  system::SetLastErrorCode(ERROR_INVALID_PARAMETER);
}

// A request that cannot be met. The caller holds no lock and has nothing left to destroy, because a
// handler may continue somewhere else; it may also return here.
void* NoMemory(bool raises, SIZE_T bytes) {
  if (raises) RaiseNoMemory(bytes);                   // HA-039, HA-040, HX-051
  system::SetLastErrorCode(ERROR_NOT_ENOUGH_MEMORY);  // HA-028, HX-046
  return nullptr;
}

// The page's "_HEAP_MAXREQ allocates the maximum that can be had" (CP-26): what a heap that
// grows would give then is unspecified, so there it stays a request that is too large.
void* Allocate(Heap& heap, DWORD flags, SIZE_T bytes, Fault* fault) {
  const LockGuard guard(heap.LockFor(flags));
  if (bytes == _HEAP_MAXREQ && heap.IsFixed() && system::Documented()) {
    bytes = heap.LargestRequest();
    if (bytes == 0) return nullptr;
  }
  return heap.Allocate(bytes, {.zero = (flags & HEAP_ZERO_MEMORY) != 0}, fault);
}

LPVOID AllocOnce(HANDLE handle, DWORD flags, SIZE_T bytes, Fault* fault) {
  Heap* heap = Known(handle);
  if (heap == nullptr) return nullptr;
  void* block = Allocate(*heap, flags, bytes, fault);
  if (block != nullptr || fault->status != 0) return block;
  return NoMemory(heap->Raises(flags), bytes);
}

enum class Outcome { kDone, kNoBlock, kNoMemory, kFaulted };

// *mark: 0, or that of the block since an earlier attempt faulted.
Outcome Resize(Heap& heap, DWORD flags, void** block, SIZE_T bytes, std::uint32_t* mark,
               Fault* fault) {
  const LockGuard guard(heap.LockFor(flags));
  const Place place = heap.Locate(*block);
  if (place.region == nullptr) return Outcome::kNoBlock;
  if (*mark != 0 && !Heap::HasMark(place, *mark)) return Outcome::kNoBlock;
  const bool zero = (flags & HEAP_ZERO_MEMORY) != 0;
  const Where where = (flags & HEAP_REALLOC_IN_PLACE_ONLY) != 0 ? Where::kHere : Where::kAnywhere;
  const Resized resized = heap.Resize(place, bytes, zero, where, block, fault);
  if (resized == Resized::kFaulted) {
    *mark = Heap::Mark(place);
    return Outcome::kFaulted;
  }
  return resized == Resized::kNoMemory ? Outcome::kNoMemory : Outcome::kDone;
}

LPVOID ReAllocOnce(HANDLE handle, DWORD flags, LPVOID block, SIZE_T bytes, std::uint32_t* mark,
                   Fault* fault) {
  Heap* heap = Known(handle);
  if (heap == nullptr) return nullptr;
  if (block == nullptr) {
    system::SetLastErrorCode(NO_ERROR);  // HX-029
    return nullptr;
  }
  switch (Resize(*heap, flags, &block, bytes, mark, fault)) {
    case Outcome::kDone:
      return block;
    case Outcome::kFaulted:
      return nullptr;
    case Outcome::kNoBlock:
      RefuseBlock();
      return nullptr;
    case Outcome::kNoMemory:
      break;
  }
  return NoMemory(heap->Raises(flags), bytes);
}

}  // namespace

HANDLE CreateHeap(DWORD options, SIZE_T initial, SIZE_T maximum) {
  Heap* heap = Heap::Create(options, initial, maximum);
  if (heap != nullptr) return heap->Handle();
  system::SetLastErrorCode(ERROR_NOT_ENOUGH_MEMORY);  // HX-013
  return nullptr;
}

BOOL DestroyHeap(HANDLE handle) {
  Heap* heap = Known(handle);
  if (heap == nullptr) return FALSE;
  if (heap->IsProcess()) {
    system::SetLastErrorCode(ERROR_INVALID_HANDLE);  // HX-028
    return FALSE;
  }
  heap->Destroy();
  return TRUE;
}

LPVOID Alloc(HANDLE handle, DWORD flags, SIZE_T bytes) {
  return exception::RaisingFaults(
      [=](Fault* fault) { return AllocOnce(handle, flags, bytes, fault); });
}

LPVOID ReAlloc(HANDLE handle, DWORD flags, LPVOID block, SIZE_T bytes) {
  std::uint32_t mark = 0;
  return exception::RaisingFaults(
      [=, &mark](Fault* fault) { return ReAllocOnce(handle, flags, block, bytes, &mark, fault); });
}

BOOL Free(HANDLE handle, DWORD flags, LPVOID block) {
  if (flags != 0 && system::Documented()) {
    system::SetLastErrorCode(ERROR_INVALID_PARAMETER);  // CP-33
    return FALSE;
  }
  if (block == nullptr) return TRUE;  // whatever the handle (HF-002, HF-003)
  Heap* heap = Known(handle);
  if (heap == nullptr) return FALSE;
  {
    const LockGuard guard(heap->LockFor(flags));
    const Place place = heap->Locate(block);
    if (place.region != nullptr) {
      heap->Free(place);
      return TRUE;
    }
  }
  RefuseBlock();
  return FALSE;
}

SIZE_T Size(HANDLE handle, DWORD flags, LPCVOID block) {
  constexpr SIZE_T kFailed = std::numeric_limits<SIZE_T>::max();  // HX-053
  Heap* heap = Known(handle);
  if (heap == nullptr) return kFailed;
  {
    const LockGuard guard(heap->LockFor(flags));
    const Place place = heap->Locate(block);
    if (place.region != nullptr) return Heap::SizeOf(place);
  }
  RefuseBlock();
  return kFailed;
}

// A pointer that can be read but is no living block leaves the last error alone (HX-061, HF-008).
BOOL Validate(HANDLE handle, DWORD flags, LPCVOID block) {
  Heap* heap = Known(handle);
  if (heap == nullptr) return FALSE;
  {
    const LockGuard guard(heap->LockFor(flags));
    if (block == nullptr) return heap->Sound() ? TRUE : FALSE;
    if (heap->Locate(block).region != nullptr) return TRUE;
  }
  if (!IsReadable(block)) system::SetLastErrorCode(ERROR_NOACCESS);  // HX-060
  return FALSE;
}

HANDLE ProcessHeap() {
  Heap* heap = Heap::Process();
  if (heap != nullptr) return heap->Handle();
  system::SetLastErrorCode(ERROR_NOT_ENOUGH_MEMORY);
  return nullptr;
}

// A heap that does not serialize excludes nobody, and says TRUE (HX-068).
BOOL LockHeap(HANDLE handle) {
  Heap* heap = Known(handle);
  if (heap == nullptr) return FALSE;
  if (heap->LockFor(0) != nullptr) heap->Keep();
  return TRUE;
}

// To unlock what this thread has not locked is unspecified; here it fails.
BOOL UnlockHeap(HANDLE handle) {
  Heap* heap = Known(handle);
  if (heap == nullptr) return FALSE;
  Lock* lock = heap->LockFor(0);
  if (lock == nullptr) return TRUE;
  if (!lock->HeldByCaller()) {
    system::SetLastErrorCode(ERROR_NOT_LOCKED);
    return FALSE;
  }
  heap->EndKeep();
  return TRUE;
}

}  // namespace winmem::heap
