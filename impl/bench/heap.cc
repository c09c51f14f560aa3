// HeapAlloc and HeapFree against malloc and free, and the steps of moveable memory.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdlib>
#include <random>
#include <vector>

#include "winmem/heap.h"
#include "winmem/moveable.h"

namespace {

void HeapAllocFree(benchmark::State& state) {
  HANDLE heap = GetProcessHeap();
  const auto size = static_cast<SIZE_T>(state.range(0));
  for (auto _ : state) {
    void* block = HeapAlloc(heap, 0, size);
    benchmark::DoNotOptimize(block);
    HeapFree(heap, 0, block);
  }
}
BENCHMARK(HeapAllocFree)->RangeMultiplier(2)->Range(16, 512);

void MallocFree(benchmark::State& state) {
  const auto size = static_cast<std::size_t>(state.range(0));
  for (auto _ : state) {
    void* block = std::malloc(size);
    benchmark::DoNotOptimize(block);
    std::free(block);
  }
}
BENCHMARK(MallocFree)->RangeMultiplier(2)->Range(16, 512);

// Many blocks live at once, freed in an order that has nothing to do with that of their making.
template <typename Alloc, typename Free>
void Shuffled(benchmark::State& state, Alloc alloc, Free free) {
  const auto count = static_cast<std::size_t>(state.range(0));
  std::vector<void*> blocks(count);
  std::vector<std::size_t> order(count);
  for (std::size_t i = 0; i < count; ++i) order[i] = i;
  std::shuffle(order.begin(), order.end(), std::mt19937(1));
  for (auto _ : state) {
    for (std::size_t i = 0; i < count; ++i) blocks[i] = alloc(16 + i % 32 * 16);
    for (const std::size_t i : order) free(blocks[i]);
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

void HeapAllocFreeShuffled(benchmark::State& state) {
  HANDLE heap = HeapCreate(0, 0, 0);
  Shuffled(
      state, [heap](std::size_t size) { return HeapAlloc(heap, 0, size); },
      [heap](void* block) { HeapFree(heap, 0, block); });
  HeapDestroy(heap);
}
BENCHMARK(HeapAllocFreeShuffled)->Arg(1000)->Arg(100000);

void MallocFreeShuffled(benchmark::State& state) {
  Shuffled(
      state, [](std::size_t size) { return std::malloc(size); },
      [](void* block) { std::free(block); });
}
BENCHMARK(MallocFreeShuffled)->Arg(1000)->Arg(100000);

void GlobalAllocLockUnlockFree(benchmark::State& state) {
  for (auto _ : state) {
    HGLOBAL memory = GlobalAlloc(GMEM_MOVEABLE, 64);
    benchmark::DoNotOptimize(GlobalLock(memory));
    GlobalUnlock(memory);
    GlobalFree(memory);
  }
}
BENCHMARK(GlobalAllocLockUnlockFree);

}  // namespace
