#include "conformance/runner/normalize.h"

#include <gtest/gtest.h>

#include "conformance/runner/error.h"

namespace winmem::conformance {
namespace {

std::string normal(const std::string& trace) {
  auto file = parse_script_text("trace.txt", trace);
  return normalized(*file, file->system, spec::Profile::windows);
}

TEST(Normalize, TwoRunsAtOtherAddressesReadAlike) {
  const std::string calls =
      "p = VirtualAlloc(NULL, 0x10000, MEM_RESERVE, PAGE_NOACCESS) -> BASE\n"
      "VirtualQuery(p, out, sizeof) -> sizeof {BaseAddress=p AllocationBase=p}\n";
  const auto at = [&](const std::string& base) {
    std::string text = calls;
    return text.replace(text.find("BASE"), 4, base);
  };
  EXPECT_EQ(normal(at("0x10000000")), normal(at("0x7f0000230000")));
  EXPECT_EQ(normal(at("0x10000000")), at("multiple(0x10000)"));
}

TEST(Normalize, AFailureAndAnUnalignedAddressStayTold) {
  const std::string call = "p = VirtualAlloc(NULL, 1, MEM_RESERVE, PAGE_NOACCESS) -> ";
  EXPECT_EQ(normal(call + "NULL !ERROR_NOT_ENOUGH_MEMORY\n"),
            call + "NULL !ERROR_NOT_ENOUGH_MEMORY\n");
  EXPECT_EQ(normal(call + "0x10001230\n"), call + "0x1230\n");
}

TEST(Normalize, WhereTheAddressesOfARepetitionJumpIsLeftOut) {
  const std::string heap = "h = GetProcessHeap() -> 0x10000\nb = 5 * HeapAlloc(h, 0, 0x30) -> ";
  const std::string normal_heap = normal(heap + "0x10010*5\n");
  EXPECT_NE(normal_heap.find("multiple(0x10)*5\n"), std::string::npos) << normal_heap;
  EXPECT_EQ(normal(heap + "0x10010*2 by 0x40, 0x20000, 0x30000*2\n"), normal_heap);
  EXPECT_NE(normal(heap + "0x10010*4 by 0x40, NULL\n"), normal_heap);
  EXPECT_NE(normal(heap + "0x10010*5 by 0x18\n").find("multiple(8)*5"), std::string::npos);
}

TEST(Normalize, OfAFieldThatIsOnlyBoundedNothingIsTold) {
  const std::string text = normal(
      "h = GetProcessHeap() -> 0x10000\np = HeapAlloc(h, 0, 0x30) -> 0x15010\n"
      "VirtualQuery(p, out, sizeof) -> sizeof {BaseAddress=0x15000 RegionSize=0x3000 "
      "State=MEM_COMMIT}\n");
  EXPECT_NE(text.find("{BaseAddress=_ RegionSize=_ State=MEM_COMMIT}"), std::string::npos) << text;
}

TEST(Normalize, AFaultAtAnAddressWithoutANameTellsOnlyItsKind) {
  const std::string released =
      "p = VirtualAlloc(NULL, 0x10000, MEM_RESERVE, PAGE_NOACCESS) -> 0x10000000\n"
      "VirtualFree(p, 0, MEM_RELEASE) -> TRUE\n"
      "read(p, 1) -> raises STATUS_ACCESS_VIOLATION(read, 0x10000000)\n";
  EXPECT_NE(normal(released).find("STATUS_ACCESS_VIOLATION(read, _)\n"), std::string::npos);
  const std::string null = "read(8, 1) -> raises STATUS_ACCESS_VIOLATION(read, 8)\n";
  EXPECT_EQ(normal(null), null);
}

TEST(Normalize, WhatTheModelSaysNothingOfIsLeftOut) {
  // The script allocated nothing there.
  EXPECT_EQ(normal("VirtualFree(0x10000000, 0, MEM_RELEASE) -> FALSE !ERROR_INVALID_ADDRESS\n"),
            "VirtualFree(0x10000000, 0, MEM_RELEASE) -> _\n");
}

TEST(Normalize, HeadersStayAndALineWithoutAnOutcomeIsRefused) {
  EXPECT_EQ(normal("# title: A title\nSetLastError(5) -> ok !5\n"),
            "# title: A title\nSetLastError(ERROR_ACCESS_DENIED) -> ok !ERROR_ACCESS_DENIED\n");
  EXPECT_THROW(normal("SetLastError(5)\n"), CannotRun);
}

}  // namespace
}  // namespace winmem::conformance
