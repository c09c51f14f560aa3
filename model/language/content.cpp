#include "model/language/content.h"

namespace winmem {
namespace {

constexpr unsigned index_bits = 37;  // offsets below 2^40, in words of eight bytes
constexpr unsigned seed_bits = 16;
constexpr std::uint64_t mix_a = 0xbf58476d1ce4e5b9u, mix_b = 0x94d049bb133111ebu;
constexpr std::uint64_t start = 0x9e3779b97f4a7c15u;

/// The inverse of an odd number modulo 2^64, by Newton's method: five steps double 5 right bits to
/// 64 and more.
constexpr std::uint64_t inverse(std::uint64_t odd) {
  std::uint64_t x = odd * 3 ^ 2;
  for (int i = 0; i < 4; ++i) x *= 2 - odd * x;
  return x;
}
static_assert(mix_a * inverse(mix_a) == 1 && mix_b * inverse(mix_b) == 1);

constexpr std::uint64_t mix(std::uint64_t x) {
  x ^= x >> 32;
  x *= mix_a;
  x ^= x >> 32;
  x *= mix_b;
  return x ^ x >> 32;
}

constexpr std::uint64_t unmix(std::uint64_t x) {
  x ^= x >> 32;
  x *= inverse(mix_b);
  x ^= x >> 32;
  x *= inverse(mix_a);
  return x ^ x >> 32;
}

constexpr std::uint64_t word_at(std::uint32_t seed, std::uint64_t index) {
  return mix(((static_cast<std::uint64_t>(seed) << index_bits) ^ index) + start);
}

/// Whether these eight bytes stand in a pattern, and where.
constexpr bool decode(std::uint64_t word, std::uint32_t& seed, std::uint64_t& index) {
  const std::uint64_t key = unmix(word) - start;
  if ((key >> (index_bits + seed_bits)) != 0) return false;
  seed = static_cast<std::uint32_t>(key >> index_bits);
  index = key & ((std::uint64_t{1} << index_bits) - 1);
  return true;
}

/// Eight equal bytes never are a piece of a pattern: a fill is always told as one.
constexpr bool no_equal_bytes() {
  for (std::uint64_t byte = 0; byte < 256; ++byte) {
    std::uint32_t seed = 0;
    std::uint64_t index = 0;
    if (decode(byte * 0x0101010101010101u, seed, index)) return false;
  }
  return true;
}
static_assert(no_equal_bytes());

std::uint64_t load(const std::uint8_t* bytes) {
  std::uint64_t word = 0;
  __builtin_memcpy(&word, bytes, sizeof word);  // all the systems we run on are little-endian
  return word;
}

/// Tells one read. Holds what was found so far, so that a pattern that goes on is known again after
/// a short interruption.
struct Teller {
  const std::uint8_t* bytes;
  std::uint64_t count;
  Span<const std::uint32_t> seeds;
  bool known = false;            ///< a pattern was seen:
  std::uint32_t seed = 0;        ///< its seed
  std::uint64_t phase = 0;       ///< its offset at byte 0 of the read
  std::uint32_t budget = 65536;  ///< words that may still be tried for short pieces

