#include "virtual/maps_line.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace {

using winmem::vm::MapsLine;
using winmem::vm::MapsLineParser;

bool Parse(std::string_view text, MapsLine* line) {
  MapsLineParser parser;
  for (const char c : text) parser.Feed(c);
  return parser.Finish(line);
}

TEST(MapsLine, ReadsAFile) {
  MapsLine line;
  ASSERT_TRUE(Parse("7c1c0000-7c1e1000 r-xp 00001000 08:01 1234   /a b-c:d", &line));
  EXPECT_EQ(line.begin, 0x7c1c0000u);
  EXPECT_EQ(line.end, 0x7c1e1000u);
  EXPECT_TRUE(line.read);
  EXPECT_FALSE(line.write);
  EXPECT_TRUE(line.execute);
  EXPECT_FALSE(line.shared);
  EXPECT_NE(line.file, 0u);
}

TEST(MapsLine, ReadsMemoryOfNoFile) {
  MapsLine line;
  ASSERT_TRUE(Parse("00400000-00401000 rw-p 00000000 00:00 0 ", &line));
  EXPECT_EQ(line.file, 0u);
  EXPECT_TRUE(line.write);
  ASSERT_TRUE(Parse("00400000-00401000 rw-s 00000000 00:01 99  /dev/zero (deleted)", &line));
  EXPECT_TRUE(line.shared);
  EXPECT_NE(line.file, 0u);
}

TEST(MapsLine, TellsFilesThatAreMemoryFromOthers) {
  MapsLine line;
  for (const char* path : {"/memfd:a b (deleted)", "/dev/zero (deleted)", "   /memfd:"}) {
    ASSERT_TRUE(Parse(std::string("00400000-00401000 rw-s 0 00:01 99 ") + path, &line));
    EXPECT_TRUE(line.in_memory) << path;
  }
  for (const char* path : {"", "/memfd", "/memory/memfd:", "/dev/zerx", "[heap]"}) {
    ASSERT_TRUE(Parse(std::string("00400000-00401000 rw-s 0 00:01 99 ") + path, &line));
    EXPECT_FALSE(line.in_memory) << path;
  }
}

TEST(MapsLine, RefusesEverythingElse) {
  MapsLine line;
  for (const char* text :
       {"", "garbage", "00400000-00401000 rw", "00401000-00400000 rw-p 0 00:00 0",
        "00400000-00401000 rw-pp 0 00:00 0"}) {
    EXPECT_FALSE(Parse(text, &line)) << text;
  }
}

}  // namespace
