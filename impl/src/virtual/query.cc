// VirtualQuery: our own reservations from the books, everything else as the kernel says.
#include <algorithm>

#include "system/layout.h"
#include "virtual/address_space.h"
#include "virtual/foreign.h"
#include "virtual/memory.h"

namespace winmem::vm {
namespace {

void* Pointer(std::uintptr_t address) {
  return reinterpret_cast<void*>(address);
}

// Runs that differ only in what VirtualQuery does not tell are one region.
std::size_t EndOfRegion(const PageRuns& pages, const PageRuns::Run& first) {
  std::size_t end = first.end;
  while (end < pages.pages()) {
    const PageRuns::Run next = pages.At(end);
    if (next.state.committed != first.state.committed ||
        next.state.protect != first.state.protect) {
      break;
    }
    end = next.end;
  }
  return end;
}

void DescribeOwn(const Reservation& own, std::uintptr_t page, MEMORY_BASIC_INFORMATION* info) {
  const std::size_t first = own.PageOf(page);
  const PageRuns::Run run = own.pages.At(first);
  info->AllocationBase = Pointer(own.base);
  info->AllocationProtect = own.protect;
  info->RegionSize = (EndOfRegion(own.pages, run) - first) * system::kPageSize;
  info->State = run.state.committed ? MEM_COMMIT : MEM_RESERVE;
  info->Protect = run.state.protect;  // 0 while reserved (VQ-002)
  info->Type = MEM_PRIVATE;
}

void DescribeUniform(const Uniform& own, std::uintptr_t page, MEMORY_BASIC_INFORMATION* info) {
  info->AllocationBase = Pointer(own.base);
  info->AllocationProtect = own.protect;
  info->RegionSize = own.base + own.pages * system::kPageSize - page;
  info->State = own.committed ? MEM_COMMIT : MEM_RESERVE;
  info->Protect = own.page_protect;
  info->Type = MEM_PRIVATE;
}

void DescribeForeign(const Surroundings& around, std::uintptr_t page, std::uintptr_t end,
                     MEMORY_BASIC_INFORMATION* info) {
  info->AllocationBase = Pointer(around.base);
  info->AllocationProtect = around.allocation_protect;
  info->RegionSize = std::min(around.end, end) - page;
  // Shared memory that nobody may touch is what SEC_RESERVE makes on Windows (VQ-024).
  const bool reserved = around.in_memory && around.protect == PAGE_NOACCESS;
  info->State = reserved ? MEM_RESERVE : MEM_COMMIT;
  info->Protect = reserved ? 0 : around.protect;
  info->Type = around.type;
}

}  // namespace

DWORD Query(const void* named, MEMORY_BASIC_INFORMATION* info) {
  const auto address = reinterpret_cast<std::uintptr_t>(named);
  if (address > system::kHighestAddress) return ERROR_INVALID_PARAMETER;  // VQ-015, VQ-016
  const std::uintptr_t page = system::PageDown(address);
  *info = {};
  info->BaseAddress = Pointer(page);  // VQ-004

  const LockedSpace space;
  Uniform uniform;
  if (space->IsUniform(page, &uniform)) {
    DescribeUniform(uniform, page, info);
    return ERROR_SUCCESS;
  }
  const Reservation* below = space->AtOrBelow(page);
  if (below != nullptr && page < below->end()) {
    DescribeOwn(*below, page, info);
    return ERROR_SUCCESS;
  }
  // What is mapped behind a reservation to fill its granule counts as free (VQ-009).
  const std::uintptr_t filled = below == nullptr ? 0 : below->base + below->mapped;
  const Surroundings around = LookAround(std::max(page, filled));
  const Reservation* above = space->Above(page);
  const std::uintptr_t limit = above != nullptr ? above->base : system::kHighestAddress + 1;
  if (around.mapped && page >= filled) {
    DescribeForeign(around, page, limit, info);
    return ERROR_SUCCESS;
  }
  const std::uintptr_t end = around.mapped ? filled : around.end == 0 ? limit : around.end;
  info->RegionSize = std::min(end, limit) - page;
  info->State = MEM_FREE;
  info->Protect = PAGE_NOACCESS;  // VQ-007, VQ-707
  return ERROR_SUCCESS;
}

}  // namespace winmem::vm
