#include "heap/lock.h"

namespace winmem::heap {

void Lock::Wait() {
  // From here on the state says that somebody waits, so that whoever releases it wakes one up.
  while (state_.exchange(kContended, std::memory_order_acquire) != kFree) {
    state_.wait(kContended, std::memory_order_relaxed);
  }
}

}  // namespace winmem::heap
