#include "model/language/content.h"

#include <gtest/gtest.h>

#include <vector>

#include "model/test/language/reading.h"
#include "model/test/language/script_maker.h"

namespace winmem::test {
namespace {

using Bytes = std::vector<std::uint8_t>;

void append(Bytes& bytes, std::uint32_t seed, std::uint64_t offset, std::uint64_t count) {
  for (std::uint64_t i = 0; i < count; ++i) bytes.push_back(pattern_byte(seed, offset + i));
}

/// The content of a read as it is printed.
std::string told(const Bytes& bytes, std::vector<std::uint32_t> seeds = {}) {
  alignas(16) char memory[2000];
  Arena arena(memory, sizeof memory);
  Content content;
  const Span<const std::uint32_t> known{seeds.data(), static_cast<std::uint32_t>(seeds.size())};
  if (!describe_bytes(bytes.data(), bytes.size(), known, arena, content)) return "no memory";
  // Whatever is told must be exactly these bytes.
  std::size_t at = 0;
  for (const Run& run : content.runs)
    for (std::uint64_t i = 0; i < run.count; ++i, ++at) EXPECT_EQ(byte_of(run, i), bytes[at]);
  std::uint64_t hash = content_hash_start;
  EXPECT_EQ(content.rest, bytes.size() - at);
  for (; at < bytes.size(); ++at) hash = hash_byte(hash, bytes[at]);
  if (content.rest != 0) {
    EXPECT_EQ(content.hash, hash);
  }
  Outcome outcome;
  outcome.is_content = true;
  outcome.content = content;
  Call call;
  call.function = find_function("read");
  char room[2000];
  Output out(room, sizeof room);
  print_outcome(out, Script(), call, outcome, Style::text);
  return string(out.text());
}

TEST(Content, AWordOfAPatternIsItsBytes) {
  for (std::uint64_t offset = 0; offset < 64; ++offset)
    EXPECT_EQ(pattern_byte(7, offset),
              static_cast<std::uint8_t>(pattern_word(7, offset) >> (offset % 8 * 8)));
}

TEST(Content, AByteBehindAPatternIsNoPieceOfIt) {
  Bytes bytes;
  append(bytes, 7, 0, 16);
  bytes.push_back(static_cast<std::uint8_t>(pattern_byte(7, 16) + 1));
  EXPECT_EQ(told(bytes, {7}).substr(0, 18), "pattern(7)+0*16 0x");
}

TEST(Content, ShortPiecesAreLookedForOnlyForAWhile) {
  std::vector<std::uint32_t> seeds;
  for (std::uint32_t i = 0; i < 200; ++i) seeds.push_back(i);
  Bytes bytes;
  for (unsigned i = 0; i < 40; ++i) bytes.push_back(static_cast<std::uint8_t>(37 * i * i + 11 * i));
  EXPECT_NE(told(bytes, seeds).find(" ... "), std::string::npos);
}

TEST(Content, EightBytesTellSeedAndOffset) {
  const Choose choose = random_choices(1);
  for (int round = 0; round < 20000; ++round) {
    const auto seed = static_cast<std::uint32_t>(choose(1 << 16));
    const std::uint64_t offset = choose(std::uint64_t{1} << 40) & ~std::uint64_t{7};
    Bytes bytes;
    append(bytes, seed, offset, 16);
    alignas(16) char memory[1000];
    Arena arena(memory, sizeof memory);
    Content content;
    ASSERT_TRUE(describe_bytes(bytes.data(), 16, {}, arena, content));
    ASSERT_EQ(content.runs.size, 1u);
    ASSERT_EQ(content.runs[0].seed, seed);
    ASSERT_EQ(content.runs[0].offset, offset);
  }
}

TEST(Content, EqualBytesAreOneRun) {
  EXPECT_EQ(told(Bytes(1, 0x41)), "0x41*1");
  EXPECT_EQ(told(Bytes(4096, 0)), "0x00*4096");
  Bytes bytes(16, 0);
  bytes.resize(4096, 0xa5);
  EXPECT_EQ(told(bytes), "0x00*16 0xa5*4080");
  EXPECT_EQ(told({}), "0x00*0");
}

TEST(Content, APatternIsKnownAtEveryPhaseFromSixteenBytesOn) {
  for (std::uint64_t offset = 0; offset < 24; ++offset)
    for (std::uint64_t count = 16; count < 40; ++count) {
      Bytes bytes;
      append(bytes, 65535, offset, count);
      char room[80];
      Output expected(room, sizeof room);
      expected << Text("pattern(65535)+");
      if (offset < 10)
        decimal(expected, offset);
      else
        hex(expected, offset);
      decimal(expected << '*', count);
      EXPECT_EQ(told(bytes), string(expected.text()));
    }
}

TEST(Content, APatternKeepsItsIdentityWhenItIsMovedOrCut) {
  Bytes bytes(5, 0);
  append(bytes, 7, 0xff3, 100);
  append(bytes, 9, 3, 50);
  bytes.resize(bytes.size() + 30, 0xff);
  EXPECT_EQ(told(bytes), "0x00*5 pattern(7)+0xff3*100 pattern(9)+3*50 0xff*30");
}

TEST(Content, AnInterruptedPatternGoesOnWithFewBytes) {
  Bytes bytes;
  append(bytes, 7, 0, 104);
  for (std::size_t i = 100; i < 102; ++i) bytes[i] = static_cast<std::uint8_t>(~bytes[i]);
  const std::string seen = told(bytes);
  EXPECT_EQ(seen.substr(0, 18), "pattern(7)+0*100 0");
  EXPECT_NE(seen.find("pattern(7)+0x66*2"), std::string::npos) << seen;
}

TEST(Content, ShortReadsAreKnownByTheSeedsOfTheScript) {
  Bytes bytes;
  append(bytes, 7, 0xffe, 4);
  EXPECT_EQ(told(bytes, {3, 7}), "pattern(7)+0xffe*4");
  bytes.clear();
  append(bytes, 3, 5, 9);
  EXPECT_EQ(told(bytes, {3, 7}), "pattern(3)+5*9");
  EXPECT_EQ(told({0x41}, {3, 7}), "0x41*1");
}

TEST(Content, AShortPatternBeforeZerosIsKnown) {
  Bytes bytes;
  append(bytes, 7, 0, 10);
  bytes.resize(4096, 0);
  EXPECT_EQ(told(bytes, {7}), "pattern(7)+0*10 0x00*4086");
}

TEST(Content, OtherBytesAreToldUpToEightRunsThenHashed) {
  Bytes bytes;
  for (int i = 0; i < 1000; ++i) bytes.push_back(static_cast<std::uint8_t>(i * i * 31 + i));
  const std::string seen = told(bytes, {1, 2, 3});
  EXPECT_NE(seen.find(" ... "), std::string::npos);
}

TEST(Content, RandomMixturesAreAlwaysToldExactly) {
  const Choose choose = random_choices(5);
  for (int round = 0; round < 3000; ++round) {
    Bytes bytes;
    for (std::uint64_t pieces = choose(6); pieces > 0; --pieces) {
      const std::uint64_t count = choose(50);
      switch (choose(3)) {
        case 0:
          bytes.resize(bytes.size() + count, static_cast<std::uint8_t>(choose(256)));
          break;
        case 1:
          append(bytes, static_cast<std::uint32_t>(choose(4)), choose(5000), count);
          break;
        default:
          for (std::uint64_t i = 0; i < count; ++i)
            bytes.push_back(static_cast<std::uint8_t>(choose(256)));
      }
    }
    told(bytes, {0, 1, 2, 3});
  }
}

TEST(Content, WithoutMemoryItSaysSo) {
  Arena none(nullptr, 0);
  Content content;
  const std::uint8_t byte = 0;
  EXPECT_FALSE(describe_bytes(&byte, 1, {}, none, content));
}

}  // namespace
}  // namespace winmem::test
