#include <gtest/gtest.h>

#include "model/test/language/reading.h"

namespace winmem::test {
namespace {

bool alike(const std::string& a, const std::string& b) {
  const Reading x(a);
  const Reading y(b);
  EXPECT_TRUE(x.ok && y.ok) << a << b;
  EXPECT_EQ(same(x.script, y.script), same(y.script, x.script));
  return same(x.script, y.script);
}

TEST(Same, LineNumbersBlanksAndSpellingDoNotCount) {
  EXPECT_TRUE(alike("\n\np = image()\n", "p=image( )"));
  EXPECT_TRUE(alike("GlobalAlloc(GHND, 16)", "GlobalAlloc(0x42, 0x10)"));
  EXPECT_TRUE(alike("GetProcessHeap() -> 1", "GetProcessHeap() -> TRUE"));
}

TEST(Same, NamesCountAndNotTheirOrder) {
  EXPECT_FALSE(alike("p = image()", "q = image()"));
  EXPECT_FALSE(alike("p = image()", "image()"));
  EXPECT_FALSE(
      alike("p = image()\nq = image()\nload(p, 1)", "p = image()\nq = image()\nload(q, 1)"));
}

// No two of them are the same.
const char* variants[] = {
    "GetProcessHeap()",
    "2 * GetProcessHeap()",
    "T2: GetProcessHeap()",
    "GetProcessHeap() -> 1",
    "GetProcessHeap() -> 2",
    "GetProcessHeap() -> 1 !?",
    "GetProcessHeap() -> 1 !1",
    "GetProcessHeap() -> 1 !2",
    "GetProcessHeap() -> !=1",
    "GetProcessHeap() -> ok",
    "GetProcessHeap() -> _",
    "GetProcessHeap() -> _ {}",
    "GetProcessHeap() -> 1*2",
    "GetProcessHeap() -> 1*2 by 3",
    "GetProcessHeap() -> bits(1)=1",
    "GetProcessHeap() -> bits(3)=1",
    "GetProcessHeap() -> raises 1",
    "GetProcessHeap() -> raises 1()",
    "GetProcessHeap() -> raises 1(2)",
    "GetProcessHeap() -> raises 1(2, 3)",
    "GetProcessHeap() -> [? 1] 1",
    "GetProcessHeap() -> [0x5 1] 1",
    "GetProcessHeap() -> ends 1",
    "GetProcessHeap() -> ends exit(1)",
    "GetProcessHeap() -> ends exit(2)",
    "GetProcessHeap() -> ends signal(1)",
    "GetProcessHeap() -> hangs",
    "GetProcessHeap() -> refused(a)",
    "GetProcessHeap() -> refused(b)",
    "GetProcessHeap() -> either(1)",
    "GetProcessHeap() -> either(1; 2)",
    "HeapCreate(0, SIZE_MAX, 0)",
    "HeapCreate(0, PTR(-1), 0)",
    "HeapCreate(0, PTRSIZE, 0)",
    "HeapCreate(0, 2*PTRSIZE, 0)",
    "HeapCreate(0, 8, 0)",
    "read(NULL, 1)",
    "read(NULL, 1) -> 1*1",
    "read(NULL, 1) -> 2*1",
    "read(NULL, 1) -> 1*2",
    "read(NULL, 1) -> 1*1 ... 5#0x6",
    "read(NULL, 1) -> 1*1 ... 5#0x7",
    "read(NULL, 1) -> pattern(1)+0*1",
    "read(NULL, 1) -> pattern(2)+0*1",
    "read(NULL, 1) -> pattern(1)+1*1",
    "VirtualProtect(NULL, 1, 1, out)",
    "VirtualProtect(NULL, 1, 1, NULL)",
    "VirtualProtect(NULL, 1, 1, inout(1))",
    "VirtualProtect(NULL, 1, 1, out) -> 1 {old=1}",
    "VirtualProtect(NULL, 1, 1, out) -> 1 {old=2}",
    "VirtualProtect(NULL, 1, 1, out) -> 1 {old=untouched}",
    "AddVectoredExceptionHandler(1, on=any do=search)",
    "AddVectoredExceptionHandler(1, on=any do=continue)",
    "AddVectoredExceptionHandler(1, on=1 do=continue)",
    "3 * GetProcessHeap()",
    "2 * GetProcessHeap() -> 1, 2",
    "2 * GetProcessHeap() -> 1*2",
    "GetProcessHeap()\nGetProcessHeap()",
    "GetProcessHeap() -> bits(1)=0",
    "GetProcessHeap() -> raises 1(3)",
    "GetProcessHeap() -> [? 2] 1",
    "GetProcessHeap() -> [0x6 1] 1",
    "GetProcessHeap() -> either(1; 3)",
    "T2: GetProcessHeap()\nT2 returns -> 1",
    "T2: GetProcessHeap()\nT2: GetProcessHeap() -> 1",
    "read(NULL, 1) -> ok",
    "read(NULL, 2) -> 1*1 2*1",
    "read(NULL, 2) -> 1*2",
    "VirtualProtect(NULL, 1, 1, out) -> 1",
    "VirtualQuery(NULL, out, 1) -> 1 {BaseAddress=1}",
    "VirtualQuery(NULL, out, 1) -> 1 {AllocationBase=1}",
    "GetWriteWatch(0, NULL, 1, out[2], inout(2), out) -> 0 {addresses=[1]}",
    "GetWriteWatch(0, NULL, 1, out[2], inout(2), out) -> 0 {addresses=[2]}",
    "GetWriteWatch(0, NULL, 1, out[2], inout(2), out) -> 0 {addresses=[1 2]}",
    "b = 4 * image()\nload(b[0], 1)",
    "b = 4 * image()\nload(b[1], 1)",
    "b = 4 * image()\nload(each b, 1)",
    "b = 4 * image()\nload(each reversed b, 1)",
    "b = 4 * image()\nload(each b[0..2], 1)",
    "b = 4 * image()\nload(each b[1..2], 1)",
    "b = 4 * image()\nload(each b[0..3], 1)",
    "i = GetSystemInfo(out)\nload(i.lpMaximumApplicationAddress, 1)",
    "i = GetSystemInfo(out)\nload(i.lpMinimumApplicationAddress, 1)",
    "v = AddVectoredExceptionHandler(1, on=any do=search)\nGetProcessHeap() -> [v 1] 1",
    "v = AddVectoredExceptionHandler(1, on=any do=search)\nGetProcessHeap() -> [0x5 1] 1",
    "# note: a\nGetProcessHeap()",
    "GetProcessHeap()\n# note: a",
    "# title: a",
    "# title: b",
    "# note: a",
    "#title",
};

TEST(Same, EverythingThatIsPrintedCounts) {
  for (const char* a : variants)
    for (const char* b : variants) EXPECT_EQ(alike(a, b), a == b) << a << "\n" << b;
}

TEST(Same, OutcomesAloneAreComparedByTheIndexOfTheirNames) {
  const Reading r("p = image()\nq = image()\nHeapHelp()");
  EXPECT_FALSE(r.ok);
  const Reading s("p = image()\nq = image()\nload(p, 1) -> p\nload(p, 1) -> q\nload(p, 1) -> p");
  ASSERT_TRUE(s.ok);
  EXPECT_TRUE(same(s.outcome(2), s.outcome(4)));
  EXPECT_FALSE(same(s.outcome(2), s.outcome(3)));
}

}  // namespace
}  // namespace winmem::test
