// The bytes that scripts write, and how bytes that were read are told: runs of one byte and runs of
// a pattern.
#pragma once

#include "model/language/script.h"

namespace winmem {

/// Byte `offset` of the pattern of `seed`. Eight bytes at a multiple of eight tell seed and offset
/// (for seeds below 2^16 and offsets below 2^40), so contents that were moved, swapped or aliased
/// show where they came from.
std::uint8_t pattern_byte(std::uint32_t seed, std::uint64_t offset);
/// The aligned eight bytes that hold `offset`, as a little-endian number.
std::uint64_t pattern_word(std::uint32_t seed, std::uint64_t offset);

/// Tells bytes as runs: at most max_runs, then the length and hash of the rest. `seeds` are those
/// that the script wrote so far. False when the arena is used up.
bool describe_bytes(const std::uint8_t* bytes, std::uint64_t count, Span<const std::uint32_t> seeds,
                    Arena& arena, Content& content);

/// Byte `index` that a run denotes.
inline std::uint8_t byte_of(const Run& run, std::uint64_t index) {
  return run.is_pattern ? pattern_byte(run.seed, run.offset + index) : run.byte;
}
/// FNV-1a over 64 bits, started with `content_hash_start`: what stands for the rest of a long
/// content.
constexpr std::uint64_t content_hash_start = 0xcbf29ce484222325u;
constexpr std::uint64_t hash_byte(std::uint64_t hash, std::uint8_t byte) {
  return (hash ^ byte) * 0x100000001b3u;
}

}  // namespace winmem
