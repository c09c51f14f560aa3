#include <atomic>
#include <thread>

#include "heap/lock.h"
#include "impl/test/heap/support.h"

namespace winmem::heap_test {
namespace {

// Whether `call`, made by another thread, waits for the lock on the heap that this thread holds. It
// is known to wait when it has not returned before the lock is released: `released` is set first.
template <typename Call>
bool WaitsForTheLock(HANDLE heap, Call call) {
  std::atomic<bool> started{false};
  std::atomic<bool> released{false};
  bool after_release = false;
  EXPECT_TRUE(HeapLock(heap));
  std::thread other([&] {
    started = true;
    call();
    after_release = released;
  });
  while (!started) std::this_thread::yield();
  for (int i = 0; i < 1000; ++i) std::this_thread::yield();
  released = true;
  EXPECT_TRUE(HeapUnlock(heap));
  other.join();
  return after_release;
}

// Makes `call` in another thread while this one holds the lock. It does not end if the call waits.
template <typename Call>
void PlayWhileLocked(HANDLE heap, Call call) {
  EXPECT_TRUE(HeapLock(heap));
  std::thread other(call);
  other.join();
  EXPECT_TRUE(HeapUnlock(heap));
}

TEST(HeapLock, KeepsOtherThreadsOut) {
  const PrivateHeap heap;
  void* block = HeapAlloc(heap, 0, 16);
  EXPECT_TRUE(WaitsForTheLock(heap, [&] { HeapAlloc(heap, 0, 0); }));
  EXPECT_TRUE(WaitsForTheLock(heap, [&] { HeapSize(heap, 0, block); }));
  EXPECT_TRUE(WaitsForTheLock(heap, [&] { HeapFree(heap, 0, block); }));
  EXPECT_TRUE(WaitsForTheLock(heap, [&] {
    HeapLock(heap);
    HeapUnlock(heap);
  }));
}

TEST(HeapLock, IsIgnoredByACallWithNoSerialize) {
  const PrivateHeap heap;
  void* block = HeapAlloc(heap, 0, 16);
  PlayWhileLocked(heap, [&] { EXPECT_TRUE(HeapFree(heap, HEAP_NO_SERIALIZE, block)); });
  PlayWhileLocked(heap, [&] { EXPECT_NE(HeapAlloc(heap, HEAP_NO_SERIALIZE, 0), nullptr); });
}

TEST(HeapLock, KeepsNobodyOutOfAHeapThatDoesNotSerialize) {
  const PrivateHeap heap(HEAP_NO_SERIALIZE);
  PlayWhileLocked(heap, [&] {
    EXPECT_TRUE(HeapLock(heap));
    EXPECT_NE(HeapAlloc(heap, 0, 0), nullptr);
    EXPECT_TRUE(HeapUnlock(heap));
  });
}

TEST(HeapLock, ItsOwnerMayUseTheHeapAndLockItAgain) {
  const PrivateHeap heap;
  EXPECT_TRUE(HeapLock(heap));
  EXPECT_TRUE(HeapLock(heap));
  void* block = HeapAlloc(heap, 0, 16);
  EXPECT_TRUE(HeapFree(heap, 0, block));
  EXPECT_TRUE(HeapUnlock(heap));
  std::atomic<bool> free{false};
  std::thread other([&] {
    HeapAlloc(heap, 0, 16);
    EXPECT_TRUE(free);
  });
  for (int i = 0; i < 1000; ++i) std::this_thread::yield();
  free = true;
  EXPECT_TRUE(HeapUnlock(heap));
  other.join();
}

TEST(HeapUnlock, WhatIsNotLockedCannotBeUnlocked) {
  const PrivateHeap heap;
  SetLastError(kPoison);
  EXPECT_FALSE(HeapUnlock(heap));
  EXPECT_EQ(GetLastError(), ERROR_NOT_LOCKED);
  EXPECT_NE(HeapAlloc(heap, 0, 1), nullptr);
}

TEST(HeapUnlock, AnotherThreadsLockCannotBeUnlocked) {
  const PrivateHeap heap;
  HeapLock(heap);
  std::thread other([&] { EXPECT_FALSE(HeapUnlock(heap)); });
  other.join();
  EXPECT_TRUE(HeapUnlock(heap));
}

TEST(HeapDestroy, AHeapMayBeDestroyedByAnotherThreadThanTheOneThatMadeIt) {
  HANDLE heap = HeapCreate(0, 0, 0);
  std::thread other([&] { EXPECT_TRUE(HeapDestroy(heap)); });
  other.join();
}

TEST(Lock, ExcludesThreadsFromOneAnother) {
  heap::Lock lock;
  int count = 0;
  const auto work = [&] {
    for (int i = 0; i < 20000; ++i) {
      const heap::LockGuard outer(&lock);
      const heap::LockGuard inner(&lock);
      ++count;
    }
  };
  std::thread first(work);
  std::thread second(work);
  std::thread third(work);
  first.join();
  second.join();
  third.join();
  EXPECT_EQ(count, 60000);
  EXPECT_FALSE(lock.HeldByCaller());
}

TEST(Lock, IsTriedWithoutWaitingForAnotherThread) {
  heap::Lock lock;
  EXPECT_TRUE(lock.TryAcquire());
  EXPECT_TRUE(lock.TryAcquire());
  std::thread([&] { EXPECT_FALSE(lock.TryAcquire()); }).join();
  lock.Release();
  EXPECT_TRUE(lock.HeldByCaller());
  lock.Release();
  std::thread([&] {
    EXPECT_TRUE(lock.TryAcquire());
    lock.Release();
  }).join();
}

}  // namespace
}  // namespace winmem::heap_test
