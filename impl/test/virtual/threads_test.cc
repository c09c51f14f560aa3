#include <gtest/gtest.h>

#include <atomic>
#include <random>
#include <thread>
#include <vector>

#include "pages.h"
#include "support/catching.h"
#include "winmem/exception.h"

namespace {

using namespace winmem::test;

void RunInThreads(int threads, void (*work)(unsigned seed)) {
  std::vector<std::thread> all;
  all.reserve(static_cast<std::size_t>(threads));
  for (int i = 0; i < threads; ++i) all.emplace_back(work, static_cast<unsigned>(i));
  for (std::thread& thread : all) thread.join();
}

TEST(Threads, AllocateAndFreeAtOnce) {
  RunInThreads(4, [](unsigned seed) {
    std::mt19937 random(seed);
    for (int i = 0; i < 300; ++i) {
      const SIZE_T size = 0x1000 * (1 + random() % 40);
      char* p = Commit(size);
      p[0] = p[size - 1] = static_cast<char>(seed);
      DWORD old;
      EXPECT_TRUE(VirtualProtect(p, 1, PAGE_READONLY, &old));
      EXPECT_EQ(Describe(p).AllocationBase, p);
      EXPECT_EQ(p[0], static_cast<char>(seed));
      EXPECT_TRUE(Release(p));
    }
  });
}

TEST(Threads, HaveALastErrorEach) {
  SetLastError(5);
  std::thread([] {
    EXPECT_EQ(GetLastError(), 0u);
    SetLastError(6);
  }).join();
  EXPECT_EQ(GetLastError(), 5u);
}

std::atomic<int> guards;
char* shared;

LONG CountGuards(EXCEPTION_POINTERS* exception) {
  if (exception->ExceptionRecord->ExceptionCode != STATUS_GUARD_PAGE_VIOLATION) {
    return EXCEPTION_CONTINUE_SEARCH;
  }
  ++guards;
  return EXCEPTION_CONTINUE_EXECUTION;
}

TEST(Threads, AGuardPageRaisesInOneOfThem) {
  constexpr SIZE_T kPages = 50;
  shared = Commit(kPages * 0x1000, PAGE_READWRITE | PAGE_GUARD);
  guards = 0;
  void* handle = AddVectoredExceptionHandler(1, CountGuards);
  RunInThreads(4, [](unsigned) {
    for (SIZE_T page = 0; page < kPages; ++page)
      *static_cast<volatile char*>(shared + page * 0x1000);
  });
  RemoveVectoredExceptionHandler(handle);
  EXPECT_EQ(guards, static_cast<int>(kPages));
  EXPECT_TRUE(Release(shared));
}

// A fault takes the lock of the address space while others hold it all the time.
TEST(Threads, FaultWhileOthersAllocate) {
  RunInThreads(4, [](unsigned seed) {
    for (int i = 0; i < 200; ++i) {
      if (seed % 2 == 0) {
        Release(Commit(0x10000));
      } else {
        char* p = Commit(0x1000, PAGE_READWRITE | PAGE_GUARD);
        EXPECT_EQ(StatusOfWrite(p), STATUS_GUARD_PAGE_VIOLATION);
        EXPECT_EQ(StatusOfWrite(p), 0u);
        EXPECT_TRUE(Release(p));
      }
    }
  });
}

}  // namespace
