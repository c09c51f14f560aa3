#include "system/privilege.h"

#include <atomic>

namespace winmem::system {
namespace {

std::atomic<bool> lock_memory{false};

}  // namespace

bool HoldsLockMemory() {
  return lock_memory.load(std::memory_order_relaxed);
}

void HoldLockMemory(bool held) {
  lock_memory.store(held, std::memory_order_relaxed);
}

}  // namespace winmem::system
