#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <thread>
#include <vector>

#include "failing_kernel.h"
#include "pages.h"
#include "support/catching.h"
#include "winmem/exception.h"

namespace {

using namespace winmem::test;
using Pages = std::vector<SIZE_T>;  // numbers of pages, counted from the start of the range

constexpr UINT kFailed = ~0u;

char* Watch(SIZE_T size, DWORD protect = PAGE_READWRITE, DWORD type = MEM_RESERVE | MEM_COMMIT) {
  void* p = VirtualAlloc(nullptr, size, type | MEM_WRITE_WATCH, protect);
  EXPECT_NE(p, nullptr);
  return static_cast<char*>(p);
}

Pages Written(char* p, SIZE_T size, DWORD flags = 0, SIZE_T room = 4096) {
  std::vector<PVOID> list(room, nullptr);
  ULONG_PTR count = room;
  DWORD granularity = 0;
  EXPECT_EQ(GetWriteWatch(flags, p, size, list.data(), &count, &granularity), 0u);
  EXPECT_EQ(granularity, 0x1000u);
  EXPECT_LE(count, room);
  Pages pages;
  for (SIZE_T i = 0; i < std::min<SIZE_T>(count, room); ++i) {
    pages.push_back(static_cast<SIZE_T>(static_cast<char*>(list[i]) - p) / 0x1000);
  }
  return pages;
}

TEST(WriteWatch, TellsWrittenPagesUpwards) {  // VQ-063, VQ-064, VQ-066, VQ-717
  char* p = Watch(0x10000);
  EXPECT_EQ(Written(p, 0x10000), Pages{});
  p[0x4001] = 1;
  p[0x2fff] = 1;
  EXPECT_EQ(Written(p, 0x10000), (Pages{2, 4}));
  EXPECT_EQ(Written(p, 0x10000), (Pages{2, 4}));
  EXPECT_EQ(Written(p + 0x3000, 0x1000), Pages{});
  EXPECT_EQ(Written(p + 0x3000, 0x1001), Pages{1});
  EXPECT_TRUE(Release(p));
}

TEST(WriteWatch, ReadingAndRunningAreNoWriting) {  // VQ-075, VQ-076
  char* p = Watch(0x1000, PAGE_EXECUTE_READWRITE);
  EXPECT_EQ(StatusOfRead(p), 0u);
  EXPECT_EQ(Written(p, 0x1000), Pages{});
  *p = static_cast<char>(0xC3);
  EXPECT_EQ(ResetWriteWatch(p, 0x1000), 0u);
  Execute(p);
  EXPECT_EQ(Written(p, 0x1000), Pages{});
  EXPECT_TRUE(Release(p));
}

TEST(WriteWatch, AResetClearsThePagesThatWereTold) {  // VQ-065, VQ-068
  char* p = Watch(0x10000);
  for (const int page : {1, 2, 4}) p[page * 0x1000] = 1;
  EXPECT_EQ(Written(p, 0x10000, WRITE_WATCH_FLAG_RESET, 1), Pages{1});
  EXPECT_EQ(Written(p, 0x10000, WRITE_WATCH_FLAG_RESET), (Pages{2, 4}));
  EXPECT_EQ(Written(p, 0x10000), Pages{});
  p[0x4000] = 2;
  EXPECT_EQ(Written(p, 0x10000), Pages{4});
  EXPECT_EQ(ResetWriteWatch(p + 0x4000, 0x1000), 0u);
  EXPECT_EQ(Written(p, 0x10000), Pages{});
  EXPECT_EQ(p[0x4000], 2);
  EXPECT_TRUE(Release(p));
}

TEST(WriteWatch, APageCanBeWrittenAndResetAnyNumberOfTimes) {
  char* p = Watch(0x1000);
  for (int i = 0; i < 1000; ++i) {
    *p = static_cast<char>(i);
    ASSERT_EQ(Written(p, 0x1000, WRITE_WATCH_FLAG_RESET), Pages{0});
  }
  EXPECT_TRUE(Release(p));
}

TEST(WriteWatch, MoreThanAFewPagesAreTold) {
  char* p = Watch(0x400000);
  Pages all;
  for (SIZE_T page = 0; page < 0x400; page += 3) {
    p[page * 0x1000] = 1;
    all.push_back(page);
  }
  EXPECT_EQ(Written(p, 0x400000, WRITE_WATCH_FLAG_RESET), all);
  EXPECT_EQ(Written(p, 0x400000), Pages{});
  EXPECT_TRUE(Release(p));
}

TEST(WriteWatch, ProtectionsDoNotDisturbIt) {  // VQ-071, VQ-013
  char* p = Watch(0x10000);
  p[0x2000] = p[0x4000] = 1;
  DWORD old = 0;
  EXPECT_TRUE(VirtualProtect(p, 0x3000, PAGE_READONLY, &old));
  EXPECT_EQ(StatusOfWrite(p + 0x1000), STATUS_ACCESS_VIOLATION);
  EXPECT_EQ(StatusOfWrite(p + 0x2000), STATUS_ACCESS_VIOLATION);
  EXPECT_TRUE(VirtualProtect(p, 0x3000, PAGE_READWRITE, &old));
  EXPECT_EQ(Written(p, 0x10000), (Pages{2, 4}));
  ExpectRegion(p, p, 0x10000, MEM_COMMIT, PAGE_READWRITE);
  p[0x1000] = 1;
  EXPECT_EQ(Written(p, 0x10000), (Pages{1, 2, 4}));
  EXPECT_TRUE(Release(p));
}

TEST(WriteWatch, AGuardComesFirstAndTheWriteCountsBehindIt) {  // VQ-101
  char* p = Watch(0x1000, PAGE_READWRITE | PAGE_GUARD);
  EXPECT_EQ(StatusOfWrite(p), STATUS_GUARD_PAGE_VIOLATION);
  EXPECT_EQ(Written(p, 0x1000), Pages{});
  EXPECT_EQ(StatusOfWrite(p), 0u);
  EXPECT_EQ(Written(p, 0x1000), Pages{0});
  EXPECT_TRUE(Release(p));
}

TEST(WriteWatch, CommitsInAWatchedReservationAreWatched) {  // VA-071, VQ-072, VQ-719
  char* p = Watch(0x10000, PAGE_NOACCESS, MEM_RESERVE);
  EXPECT_EQ(Written(p, 0x10000), Pages{});
  EXPECT_EQ(ResetWriteWatch(p, 0x10000), 0u);
  EXPECT_EQ(VirtualAlloc(p, 0x2000, MEM_COMMIT, PAGE_READWRITE), p);
  EXPECT_EQ(Written(p, 0x10000), Pages{});
  p[0x1000] = 1;
  EXPECT_EQ(VirtualAlloc(p, 0x4000, MEM_COMMIT, PAGE_READWRITE), p);
  EXPECT_EQ(Written(p, 0x10000), Pages{1});
  EXPECT_TRUE(VirtualFree(p, 0x2000, MEM_DECOMMIT));
  EXPECT_EQ(Written(p, 0x10000), Pages{});
  EXPECT_EQ(VirtualAlloc(p, 0x2000, MEM_COMMIT, PAGE_READWRITE), p);
  p[0] = 1;
  EXPECT_EQ(Written(p, 0x10000), Pages{0});
  EXPECT_TRUE(Release(p));
}

TEST(WriteWatch, WhatTheLibraryWritesForTheProgramCounts) {
  char* p = Watch(0x3000);
  auto* info = reinterpret_cast<MEMORY_BASIC_INFORMATION*>(p + 0x1000);
  EXPECT_EQ(VirtualQuery(p, info, sizeof *info), sizeof *info);
  EXPECT_EQ(Written(p, 0x3000), Pages{1});
  EXPECT_TRUE(Release(p));
}

// The kernel does not ask a signal handler: README.md tells what to do.
TEST(WriteWatch, ASystemCallCannotWriteAnUnwrittenPage) {
  char* p = Watch(0x1000);
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  ASSERT_EQ(write(ends[1], "ab", 2), 2);
  EXPECT_EQ(read(ends[0], p, 1), -1);
  EXPECT_EQ(errno, EFAULT);
  *p = 0;
  EXPECT_EQ(read(ends[0], p, 1), 1);
  EXPECT_EQ(*p, 'a');
  close(ends[0]);
  close(ends[1]);
  EXPECT_TRUE(Release(p));
}

TEST(WriteWatch, RefusesWhatIsNotWatched) {  // VQ-084..VQ-091
  char* p = Watch(0x10000);
  char* plain = Commit(0x10000);
  PVOID list[4] = {};
  ULONG_PTR count = 4;
  DWORD granularity = 0;
  const auto fails = [&](DWORD flags, PVOID address, SIZE_T size) {
    ExpectError(kFailed, ERROR_INVALID_PARAMETER,
                [&] { return GetWriteWatch(flags, address, size, list, &count, &granularity); });
  };
  fails(0xdeadbeef, p, 0x10000);
  fails(2, p, 0x10000);
  fails(0, p, 0);
  fails(0, p, 0x20000);
  fails(0, p + 0xF000, 0x1001);
  fails(0, nullptr, 0x10000);
  fails(0, plain, 0x10000);
  fails(0, p, ~SIZE_T{0});
  fails(0, reinterpret_cast<PVOID>(&Release), 0x1000);
  EXPECT_EQ(count, 4u);
  EXPECT_EQ(granularity, 0u);
  for (char* where : {plain, reinterpret_cast<char*>(&Release), static_cast<char*>(nullptr)}) {
    ExpectError(kFailed, ERROR_INVALID_PARAMETER, [=] { return ResetWriteWatch(where, 0x1000); });
  }
  ExpectError(kFailed, ERROR_INVALID_PARAMETER, [=] { return ResetWriteWatch(p, 0); });
  ExpectError(kFailed, ERROR_INVALID_PARAMETER, [=] { return ResetWriteWatch(p, 0x10001); });
  EXPECT_TRUE(Release(p));
  EXPECT_TRUE(Release(plain));
}

TEST(WriteWatch, WantsAllItsPointersAndResetsNothingWithoutThem) {  // VQ-080, VQ-082, VQ-718
  char* p = Watch(0x10000);
  char* no_access = Commit(0x1000, PAGE_READONLY);
  *p = 1;
  PVOID list[4] = {};
  ULONG_PTR count = 4;
  DWORD granularity = 0;
  const auto fails = [&](DWORD error, PVOID* pages, ULONG_PTR* number, DWORD* bytes) {
    ExpectError(kFailed, error, [&] {
      return GetWriteWatch(WRITE_WATCH_FLAG_RESET, p, 0x10000, pages, number, bytes);
    });
  };
  fails(ERROR_NOACCESS, list, nullptr, &granularity);
  fails(ERROR_NOACCESS, nullptr, &count, &granularity);
  fails(ERROR_NOACCESS, list, &count, nullptr);
  fails(ERROR_NOACCESS, reinterpret_cast<PVOID*>(no_access), &count, &granularity);
  fails(ERROR_NOACCESS, reinterpret_cast<PVOID*>(~ULONG_PTR{0xFFF}), &count, &granularity);
  count = 0;
  fails(ERROR_INVALID_PARAMETER, list, &count, &granularity);
  EXPECT_EQ(Written(p, 0x10000), Pages{0});
  EXPECT_TRUE(Release(p));
  EXPECT_TRUE(Release(no_access));
}

TEST(WriteWatch, AResetThatFailsResetsNothing) {
  char* p = Watch(0x100000);
  p[0x1000] = 1;
  for (SIZE_T page = 8; page < 0x100; page += 2) p[page * 0x1000] = 1;
  const Pages before = Written(p, 0x100000);
  for (const FailingKernel::Call call : {FailingKernel::kProtect, FailingKernel::kMap}) {
    std::vector<PVOID> list(4096);
    ULONG_PTR count = list.size();
    DWORD granularity = 0;
    const FailingKernel kernel(call, 1);
    ExpectError(kFailed, ERROR_NOT_ENOUGH_MEMORY, [&] {
      return GetWriteWatch(WRITE_WATCH_FLAG_RESET, p, 0x100000, list.data(), &count, &granularity);
    });
    EXPECT_TRUE(kernel.failed());
  }
  DWORD old = 0;  // a page that is different parts the range in two system calls
  ASSERT_TRUE(VirtualProtect(p + 0x4000, 0x1000, PAGE_NOACCESS, &old));
  for (const int n : {1, 2}) {
    const FailingKernel kernel(FailingKernel::kProtect, n);
    ExpectError(kFailed, ERROR_NOT_ENOUGH_MEMORY, [=] { return ResetWriteWatch(p, 0x100000); });
  }
  EXPECT_EQ(Written(p, 0x100000), before);
  EXPECT_TRUE(Release(p));
}

TEST(WriteWatch, WithoutAMappingToSplitNeighboursCountAsWritten) {
  char* p = Watch(0x4000);
  {
    const FailingKernel kernel(FailingKernel::kProtect, 1);
    EXPECT_EQ(StatusOfWrite(p + 0x1000), 0u);
    EXPECT_TRUE(kernel.failed());
  }
  EXPECT_EQ(Written(p, 0x4000), (Pages{0, 1, 2, 3}));
  EXPECT_TRUE(Release(p));
}

TEST(WriteWatch, ACommitOrProtectThatFailsKeepsTheMarks) {
  char* p = Watch(0x4000);
  p[0x1000] = 1;
  for (const int n : {1, 2}) {
    DWORD old = 0;
    const FailingKernel kernel(FailingKernel::kProtect, n);
    ExpectFalse(ERROR_NOT_ENOUGH_MEMORY,
                [&] { return VirtualProtect(p, 0x4000, PAGE_EXECUTE_READWRITE, &old); });
  }
  EXPECT_EQ(Written(p, 0x4000), Pages{1});
  p[0x2000] = 1;
  EXPECT_EQ(Written(p, 0x4000), (Pages{1, 2}));
  EXPECT_TRUE(Release(p));
}

// One plain instruction each. ThreadSanitizer makes an atomic access inside its own runtime, with
// its locks held: the fault handler must not run there.
__attribute__((no_sanitize("thread"), noinline)) void Store(char* p, int value) {
  *reinterpret_cast<volatile int*>(p) = value;
}
__attribute__((no_sanitize("thread"), noinline)) int Load(const char* p) {
  return *reinterpret_cast<const volatile int*>(p);
}

// What one thread wrote before the other asked is told exactly once.
TEST(WriteWatch, NoWriteOfAnotherThreadIsLost) {
  constexpr SIZE_T kPages = 16;
  char* p = Watch(kPages * 0x1000);
  std::atomic<bool> done = false;
  std::atomic<int> rounds = 0;
  std::thread writer([&] {
    for (int i = 1; i <= 2000; ++i) {
      Store(p + static_cast<SIZE_T>(i) % kPages * 0x1000, i);
      rounds = i;
    }
    done = true;
  });
  std::vector<int> seen(kPages, 0);
  while (!done) {
    // A write that was noted and not yet done would be reset again and again by one who asks all
    // the time.
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    for (const SIZE_T page : Written(p, kPages * 0x1000, WRITE_WATCH_FLAG_RESET)) {
      seen[page] = Load(p + page * 0x1000);
    }
  }
  writer.join();
  for (const SIZE_T page : Written(p, kPages * 0x1000)) {
    seen[page] = Load(p + page * 0x1000);
  }
  for (SIZE_T page = 0; page < kPages; ++page) {
    EXPECT_EQ(seen[page], Load(p + page * 0x1000));
  }
  EXPECT_EQ(rounds, 2000);
  EXPECT_TRUE(Release(p));
}

}  // namespace
