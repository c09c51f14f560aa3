// Numbers as people read them.
#include <gtest/gtest.h>

#include "model/test/language/playing.h"

namespace winmem::test {
namespace {

const char pages[] =
    "p = VirtualAlloc(NULL, 0x20000, MEM_RESERVE, 1) -> 0x10000\n"
    "q = VirtualAlloc(p+0x1234, 1, MEM_COMMIT, 4) -> 0x11000\n";

std::string described(const std::string& line, const std::string& before = pages) {
  Playing p(before + line);
  return p.described(p.reading().script.steps.size - 1);
}

TEST(Describe, ANameOfTheCallComesFirst) {
  EXPECT_EQ(described("load(q, 4) -> raises STATUS_ACCESS_VIOLATION(read, 0x11000)"),
            "raises STATUS_ACCESS_VIOLATION(read, q)");
  EXPECT_EQ(described("load(p+0x1000, 4) -> raises STATUS_ACCESS_VIOLATION(read, 0x11000)"),
            "raises STATUS_ACCESS_VIOLATION(read, p+0x1000)");
}

TEST(Describe, ANameOfTheCallStandsForThePagesThatTheCallSpeaksOf) {
  EXPECT_EQ(described("read(q+0x1000, 1) -> raises STATUS_ACCESS_VIOLATION(read, 0x12000)"),
            "raises STATUS_ACCESS_VIOLATION(read, q+0x1000)");
  EXPECT_EQ(described("read(q, 0x5000) -> raises STATUS_ACCESS_VIOLATION(read, 0x13000)"),
            "raises STATUS_ACCESS_VIOLATION(read, q+0x2000)");
}

TEST(Describe, ElseTheLatestLivingNameWhoseExtentHoldsIt) {
  EXPECT_EQ(
      described(
          "VirtualQuery(q, out, sizeof) -> 0x30 {BaseAddress=0x11000 AllocationBase=0x10000}"),
      "sizeof {BaseAddress=q AllocationBase=p}");
  EXPECT_EQ(described("VirtualAlloc(NULL, 1, 0, 0) -> 0x2ffff"), "p+0x1ffff");
  EXPECT_EQ(described("VirtualAlloc(NULL, 1, 0, 0) -> 0x11000"), "q");
}

TEST(Describe, ElseTheNumber) {
  EXPECT_EQ(described("VirtualAlloc(NULL, 1, 0, 0) -> 0x30000"), "0x30000");
  EXPECT_EQ(described("VirtualAlloc(NULL, 1, 0, 0) -> 0"), "NULL");
}

TEST(Describe, ABoundValueIsAlwaysANumber) {
  EXPECT_EQ(described("r = VirtualAlloc(p, 1, MEM_COMMIT, 4) -> 0x10000"), "0x10000");
}

TEST(Describe, AnEndedNameIsNeverPrintedAgain) {
  const std::string freed = std::string(pages) + "VirtualFree(p, 0, MEM_RELEASE) -> TRUE\n";
  EXPECT_EQ(described("HeapCreate(0, 0, 0) -> 0x10000", freed), "0x10000");
  EXPECT_EQ(described("VirtualQuery(p, out, sizeof) -> 0x30 {BaseAddress=0x10000}", freed),
            "sizeof {BaseAddress=0x10000}");
}

TEST(Describe, AHandleStandsForItselfOnly) {
  const std::string handles =
      "h = HeapCreate(0, 0, 0) -> 0x500000\na = GlobalAlloc(0, 64) -> 0x600000\n";
  EXPECT_EQ(described("GetProcessHeap() -> 0x500000", handles), "h");
  EXPECT_EQ(described("GetProcessHeap() -> 0x500010", handles), "0x500010");
  EXPECT_EQ(described("GlobalHandle(PTR(-1)) -> 0x600008", handles), "0x600008");
}

TEST(Describe, AnElementOfAListIsNamedWithItsIndex) {
  EXPECT_EQ(described("GlobalHandle(PTR(-1)) -> 0x5f0018",
                      "b = 3 * GlobalAlloc(0, 4) -> 0x5f0008*3 by 0x10\n"),
            "b[1]");
  EXPECT_EQ(described("GlobalFree(b[2]) -> 0x5f0028 !6",
                      "b = 3 * GlobalAlloc(0, 4) -> 0x5f0008*3 by 0x10\n"),
            "b[2] !ERROR_INVALID_HANDLE");
}

TEST(Describe, SizesErrorsAndOtherNumbersAreLeftAlone) {
  EXPECT_EQ(described("load(p, 8) -> 0x10000"), "0x10000");
  EXPECT_EQ(described("VirtualQuery(p, out, sizeof) -> 0x10000 {RegionSize=0x10000}"),
            "0x10000 {RegionSize=0x10000}");
  EXPECT_EQ(described("VirtualQuery(p, out, sizeof) -> 0 !24"), "0 !ERROR_BAD_LENGTH");
}

TEST(Describe, TheSentinelOfTheLastErrorIsPoison) {
  EXPECT_EQ(described("GetLastError() -> 0x5afe7a1e"), "poison");
  EXPECT_EQ(described("GetLastError() -> 0x5"), "ERROR_ACCESS_DENIED");
}

TEST(Describe, ListsAlternativesAndHandlersAreDescribedToo) {
  EXPECT_EQ(described("GetWriteWatch(0, p, 1, out[4], inout(4), out) -> 0 {addresses=[0x10000 "
                      "0x11000 0x50000]}"),
            "0 {addresses=[p p+0x1000 0x50000]}");
  EXPECT_EQ(described("VirtualAlloc(NULL, 1, 0, 0) -> either(0x10000; 0x11000 !?)"),
            "either(p; q !?)");
  EXPECT_EQ(described("fill(p, 1, 1) -> [0x77 STATUS_GUARD_PAGE_VIOLATION(write, 0x10000)] ok",
                      std::string(pages) +
                          "v = AddVectoredExceptionHandler(1, on=any do=continue) -> 0x77\n"),
            "[v STATUS_GUARD_PAGE_VIOLATION(write, p)] ok");
}

TEST(Describe, OfTheNamesOfTheCallTheNearestBelow) {
  for (const char* line :
       {"VirtualProtect(p, 0x20000, 4, q) -> raises STATUS_ACCESS_VIOLATION(write, 0x11004)",
        "VirtualProtect(q, 0x20000, 4, p) -> raises STATUS_ACCESS_VIOLATION(write, 0x11004)"})
    EXPECT_EQ(described(line), "raises STATUS_ACCESS_VIOLATION(write, q+4)") << line;
}

TEST(Describe, WhatLiesBelowANameOfTheCallIsNotItsPages) {
  EXPECT_EQ(described("load(q-0x1000, 4) -> raises STATUS_ACCESS_VIOLATION(read, 0xf000)"),
            "raises STATUS_ACCESS_VIOLATION(read, 0xf000)");
}

TEST(Describe, ANumberThatACallLoadedIsNoName) {
  EXPECT_EQ(described("load(x, 1) -> raises STATUS_ACCESS_VIOLATION(read, 0x10000)",
                      std::string(pages) + "x = load(q, 8) -> 0x10000\n"),
            "raises STATUS_ACCESS_VIOLATION(read, p)");
}

TEST(Describe, OfACallForEachElementTheElement) {
  EXPECT_EQ(
      described("fill(each b, 1, 1) -> raises STATUS_ACCESS_VIOLATION(write, 0x60000)*2",
                "b = 2 * VirtualAlloc(NULL, 0x1000, MEM_RESERVE, 1) -> 0x50000*2 by 0x10000\n"),
      "raises STATUS_ACCESS_VIOLATION(write, b[1])");
}

TEST(Describe, BoundsAndExceptionsFromThemAreDescribedToo) {
  EXPECT_EQ(described("VirtualAlloc(NULL, 1, 0, 0) -> !=0x10000"), "!=p");
  EXPECT_EQ(described("VirtualAlloc(NULL, 1, 0, 0) -> >=0x11000"), ">=q");
  EXPECT_EQ(described("VirtualAlloc(NULL, 1, 0, 0) -> <=0x11000"), "<=q");
  EXPECT_EQ(described("VirtualAlloc(NULL, 1, 0, 0) -> multiple(0x10000)"), "multiple(0x10000)");
}

TEST(Describe, ATokenThatIsNoHandlersStays) {
  const std::string handlers =
      std::string(pages) +
      "v = AddVectoredExceptionHandler(1, on=any do=continue) -> 0x77\n"
      "w = 2 * AddVectoredExceptionHandler(1, on=any do=continue) -> 0x88*2 by 8\n";
  for (const char* token : {"?", "0x66", "0x88", "0x10000"})
    EXPECT_EQ(described(std::string("GetProcessHeap() -> [") + token + " 1] 1", handlers),
              std::string("[") + token + " 0x1] 1")
        << token;
}

/// An outcome as it is when there was no memory to describe it.
std::string described_without_memory(const std::string& line) {
  Playing p(pages + line);
  p.play(2);
  Arena none(nullptr, 0);
  char room[400];
  Output out(room, sizeof room);
  const Call& call = p.reading().call(2);
  const Outcome shown = p.bindings().describe(call, p.reading().outcome(2), none);
  print_outcome(out, p.reading().script, call, shown, Style::text);
  return string(out.text());
}

TEST(Describe, WithoutMemoryNothingIsLost) {
  for (const char* outcome :
       {"raises STATUS_ACCESS_VIOLATION(read, 0x10000)", "either(0x10000; NULL)",
        "[0x77 STATUS_GUARD_PAGE_VIOLATION(read, 0x10000)] NULL"})
    EXPECT_EQ(described_without_memory(std::string("VirtualAlloc(NULL, 1, 0, 0) -> ") + outcome),
              outcome);
  EXPECT_EQ(described_without_memory("GetWriteWatch(0, p, 1, out[4], inout(4), out) -> 0 "
                                     "{addresses=[0x10000]}"),
            "0 {addresses=[0x10000]}");
}

TEST(Describe, WithoutMemoryTheNumbersStay) {
  Playing p(std::string(pages) + "VirtualQuery(p, out, sizeof) -> 0x30 {BaseAddress=0x10000}");
  p.play(2);
  Arena none(nullptr, 0);
  const Outcome& seen = p.reading().outcome(2);
  const Outcome shown = p.bindings().describe(p.reading().call(2), seen, none);
  EXPECT_FALSE(shown.fields[0].pattern.value.is_reference);
  EXPECT_EQ(shown.fields[0].pattern.value.number.plain, 0x10000u);
}

}  // namespace
}  // namespace winmem::test
