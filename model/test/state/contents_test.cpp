#include <gtest/gtest.h>

#include "model/state/contents.h"
#include "model/test/language/reading.h"

namespace winmem::test {
namespace {

using spec::Contents;

/// What a read saw, as a trace writes it.
class Saw {
 public:
  explicit Saw(const std::string& runs) : reading_("read(0x10000, 1) -> " + runs) {
    EXPECT_TRUE(reading_.ok) << runs;
  }
  operator const Content&() const { return reading_.outcome(0).content; }

 private:
  Reading reading_;
};

/// What is known, as a trace writes it; "unknown" where a byte is not.
std::string told(const Contents& contents, std::uint64_t begin, std::uint64_t count) {
  std::string text;
  for (const Run& run : contents.runs(begin, count)) {
    if (!text.empty()) text.append(" ");
    if (run.is_pattern)
      text.append("p")
          .append(std::to_string(run.seed))
          .append("+")
          .append(std::to_string(run.offset));
    else
      text.append(std::to_string(run.byte));
    text.append("*").append(std::to_string(run.count));
  }
  return text.empty() ? "unknown" : text;
}

TEST(Contents, KeepWhatWasWrittenAroundAndInTheMiddle) {
  Contents contents(Contents::byte(0));
  contents.write(10, 20, Contents::byte(7));
  contents.write(12, 14, Contents::pattern(3));
  EXPECT_EQ(told(contents, 0, 30), "0*10 7*2 p3+0*2 7*6 0*10");
}

TEST(Contents, APatternKeepsItsOffsetsWhereItIsCut) {
  Contents contents(Contents::byte(0));
  contents.write(0, 100, Contents::pattern(5));
  contents.write(40, 50, Contents::byte(1));
  EXPECT_EQ(told(contents, 0, 100), "p5+0*40 1*10 p5+50*50");
  EXPECT_EQ(told(contents, 45, 10), "1*5 p5+50*5");
}

TEST(Contents, AWriteOverSeveralPiecesLeavesNoneOfThem) {
  Contents contents(Contents::byte(0));
  for (std::uint64_t i = 0; i < 8; ++i)
    contents.write(i * 10, i * 10 + 5, Contents::byte(static_cast<std::uint8_t>(i)));
  contents.write(5, 75, Contents::byte(9));
  EXPECT_EQ(told(contents, 0, 80), "0*5 9*70 0*5");
  contents.write(20, 20, Contents::byte(1));
  EXPECT_EQ(told(contents, 0, 80), "0*5 9*70 0*5") << "an empty write changes nothing";
}

TEST(Contents, BytesOfAPatternAreThoseThatTheAgentWrites) {
  Contents contents;
  contents.write(3, 40, Contents::pattern(11));
  for (std::uint64_t i = 3; i < 40; ++i) {
    std::uint8_t byte = 0;
    ASSERT_TRUE(contents.at(i, byte));
    EXPECT_EQ(byte, pattern_byte(11, i - 3));
  }
  std::uint8_t byte = 0;
  EXPECT_FALSE(contents.at(2, byte));
  EXPECT_FALSE(contents.at(40, byte));
}

TEST(Contents, ReadAsWhatTheyAreAndAsNothingElse) {
  Contents contents(Contents::byte(0));
  contents.write(16, 32, Contents::pattern(7));
  EXPECT_TRUE(contents.reads_as(0, 48, Saw("0x00*16 pattern(7)+0*16 0x00*16")));
  EXPECT_TRUE(contents.reads_as(20, 4, Saw("pattern(7)+4*4")));
  EXPECT_FALSE(contents.reads_as(20, 4, Saw("pattern(7)+5*4")));
  EXPECT_FALSE(contents.reads_as(0, 16, Saw("0x01*16")));
  EXPECT_FALSE(contents.reads_as(0, 16, Saw("0x00*15 0x01*1")));
}

TEST(Contents, APatternThatWasToldAsBytesIsTheSame) {
  Contents contents;
  contents.write(0, 2, Contents::pattern(7));
  std::string bytes;
  char text[16];
  for (std::uint64_t i = 0; i < 2; ++i) {
    (void)std::snprintf(text, sizeof text, "%s0x%02x*1", i ? " " : "", pattern_byte(7, i));
    bytes += text;
  }
  EXPECT_TRUE(contents.reads_as(0, 2, Saw(bytes)));
}

TEST(Contents, WhatWasUnknownIsKnownOnceItWasRead) {
  Contents contents(Contents::unknown());
  EXPECT_TRUE(contents.reads_as(0, 12, Saw("0x11*4 pattern(2)+0x100*8")));
  EXPECT_EQ(told(contents, 0, 12), "17*4 p2+256*8");
  EXPECT_FALSE(contents.reads_as(0, 4, Saw("0x12*4")));
  EXPECT_EQ(told(contents, 8, 8), "unknown");
}

TEST(Contents, WhatAResetGaveUpMayReadDifferentlyUntilItIsWritten) {
  Contents contents(Contents::byte(5));
  contents.write(0, 16, Contents::given_up());
  EXPECT_TRUE(contents.reads_as(0, 16, Saw("0x05*16")));
  EXPECT_TRUE(contents.reads_as(0, 16, Saw("0x00*16")));
  contents.write(0, 8, Contents::byte(1));
  EXPECT_FALSE(contents.reads_as(0, 16, Saw("0x00*16")));
}

TEST(Contents, TheLengthThatARunTellsMustBeTheLengthOfTheRead) {
  Contents contents(Contents::byte(0));
  EXPECT_FALSE(contents.reads_as(0, 16, Saw("0x00*15")));
  EXPECT_FALSE(contents.reads_as(0, 16, Saw("0x00*17")));
  EXPECT_FALSE(contents.reads_as(8, 16, Saw("0x00*18446744073709551615")));
  EXPECT_FALSE(contents.reads_as(8, 16, Saw("0x00*8 0x00*18446744073709551615")));
}

TEST(Contents, BeyondEightRunsAHashTells) {
  Contents contents(Contents::byte(0));
  std::uint64_t hash = content_hash_start;
  for (std::uint64_t i = 8; i < 40; ++i) {
    contents.write(i, i + 1, Contents::byte(static_cast<std::uint8_t>(i)));
    hash = hash_byte(hash, static_cast<std::uint8_t>(i));
  }
  char seen[64];
  (void)std::snprintf(seen, sizeof seen, "0x00*8 ... 0x20#0x%llx",
                      static_cast<unsigned long long>(hash));
  EXPECT_TRUE(contents.reads_as(0, 40, Saw(seen)));
  EXPECT_FALSE(contents.reads_as(0, 40, Saw("0x00*8 ... 0x20#0x1234")));
  contents.write(20, 21, Contents::unknown());
  EXPECT_TRUE(contents.reads_as(0, 40, Saw("0x00*8 ... 0x20#0x1234")))
      << "a hash over a byte that is not known tells nothing";
}

TEST(Contents, ResizeCutsOffOrGrows) {
  Contents contents(Contents::byte(4));
  contents.resize(10, 6, Contents::unknown());
  EXPECT_EQ(told(contents, 0, 6), "4*6");
  EXPECT_EQ(told(contents, 6, 1), "unknown") << "what was cut off does not come back";
  contents.resize(6, 20, Contents::byte(0));
  EXPECT_EQ(told(contents, 0, 20), "4*6 0*14");
}

}  // namespace
}  // namespace winmem::test
