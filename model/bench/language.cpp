// How fast texts are read and printed, names looked up and bytes told. The trace is a mix of all
// families as an agent writes it.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "model/language/bindings.h"
#include "model/language/content.h"
#include "model/language/parse.h"
#include "model/language/print.h"

namespace {

using namespace winmem;

constexpr std::size_t lines = 20000;
constexpr std::size_t room = 256 << 20;

std::string block(std::size_t i) {
  const std::string n = std::to_string(i);
  const std::string p = "p" + n, q = "q" + n, b = "b" + n, g = "g" + n, l = "l" + n;
  return p + " = VirtualAlloc(NULL, 0x20000, MEM_RESERVE, PAGE_NOACCESS) -> 0x7f12a0010000\n" + q +
         " = VirtualAlloc(" + p + "+0x1234, 1, MEM_COMMIT, PAGE_READWRITE) -> 0x7f12a0011000\n" +
         "VirtualQuery(" + q + ", out, sizeof) -> sizeof {BaseAddress=" + q +
         " AllocationBase=" + p +
         " AllocationProtect=PAGE_NOACCESS RegionSize=0x1000 State=MEM_COMMIT"
         " Protect=PAGE_READWRITE Type=MEM_PRIVATE}\n"
         "pattern(" +
         q +
         ", 0x1000, 7) -> ok\n"
         "read(" +
         q +
         "+0xff0, 16) -> pattern(7)+0xff0*16\n"
         "read(" +
         q + "+0x1000, 1) -> raises STATUS_ACCESS_VIOLATION(read, " + q +
         "+0x1000)\n"
         "VirtualProtect(" +
         q +
         ", 1, PAGE_READONLY, out) -> TRUE {old=PAGE_READWRITE}\n"
         "VirtualFree(" +
         p +
         ", 0x1000, MEM_RELEASE) -> FALSE !ERROR_INVALID_PARAMETER\n"
         "VirtualFree(" +
         p + ", 0, MEM_RELEASE) -> TRUE\n" + b +
         " = HeapAlloc(h, HEAP_ZERO_MEMORY, 100) -> 0x55550000" + std::to_string(1000 + i % 9000) +
         "\n"
         "HeapSize(h, 0, " +
         b +
         ") -> 0x64\n"
         "HeapFree(h, 0, " +
         b + ") -> TRUE\n" + g + " = GlobalAlloc(GMEM_MOVEABLE|GMEM_ZEROINIT, 16) -> 0x5f0008\n" +
         l + " = GlobalLock(" + g +
         ") -> 0x555500001000\n"
         "GlobalUnlock(" +
         g +
         ") -> FALSE !ERROR_SUCCESS\n"
         "GlobalFree(" +
         g + ") -> NULL\n";
}

std::string trace() {
  std::string text = "# title: a mix of all families\nh = GetProcessHeap() -> 0x555500000000\n";
  for (std::size_t i = 0; i < lines / 16; ++i) text += block(i);
  return text;
}

struct Parsed {
  std::string text = trace();
  std::unique_ptr<char[]> memory{new char[room]};
  Arena arena{memory.get(), room};
  Script script;
  ParseError error;

  Parsed() {
    if (!parse_script(Text(text.data(), text.size()), arena, script, error)) std::abort();
  }
};

void parse_trace(benchmark::State& state) {
  const std::string text = trace();
  const std::unique_ptr<char[]> memory(new char[room]);
  Script script;
  for (auto _ : state) {
    Arena arena(memory.get(), room);
    ParseError error;
    if (!parse_script(Text(text.data(), text.size()), arena, script, error)) std::abort();
    benchmark::DoNotOptimize(script.steps.data);
  }
  state.SetItemsProcessed(state.iterations() * script.steps.size);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(parse_trace);

void print_trace(benchmark::State& state) {
  const Parsed parsed;
  std::vector<char> text(parsed.text.size() * 2);
  for (auto _ : state) {
    Output out(text.data(), text.size());
    print_script(out, parsed.script);
    benchmark::DoNotOptimize(out.size);
  }
  state.SetItemsProcessed(state.iterations() * parsed.script.steps.size);
}
BENCHMARK(print_trace);

/// What the oracle does with names for each call: resolve its arguments, take up its outcome.
void play_names(benchmark::State& state) {
  Parsed parsed;
  const std::size_t used = parsed.arena.used();
  for (auto _ : state) {
    state.PauseTiming();
    parsed.arena.reset(used);
    Bindings bindings(parsed.script, System(), parsed.arena);
    state.ResumeTiming();
    for (const Step& step : parsed.script.steps) {
      std::uint64_t numbers[max_parameters] = {};
      for (std::uint32_t a = 0; a < step.call.arguments.size; ++a)
        numbers[a] = bindings.resolve(step.call, step.call.arguments[a].value, 0);
      bindings.record(step.call, 0, {numbers, step.call.arguments.size}, step.outcomes[0]);
    }
  }
  state.SetItemsProcessed(state.iterations() * parsed.script.steps.size);
}
BENCHMARK(play_names);

void tell(benchmark::State& state, const std::vector<std::uint8_t>& bytes) {
  char memory[1000];
  for (auto _ : state) {
    Arena arena(memory, sizeof memory);
    Content content;
    if (!describe_bytes(bytes.data(), bytes.size(), {}, arena, content)) std::abort();
    benchmark::DoNotOptimize(content.runs.data);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes.size()));
}

void tell_zeros(benchmark::State& state) {
  tell(state, std::vector<std::uint8_t>(1 << 20));
}
BENCHMARK(tell_zeros);

void tell_pattern(benchmark::State& state) {
  std::vector<std::uint8_t> bytes(1 << 20);
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = pattern_byte(7, i + 3);
  tell(state, bytes);
}
BENCHMARK(tell_pattern);

/// Bytes that are no runs: eight are told, the rest is hashed.
void tell_noise(benchmark::State& state) {
  std::vector<std::uint8_t> bytes(1 << 20);
  std::uint32_t x = 1;
  for (std::uint8_t& byte : bytes)
    byte = static_cast<std::uint8_t>((x = x * 1664525 + 1013904223) >> 24);
  tell(state, bytes);
}
BENCHMARK(tell_noise);

}  // namespace
