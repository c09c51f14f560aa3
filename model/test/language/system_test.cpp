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

TEST(SystemLine, NamesWhatDiffersAndKeepsTheRest) {
  System system;
  ASSERT_TRUE(
      parse_system("bits=64 page=0x1000 granularity=0x10000 version=10.0.19045 heap=nt", system));
  EXPECT_EQ(system.major, 10u);
  EXPECT_EQ(system.build, 19045u);
  EXPECT_EQ(system.maximum, System().maximum);
  EXPECT_TRUE(system.nt_heap);
  ASSERT_TRUE(parse_system("heap=segment maximum=0x7fffffff large=0 minimum=0x20000", system));
  EXPECT_FALSE(system.nt_heap);
  EXPECT_EQ(system.maximum, 0x7fffffffu);
  EXPECT_EQ(system.large_page, 0u);
  EXPECT_EQ(system.build, 19045u);
}

TEST(SystemLine, A32BitProcessHasA32BitMaximum) {
  System system;
  ASSERT_TRUE(parse_system("bits=32", system));
  EXPECT_EQ(system.maximum, 0x7ffeffffu);
  EXPECT_EQ(system.pointer_size(), 4u);
  EXPECT_EQ(system.pointer_mask(), 0xffffffffu);
}

TEST(SystemLine, IsReadBackAsItWasPrinted) {
  System system;
  ASSERT_TRUE(
      parse_system("bits=32 page=0x4000 granularity=0x20000 minimum=0x1000 maximum=0xbfffffff "
                   "large=0x400000 version=6.1.7601 heap=segment",
                   system));
  System again;
  const std::string once = shown(system);
  ASSERT_TRUE(parse_system(text(once), again));
  EXPECT_EQ(shown(again), once);
  EXPECT_EQ(once,
            "bits=32 page=0x4000 granularity=0x20000 minimum=0x1000 maximum=0xbfffffff "
            "large=0x400000 version=6.1.7601 heap=segment");
}

TEST(SystemLine, UnknownKeysAndBrokenValuesAreRefused) {
  for (const std::string line : {"bits=48", "bits=", "page=x", "pages=1", "version=10",
                                 "version=10.", "version=a.b", "version=10.0.1.2", "heap=",
                                 "bits=64,page=1", "vendor=wine", "page=0x1000000000000000000"}) {
    System system;
    EXPECT_FALSE(parse_system(text(line), system)) << line;
  }
  System system;
  EXPECT_TRUE(parse_system("", system));
  EXPECT_TRUE(parse_system("version=10.0", system));
}

}  // namespace
}  // namespace winmem::test
