// How fast the oracle judges: a parsed trace in memory, a mix of all families, one core.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "model/language/parse.h"
#include "model/oracle/oracle.h"

namespace {

using namespace winmem;

/// One round of every family: what programs do most, with failures among it. `base` keeps the
/// rounds' addresses apart.
std::string round_of(unsigned n) {
  char text[4096];
  const unsigned long long region = 0x10000000ull + n * 0x40000ull,
                           block = 0x7000000000ull + n * 0x1000ull;
  std::snprintf(text, sizeof text,
                "p%u = VirtualAlloc(NULL, 0x20000, MEM_RESERVE, PAGE_NOACCESS) -> 0x%llx\n"
                "VirtualAlloc(p%u+0x1000, 0x2000, MEM_COMMIT, PAGE_READWRITE) -> 0x%llx\n"
                "VirtualQuery(p%u, out, sizeof) -> sizeof {BaseAddress=0x%llx "
                "AllocationBase=0x%llx AllocationProtect=PAGE_NOACCESS "
                "RegionSize=0x1000 State=MEM_RESERVE Protect=0 Type=MEM_PRIVATE}\n"
                "VirtualProtect(p%u+0x1000, 1, PAGE_READONLY, out) -> TRUE {old=PAGE_READWRITE}\n"
                "VirtualProtect(p%u, 1, PAGE_READONLY, out) -> FALSE !ERROR_INVALID_ADDRESS\n"
                "VirtualFree(p%u, 0x1000, MEM_RELEASE) -> FALSE !ERROR_INVALID_PARAMETER\n"
                "VirtualFree(p%u+0x1000, 0x1000, MEM_DECOMMIT) -> TRUE\n"
                "VirtualFree(p%u, 0, MEM_RELEASE) -> TRUE\n"
                "h%u = GetProcessHeap() -> 0x6f0000\n"
                "a%u = HeapAlloc(h%u, HEAP_ZERO_MEMORY, 100) -> 0x%llx\n"
                "b%u = HeapAlloc(h%u, 0, 24) -> 0x%llx\n"
                "HeapSize(h%u, 0, a%u) -> 0x64\n"
                "pattern(b%u, 24, %u) -> ok\n"
                "read(b%u, 24) -> pattern(%u)+0*24\n"
                "c%u = HeapReAlloc(h%u, 0, b%u, 48) -> 0x%llx\n"
                "HeapAlloc(h%u, 0, SIZE_MAX) -> NULL !ERROR_NOT_ENOUGH_MEMORY\n"
                "HeapFree(h%u, 0, a%u) -> TRUE\n"
                "HeapFree(h%u, 0, c%u) -> TRUE\n"
                "g%u = GlobalAlloc(GMEM_MOVEABLE, 256) -> 0x%llx\n"
                "d%u = GlobalLock(g%u) -> 0x%llx\n"
                "GlobalFlags(g%u) -> 1\n"
                "GlobalUnlock(g%u) -> FALSE !ERROR_SUCCESS\n"
                "GlobalUnlock(g%u) -> FALSE !ERROR_NOT_LOCKED\n"
                "GlobalFree(g%u) -> NULL\n"
                "l%u = LocalAlloc(LPTR, 10) -> 0x%llx\n"
                "LocalSize(l%u) -> 0xa\n"
                "LocalFree(l%u) -> NULL\n",
                n, region, n, region + 0x1000, n, region, region, n, n, n, n, n, n, n, n, block, n,
                n, block + 0x100, n, n, n, n, n, n, n, n, n, block + 0x200, n, n, n, n, n, n,
                block + 0x408, n, n, block + 0x300, n, n, n, n, n, block + 0x500, n, n);
  return text;
}

void judges_a_mix_of_all_families(benchmark::State& bench) {
  std::string text;
  for (unsigned n = 0; n < 16; ++n) text += round_of(n);
  std::vector<char> memory(16 << 20);
  Arena arena(memory.data(), memory.size());
  Script script;
  ParseError error;
  if (!parse_script(Text(text.data(), text.size()), arena, script, error)) {
    std::fprintf(stderr, "the trace of the benchmark: line %u column %u: expected %s\n", error.line,
                 error.column, error.expected);
    std::exit(2);
  }
  std::size_t calls = 0, judged = 0;
  for (auto _ : bench) {
    spec::Oracle oracle(script, System{}, spec::Profile::windows);
    for (const Step& step : script.steps) {
      const auto verdict = oracle.judge(step, {step.outcomes.data, step.outcomes.size}).verdict;
      judged += verdict == spec::Verdict::conforms;
      if (verdict == spec::Verdict::deviates) {
        std::fprintf(stderr, "the trace of the benchmark deviates in line %u\n", step.line);
        std::exit(2);
      }
    }
    calls += script.steps.size;
  }
  if (judged != calls) {
    std::fprintf(stderr, "only %zu of %zu calls were judged\n", judged, calls);
    std::exit(2);
  }
  bench.SetItemsProcessed(static_cast<std::int64_t>(calls));
}
BENCHMARK(judges_a_mix_of_all_families)->Name("OracleJudge");

}  // namespace
