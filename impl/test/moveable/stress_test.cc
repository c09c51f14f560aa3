// Several threads, for a bounded time, and memory that runs out.
#include <atomic>
#include <cerrno>
#include <chrono>
#include <random>
#include <thread>
#include <vector>

#include "impl/test/moveable/support.h"
#include "virtual/kernel.h"

namespace winmem::moveable_test {
namespace {

constexpr int kThreads = 4;
constexpr int kSlots = 64;
constexpr auto kTime = std::chrono::milliseconds(700);

// Takes an object that some thread made, checks it, resizes it and frees it or passes it on.
void Use(HGLOBAL handle, std::mt19937& random) {
  const SIZE_T size = GlobalSize(handle);
  auto* data = static_cast<unsigned char*>(GlobalLock(handle));
  ASSERT_NE(data, nullptr);
  ASSERT_EQ(GlobalHandle(data), handle);
  ASSERT_EQ(data[0], static_cast<unsigned char>(size));
  ASSERT_FALSE(GlobalUnlock(handle));
  if (random() % 3 == 0) {
    ASSERT_EQ(GlobalReAlloc(handle, size + random() % 300, GMEM_MOVEABLE), handle);
  }
  if (random() % 5 == 0) {
    ASSERT_EQ(GlobalDiscard(handle), handle);
    ASSERT_EQ(GlobalFlags(handle), GMEM_DISCARDED);
  }
  ASSERT_EQ(LocalFree(handle), nullptr);
}

void Exchange(std::atomic<HGLOBAL>* slots, unsigned seed) {
  std::mt19937 random(seed);
  const auto end = std::chrono::steady_clock::now() + kTime;
  while (std::chrono::steady_clock::now() < end && !testing::Test::HasFailure()) {
    for (int i = 0; i < 50; ++i) {
      const SIZE_T size = 1 + random() % 400;
      HGLOBAL handle = GlobalAlloc(GMEM_MOVEABLE, size);
      ASSERT_NE(handle, nullptr);
      *static_cast<unsigned char*>(GlobalLock(handle)) = static_cast<unsigned char>(size);
      ASSERT_FALSE(GlobalUnlock(handle));
      HGLOBAL other = slots[random() % kSlots].exchange(handle);
      if (other != nullptr) Use(other, random);
    }
  }
}

TEST(ManyThreads, ExchangeMoveableObjects) {
  std::vector<std::atomic<HGLOBAL>> slots(kSlots);
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (unsigned i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] { Exchange(slots.data(), i + 1); });
  }
  for (std::thread& thread : threads) thread.join();
  for (auto& slot : slots) EXPECT_EQ(GlobalFree(slot), nullptr);
  EXPECT_TRUE(HeapValidate(GetProcessHeap(), 0, nullptr));
}

TEST(HeapLock, OfTheProcessHeapKeepsOthersOutOfMoveableMemory) {
  HGLOBAL handle = GlobalAlloc(GMEM_MOVEABLE, 10);
  std::atomic<bool> started{false};
  std::atomic<bool> released{false};
  HeapLock(GetProcessHeap());
  std::thread other([&] {
    started = true;
    GlobalLock(handle);
    EXPECT_TRUE(released);
  });
  while (!started) std::this_thread::yield();
  for (int i = 0; i < 1000; ++i) std::this_thread::yield();
  released = true;
  HeapUnlock(GetProcessHeap());
  other.join();
  GlobalFree(handle);
}

int NoMap(std::uintptr_t*, std::size_t, int) {
  return ENOMEM;
}
int NoProtect(std::uintptr_t, std::size_t, int) {
  return ENOMEM;
}

TEST(OutOfMemory, FailsWithNotEnoughMemoryAndLosesNothing) {
  HGLOBAL handle = GlobalAlloc(GMEM_MOVEABLE, 100);
  void* fixed = GlobalAlloc(GMEM_FIXED, 0x200000);
  std::memset(Slot(handle), 0x5A, 100);
  const vm::Kernel real = vm::kernel;
  vm::kernel.map = NoMap;
  vm::kernel.protect = NoProtect;
  for (const UINT flags : {UINT{GMEM_FIXED}, UINT{GMEM_MOVEABLE}}) {
    SetLastError(kPoison);
    EXPECT_EQ(GlobalAlloc(flags, 0x200000), nullptr);
    EXPECT_EQ(TakeLastError(), ERROR_NOT_ENOUGH_MEMORY);
  }
  EXPECT_EQ(GlobalReAlloc(handle, 0x200000, GMEM_MOVEABLE), nullptr);
  EXPECT_EQ(TakeLastError(), ERROR_NOT_ENOUGH_MEMORY);
  EXPECT_EQ(GlobalReAlloc(fixed, 0, GMEM_MODIFY | GMEM_MOVEABLE), nullptr);
  EXPECT_EQ(TakeLastError(), ERROR_NOT_ENOUGH_MEMORY);
  vm::kernel = real;
  EXPECT_EQ(GlobalSize(handle), 100u);
  EXPECT_TRUE(AllAre(Slot(handle), 100, 0x5A));
  EXPECT_EQ(GlobalSize(fixed), 0x200000u);
  EXPECT_EQ(GlobalFree(handle), nullptr);
  EXPECT_EQ(GlobalFree(fixed), nullptr);
}

}  // namespace
}  // namespace winmem::moveable_test
