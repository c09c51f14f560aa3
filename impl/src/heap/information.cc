// HeapWalk, HeapCompact, HeapSetInformation, HeapQueryInformation. What callers point to is read
// before the heap is locked and written after.
#include "heap/calls.h"
#include "heap/heap.h"
#include "system/last_error.h"

namespace winmem::heap {
namespace {

constexpr ULONG kStandard = 0, kFrontEndOn = 2;

BOOL Fail(DWORD code) {
  system::SetLastErrorCode(code);
  return FALSE;
}

// The error with which the front end cannot be set to this; NO_ERROR: it is as wanted.
DWORD SetFrontEnd(Heap& heap, ULONG wanted) {
  const LockGuard guard(heap.LockFor(0));
  if (wanted == kFrontEndOn) {
    if (!heap.CanHaveFrontEnd()) return ERROR_INVALID_PARAMETER;  // HX-091, HX-092
    heap.TakeFrontEnd();
    return NO_ERROR;
  }
  if (heap.HasFrontEnd()) return ERROR_GEN_FAILURE;  // HX-090
  return wanted == kStandard ? NO_ERROR : ERROR_INVALID_PARAMETER;
}

}  // namespace

BOOL Walk(HANDLE handle, PROCESS_HEAP_ENTRY* entry) {
  Heap* heap = Heap::Find(handle);
  if (heap == nullptr) return Fail(ERROR_INVALID_HANDLE);
  if (entry == nullptr) return Fail(ERROR_INVALID_PARAMETER);
  PROCESS_HEAP_ENTRY next = *entry;
  Walked walked = Walked::kEnd;
  {
    const LockGuard guard(heap->LockFor(0));
    walked = heap->Walk(&next);
  }
  if (walked == Walked::kEnd) return Fail(ERROR_NO_MORE_ITEMS);  // HX-072
  if (walked == Walked::kUnknown) return Fail(ERROR_INVALID_PARAMETER);
  *entry = next;
  return TRUE;
}

SIZE_T Compact(HANDLE handle, DWORD flags) {
  Heap* heap = Heap::Find(handle);
  if (heap == nullptr) return static_cast<SIZE_T>(Fail(ERROR_INVALID_HANDLE));
  std::size_t most = 0;
  {
    const LockGuard guard(heap->LockFor(flags));
    most = heap->LargestFree();
  }
  if (most == 0) system::SetLastErrorCode(NO_ERROR);  // HX-082
  return most;
}

BOOL SetInformation(HANDLE handle, HEAP_INFORMATION_CLASS what, PVOID data, SIZE_T bytes) {
  if (what == HeapEnableTerminationOnCorruption) return TRUE;  // HX-094
  Heap* heap = Heap::Find(handle);
  if (heap == nullptr) return Fail(ERROR_INVALID_HANDLE);
  if (what != HeapCompatibilityInformation) return Fail(ERROR_INVALID_PARAMETER);
  if (data == nullptr || bytes < sizeof(ULONG)) return Fail(ERROR_INSUFFICIENT_BUFFER);
  const DWORD error = SetFrontEnd(*heap, *static_cast<const ULONG*>(data));
  return error == NO_ERROR ? TRUE : Fail(error);
}

BOOL QueryInformation(HANDLE handle, HEAP_INFORMATION_CLASS what, PVOID data, SIZE_T bytes,
                      PSIZE_T told) {
  Heap* heap = Heap::Find(handle);
  if (heap == nullptr) return Fail(ERROR_INVALID_HANDLE);
  if (what != HeapCompatibilityInformation) return Fail(ERROR_INVALID_PARAMETER);
  if (told != nullptr) *told = sizeof(ULONG);
  if (data == nullptr || bytes < sizeof(ULONG)) return Fail(ERROR_INSUFFICIENT_BUFFER);
  ULONG value = kStandard;
  {
    const LockGuard guard(heap->LockFor(0));
    if (heap->HasFrontEnd()) value = kFrontEndOn;
  }
  *static_cast<ULONG*>(data) = value;
  return TRUE;
}

}  // namespace winmem::heap
