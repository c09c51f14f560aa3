#include "model/language/system.h"

#include <gtest/gtest.h>

#include "model/test/language/reading.h"

namespace winmem::test {
namespace {

std::string shown(const System& system) {
  char room[512];
  Output out(room, sizeof room);
  print_system(out, system);
  return string(out.text());
}

bool read(const std::string& line, System& system) {
  ParseError error;
  return parse_system(text(line), system, error);
}

/// The column and what was expected there; empty where the line was read.
std::string refusal(const std::string& line) {
  System system;
  ParseError error;
  if (parse_system(text(line), system, error)) return "";
  return std::to_string(error.column) + ": " + error.expected;
}

TEST(SystemLine, NamesWhatDiffersAndKeepsTheRest) {
  System system;
  ASSERT_TRUE(read("bits=64 page=0x1000 granularity=0x10000 version=10.0.19045 heap=nt", system));
  EXPECT_EQ(system.major, 10u);
  EXPECT_EQ(system.build, 19045u);
  EXPECT_EQ(system.maximum, System().maximum);
  EXPECT_EQ(system.heap, HeapKind::nt);
  ASSERT_TRUE(read("heap=segment maximum=0x7fffffff large=0 minimum=0x20000", system));
  EXPECT_EQ(system.heap, HeapKind::segment);
  EXPECT_EQ(system.maximum, 0x7fffffffu);
  EXPECT_EQ(system.large_page, 0u);
  EXPECT_EQ(system.build, 19045u);
}

TEST(SystemLine, AHeapThatIsNotToldIsOfNoKind) {
  for (const std::string line : {"bits=64", "heap=own"}) {
    System system;
    ASSERT_TRUE(read(line, system));
    EXPECT_EQ(system.heap, HeapKind::unknown) << line;
    EXPECT_FALSE(system.nt_heap()) << line;
    EXPECT_EQ(shown(system).find("heap="), std::string::npos) << line;
  }
}

TEST(SystemLine, A32BitProcessHasA32BitMaximum) {
  System system;
  ASSERT_TRUE(read("bits=32", system));
  EXPECT_EQ(system.maximum, 0x7ffeffffu);
  EXPECT_EQ(system.pointer_size(), 4u);
  EXPECT_EQ(system.pointer_mask(), 0xffffffffu);
}

TEST(SystemLine, IsReadBackAsItWasPrinted) {
  System system;
  ASSERT_TRUE(
      read("bits=32 page=0x4000 granularity=0x20000 minimum=0x1000 maximum=0xbfffffff "
           "large=0x400000 version=6.1.7601 heap=segment",
           system));
  System again;
  const std::string once = shown(system);
  ASSERT_TRUE(read(once, again));
  EXPECT_EQ(shown(again), once);
  EXPECT_EQ(once,
            "bits=32 page=0x4000 granularity=0x20000 minimum=0x1000 maximum=0xbfffffff "
            "large=0x400000 version=6.1.7601 heap=segment");
}

TEST(SystemLine, UnknownKeysAndBrokenValuesAreRefused) {
  for (const std::string line :
       {"bits=48", "bits=", "page=x", "pages=1", "version=10", "version=10.", "version=a.b",
        "version=10.0.1.2", "heap=", "bits=64,page=1", "vendor=wine", "page=0x1000000000000000000"})
    EXPECT_NE(refusal(line), "") << line;
  EXPECT_EQ(refusal(""), "");
  EXPECT_EQ(refusal("version=10.0"), "");
  EXPECT_EQ(refusal("bits=64 page=x"), "14: a number");
  EXPECT_EQ(refusal("bits=64 version=ten"), "17: a version such as 10.0.19045");
  EXPECT_EQ(refusal("version=10.0.1000000000"), "24: a version such as 10.0.19045");
}

TEST(SystemLine, NumbersThatNoProcessHasAreRefusedWhereTheyStand) {
  EXPECT_EQ(refusal("bits=7"), "1: bits=32 or bits=64");
  const std::string page = "a page that is a power of two from 0x1000 to 0x10000";
  EXPECT_EQ(refusal("bits=64 page=3"), "9: " + page);
  EXPECT_EQ(refusal("bits=64\tpage=3"), "9: " + page);
  for (const char* line :
       {"page=0", "page=0x800", "page=0x1001", "page=0x20000 granularity=0x20000"})
    EXPECT_EQ(refusal(line), "1: " + page) << line;
  for (const char* line : {"granularity=0", "granularity=0x10001", "granularity=0x80000000",
                           "granularity=0x1000 page=0x10000"})
    EXPECT_EQ(refusal(line), "1: a granularity that is a power of two from one page to 0x40000000")
        << line;
  for (const char* line : {"maximum=0", "maximum=0x7ffdffff", "maximum=0xffffffffffffffff",
                           "maximum=0x100000000 bits=32"})
    EXPECT_EQ(refusal(line).substr(0, 14), "1: a maximum f") << line;
  EXPECT_EQ(refusal("minimum=0x7fff0000"), "1: a minimum of at most 0x7ffeffff");
  for (const char* line : {"large=3", "large=0x800"})
    EXPECT_EQ(refusal(line).substr(0, 15), "1: a large page") << line;
}

TEST(SystemLine, WhatIsWrongBeforeALineIsReadIsRefusedWhereTheLineBegins) {
  System system;
  system.granularity = 3;
  ParseError error;
  EXPECT_FALSE(parse_system(text("bits=64"), system, error));
  EXPECT_EQ(error.column, 1u);
  EXPECT_STREQ(error.expected, "a granularity that is a power of two from one page to 0x40000000");
}

TEST(SystemLine, AMaximumThatA32BitProcessCanHaveIsKept) {
  System system;
  system.maximum = 0xbfffffff;
  ASSERT_TRUE(read("bits=32", system));
  EXPECT_EQ(system.maximum, 0xbfffffffu);
}

TEST(SystemLine, NumbersThatAreUnusualAreTaken) {
  for (const char* line :
       {"large=0", "maximum=0x7ffeffff", "bits=32 maximum=0xfffeffff", "bits=32 maximum=0xffffffff",
        "page=0x10000", "page=0x4000 granularity=0x4000", "maximum=0x7fffffffffffffff"})
    EXPECT_EQ(refusal(line), "") << line;
}

}  // namespace
}  // namespace winmem::test
