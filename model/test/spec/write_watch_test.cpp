#include "model/test/oracle/judging.h"

namespace winmem::test {
namespace {

/// A committed, watched allocation of sixteen pages.
constexpr const char* watched =
    "p = VirtualAlloc(NULL, 0x10000, MEM_RESERVE|MEM_COMMIT|MEM_WRITE_WATCH, PAGE_READWRITE) -> "
    "0x10000000\n";

TEST(GetWriteWatch, TellsWrittenPagesUpwards) {
  judge(std::string(watched) + R"(
GetWriteWatch(0, p, 0x10000, out[64], inout(64), out) -> 0 {addresses=untouched count=0 granularity=0x1000} !?
fill(p+0x4001, 1, 1) -> ok
store(p+0x1fff, 2, 7) -> ok
GetWriteWatch(0, p, 0x10000, out[64], inout(64), out) -> 0 {addresses=[p+0x1000 p+0x2000 p+0x4000] count=3 granularity=0x1000}
GetWriteWatch(0, p, 0x10000, out[64], inout(64), out) -> 0 {addresses=[p+0x1000 p+0x2000] count=2}     ;; deviates GetWriteWatch.Count.OfWrittenPages count)");
  judge(std::string(watched) + R"(
fill(p+0x4001, 1, 1) -> ok
fill(p+0x1000, 0x2000, 7) -> ok
GetWriteWatch(0, p, 0x10000, out[64], inout(64), out) -> 0 {addresses=[p+0x2000 p+0x1000 p+0x4000] count=3}   ;; deviates GetWriteWatch.Addresses.OfWrittenPages list)");
}

TEST(GetWriteWatch, APageTooManyIsADeviation) {
  judge(std::string(watched) + R"(
fill(p+0x2000, 0x1000, 1) -> ok
GetWriteWatch(0, p, 0x10000, out[64], inout(64), out) -> 0 {addresses=[p+0x2000 p+0x3000] count=2}  ;; deviates GetWriteWatch.Count.OfWrittenPages count)");
  judge(std::string(watched) + R"(
GetWriteWatch(0, p, 0x10000, out[64], inout(64), out) -> 0 {addresses=[p] count=0}                  ;; deviates GetWriteWatch.Addresses.OfWrittenPages list)");
  judge(std::string(watched) + R"(
GetWriteWatch(0, p, 0x10000, out[64], inout(64), out) -> 0 {addresses=untouched count=0 granularity=0x10000}  ;; deviates GetWriteWatch.Granularity.OfAPage granularity)");
  judge(std::string(watched) + R"(
fill(p, 1, 1) -> ok
GetWriteWatch(0, p, 0x10000, out[64], inout(64), out) -> 0 {addresses=[p+1] count=1}                ;; deviates GetWriteWatch.Addresses.OfWrittenPages list)");
}

TEST(GetWriteWatch, AListThatCannotBeIsADeviation) {
  const std::string written = std::string(watched) + "fill(p+0x1000, 0x2000, 1) -> ok\n";
  const std::string ask = "GetWriteWatch(0, p, 0x10000, out[64], inout(64), out) -> 0 ";
  for (const char* list : {"[p+0x1000]", "[p+0x1000 p+0x1000]", "[p+0x1000 p+0x20000]",
                           "[p+0x2000 p+0x1000]", "untouched"})
    judge(written + ask + "{addresses=" + list +
          " count=2}   ;; deviates GetWriteWatch.Addresses.OfWrittenPages list");
  judge(std::string(watched) + R"(
fill(p+0x3000, 1, 1) -> ok
fill(p+0x8000, 1, 1) -> ok
VirtualFree(p, 0x4000, MEM_DECOMMIT) -> TRUE
)" + ask +
        "{addresses=[p+0x3000] count=1}   ;; deviates GetWriteWatch.Addresses.OfWrittenPages list");
}

TEST(GetWriteWatch, WhatAnAnswerLeavesOutIsNotHeldAgainstIt) {
  const std::string written = std::string(watched) + "fill(p+0x1000, 0x2000, 1) -> ok\n";
  const std::string ask = "GetWriteWatch(0, p, 0x10000, out[64], inout(64), out) -> 0 ";
  for (const char* told : {"{addresses=[p+0x1000]}", "{addresses=_ count=2}", "{count=2}"})
    judge(written + ask + told + "\n" + ask + "{addresses=[p+0x1000 p+0x2000] count=2}");
}

TEST(GetWriteWatch, OfManyWrittenPagesTheFirstAreNamed) {
  const Judging run(std::string(watched) + R"(
fill(p, 0x9000, 1) -> ok
GetWriteWatch(0, p, 0x10000, out[64], inout(64), out) -> 0 {addresses=[p p p p p p p p p] count=9} ;; deviates GetWriteWatch.Addresses.OfWrittenPages list)");
  run.check();
  EXPECT_NE(run.last().reason.find("0x10007000"), std::string::npos) << run.last().reason;
  EXPECT_EQ(run.last().reason.find("0x10008000"), std::string::npos) << run.last().reason;
}

TEST(GetWriteWatch, AFillThatFaultsMarksWhatItWrote) {
  judge(std::string(watched) + R"(
VirtualProtect(p+0x2000, 0x1000, PAGE_READONLY, out) -> TRUE {old=PAGE_READWRITE}
fill(p+0x1800, 0x1000, 1) -> raises STATUS_ACCESS_VIOLATION(write, p+0x2000)
store(p+0x2ffc, 8, 1) -> raises STATUS_ACCESS_VIOLATION(write, p+0x2ffc)
read(p+0x5000, 1) -> 0x00*1
GetWriteWatch(0, p, 0x10000, out[64], inout(64), out) -> 0 {addresses=[p+0x1000] count=1})");
}

TEST(GetWriteWatch, AResetTakesTheMarksOfWhatWasTold) {
  judge(std::string(watched) + R"(
fill(p+0x1000, 0x2000, 1) -> ok
fill(p+0x4000, 1, 1) -> ok
GetWriteWatch(WRITE_WATCH_FLAG_RESET, p, 0x10000, out[1], inout(1), out) -> 0 {addresses=[p+0x1000] count=1}
GetWriteWatch(WRITE_WATCH_FLAG_RESET, p, 0x10000, out[64], inout(64), out) -> 0 {addresses=[p+0x2000 p+0x4000] count=2}
GetWriteWatch(0, p, 0x10000, out[64], inout(64), out) -> 0 {addresses=[p+0x2000 p+0x4000] count=2}  ;; deviates GetWriteWatch.Count.OfWrittenPages count
fill(p+0x2000, 1, 1) -> ok
ResetWriteWatch(p, 0x2000) -> 0
ResetWriteWatch(p+0x2000, 0x1000) -> 0
GetWriteWatch(0, p, 0x4000, out[64], inout(64), out) -> 0 {addresses=untouched count=0})");
}

TEST(GetWriteWatch, AnAnswerWithoutItsListLeavesAResetInDoubt) {
  judge(std::string(watched) + R"(
fill(p, 1, 1) -> ok
GetWriteWatch(WRITE_WATCH_FLAG_RESET, p, 0x10000, out[64], inout(64), out) -> 0 {count=1}
GetWriteWatch(0, p, 0x10000, out[64], inout(64), out) -> 0 {addresses=[p] count=1}
GetWriteWatch(0, p, 0x10000, out[64], inout(64), out) -> 0 {addresses=untouched count=0}            ;; deviates GetWriteWatch.Count.OfWrittenPages count)");
}

TEST(GetWriteWatch, ADecommitForgetsWhatWasWrittenSinceAProtection) {
  const std::string once = std::string(watched) + R"(
fill(p+0x3000, 1, 1) -> ok
VirtualProtect(p, 0x6000, PAGE_READWRITE, out) -> TRUE {old=PAGE_READWRITE}
fill(p+0x5000, 1, 1) -> ok
VirtualFree(p, 0x10000, MEM_DECOMMIT) -> TRUE
)";
  const std::string ask = "GetWriteWatch(0, p, 0x10000, out[64], inout(64), out) -> 0 ";
  judge(once + ask + "{addresses=[p+0x3000] count=1}");
  judge(once + ask + "{addresses=untouched count=0}");
  judge(once + ask +
        "{addresses=[p+0x5000] count=1}   ;; deviates GetWriteWatch.Addresses.OfWrittenPages list");
  judge(once +
        "VirtualAlloc(p, 0x10000, MEM_COMMIT, PAGE_READWRITE) -> p\nfill(p+0x5000, 1, 1) -> ok\n" +
        ask + "{addresses=[p+0x5000] count=1}");
}

