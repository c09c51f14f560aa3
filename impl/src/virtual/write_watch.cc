#include "virtual/write_watch.h"

#include <algorithm>

#include "system/layout.h"
#include "virtual/address_space.h"
#include "virtual/pages.h"

namespace winmem::vm {
namespace {

// A null reservation where it is not all inside one watched allocation.
PageRange WatchedPages(AddressSpace& space, void* named, SIZE_T size) {
  const auto address = reinterpret_cast<std::uintptr_t>(named);
  if (size == 0 || !system::InUserSpace(address, size)) return {};  // VQ-085, VQ-090
  const PageRange range = space.Pages(address, size);
  const bool watched = range.reservation != nullptr && range.reservation->write_watch;
  return watched ? range : PageRange{};  // VQ-086..VQ-089, VQ-091
}

// Calls visit(first, end) for the runs of written pages, upwards, cut off behind the first `most`.
template <class Visit>
void ForWritten(const PageRange& range, std::size_t most, Visit visit) {
  range.reservation->pages.ForEach(range.first, range.end, [&](const PageRuns::Run& run) {
    if (run.state.unwritten || most == 0) return;
    const std::size_t count = std::min(run.end - run.first, most);
    visit(run.first, run.first + count);
    most -= count;
  });
}

DWORD Reset(AddressSpace& space, const PageRange& range) {
  if (!PageRuns::Prepare()) return ERROR_NOT_ENOUGH_MEMORY;
  const DWORD error = WatchInKernel(range);
  if (error != ERROR_SUCCESS) return error;
  space.Change(range, [](PageState state) {
    state.unwritten = true;
    return state;
  });
  return ERROR_SUCCESS;
}

}  // namespace

DWORD CheckWatch(DWORD flags, void* address, SIZE_T size) {
  if ((flags & ~WRITE_WATCH_FLAG_RESET) != 0) return ERROR_INVALID_PARAMETER;  // VQ-084
  const LockedSpace space;
  const bool watched = WatchedPages(*space, address, size).reservation != nullptr;
  return watched ? ERROR_SUCCESS : ERROR_INVALID_PARAMETER;
}

DWORD FindWritten(DWORD flags, void* address, SIZE_T size, std::size_t most, NumberList* found) {
  const LockedSpace space;
  const PageRange range = WatchedPages(*space, address, size);
  if (range.reservation == nullptr) return ERROR_INVALID_PARAMETER;
  std::size_t count = 0, end = range.first;
  ForWritten(range, most, [&](std::size_t first, std::size_t last) {
    count += last - first;
    end = last;
  });
  if (!found->Ensure(count)) return ERROR_NOT_ENOUGH_MEMORY;
  ForWritten(range, most, [&](std::size_t first, std::size_t last) {
    for (; first < last; ++first) found->Add(range.reservation->AddressOf(first));
  });
  if (flags == 0 || count == 0) return ERROR_SUCCESS;
  return Reset(*space, {range.reservation, range.first, end});  // those found alone (VQ-068)
}

DWORD ResetWritten(void* address, SIZE_T size) {
  const LockedSpace space;
  const PageRange range = WatchedPages(*space, address, size);
  if (range.reservation == nullptr) return ERROR_INVALID_PARAMETER;
  return Reset(*space, range);
}

}  // namespace winmem::vm
