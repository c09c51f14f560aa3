#include "conformance/runner/content_equal.h"

#include <gtest/gtest.h>

#include <vector>

namespace winmem::conformance {
namespace {

Run bytes(std::uint8_t byte, std::uint64_t count) {
  return {.byte = byte, .count = count};
}
Run pattern(std::uint32_t seed, std::uint64_t offset, std::uint64_t count) {
  return {.is_pattern = true, .seed = seed, .offset = offset, .count = count};
}

bool equal(std::vector<Run> a, std::vector<Run> b) {
  Content left, right;
  left.runs = {a.data(), static_cast<std::uint32_t>(a.size())};
  right.runs = {b.data(), static_cast<std::uint32_t>(b.size())};
  return content_equal(left, right);
}

TEST(ContentEqual, ComparesBytesAndNotHowTheyAreCut) {
  EXPECT_TRUE(equal({bytes(0, 16)}, {bytes(0, 10), bytes(0, 6)}));
  EXPECT_TRUE(equal({pattern(7, 0, 100)}, {pattern(7, 0, 40), pattern(7, 40, 60)}));
  EXPECT_TRUE(equal({pattern(7, 3, 1)}, {bytes(pattern_byte(7, 3), 1)}));
}

TEST(ContentEqual, SeesOtherBytesAndOtherLengths) {
  EXPECT_FALSE(equal({bytes(0, 16)}, {bytes(0, 15)}));
  EXPECT_FALSE(equal({bytes(0, 16)}, {bytes(0, 15), bytes(1, 1)}));
  EXPECT_FALSE(equal({pattern(7, 0, 100)}, {pattern(7, 1, 100)}));
  EXPECT_FALSE(equal({pattern(7, 0, 100)}, {pattern(8, 0, 100)}));
}

TEST(ContentEqual, HoldsARestThatIsToldByItsHashAgainstTheBytes) {
  std::vector<winmem::Run> whole{bytes(1, 4), bytes(2, 3)}, front{bytes(1, 4)};
  Content told, hashed;
  told.runs = {whole.data(), 2};
  hashed.runs = {front.data(), 1};
  hashed.rest = 3;
  hashed.hash = content_hash_start;
  for (int i = 0; i < 3; ++i) hashed.hash = hash_byte(hashed.hash, 2);
  EXPECT_TRUE(content_equal(told, hashed));
  EXPECT_TRUE(content_equal(hashed, told));
  EXPECT_TRUE(content_equal(hashed, hashed));
  hashed.hash ^= 1;
  EXPECT_FALSE(content_equal(told, hashed));
}

}  // namespace
}  // namespace winmem::conformance
