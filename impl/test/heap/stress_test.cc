// Several threads on one heap, for a bounded time.
#include <atomic>
#include <chrono>
#include <random>
#include <thread>
#include <vector>

#include "impl/test/heap/support.h"

namespace winmem::heap_test {
namespace {

constexpr int kThreads = 4;
constexpr int kSlots = 256;
constexpr auto kTime = std::chrono::milliseconds(1000);

// Blocks wander between threads: each takes what lies in a slot and puts something else there. The
// first word of a block says its size, the last byte its check.
void Exchange(HANDLE heap, std::atomic<char*>* slots, unsigned seed) {
  std::mt19937 random(seed);
  const auto end = std::chrono::steady_clock::now() + kTime;
  while (std::chrono::steady_clock::now() < end && !testing::Test::HasFailure()) {
    for (int i = 0; i < 100; ++i) {
      const SIZE_T size = sizeof(SIZE_T) + 1 + random() % (i == 0 ? 2 * kLarge : 1000);
      char* block = Bytes(HeapAlloc(heap, HEAP_ZERO_MEMORY, size));
      ASSERT_NE(block, nullptr);
      ASSERT_EQ(block[size - 1], 0);
      std::memcpy(block, &size, sizeof size);
      block[size - 1] = static_cast<char>(size);
      char* other = slots[random() % kSlots].exchange(block);
      if (other == nullptr) continue;
      SIZE_T found = 0;
      std::memcpy(&found, other, sizeof found);
      ASSERT_EQ(HeapSize(heap, 0, other), found);
      ASSERT_EQ(other[found - 1], static_cast<char>(found));
      if (random() % 4 == 0) other = Bytes(HeapReAlloc(heap, 0, other, found + random() % 500));
      ASSERT_TRUE(HeapFree(heap, 0, other));
    }
  }
}

TEST(ManyThreads, ExchangeBlocksOfOneHeap) {
  const PrivateHeap heap;
  std::vector<std::atomic<char*>> slots(kSlots);
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (unsigned i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] { Exchange(heap, slots.data(), i + 1); });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_TRUE(HeapValidate(heap, 0, nullptr));
  for (auto& slot : slots) EXPECT_TRUE(HeapFree(heap, 0, slot));
}

TEST(ManyThreads, MakeAndDestroyHeaps) {
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([] {
      for (int round = 0; round < 200; ++round) {
        HANDLE heap = HeapCreate(0, 0, round % 2 == 0 ? 0 : 0x10000);
        void* block = HeapAlloc(heap, 0, 100);
        ASSERT_EQ(HeapSize(heap, 0, block), 100u);
        ASSERT_EQ(HeapSize(GetProcessHeap(), 0, block), kFailed);
        ASSERT_TRUE(HeapDestroy(heap));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace winmem::heap_test
