// All heaps of the process, one of which is the process heap.
#include <sched.h>
#include <time.h>

#include "heap/heap.h"

namespace winmem::heap {
namespace {

constinit Lock heaps_lock;

// Held by a thread that forks, until it has forked, and passed by whoever locks its first heap:
// else threads that lock heaps again and again could keep fork waiting for ever.
constinit Lock gate;

// How many the thread has locked.
thread_local std::size_t kept __attribute__((tls_model("initial-exec"))) = 0;

constinit Heap* first = nullptr;
constinit std::atomic<Heap*> process_heap{nullptr};

}  // namespace

Heap* Heap::Process() {
  Heap* heap = process_heap.load(std::memory_order_acquire);
  if (heap != nullptr) return heap;
  const LockGuard guard(&heaps_lock);
  heap = process_heap.load(std::memory_order_acquire);
  if (heap == nullptr) {
    heap = Create(0, 0, 0);
    process_heap.store(heap, std::memory_order_release);
  }
  return heap;
}

bool Heap::IsProcess() const {
  return this == process_heap.load(std::memory_order_acquire);
}

void Heap::Enlist() {
  const LockGuard guard(&heaps_lock);
  next_ = first;
  if (first != nullptr) first->prior_ = this;
  first = this;
}

void Heap::Delist() {
  const LockGuard guard(&heaps_lock);
  if (next_ != nullptr) next_->prior_ = prior_;
  if (prior_ != nullptr) {
    prior_->next_ = next_;
  } else if (first == this) {
    first = next_;
  }
}

void Heap::Keep() {
  if (kept == 0) const LockGuard passed(&gate);
  lock_.Acquire();
  ++kept;
}

void Heap::EndKeep() {
  --kept;
  lock_.Release();
}

bool Heap::AcquireSoon() {
  constexpr int kTries = 100;
  for (int i = 0; i < kTries; ++i) {
    if (lock_.TryAcquire()) return true;
    sched_yield();
  }
  return false;
}

// A thread may hold several heaps, locked in any order, and make another: whoever waited for one
// while it has others could wait for ever.
void Heap::HoldAll() {
  constexpr timespec kPause = {0, 100'000};
  gate.Acquire();
  for (;;) {
    heaps_lock.Acquire();
    Heap* heap = first;
    while (heap != nullptr && heap->AcquireSoon()) heap = heap->next_;
    if (heap == nullptr) return;
    while ((heap = heap->prior_) != nullptr) heap->lock_.Release();
    heaps_lock.Release();
    nanosleep(&kPause, nullptr);
  }
}

void Heap::LetAllGo() {
  for (Heap* heap = first; heap != nullptr; heap = heap->next_) heap->lock_.Release();
  heaps_lock.Release();
  gate.Release();
}

}  // namespace winmem::heap