TEST(GetWriteWatch, ADecommitLeavesMarksInDoubtUntilTheyAreTold) {
  const std::string decommitted = std::string(watched) + R"(
fill(p+0x3000, 1, 1) -> ok
fill(p+0x5000, 1, 1) -> ok
VirtualFree(p, 0x10000, MEM_DECOMMIT) -> TRUE
)";
  judge(decommitted + R"(
GetWriteWatch(0, p, 0x10000, out[64], inout(64), out) -> 0 {addresses=untouched count=0}
GetWriteWatch(0, p, 0x10000, out[64], inout(64), out) -> 0 {addresses=[p+0x3000] count=1}           ;; deviates GetWriteWatch.Count.OfWrittenPages count)");
  judge(decommitted + R"(
GetWriteWatch(0, p, 0x10000, out[64], inout(64), out) -> 0 {addresses=[p+0x3000] count=1}
GetWriteWatch(0, p, 0x10000, out[64], inout(64), out) -> 0 {addresses=[p+0x3000] count=1})");
  judge(decommitted + R"(
GetWriteWatch(0, p, 0x10000, out[64], inout(64), out) -> 0 {addresses=[p+0x4000] count=1}           ;; deviates GetWriteWatch.Addresses.OfWrittenPages list)");
  judge(decommitted + R"(
ResetWriteWatch(p, 0x10000) -> 0
VirtualAlloc(p, 0x4000, MEM_COMMIT, PAGE_READWRITE) -> p
fill(p, 1, 1) -> ok
GetWriteWatch(0, p, 0x10000, out[64], inout(64), out) -> 0 {addresses=[p] count=1})");
}

