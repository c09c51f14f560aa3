#include "model/test/oracle/judging.h"

namespace winmem::test {
namespace {

TEST(Access, EachProtectionAllowsWhatItNames) {
  struct Row {
    const char *protection, *read, *write, *execute;
  };
  const char *yes = "conforms", *no = "deviates Access.Violation",
             *open = "unjudged Access.NotTold";
  for (const Row& row : {Row{"PAGE_NOACCESS", no, no, no},
                         {"PAGE_READONLY", yes, no, no},
                         {"PAGE_READWRITE", yes, yes, no},
                         {"PAGE_EXECUTE", open, no, yes},
                         {"PAGE_EXECUTE_READ", yes, no, yes},
                         {"PAGE_EXECUTE_READWRITE", yes, yes, yes}}) {
    const std::string page =
        "p = VirtualAlloc(NULL, 0x1000, MEM_COMMIT, PAGE_READWRITE) -> 0x10000000\n"
        "fill(p, 1, 0xc3) -> ok\nVirtualProtect(p, 1, " +
        std::string(row.protection) + ", out) -> TRUE\n";
    judge(page + "read(p, 1) -> 0xc3*1 ;; " + row.read);
    judge(page + "fill(p, 1, 0xc3) -> ok ;; " + row.write);
    judge(page + "execute(p) -> ok ;; " + row.execute);
  }
}

TEST(Access, StopsAtTheFirstFaultAndKeepsWhatLiesBefore) {
  judge(std::string(two_pages()) + R"(
fill(p+0x1ff0, 0x20, 7) -> raises STATUS_ACCESS_VIOLATION(write, p+0x2000)
read(p+0x1fe0, 0x20) -> 0x00*16 0x07*16
store(p+0x1ffc, 8, 0) -> raises STATUS_ACCESS_VIOLATION(write, p+0x2000)
read(p+0x1ff0, 0x10) -> 0x07*16
fill(p+0x1ff0, 0x20, 7) -> raises STATUS_ACCESS_VIOLATION(write, p+0x1ff0)   ;; deviates Access.Violation exception)");
}

TEST(Access, AViolationTellsItsKind) {
  judge(std::string(two_pages()) + R"(
read(p+0x2000, 1) -> raises STATUS_ACCESS_VIOLATION
read(p+0x2000, 1) -> raises STATUS_ACCESS_VIOLATION(write, p+0x2000)         ;; deviates Access.Violation exception)");
  judge(std::string(two_pages()) +
        "read(p+0x2000, 1) -> raises STATUS_GUARD_PAGE_VIOLATION   ;; deviates Access.Violation "
        "value");
}

TEST(Access, OfAddressesThatNoPointerHasTheProcessorTellsNoPlace) {
  judge(R"(
read(PTR(-0x1000), 1) -> raises STATUS_ACCESS_VIOLATION(read, PTR(-1))
read(0x1000, 1) -> raises STATUS_ACCESS_VIOLATION(read, 0x1000)
read(0x1000, 1) -> 0x00*1                               ;; deviates Access.Violation value)");
}

TEST(Access, OfManyRunsTheFirstAreNamed) {
  std::string trace = two_pages();
  for (int i = 0; i < 20; ++i) trace += "fill(p+" + std::to_string(2 * i) + ", 1, 7) -> ok\n";
  const Judging run(trace + "read(p, 40) -> 0x07*40   ;; deviates read.ContentsSurvive");
  run.check();
  EXPECT_LT(run.last().reason.size(), 200u) << run.last().reason;
}

TEST(Access, OfMemoryThatNobodyKnowsAnyBytesAreTaken) {
  judge(R"(
q = image() -> 0x400000
h = GetProcessHeap() -> 0x600000
p = HeapAlloc(h, 0, 16) -> 0x601000
read(p, 0) -> 0x00*0
load(p, 8) -> 0x1122334455667788
read(p+8, 16) -> 0x00*16                                ;; unjudged)");
}

TEST(Access, ANumberIsStoredLowestByteFirst) {
  judge(std::string(two_pages()) + R"(
store(p+0xffe, 4, 0x11223344) -> ok
load(p+0xffe, 4) -> 0x11223344
read(p+0xffe, 4) -> 0x44*1 0x33*1 0x22*1 0x11*1
load(p+0xfff, 2) -> 0x2233
load(p+0xfff, 2) -> 0x2244                              ;; deviates load.ContentsSurvive value)");
}

TEST(Access, AnOddWidthIsNoInstruction) {
  for (const char* access :
       {"store(p, 3, 0) -> ok", "store(p, 0xffffffff, 0) -> ok", "load(p, 16) -> 0"})
    judge(two_pages() + std::string(access) + " ;; undefined Access.Width");
}

TEST(Access, BehindABlockNothingIsJudged) {
  judge(R"(
h = HeapCreate(0, 0, 0) -> 0x600000
p = HeapAlloc(h, HEAP_ZERO_MEMORY, 16) -> 0x601000
read(p, 17) -> 0x00*17                                  ;; unjudged Access.NotTold
read(0x20000000, 1) -> 0x00*1                           ;; unjudged Access.NotTold
z = HeapAlloc(h, 0, 0) -> 0x602000
fill(z, 1, 0) -> ok                                     ;; unjudged Access.NotTold)");
}

TEST(Access, CodeRunsInAHeapMadeForIt) {
  const std::string code = "p = HeapAlloc(h, 0, 16) -> 0x601000\nfill(p, 1, 0xc3) -> ok\n";
  judge("h = HeapCreate(HEAP_CREATE_ENABLE_EXECUTE, 0, 0) -> 0x600000\n" + code +
        "execute(p) -> ok");
  judge("h = HeapCreate(0, 0, 0) -> 0x600000\n" + code +
        "execute(p) -> ok ;; deviates Access.Violation value");
}

TEST(Access, OnlyAKnownReturnIsRun) {
  judge(
      "p = VirtualAlloc(NULL, 0x1000, MEM_COMMIT, PAGE_EXECUTE_READWRITE) -> 0x10000000\n"
      "execute(p) -> ok   ;; undefined execute.KnownReturn");
}

TEST(Access, TheDataOfAnObjectIsJudgedWhileItIsLocked) {
  judge(R"(
g = GlobalAlloc(GHND, 16) -> 0x500008
d = GlobalLock(g) -> 0x601000
fill(d, 16, 3) -> ok
GlobalUnlock(g) -> FALSE !ERROR_SUCCESS
read(d, 16) -> 0x07*16                                  ;; unjudged Access.NotTold
e = GlobalLock(g) -> 0x602000
read(e, 16) -> 0x03*16)");
}

TEST(Access, AReadOverTwoAllocationsTellsNoContents) {
  judge(R"(
p = VirtualAlloc(NULL, 0x10000, MEM_COMMIT, PAGE_READWRITE) -> 0x10000000
q = VirtualAlloc(p+0x10000, 0x10000, MEM_RESERVE|MEM_COMMIT, PAGE_READWRITE) -> p+0x10000
fill(p, 0x20000, 1) -> ok
read(p+0xfff0, 32) -> 0x02*32
read(p+0xfff0, 16) -> 0x01*16
read(q, 16) -> 0x01*16)");
}

}  // namespace
}  // namespace winmem::test
