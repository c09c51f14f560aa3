// Children of fork, made while other threads are inside the library.
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "impl/test/heap/support.h"
#include "winmem/exception.h"
#include "winmem/moveable.h"
#include "winmem/virtual.h"

namespace winmem::heap_test {
namespace {

constexpr int kForks = 20;

LONG Search(EXCEPTION_POINTERS*) {
  return EXCEPTION_CONTINUE_SEARCH;
}

bool UseVirtualMemory() {
  void* p = VirtualAlloc(nullptr, 0x10000, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
  return p != nullptr && VirtualFree(p, 0, MEM_RELEASE);
}

bool UseHeap(HANDLE heap) {
  void* block = HeapAlloc(heap, HEAP_ZERO_MEMORY, 100);
  block = HeapReAlloc(heap, 0, block, 5000);
  return block != nullptr && HeapFree(heap, 0, block);
}

bool UseHeaps() {
  HANDLE heap = HeapCreate(0, 0, 0);
  return heap != nullptr && HeapAlloc(heap, 0, kLarge) != nullptr && HeapDestroy(heap);
}

bool UseObjects() {
  HGLOBAL memory = GlobalAlloc(GMEM_MOVEABLE, 100);
  return GlobalLock(memory) != nullptr && GlobalFree(memory) == nullptr;
}

bool UseHandlers() {
  PVOID handle = AddVectoredExceptionHandler(0, Search);
  return handle != nullptr && RemoveVectoredExceptionHandler(handle) != 0;
}

// Threads that do nothing but this until they are told to end.
class Busy {
 public:
  template <class Use>
  void Start(Use use) {
    threads_.emplace_back([this, use] {
      while (!end_) EXPECT_TRUE(use());
    });
  }
  ~Busy() {
    end_ = true;
    for (std::thread& thread : threads_) thread.join();
  }

 private:
  std::atomic<bool> end_{false};
  std::vector<std::thread> threads_;
};

// Whether a child in which `use` is called comes through: it has ten seconds.
template <class Use>
bool ChildCan(Use use) {
  const pid_t child = fork();
  if (child == 0) {
    alarm(10);
    _exit(use() ? 0 : 1);
  }
  int status = -1;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

TEST(Fork, AChildCanUseVirtualMemoryWhereverTheOtherThreadsWere) {
  Busy busy;
  busy.Start(UseVirtualMemory);
  for (int i = 0; i < kForks; ++i) ASSERT_TRUE(ChildCan(UseVirtualMemory));
}

TEST(Fork, AChildCanUseEveryHeapWhereverTheOtherThreadsWere) {
  const PrivateHeap heap;
  Busy busy;
  busy.Start([&] { return UseHeap(heap); });
  busy.Start(UseObjects);
  busy.Start(UseHeaps);
  const auto use = [&] {
    return HeapValidate(heap, 0, nullptr) && HeapValidate(GetProcessHeap(), 0, nullptr) &&
           UseHeap(heap) && UseObjects() && UseHeaps();
  };
  for (int i = 0; i < kForks; ++i) ASSERT_TRUE(ChildCan(use));
}

TEST(Fork, AChildCanAddHandlersWhereverTheOtherThreadsWere) {
  Busy busy;
  busy.Start(UseHandlers);
  for (int i = 0; i < kForks; ++i) ASSERT_TRUE(ChildCan(UseHandlers));
}

TEST(Fork, WaitsForAHeapThatAnotherThreadHasLocked) {
  const PrivateHeap heap;
  std::atomic<bool> locked{false}, released{false}, forked{false};
  std::thread other([&] {
    EXPECT_TRUE(HeapLock(heap));
    locked = true;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    released = true;
    EXPECT_TRUE(HeapUnlock(heap));
    while (!forked) std::this_thread::yield();
  });
  while (!locked) std::this_thread::yield();
  EXPECT_TRUE(ChildCan([&] { return released && UseHeap(heap); }));
  forked = true;
  other.join();
}

TEST(Fork, DoesNotGetStuckBetweenThreadsThatLockHeapsInAnyOrder) {
  const PrivateHeap first, second;
  Busy busy;
  busy.Start([&] {
    for (int i = 0; i < 2; ++i) {
      HANDLE outer = i == 0 ? first : second, inner = i == 0 ? second : first;
      if (!HeapLock(outer) || !HeapLock(inner) || !UseHeaps()) return false;
      if (!HeapUnlock(inner) || !HeapUnlock(outer)) return false;
    }
    return true;
  });
  for (int i = 0; i < kForks; ++i) {
    ASSERT_TRUE(ChildCan([&] { return UseHeap(first) && UseHeap(second); }));
  }
}

TEST(Fork, AHeapThatTheForkingThreadHasLockedItsChildHasLocked) {
  const PrivateHeap heap;
  ASSERT_TRUE(HeapLock(heap));
  EXPECT_TRUE(ChildCan([&] { return HeapUnlock(heap) && !HeapUnlock(heap) && UseHeap(heap); }));
  EXPECT_TRUE(HeapUnlock(heap));
  EXPECT_FALSE(HeapUnlock(heap));
}

TEST(Fork, AHeapThatEndedIsNotWaitedFor) {
  HANDLE heaps[3];
  for (HANDLE& heap : heaps) heap = HeapCreate(0, 0, 0);
  for (const int i : {1, 0, 2}) {
    EXPECT_TRUE(HeapDestroy(heaps[i]));
    EXPECT_TRUE(ChildCan(UseHeaps));
  }
}

}  // namespace
}  // namespace winmem::heap_test
