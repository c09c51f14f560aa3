// The lock of a heap: a thread that holds it may take it again (HX-069).
#pragma once

#include <pthread.h>
#include <sys/single_threaded.h>

#include <atomic>
#include <cstdint>

namespace winmem::heap {

class Lock {
 public:
  constexpr Lock() = default;
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

  void Acquire() {
    const std::uintptr_t self = Self();
    if (owner_.load(std::memory_order_relaxed) == self) {
      ++depth_;
      return;
    }
    if (IsAlone() && state_.load(std::memory_order_relaxed) == kFree) {
      state_.store(kHeld, std::memory_order_relaxed);
    } else {
      std::uint32_t seen = kFree;
      if (!state_.compare_exchange_strong(seen, kHeld, std::memory_order_acquire)) Wait();
    }
    owner_.store(self, std::memory_order_relaxed);
    depth_ = 1;
  }

  // False: another thread holds it.
  bool TryAcquire() {
    const std::uintptr_t self = Self();
    if (owner_.load(std::memory_order_relaxed) != self) {
      std::uint32_t seen = kFree;
      if (!state_.compare_exchange_strong(seen, kHeld, std::memory_order_acquire)) return false;
      owner_.store(self, std::memory_order_relaxed);
    }
    ++depth_;
    return true;
  }

  // The caller holds the lock.
  void Release() {
    if (--depth_ != 0) return;
    owner_.store(0, std::memory_order_relaxed);
    if (IsAlone()) {
      state_.store(kFree, std::memory_order_relaxed);
    } else if (state_.exchange(kFree, std::memory_order_release) == kContended) {
      state_.notify_one();
    }
  }

  bool HeldByCaller() const { return owner_.load(std::memory_order_relaxed) == Self(); }

 private:
  enum : std::uint32_t { kFree, kHeld, kContended };

  // Whether no other thread exists: what nobody can see need not be atomic. Making a thread orders
  // what was before it, joining one what it did.
  static bool IsAlone() { return __libc_single_threaded != 0; }
  static std::uintptr_t Self() { return static_cast<std::uintptr_t>(pthread_self()); }
  void Wait();

  std::atomic<std::uint32_t> state_{kFree};
  std::atomic<std::uintptr_t> owner_{0};  // the thread that holds it; only that thread sees itself
  std::uint32_t depth_ = 0;               // how often the owner holds it
};

class LockGuard {
 public:
  explicit LockGuard(Lock* lock) : lock_(lock) {
    if (lock_ != nullptr) lock_->Acquire();
  }
  ~LockGuard() {
    if (lock_ != nullptr) lock_->Release();
  }
  LockGuard(const LockGuard&) = delete;
  LockGuard& operator=(const LockGuard&) = delete;

 private:
  Lock* lock_;  // null: nothing is locked
};

}  // namespace winmem::heap
