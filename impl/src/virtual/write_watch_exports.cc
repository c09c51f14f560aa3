// The Win32 names of write watching.
#include <algorithm>

#include "system/last_error.h"
#include "system/layout.h"
#include "virtual/caller_memory.h"
#include "virtual/write_watch.h"

namespace {

using namespace winmem;

UINT Answer(DWORD error) {
  if (error == ERROR_SUCCESS) return 0;
  system::SetLastErrorCode(error);
  return ~UINT{0};
}

}  // namespace

UINT GetWriteWatch(DWORD flags, PVOID address, SIZE_T size, PVOID* addresses, ULONG_PTR* count,
                   LPDWORD granularity) {
  DWORD error = vm::CheckWatch(flags, address, size);
  if (error != ERROR_SUCCESS) return Answer(error);
  ULONG_PTR room = 0;
  error = vm::CopyForCaller(&room, count, sizeof room);  // VQ-080
  if (error == ERROR_SUCCESS && room == 0) error = ERROR_INVALID_PARAMETER;
  // More room than the range has pages is never needed, nor looked at.
  const SIZE_T most = std::min<SIZE_T>(room, size / system::kPageSize + 2);
  if (error == ERROR_SUCCESS)
    error = vm::ProbeForWrite(addresses, most * sizeof *addresses);  // VQ-082
  if (error == ERROR_SUCCESS) error = vm::ProbeForWrite(count, sizeof *count);
  if (error == ERROR_SUCCESS)
    error = vm::ProbeForWrite(granularity, sizeof *granularity);  // VQ-718
  if (error != ERROR_SUCCESS) return Answer(error);

  vm::NumberList found;
  error = vm::FindWritten(flags, address, size, most, &found);
  if (error != ERROR_SUCCESS) return Answer(error);
  const ULONG_PTR told = found.count();
  constexpr DWORD kGranularity = system::kPageSize;
  error = vm::CopyForCaller(addresses, found.data(), told * sizeof *addresses);
  if (error == ERROR_SUCCESS) error = vm::CopyForCaller(count, &told, sizeof told);
  if (error == ERROR_SUCCESS)
    error = vm::CopyForCaller(granularity, &kGranularity, sizeof kGranularity);
  return Answer(error);
}

UINT ResetWriteWatch(LPVOID address, SIZE_T size) {
  return Answer(vm::ResetWritten(address, size));
}