TEST(GetWriteWatch, WhatMayOrMayNotCountLeavesMarksInDoubt) {
  for (const char* call : {"VirtualAlloc(p, 0x1000, MEM_COMMIT, PAGE_READWRITE) -> p",
                           "VirtualAlloc(p, 0x1000, MEM_RESET, PAGE_READWRITE) -> p"}) {
    judge(std::string(watched) + "fill(p, 1, 1) -> ok\n" + call + R"(
GetWriteWatch(0, p, 0x1000, out[64], inout(64), out) -> 0 {addresses=untouched count=0})");
    judge(std::string(watched) + "fill(p, 1, 1) -> ok\n" + call + R"(
GetWriteWatch(0, p, 0x1000, out[64], inout(64), out) -> 0 {addresses=[p] count=1})");
  }
  judge(std::string(watched) + R"(
VirtualLock(p, 0x1000) -> TRUE
VirtualAlloc(p+0x2000, 0x1000, MEM_RESET, PAGE_READWRITE) -> p+0x2000
GetWriteWatch(0, p, 0x10000, out[64], inout(64), out) -> 0 {addresses=[p p+0x2000] count=2})");
}

TEST(GetWriteWatch, AGuardThatNobodyContinuedLeavesThePageInDoubt) {
  const std::string guarded =
      "p = VirtualAlloc(NULL, 0x1000, MEM_RESERVE|MEM_COMMIT|MEM_WRITE_WATCH, "
      "PAGE_READWRITE|PAGE_GUARD) -> 0x10000000\n";
  for (const char* told : {"{addresses=[p] count=1}", "{addresses=untouched count=0}"})
    judge(guarded + "fill(p, 1, 1) -> raises STATUS_GUARD_PAGE_VIOLATION(write, p)\n" +
          "GetWriteWatch(0, p, 0x1000, out[64], inout(64), out) -> 0 " + told);
  judge(guarded + R"(
fill(p, 1, 1) -> raises STATUS_GUARD_PAGE_VIOLATION(write, p)
fill(p, 1, 1) -> ok
GetWriteWatch(0, p, 0x1000, out[64], inout(64), out) -> 0 {addresses=untouched count=0}             ;; deviates GetWriteWatch.Count.OfWrittenPages count)");
}