  std::uint64_t equal_bytes(std::uint64_t at) const;
  std::uint64_t pattern_bytes(std::uint64_t at, std::uint32_t seed, std::uint64_t offset) const;
  bool is_seed(std::uint32_t seed) const;
  Run pattern_at(std::uint64_t at) const;
  Run short_piece(std::uint64_t at);
  Run next(std::uint64_t at);
};

std::uint64_t Teller::equal_bytes(std::uint64_t at) const {
  const std::uint64_t word = bytes[at] * 0x0101010101010101u;
  std::uint64_t end = at;
  while (count - end >= 8 && load(bytes + end) == word) end += 8;
  while (end < count && bytes[end] == bytes[at]) ++end;
  return end - at;
}

/// How many bytes from `at` on are those of the pattern from `offset` on.
std::uint64_t Teller::pattern_bytes(std::uint64_t at, std::uint32_t of,
                                    std::uint64_t offset) const {
  std::uint64_t end = at;
  while (end < count && (offset & 7) != 0 && bytes[end] == pattern_byte(of, offset))
    ++end, ++offset;
  if ((offset & 7) == 0) {
    for (; count - end >= 8 && load(bytes + end) == word_at(of, offset >> 3); offset += 8) end += 8;
    while (end < count && bytes[end] == pattern_byte(of, offset)) ++end, ++offset;
  }
  return end - at;
}

bool Teller::is_seed(std::uint32_t candidate) const {
  for (const std::uint32_t s : seeds)
    if (s == candidate) return true;
  return false;
}

/// The pattern that begins at `at`, found by one of its aligned words; a run of no bytes where
/// there is none.
Run Teller::pattern_at(std::uint64_t at) const {
  Run best;
  for (std::uint64_t shift = 0; shift < 8 && count - at >= shift + 8; ++shift) {
    Run run;
    std::uint64_t index = 0;
    if (!decode(load(bytes + at + shift), run.seed, index) || index * 8 < shift) continue;
    run.is_pattern = true;
    run.offset = index * 8 - shift;
    run.count = pattern_bytes(at, run.seed, run.offset);
    // One word decodes by chance once in 2000; sixteen bytes do not, nor does a word of a seed that
    // the script wrote.
    const std::uint64_t least = is_seed(run.seed) ? shift + 8 : 16;
    if (run.count >= least && run.count > best.count) best = run;
  }
  return best;
}

/// The longest piece of the script's patterns among small offsets that stands at `at`, of at least
/// three bytes, or the whole of a read of two.
Run Teller::short_piece(std::uint64_t at) {
  constexpr std::uint32_t offsets = 0x2000;
  Run best;
  const std::uint64_t left = count - at;
  if (left < 2) return best;
  const std::uint64_t least = at == 0 && count < 3 ? count : 3;
  for (std::uint32_t i = seeds.size; i-- > 0;) {
    if (budget < offsets / 8) return best;
    budget -= offsets / 8;
    std::uint64_t word = word_at(seeds[i], 0);
    for (std::uint64_t offset = 0; offset < offsets; ++offset) {
      const auto byte = static_cast<std::uint8_t>(word);
      word >>= 8;
      if ((offset & 7) == 7) word = word_at(seeds[i], (offset + 1) >> 3);
      if (byte != bytes[at]) continue;
      const std::uint64_t run = pattern_bytes(at, seeds[i], offset);
      if (run < least || run <= best.count) continue;
      best.is_pattern = true;
      best.seed = seeds[i];
      best.offset = offset;
      best.count = run;
    }
    if (best.count == left) return best;
  }
  return best;
}

Run Teller::next(std::uint64_t at) {
  Run equal;
  equal.byte = bytes[at];
  equal.count = equal_bytes(at);
  if (equal.count == count - at || equal.count >= 16) return equal;
  if (known) {
    Run same;
    same.is_pattern = true;
    same.seed = seed;
    same.offset = phase + at;
    same.count = pattern_bytes(at, seed, same.offset);
    if (same.count >= equal.count && same.count >= 2) return same;
  }
  Run run = pattern_at(at);
  if (run.count == 0) run = short_piece(at);
  return run.count >= equal.count ? run : equal;
}

}  // namespace

std::uint64_t pattern_word(std::uint32_t seed, std::uint64_t offset) {
  return word_at(seed, offset >> 3);
}

std::uint8_t pattern_byte(std::uint32_t seed, std::uint64_t offset) {
  return static_cast<std::uint8_t>(word_at(seed, offset >> 3) >> (offset & 7) * 8);
}

bool describe_bytes(const std::uint8_t* bytes, std::uint64_t count, Span<const std::uint32_t> seeds,
                    Arena& arena, Content& content) {
  content = Content{};
  content.runs.data = arena.take<Run>(max_runs);
  if (content.runs.data == nullptr) return false;
  Teller teller{bytes, count, seeds};
  std::uint64_t at = 0;
  while (at < count && content.runs.size < max_runs) {
    const Run run = teller.next(at);
    if (run.is_pattern) {
      teller.known = true;
      teller.seed = run.seed;
      teller.phase = run.offset - at;
    }
    content.runs.data[content.runs.size++] = run;
    at += run.count;
  }
  content.rest = count - at;
  if (content.rest == 0) return true;
  content.hash = content_hash_start;
  for (; at < count; ++at) content.hash = hash_byte(content.hash, bytes[at]);
  return true;
}

}  // namespace winmem
