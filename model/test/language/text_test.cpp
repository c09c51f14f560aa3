#include "model/language/text.h"

#include <gtest/gtest.h>

#include <string>

#include "model/test/language/reading.h"

namespace winmem::test {
namespace {

std::string in_hex(std::uint64_t n) {
  char room[32];
  Output out(room, sizeof room);
  return string(hex(out, n).text());
}

std::string in_decimal(std::uint64_t n) {
  char room[32];
  Output out(room, sizeof room);
  return string(decimal(out, n).text());
}

TEST(Text, HexHasAPrefixAndNoLeadingZeros) {
  EXPECT_EQ(in_hex(0), "0x0");
  EXPECT_EQ(in_hex(0xf), "0xf");
  EXPECT_EQ(in_hex(0x10), "0x10");
  EXPECT_EQ(in_hex(0x7f12a0010000), "0x7f12a0010000");
  EXPECT_EQ(in_hex(~0ull), "0xffffffffffffffff");
}

TEST(Text, DecimalIsThatOfTheStandardLibrary) {
  for (std::uint64_t n = 1; n != 0; n = n * 7 + 3) {
    EXPECT_EQ(in_decimal(n), std::to_string(n));
    if (n > ~0ull / 8) break;
  }
  EXPECT_EQ(in_decimal(0), "0");
  EXPECT_EQ(in_decimal(10), "10");
  EXPECT_EQ(in_decimal(~0ull), "18446744073709551615");
}

TEST(Text, TextsAreEqualWhenTheirLettersAre) {
  EXPECT_TRUE(Text("abc") == Text("abcd", 3));
  EXPECT_TRUE(Text("abc") != Text("abd"));
  EXPECT_TRUE(Text("abc") != Text("ab"));
  EXPECT_TRUE(Text() == Text(""));
}

TEST(Output, WhatDoesNotFitIsDroppedAndRemembered) {
  char room[4];
  Output out(room, sizeof room);
  out << Text("abcdef");
  EXPECT_EQ(string(out.text()), "abcd");
  EXPECT_TRUE(out.overflow);
}

TEST(Arena, GivesZeroedAlignedPiecesUntilItIsUsedUp) {
  alignas(16) char memory[64];
  for (char& c : memory) c = 'x';
  Arena arena(memory, sizeof memory);
  ASSERT_NE(arena.take<char>(1), nullptr);
  const std::uint64_t* words = arena.take<std::uint64_t>(3);
  ASSERT_NE(words, nullptr);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(words) % 8, 0u);
  EXPECT_EQ(words[0] | words[1] | words[2], 0u);
  EXPECT_EQ(arena.take<std::uint64_t>(5), nullptr);
  EXPECT_NE(arena.take<std::uint64_t>(4), nullptr);
  EXPECT_EQ(arena.take<char>(1), nullptr);
  EXPECT_EQ(arena.take<std::uint64_t>(~std::size_t{0}), nullptr);
}

}  // namespace
}  // namespace winmem::test
