#include "virtual/commit_limit.h"

#include <sys/sysinfo.h>

#include <atomic>
#include <cstdint>

#include "system/layout.h"

namespace winmem::vm {
namespace {

constexpr std::size_t kOfMachine = ~std::size_t{0};
std::atomic<std::size_t> limit{kOfMachine};

std::size_t OfMachine() {
  struct sysinfo info = {};
  if (sysinfo(&info) != 0) return SIZE_MAX;
  const std::uint64_t bytes =
      (std::uint64_t{info.totalram} + std::uint64_t{info.totalswap}) * info.mem_unit;
  return static_cast<std::size_t>(bytes / system::kPageSize);
}

}  // namespace

std::size_t CommitLimit() {
  std::size_t pages = limit.load(std::memory_order_relaxed);
  if (pages == kOfMachine) {
    pages = OfMachine();
    limit.store(pages, std::memory_order_relaxed);
  }
  return pages;
}

void SetCommitLimit(std::size_t pages) {
  limit.store(pages, std::memory_order_relaxed);
}

}  // namespace winmem::vm
