#include "conformance/agent/core/access.h"

#include <cstring>

#include "conformance/agent/core/guard.h"
#include "conformance/agent/core/handlers.h"
#include "conformance/agent/core/memory.h"
#include "conformance/agent/core/outcome.h"
#include "conformance/agent/core/platform.h"
#include "conformance/agent/core/primitives.h"
#include "model/language/content.h"

namespace winmem::agent {

namespace {

constexpr unsigned most_seeds = 64;
std::uint32_t seeds[most_seeds];
std::uint32_t seed_count;

constexpr std::uint8_t return_instruction = 0xc3;
/// Where this script wrote return instructions and nothing since: execute goes nowhere else.
constexpr unsigned most_returns = 64;
platform::Range returns[most_returns];
unsigned return_count;

void remember_seed(std::uint32_t seed) {
  for (std::uint32_t i = 0; i < seed_count; ++i)
    if (seeds[i] == seed) return;
  if (seed_count < most_seeds) seeds[seed_count++] = seed;
}

bool overlap(std::uint64_t begin, std::uint64_t end, const platform::Range& range) {
  return begin < range.end && range.begin < end;
}

void remember_write(std::uint64_t begin, std::uint64_t size, bool returns_there) {
  const std::uint64_t end = begin + size;
  for (unsigned i = 0; i < return_count;) {
    if (overlap(begin, end, returns[i]))
      returns[i] = returns[--return_count];
    else
      ++i;
  }
  if (returns_there && return_count < most_returns) returns[return_count++] = {begin, end};
}

bool returns_at(std::uint64_t address) {
  for (unsigned i = 0; i < return_count; ++i)
    if (overlap(address, address + 1, returns[i])) return true;
  return false;
}

/// A guarded call of a primitive; what it raised becomes the outcome.
template <typename Function>
bool run(Request& request, Outcome& outcome, Function function, std::uintptr_t a,
         std::uintptr_t b = 0, std::uintptr_t c = 0) {
  const std::uintptr_t arguments[call_arguments] = {a, b, c};
  std::uintptr_t value;
  Raised what;
  if (guarded(reinterpret_cast<void*>(function), arguments, value, what)) return true;
  raised(outcome, what, request.arena);
  return false;
}

std::uintptr_t block_address() {
  return reinterpret_cast<std::uintptr_t>(memory.block);
}

void play_fill(Request& request, std::uintptr_t p, std::uintptr_t n, Outcome& outcome) {
  auto byte = static_cast<std::uint8_t>(request.arguments[2]);
  remember_write(p, n, byte == return_instruction);
  if (run(request, outcome, primitive::fill, p, n, byte)) returned_ok(outcome);
}

void play_pattern(Request& request, std::uintptr_t p, std::uintptr_t n, Outcome& outcome) {
  auto seed = static_cast<std::uint32_t>(request.arguments[2]);
  remember_seed(seed);
  remember_write(p, n, false);
  for (std::uintptr_t done = 0; done < n;) {
    const std::uintptr_t piece = n - done < block_bytes ? n - done : block_bytes;
    for (std::uintptr_t i = 0; i < piece; i += 8) {
      std::uint64_t word = pattern_word(seed, done + i);
      std::memcpy(memory.block + i, &word, sizeof word);
    }
    if (!run(request, outcome, primitive::copy, p + done, piece, block_address())) return;
    done += piece;
  }
  returned_ok(outcome);
}

void play_read(Request& request, std::uintptr_t p, std::uintptr_t n, Outcome& outcome) {
  for (std::uintptr_t done = 0; done < n;) {
    const std::uintptr_t piece = n - done < block_bytes ? n - done : block_bytes;
    if (!run(request, outcome, primitive::copy, block_address(), piece, p + done)) return;
    done += piece;
  }
  // What does not fit into the block is looked at where it lies: it has just been read.
  const auto* bytes = n <= block_bytes ? memory.block : reinterpret_cast<const unsigned char*>(p);
  outcome.kind = Outcome::Kind::returned;
  outcome.is_content = true;
  if (!describe_bytes(bytes, n, {seeds, seed_count}, request.arena, outcome.content))
    refused(outcome, "content too long");
}

void play_load(Request& request, std::uintptr_t p, Outcome& outcome) {
  std::uint64_t value = 0;
  auto to = reinterpret_cast<std::uintptr_t>(&value);
  bool loaded = false;
  switch (request.arguments[1]) {
    case 1:
      loaded = run(request, outcome, primitive::load1, p, to);
      break;
    case 2:
      loaded = run(request, outcome, primitive::load2, p, to);
      break;
    case 4:
      loaded = run(request, outcome, primitive::load4, p, to);
      break;
    case 8:
      loaded = run(request, outcome, primitive::load8, p, to);
      break;
    default:
      return refused(outcome, "size is not 1, 2, 4 or 8");
  }
  if (loaded) returned(outcome, value);
}

void play_store(Request& request, std::uintptr_t p, Outcome& outcome) {
  const std::uint64_t size = request.arguments[1];
  std::uint64_t value = request.arguments[2];
  auto from = reinterpret_cast<std::uintptr_t>(&value);
  bool stored = false;
  remember_write(p, size, false);
  switch (size) {
    case 1:
      stored = run(request, outcome, primitive::store1, p, from);
      break;
    case 2:
      stored = run(request, outcome, primitive::store2, p, from);
      break;
    case 4:
      stored = run(request, outcome, primitive::store4, p, from);
      break;
    case 8:
      stored = run(request, outcome, primitive::store8, p, from);
      break;
    default:
      return refused(outcome, "size is not 1, 2, 4 or 8");
  }
  if (!stored) return;
  if (static_cast<std::uint8_t>(value) == return_instruction) remember_write(p, 1, true);
  returned_ok(outcome);
}

void play_execute(Request& request, std::uintptr_t p, Outcome& outcome) {
  if (!returns_at(p)) return refused(outcome, "no known 0xC3");
  if (run(request, outcome, p, 0)) returned_ok(outcome);
}

/// Whether the bytes touch what the agent itself lives on.
bool is_own(std::uint64_t p, std::uint64_t n) {
  const std::uint64_t end = p + n < p ? ~std::uint64_t{0} : p + n;
  return overlap(p, end, platform::image()) || overlap(p, end, platform::stack());
}

}  // namespace

void start_accesses() {
  seed_count = 0;
  return_count = 0;
}

void play_access(Request& request, bool readable, Outcome& outcome) {
  const Text name = request.call.function->name;
  auto p = static_cast<std::uintptr_t>(request.arguments[0]);
  auto n = request.call.arguments.size > 1 ? static_cast<std::uintptr_t>(request.arguments[1]) : 1;
  const bool reads = name == Text("read") || name == Text("load");
  if (!(readable && reads) && is_own(p, n)) return refused(outcome, "overlaps agent");
  start_sightings();
  if (name == Text("fill"))
    play_fill(request, p, n, outcome);
  else if (name == Text("pattern"))
    play_pattern(request, p, n, outcome);
  else if (name == Text("read"))
    play_read(request, p, n, outcome);
  else if (name == Text("load"))
    play_load(request, p, outcome);
  else if (name == Text("store"))
    play_store(request, p, outcome);
  else if (name == Text("execute"))
    play_execute(request, p, outcome);
  else
    unsupported(outcome);
  describe_sightings(outcome, request.arena);
}

}  // namespace winmem::agent