TEST(GetWriteWatch, RefusesWhatIsNotWatched) {
  judge(std::string(watched) + R"(
q = VirtualAlloc(NULL, 0x10000, MEM_COMMIT, PAGE_READWRITE) -> 0x10020000
GetWriteWatch(0xdeadbeef, p, 0x10000, out[4], inout(4), out) -> 0xffffffff !ERROR_INVALID_PARAMETER   ;; conforms GetWriteWatch.Flags.OnlyReset
GetWriteWatch(0, p, 0, out[4], inout(4), out) -> 0xffffffff !ERROR_INVALID_PARAMETER                  ;; conforms WriteWatch.WatchedRange
GetWriteWatch(0, p+0xf000, 0x1001, out[4], inout(4), out) -> 0xffffffff !ERROR_INVALID_PARAMETER      ;; conforms WriteWatch.WatchedRange
GetWriteWatch(0, q, 0x1000, out[4], inout(4), out) -> 0xffffffff !ERROR_INVALID_ADDRESS               ;; deviates WriteWatch.WatchedRange last error
GetWriteWatch(0, NULL, 0x1000, out[4], inout(4), out) -> 0                                            ;; deviates WriteWatch.WatchedRange value
GetWriteWatch(0, 0x20000, 0x1000, out[4], inout(4), out) -> 0                                         ;; unjudged WriteWatch.NotTold
GetWriteWatch(0, p+1, 0x1000, out[4], inout(4), out) -> 0                                             ;; unjudged WriteWatch.NotTold)");
  judge(std::string(watched) + R"(
ResetWriteWatch(p, 0) -> 0xffffffff !ERROR_INVALID_PARAMETER
ResetWriteWatch(p, 0x20000) -> 0                              ;; unjudged WriteWatch.NotTold
ResetWriteWatch(p, 0x1000) -> 0xffffffff !?                   ;; unjudged)");
  judge(std::string(watched) + R"(
ResetWriteWatch(p, 0) -> 1 !ERROR_INVALID_PARAMETER           ;; deviates WriteWatch.WatchedRange value)");
}

TEST(GetWriteWatch, WantsItsPointers) {
  judge(std::string(watched) + R"(
GetWriteWatch(0, p, 0x10000, out[4], NULL, out) -> 0xffffffff !ERROR_NOACCESS                 ;; conforms GetWriteWatch.Pointers.Needed
GetWriteWatch(0, p, 0x10000, NULL, inout(4), out) -> 0xffffffff !ERROR_NOACCESS               ;; conforms GetWriteWatch.Pointers.Needed
GetWriteWatch(0, p, 0x10000, out[4], NULL, NULL) -> 7 !?                                      ;; conforms GetWriteWatch.Pointers.NoneForResults
GetWriteWatch(0, p, 0x10000, out[4], inout(4), NULL) -> 0xffffffff !ERROR_NOACCESS            ;; unjudged GetWriteWatch.Pointers.NotTold
)");
  judge(std::string(watched) + R"(
GetWriteWatch(0, p, 0x10000, out[4], inout(5), out) -> 0                                      ;; undefined GetWriteWatch.List.HoldsItsCount)");
  for (const char* call : {"GetWriteWatch(0, p, 0x10000, out[4], inout(0), out)",
                           "GetWriteWatch(0, p, 0x10000, out[4], out, out)",
                           "GetWriteWatch(0, p, 0x10000, p, inout(4), out)"})
    judge(std::string(watched) + call + " -> 0    ;; unjudged GetWriteWatch.Pointers.NotTold");
}

TEST(PhysicalPages, AreNotJudged) {
  judge(R"(
# requires: privilege=SeLockMemoryPrivilege
w = VirtualAlloc(NULL, 0x10000, MEM_RESERVE|MEM_PHYSICAL, PAGE_READWRITE) -> 0x10000000
n = AllocateUserPhysicalPages(PTR(-1), inout(1), out[1]) -> TRUE {count=1 pages=[0x55]}       ;; unjudged PhysicalPages.NotTold
fill(w, 0x1000, 1) -> ok                                                                      ;; unjudged Access.NotTold
MapUserPhysicalPages(w, 1, NULL) -> TRUE                                                      ;; unjudged PhysicalPages.NotTold
VirtualFree(w, 0, MEM_RELEASE) -> TRUE)");
}

}  // namespace
}  // namespace winmem::test
