#include "model/language/print.h"

#include <gtest/gtest.h>

#include "model/test/language/reading.h"

namespace winmem::test {
namespace {

TEST(Print, ATraceIsPrintedAsPeopleReadIt) {
  const std::string trace =
      "# title: A commit takes whole pages inside its reservation\n"
      "# a comment\n"
      "p = VirtualAlloc(NULL, 0x20000, MEM_RESERVE, PAGE_NOACCESS) -> 0x7f12a0010000\n"
      "q = VirtualAlloc(p+0x1234, 1, MEM_COMMIT, PAGE_READWRITE) -> 0x7f12a0011000\n"
      "VirtualQuery(q, out, sizeof) -> sizeof {BaseAddress=q AllocationBase=p "
      "AllocationProtect=PAGE_NOACCESS RegionSize=0x1000 State=MEM_COMMIT Protect=PAGE_READWRITE "
      "Type=MEM_PRIVATE}\n"
      "pattern(q, 0x1000, 7) -> ok\n"
      "read(q+0xffe, 2) -> pattern(7)+0xffe*2\n"
      "read(q+0x1000, 1) -> raises STATUS_ACCESS_VIOLATION(read, q+0x1000)\n"
      "VirtualProtect(q, 1, PAGE_READONLY, out) -> TRUE {old=PAGE_READWRITE}\n"
      "VirtualProtect(q, 1, PAGE_READWRITE, NULL) -> FALSE !ERROR_NOACCESS\n"
      "VirtualFree(p, 0, MEM_RELEASE) -> TRUE(0x2) !?\n"
      "T2: b = 300 * GlobalAlloc(GHND, 2*PTRSIZE-1) -> 0x5f0008*299 by 0x8, NULL !ERROR_SUCCESS\n"
      "T2 returns -> ok*300\n"
      "GlobalFree(each reversed b[0..18]) -> NULL*18\n"
      "v = AddVectoredExceptionHandler(1, on=any do=search) -> 0x77\n"
      "fill(PTR(-0x10), SIZE_MAX-7, 1) -> [v STATUS_NO_MEMORY(1, _)] either(ok; ends "
      "STATUS_HEAP_CORRUPTION; ends exit(3); ends signal(SIGBUS))\n"
      "GetLastError() -> poison\n"
      "load(q, 1) -> raises STATUS_IN_PAGE_ERROR(read, q, 0xc0000006)\n"
      "# note: the end\n";
  EXPECT_EQ(reprinted(trace), trace);
}

TEST(Print, OnTheWireThereAreOnlyNumbersAndNames) {
  EXPECT_EQ(reprinted("# title: x\n"
                      "p = VirtualAlloc(NULL, 0x20000, MEM_RESERVE, PAGE_NOACCESS)\n"
                      "VirtualQuery(p+2*PTRSIZE, out, sizeof-1)\n"
                      "T2: VirtualFree(p, SIZE_MAX, MEM_RELEASE) -> TRUE !ERROR_NOACCESS\n"
                      "b = 3 * HeapCreate(PTR(-1), 4*PTRSIZE-1, 9)\n"
                      "HeapLock(each b[1..3]) -> TRUE*2\n"
                      "v = AddVectoredExceptionHandler(1, on=STATUS_NO_MEMORY do=continue)\n"
                      "load(p, 8) -> raises STATUS_ACCESS_VIOLATION(read, 0x10) \n",
                      Style::wire, 32),
            "p = VirtualAlloc(0x0, 0x20000, 0x2000, 0x1)\n"
            "VirtualQuery(p+0x8, out, 0x1b)\n"
            "T2: VirtualFree(p, 0xffffffff, 0x8000) -> 0x1 !0x3e6\n"
            "b = 3 * HeapCreate(0xffffffff, 0xf, 0x9)\n"
            "HeapLock(each b[1..3]) -> 0x1*2\n"
            "v = AddVectoredExceptionHandler(0x1, on=0xc0000017 do=continue)\n"
            "load(p, 0x8) -> raises 0xc0000005(0x0, 0x10)\n");
}

TEST(Print, WithoutABitnessWhatDependsOnItIsWrittenAsItStands) {
  const Reading r("HeapCreate(0, 0, 0) -> 2*PTRSIZE\nVirtualQuery(NULL, out, 1) -> sizeof-1");
  ASSERT_TRUE(r.ok);
  char room[100];
  Output out(room, sizeof room);
  print_outcome(out, r.script, r.call(0), r.outcome(0), Style::wire);
  out << ' ';
  print_outcome(out, r.script, r.call(1), r.outcome(1), Style::wire);
  EXPECT_EQ(string(out.text()), "0x2*PTRSIZE sizeof-0x1");
}

TEST(Print, OnTheWireAHandlerIsItsToken) {
  const Reading r(
      "v = AddVectoredExceptionHandler(1, on=any do=search)\nGetProcessHeap() -> [v 0x80000001] 1");
  ASSERT_TRUE(r.ok);
  const Sighting& seen = r.outcome(1).sightings[0];
  const_cast<Sighting&>(seen).token = 0x7f10;
  EXPECT_EQ(printed(r.script, Style::wire),
            "v = AddVectoredExceptionHandler(0x1, on=any do=search)\n"
            "GetProcessHeap() -> [0x7f10 0x80000001] 0x1\n");
}

TEST(Print, AValueAloneIsPrintedWithItsKind) {
  const Script script;
  Value value;
  value.number.plain = 1;
  char room[64];
  const auto shown = [&](Kind kind, Set set, Style style) {
    Output out(room, sizeof room);
    print_value(out, script, value, kind, set, style);
    return string(out.text());
  };
  EXPECT_EQ(shown(Kind::boolean, Set::none, Style::text), "TRUE");
  EXPECT_EQ(shown(Kind::boolean, Set::none, Style::wire), "0x1");
  EXPECT_EQ(shown(Kind::constant, Set::protection, Style::text), "PAGE_NOACCESS");
  EXPECT_EQ(shown(Kind::size, Set::none, Style::text), "1");
  value.number.plain = 0;
  EXPECT_EQ(shown(Kind::handle, Set::none, Style::text), "NULL");
  EXPECT_EQ(shown(Kind::handle, Set::none, Style::wire), "0x0");
  EXPECT_EQ(shown(Kind::boolean, Set::none, Style::text), "FALSE");
}

TEST(Print, AnOutcomeThatSaysNothingButThatTheLastErrorIsLeftAloneHasEmptyBraces) {
  EXPECT_EQ(reprinted("GetProcessHeap() -> _ {}\n"), "GetProcessHeap() -> _ {}\n");
  EXPECT_EQ(reprinted("GetProcessHeap() -> _\n"), "GetProcessHeap() -> _\n");
}

TEST(Print, ANameThatIsNotInTheScriptIsAQuestionMark) {
  const Script script;
  Value value;
  value.is_reference = true;
  value.reference.name = 7;
  char room[64];
  Output out(room, sizeof room);
  print_value(out, script, value, Kind::address, Set::none, Style::text);
  EXPECT_EQ(string(out.text()), "?");
}

}  // namespace
}  // namespace winmem::test
