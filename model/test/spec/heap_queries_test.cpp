// What a heap tells of itself: walks, information.
#include "model/test/oracle/judging.h"

namespace winmem::test {
namespace {

const char* const two_blocks =
    "h = HeapCreate(0, 0, 0) -> 0x600000\np = HeapAlloc(h, 0, 123) -> 0x601000\n"
    "q = HeapAlloc(h, 0, 0) -> 0x602000\n";
const std::string region = "TRUE {lpData=h cbData=0x400 wFlags=PROCESS_HEAP_REGION}";
const std::string of_p = "TRUE {lpData=p cbData=123 wFlags=PROCESS_HEAP_ENTRY_BUSY}";
const std::string of_q = "TRUE {lpData=q cbData=0 wFlags=PROCESS_HEAP_ENTRY_BUSY}";
const std::string end = "FALSE !ERROR_NO_MORE_ITEMS";

/// A walk of the heap with two blocks that gives these outcomes.
void walk(const std::string& count, const std::string& outcomes, const std::string& verdict) {
  judge(two_blocks + count + " * HeapWalk(h, out) -> " + outcomes + "   ;; " + verdict);
}

TEST(HeapWalk, ShowsEachLivingBlockOnceInWhateverOrder) {
  walk("4", region + ", " + of_p + ", " + of_q + ", " + end, "conforms HeapWalk.GoesOn");
  walk("3", of_q + ", " + of_p + ", " + end, "conforms HeapWalk.GoesOn");
  walk("3", of_p + ", " + end + ", " + end, "deviates HeapWalk.Ends end");
  walk("3", of_p + ", " + of_p + ", " + end, "deviates HeapWalk.BlocksOnce entry");
}

TEST(HeapWalk, ShowsABlockAsItIs) {
  walk("1", "TRUE {lpData=p cbData=124 wFlags=4}", "deviates HeapWalk.BlocksOnce entry");
  walk("1", "TRUE {lpData=p cbData=123 wFlags=0}", "deviates HeapWalk.BlocksOnce entry");
  walk("1", "TRUE {lpData=p cbData=123 wFlags=0x24}", "deviates HeapWalk.BlocksOnce entry");
  walk("1", "TRUE {lpData=0x603000 cbData=8 wFlags=4}", "deviates HeapWalk.BlocksOnce entry");
  walk("1", "TRUE {lpData=0x603000 cbData=8 wFlags=0}", "conforms");
}

TEST(HeapWalk, BeginsAndEndsAsItSays) {
  walk("1", end, "deviates HeapWalk.GoesOn value");
  walk("1", of_p + " !ERROR_NO_MORE_ITEMS", "deviates HeapWalk.Ends end");
  walk("3", of_p + ", " + of_q + ", FALSE", "deviates HeapWalk.Ends end");
  walk("4", of_p + ", " + of_q + ", " + end + ", " + end, "unjudged HeapWalk.NotTold");
  judge(two_blocks + ("HeapWalk(h, out) -> " + of_p) + "\nHeapWalk(h, out) -> " + of_p);
  judge(std::string(two_blocks) + "HeapWalk(0x1230000, out) -> TRUE ;; undefined Heap.NotAHeap");
}

TEST(HeapWalk, WhatAWalkLeavesOutIsNotHeldAgainstIt) {
  walk("1", "TRUE {lpData=p wFlags=4}", "conforms");
  walk("1", "TRUE {lpData=p cbData=123}", "conforms");
  walk("3", of_p + ", " + of_q + ", FALSE !?", "conforms");
}

TEST(HeapWalk, OfBlocksThatNoSourceShowedAnythingMayBeTold) {
  judge(R"(
h = GetProcessHeap() -> 0x600000
p = GlobalAlloc(GMEM_FIXED, 0x8000) -> 0x601000
2 * HeapWalk(h, out) -> TRUE {lpData=p cbData=5 wFlags=0x24}, FALSE !ERROR_NO_MORE_ITEMS)");
  const std::string segments = std::string("# system: heap=segment\n") + two_blocks;
  judge(segments + "HeapWalk(h, out) -> TRUE {lpData=0x603000 cbData=8 wFlags=4}");
  judge(segments + "2 * HeapWalk(h, out) -> TRUE {lpData=p cbData=1 wFlags=4}, " + end);
}

TEST(HeapWalk, OfAHeapThatMayHaveAFrontEndShowsItsBlocksToo) {
  const std::string many =
      "h = HeapCreate(0, 0, 0) -> 0x600000\nb = 18 * HeapAlloc(h, 0, 8) -> 0x601000*18 by 0x20\n";
  judge(many + "HeapWalk(h, out) -> TRUE {lpData=0x640000 cbData=0x1000 wFlags=4}");
  judge(many + "2 * HeapWalk(h, out) -> TRUE {lpData=b[0] cbData=9 wFlags=4}, " + end);
}

TEST(HeapWalk, AfterADeviationTheRestOfAWalkIsNotJudged) {
  const std::string walked = "TRUE {lpData=p cbData=1 wFlags=4}, " + of_p;
  const Judging run(two_blocks + ("3 * HeapWalk(h, out) -> " + walked) + ", " + end +
                    "   ;; deviates HeapWalk.BlocksOnce entry");
  run.check();
  EXPECT_EQ(run.last().play, 0u);
}

TEST(HeapWalk, OfTheProcessHeapShowsOthersBlocksToo) {
  judge(R"(
h = GetProcessHeap() -> 0x600000
p = HeapAlloc(h, 0, 0x8000) -> 0x601000
q = HeapAlloc(h, 0, 8) -> 0x621000
2 * HeapWalk(h, out) -> TRUE {lpData=0x630000 cbData=8 wFlags=4}, TRUE {lpData=p cbData=0x8000 wFlags=4}
HeapWalk(h, out) -> TRUE {lpData=p cbData=0x8001 wFlags=4}         ;; deviates HeapWalk.BlocksOnce entry
2 * HeapWalk(h, out) -> TRUE, FALSE !ERROR_NO_MORE_ITEMS           ;; deviates HeapWalk.Ends end)");
}

TEST(HeapWalk, Windows7FlagsLargeBlocksAsSharedToo) {
  const std::string script =
      "h = HeapCreate(0, 0, 0) -> 0x600000\np = HeapAlloc(h, 0, 0x140000) -> 0x1001040\n"
      "HeapWalk(h, out) -> TRUE {lpData=p cbData=0x140000 wFlags=0x24}";
  judge(script + "   ;; deviates HeapWalk.BlocksOnce entry");
  judge(script, spec::Profile::windows_7);
}

TEST(HeapCompact, IsNotTold) {
  judge(std::string(two_blocks) + "HeapCompact(h, 0) -> 0x400 ;; unjudged HeapCompact.NotTold");
}

TEST(HeapInformation, IsOfTheKindThatTheHeapIs) {
  judge(R"(
h = HeapCreate(0, 0, 0) -> 0x600000
HeapQueryInformation(h, HeapCompatibilityInformation, out, 4, out) -> TRUE {information=0 length=4}
HeapQueryInformation(h, HeapCompatibilityInformation, out, 4, out) -> TRUE {information=0 length=8}   ;; deviates HeapQueryInformation.Length length
HeapQueryInformation(h, HeapCompatibilityInformation, out, 4, out) -> TRUE {information=2}   ;; deviates HeapQueryInformation.Kind information
HeapQueryInformation(h, HeapCompatibilityInformation, out, 3, out) -> FALSE   ;; unjudged HeapQueryInformation.NotTold
p = HeapAlloc(h, 0, 8) -> 0x601000
HeapQueryInformation(h, HeapCompatibilityInformation, out, 5, NULL) -> TRUE {information=2}
HeapQueryInformation(h, HeapCompatibilityInformation, out, 5, NULL) -> TRUE {information=3}   ;; deviates HeapQueryInformation.Kind information)");
}

TEST(HeapInformation, TheFrontEndStays) {
  judge(R"(
h = HeapCreate(0, 0, 0) -> 0x600000
i = HeapCreate(0, 0, 0) -> 0x700000
HeapSetInformation(i, HeapCompatibilityInformation, inout(0), 4) -> TRUE      ;; unjudged HeapSetInformation.NotTold
HeapQueryInformation(i, HeapCompatibilityInformation, out, 4, out) -> TRUE {information=1}
HeapSetInformation(h, HeapCompatibilityInformation, inout(2), 4) -> TRUE      ;; conforms HeapSetInformation.Sets
HeapSetInformation(h, HeapCompatibilityInformation, inout(1), 4) -> FALSE !ERROR_GEN_FAILURE   ;; conforms HeapSetInformation.NotOff
HeapQueryInformation(h, HeapCompatibilityInformation, out, 4, out) -> TRUE {information=2}
HeapQueryInformation(h, HeapCompatibilityInformation, out, 4, out) -> TRUE {information=0}   ;; deviates HeapQueryInformation.Kind information)");
}

TEST(HeapInformation, SomeHeapsHaveNoFrontEnd) {
  judge(R"(
n = HeapCreate(HEAP_NO_SERIALIZE, 0, 0) -> 0x600000
f = HeapCreate(0, 0x1000, 0x10000) -> 0x700000
u = HeapCreate(0, 0, 0) -> 0x800000
HeapSetInformation(n, HeapCompatibilityInformation, inout(2), 4) -> FALSE !ERROR_INVALID_PARAMETER
HeapSetInformation(n, HeapCompatibilityInformation, inout(2), 4) -> FALSE     ;; deviates HeapSetInformation.NotSerialized last error
HeapSetInformation(f, HeapCompatibilityInformation, inout(2), 4) -> FALSE     ;; conforms HeapSetInformation.FixedHeap
p = HeapAlloc(u, 0, 8) -> 0x801000
HeapSetInformation(u, HeapCompatibilityInformation, inout(2), 4) -> FALSE     ;; unjudged HeapSetInformation.NotTold
HeapSetInformation(NULL, HeapEnableTerminationOnCorruption, NULL, 0) -> TRUE
HeapSetInformation(NULL, HeapEnableTerminationOnCorruption, NULL, 0) -> FALSE ;; deviates HeapSetInformation.Sets value)");
}

TEST(HeapInformation, OfHeapsThatNobodyAskedItMayBeAny) {
  const std::string empty =
      "b = 18 * HeapAlloc(h, 0, 0) -> 0x601000*18 by 0x20\nHeapFree(h, 0, each b) -> TRUE*18\n";
  const std::string other =
      "b = 17 * HeapAlloc(h, 0, 0) -> 0x601000*17 by 0x20\nHeapFree(h, 0, each b) -> TRUE*17\n"
      "c = HeapAlloc(h, 0, 8) -> 0x602000\nHeapFree(h, 0, c) -> TRUE\n";
  const std::string fresh = "h = HeapCreate(0, 0, 0) -> 0x600000\n";
  for (const std::string& heap :
       {"h = GetProcessHeap() -> 0x600000\n" + empty,
        "h = HeapCreate(0, 0x1000, 0x10000) -> 0x600000\n" + empty,
        "h = HeapCreate(HEAP_NO_SERIALIZE, 0, 0) -> 0x600000\n" + empty, fresh + other,
        "# system: heap=segment\n" + fresh, "# system: heap=segment\n" + fresh + empty})
    judge(heap +
          "HeapQueryInformation(h, HeapCompatibilityInformation, out, 4, out) -> TRUE "
          "{information=1 length=4}");
}

TEST(HeapInformation, IsSetOnlyWhereItWasSeenToBe) {
  const std::string set = "HeapSetInformation(h, HeapCompatibilityInformation, inout(2), 4) -> ";
  const std::string again = "HeapSetInformation(h, HeapCompatibilityInformation, inout(1), 4) -> ";
  const std::string fresh = "h = HeapCreate(0, 0, 0) -> 0x600000\n";
  const std::string open = "   ;; unjudged HeapSetInformation.NotTold";
  judge("h = HeapCreate(HEAP_GENERATE_EXCEPTIONS, 0, 0) -> 0x600000\n" + set + "FALSE" + open);
  judge(fresh + again + "TRUE" + open + "\n" + set + "FALSE" + open);
  judge(fresh + set + "TRUE\n" + set + "FALSE" + open);
  judge(fresh + set + "TRUE\n" + again + "TRUE   ;; deviates HeapSetInformation.NotOff value\n" +
        again + "TRUE" + open);
  judge("HeapSetInformation(0x1230000, HeapCompatibilityInformation, inout(2), 4) -> FALSE" + open);
}

TEST(HeapInformation, EighteenEmptyBlocksBringTheFrontEnd) {
  const std::string heap = "h = HeapCreate(0, 0, 0) -> 0x600000\n";
  const std::string query =
      "HeapQueryInformation(h, HeapCompatibilityInformation, out, 4, out) -> TRUE {information=0}";
  judge(heap +
        "b = 18 * HeapAlloc(h, 0, 0) -> 0x601000*18 by 0x20\nHeapFree(h, 0, each b) -> TRUE*18\n" +
        query + "   ;; deviates HeapQueryInformation.Kind information");
  judge(heap +
        "b = 17 * HeapAlloc(h, 0, 0) -> 0x601000*17 by 0x20\nHeapFree(h, 0, each b) -> TRUE*17\n" +
        query);
  judge(heap + "b = 18 * HeapAlloc(h, 0, 0) -> 0x601000*18 by 0x20\n" + query);
}

}  // namespace
}  // namespace winmem::test
