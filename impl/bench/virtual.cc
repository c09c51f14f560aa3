// VirtualAlloc and VirtualFree against what the system itself takes for the same work.
#include <benchmark/benchmark.h>
#include <sys/mman.h>

#include <algorithm>
#include <random>
#include <vector>

#include "winmem/virtual.h"

namespace {

constexpr SIZE_T kGranule = 0x10000;

void BareMapUnmap64K(benchmark::State& state) {
  for (auto _ : state) {
    void* p = mmap(nullptr, kGranule, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    benchmark::DoNotOptimize(p);
    munmap(p, kGranule);
  }
}
BENCHMARK(BareMapUnmap64K);

void VirtualAllocFree64K(benchmark::State& state) {
  for (auto _ : state) {
    void* p = VirtualAlloc(nullptr, kGranule, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
    benchmark::DoNotOptimize(p);
    VirtualFree(p, 0, MEM_RELEASE);
  }
}
BENCHMARK(VirtualAllocFree64K);

// Asks for one reservation after the other, in random order.
void VirtualQueryAmong(benchmark::State& state) {
  std::vector<void*> reservations(static_cast<std::size_t>(state.range(0)));
  for (auto& p : reservations) p = VirtualAlloc(nullptr, kGranule, MEM_RESERVE, PAGE_NOACCESS);
  auto shuffled = reservations;
  std::shuffle(shuffled.begin(), shuffled.end(), std::mt19937(1));
  std::size_t next = 0;
  for (auto _ : state) {
    MEMORY_BASIC_INFORMATION info;
    if (VirtualQuery(shuffled[next], &info, sizeof info) == 0) state.SkipWithError("failed");
    benchmark::DoNotOptimize(info);
    if (++next == shuffled.size()) next = 0;
  }
  for (void* p : reservations) VirtualFree(p, 0, MEM_RELEASE);
}
BENCHMARK(VirtualQueryAmong)->Arg(100)->Arg(100000);

}  // namespace
