// The Win32 names of this folder that are not written in assembly.
#include "exception/dispatch.h"
#include "exception/vectored.h"
#include "system/last_error.h"

using namespace winmem;

PVOID AddVectoredExceptionHandler(ULONG first, PVECTORED_EXCEPTION_HANDLER handler) {
  void* handle = exception::AddVectored(first != 0, handler);
  if (handle == nullptr) system::SetLastErrorCode(ERROR_NOT_ENOUGH_MEMORY);
  return handle;
}

ULONG RemoveVectoredExceptionHandler(PVOID handle) {
  return exception::RemoveVectored(handle) ? 1 : 0;
}

LPTOP_LEVEL_EXCEPTION_FILTER SetUnhandledExceptionFilter(LPTOP_LEVEL_EXCEPTION_FILTER filter) {
  return exception::SetFilter(filter);
}
