#include "model/language/constants.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>

#include "model/language/names.h"
#include "model/test/language/reading.h"

namespace winmem::test {
namespace {

std::string shown(Set set, std::uint64_t value) {
  char room[256];
  Output out(room, sizeof room);
  return string(print_constant(out, set, value).text());
}

TEST(Constants, AreFoundByNameInTheSetThatIsAskedForFirst) {
  for (const Constant& constant : constants()) {
    const Constant* found = find_constant(constant.name, constant.set);
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found, &constant) << string(constant.name);
    EXPECT_NE(find_constant(constant.name, Set::boolean), nullptr);
  }
  EXPECT_EQ(find_constant("MEM_NOTHING", Set::allocation_type), nullptr);
  EXPECT_EQ(find_constant("", Set::none), nullptr);
}

TEST(Constants, EachNameStandsOnceInASetAndHasOneValue) {
  std::set<std::pair<Set, std::string>> seen;
  for (const Constant& constant : constants()) {
    EXPECT_TRUE(seen.emplace(constant.set, string(constant.name)).second) << string(constant.name);
    EXPECT_EQ(find_constant(constant.name, Set::none)->value, constant.value);
  }
}

TEST(Constants, NoTwoNamesOfASetShareAValue) {
  std::set<std::pair<Set, std::uint64_t>> seen;
  for (const Constant& constant : constants()) {
    if (constant.set == Set::none) continue;  // second names
    EXPECT_TRUE(seen.emplace(constant.set, constant.value).second) << string(constant.name);
  }
}

TEST(Constants, FlagsArePrintedAsNamesAndTheRestInHex) {
  EXPECT_EQ(shown(Set::allocation_type, 0x3000), "MEM_COMMIT|MEM_RESERVE");
  EXPECT_EQ(shown(Set::allocation_type, 0x40001000), "MEM_COMMIT|0x40000000");
  EXPECT_EQ(shown(Set::allocation_type, 0), "0");
  EXPECT_EQ(shown(Set::allocation_type, 4), "0x4");
  EXPECT_EQ(shown(Set::protection, 0x104), "PAGE_READWRITE|PAGE_GUARD");
  EXPECT_EQ(shown(Set::gmem, 0x42), "GHND");
  EXPECT_EQ(shown(Set::gmem, 0), "GMEM_FIXED");
  EXPECT_EQ(shown(Set::gmem, 0x40), "GMEM_ZEROINIT");
  EXPECT_EQ(shown(Set::lmem, 0xf02), "LMEM_DISCARDABLE|LMEM_MOVEABLE");
  EXPECT_EQ(shown(Set::lmem, 0x102), "LMEM_MOVEABLE|0x100");
  EXPECT_EQ(shown(Set::gmem_state, 0x4103), "GMEM_DISCARDABLE|GMEM_DISCARDED|0x3");
}

TEST(Constants, WholeNumbersHaveOneNameOrNone) {
  EXPECT_EQ(shown(Set::error, 0), "ERROR_SUCCESS");
  EXPECT_EQ(shown(Set::error, 998), "ERROR_NOACCESS");
  EXPECT_EQ(shown(Set::error, 99999), "0x1869f");
  EXPECT_EQ(shown(Set::status, 0xc0000017), "STATUS_NO_MEMORY");
  EXPECT_EQ(shown(Set::memory_state, 0x10000), "MEM_FREE");
  EXPECT_EQ(shown(Set::memory_state, 0x3000), "0x3000");
  EXPECT_EQ(shown(Set::none, 0x40), "0x40");
}

TEST(Constants, WhatIsPrintedOfASetIsReadBackToTheSameNumber) {
  for (const Constant& constant : constants()) {
    if (constant.set == Set::none) continue;
    const Constant* found = find_constant(name_of(constant.set, constant.value), constant.set);
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->value, constant.value);
  }
}

TEST(Constants, SecondNamesAreReadButNeverPrinted) {
  EXPECT_EQ(find_constant("NO_ERROR", Set::error)->value, win::ERROR_SUCCESS);
  EXPECT_EQ(find_constant("GPTR", Set::gmem)->value, 0x40u);
  EXPECT_EQ(find_constant("NONZEROLHND", Set::lmem)->value, 2u);
  EXPECT_TRUE(name_of(Set::none, 0x40).empty());
}

}  // namespace
}  // namespace winmem::test
