// VirtualQuery: our own reservations from the books, everything else as the kernel says.
#include <algorithm>

#include "system/layout.h"
#include "virtual/address_space.h"
#include "virtual/foreign.h"
#include "virtual/kernel.h"
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

// What the books say around a page that no reservation holds.
struct Gap {
  // Up to here the reservation below has mapped the rest of its granule, which counts as free
  // (VQ-009).
  std::uintptr_t filled;
  std::uintptr_t limit;  // where the reservation above begins

  bool operator==(const Gap&) const = default;
};

// Answers from the books. False where no reservation holds the page; *gap is then what is around.
bool DescribeFromBooks(AddressSpace& space, std::uintptr_t page, MEMORY_BASIC_INFORMATION* info,
                       Gap* gap) {
  Uniform uniform;
  if (space.IsUniform(page, &uniform)) {
    DescribeUniform(uniform, page, info);
    return true;
  }
  const Reservation* below = space.AtOrBelow(page);
  if (below != nullptr && page < below->end()) {
    DescribeOwn(*below, page, info);
    return true;
  }
  const Reservation* above = space.Above(page);
  gap->filled = below == nullptr ? 0 : below->base + below->mapped;
  gap->limit = above != nullptr ? above->base : system::kHighestAddress + 1;
  return false;
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

Surroundings AskKernel(const Gap& gap, std::uintptr_t page) {
  return LookAround(std::max(page, gap.filled));
}

void DescribeGap(const Gap& gap, const Surroundings& around, std::uintptr_t page,
                 MEMORY_BASIC_INFORMATION* info) {
  if (around.mapped && page >= gap.filled) {
    DescribeForeign(around, page, gap.limit, info);
    return;
  }
  const std::uintptr_t end = around.mapped ? gap.filled : around.end == 0 ? gap.limit : around.end;
  info->RegionSize = std::min(end, gap.limit) - page;
  info->State = MEM_FREE;
  info->Protect = PAGE_NOACCESS;  // VQ-007, VQ-707
}

// Whether the kernel told of memory that is not ours: what it saw may have been reserved and
// released since.
bool IsOthers(const Gap& gap, const Surroundings& around, std::uintptr_t page) {
  return !around.mapped || page < gap.filled || kernel.find(page) == 0;
}

// Asks the kernel without the lock, for that takes as long as there are mappings, and looks into
// the books again afterwards. False where they changed every time.
bool DescribeUnlocked(Gap gap, std::uintptr_t page, MEMORY_BASIC_INFORMATION* info) {
  constexpr int kTries = 3;
  for (int i = 0; i < kTries; ++i) {
    const Gap before = gap;
    const Surroundings around = AskKernel(before, page);
    const LockedSpace space;
    if (DescribeFromBooks(*space, page, info, &gap)) return true;
    if (gap == before && IsOthers(gap, around, page)) {
      DescribeGap(gap, around, page, info);
      return true;
    }
  }
  return false;
}

}  // namespace

DWORD Query(const void* named, MEMORY_BASIC_INFORMATION* info) {
  const auto address = reinterpret_cast<std::uintptr_t>(named);
  if (address > system::kHighestAddress) return ERROR_INVALID_PARAMETER;  // VQ-015, VQ-016
  const std::uintptr_t page = system::PageDown(address);
  *info = {};
  info->BaseAddress = Pointer(page);  // VQ-004
  Gap gap;
  {
    const LockedSpace space;
    if (DescribeFromBooks(*space, page, info, &gap)) return ERROR_SUCCESS;
  }
  if (DescribeUnlocked(gap, page, info)) return ERROR_SUCCESS;
  const LockedSpace space;
  if (!DescribeFromBooks(*space, page, info, &gap)) {
    DescribeGap(gap, AskKernel(gap, page), page, info);
  }
  return ERROR_SUCCESS;
}

}  // namespace winmem::vm
