// Foreign memory: views, a program, a stack, and what the functions do to them.
#include "model/test/oracle/judging.h"

namespace winmem::test {
namespace {

const std::string reading = "v = view(0x3000, PAGE_READONLY) -> 0x10000000\n";
const std::string writing = "v = view(0x2fff, PAGE_READWRITE) -> 0x10000000\n";

TEST(Setup, AViewIsMappedCommittedMemory) {
  judge(writing + R"(
VirtualQuery(v+0x1000, out, sizeof) -> sizeof {BaseAddress=v+0x1000 AllocationBase=v AllocationProtect=PAGE_READWRITE RegionSize=0x2000 State=MEM_COMMIT Protect=PAGE_READWRITE Type=MEM_MAPPED}
read(v, 0x3000) -> 0x00*12288
fill(v, 1, 7) -> ok
VirtualQuery(v, out, sizeof) -> sizeof {Type=MEM_PRIVATE}  ;; deviates VirtualQuery.Type.OfTheAllocation Type)");
  judge(reading + R"(
fill(v, 1, 7) -> raises STATUS_ACCESS_VIOLATION(write, v)
VirtualQuery(v, out, sizeof) -> sizeof {Protect=PAGE_READWRITE}  ;; deviates VirtualQuery.Protect.OfThePage Protect)");
}

TEST(Setup, AViewIsNotFreed) {
  judge(writing + R"(
VirtualFree(v, 0, MEM_RELEASE) -> FALSE !ERROR_INVALID_PARAMETER        ;; conforms VirtualFree.View
VirtualFree(v, 0x1000, MEM_DECOMMIT) -> FALSE !ERROR_INVALID_PARAMETER  ;; conforms VirtualFree.View
VirtualFree(v, 0x1000, MEM_DECOMMIT) -> FALSE !ERROR_INVALID_ADDRESS    ;; deviates VirtualFree.View last error
VirtualFree(v+0x1000, 0x1000, MEM_DECOMMIT) -> TRUE                     ;; unjudged VirtualFree.Place.NotPrivate)");
  judge(writing + "VirtualFree(v, 0, MEM_RELEASE) -> TRUE ;; deviates VirtualFree.View value");
  for (const char* size : {"0", "0x4000"})
    judge(writing + "VirtualFree(v, " + size +
          ", MEM_DECOMMIT) -> FALSE ;; unjudged VirtualFree.Place.NotPrivate");
}

TEST(Setup, AViewKeepsToWhatItWasOpenedFor) {
  judge(reading + R"(
VirtualProtect(v, 0x1000, PAGE_READWRITE, out) -> FALSE !ERROR_INVALID_PARAMETER      ;; conforms VirtualProtect.View.OpenedForReading
VirtualAlloc(v, 0x1000, MEM_COMMIT, PAGE_READWRITE) -> NULL !ERROR_INVALID_PARAMETER  ;; conforms VirtualAlloc.Commit.OpenedForReading
VirtualProtect(v, 0x1000, PAGE_WRITECOPY, out) -> TRUE {old=PAGE_READONLY}            ;; conforms VirtualProtect.ChangesWholePages
fill(v, 2, 3) -> ok
read(v, 3) -> 0x03*2 0x00*1
VirtualQuery(v, out, sizeof) -> sizeof {Protect=PAGE_READWRITE RegionSize=0x1000 Type=MEM_MAPPED}
VirtualProtect(v, 0x1000, PAGE_EXECUTE_READ, out) -> TRUE                             ;; unjudged VirtualProtect.Place.NotPrivate)");
  judge(reading +
        "VirtualProtect(v, 0x1000, PAGE_READWRITE, out) -> TRUE ;; deviates "
        "VirtualProtect.View.OpenedForReading value");
  judge(reading +
        "VirtualAlloc(v, 0x1000, MEM_COMMIT, PAGE_READWRITE) -> v ;; deviates "
        "VirtualAlloc.Commit.OpenedForReading value");
}

TEST(Setup, ACommitOfAViewOnlyChangesTheProtection) {
  judge(writing + R"(
fill(v, 4, 9) -> ok
VirtualAlloc(v, 0x1000, MEM_COMMIT, PAGE_READONLY) -> v
read(v, 4) -> 0x09*4
VirtualQuery(v, out, sizeof) -> sizeof {RegionSize=0x1000 Protect=PAGE_READONLY AllocationProtect=PAGE_READWRITE}
VirtualAlloc(v, 0x4000, MEM_COMMIT, PAGE_READONLY) -> NULL !ERROR_INVALID_ADDRESS     ;; unjudged VirtualAlloc.Place.NotPrivate)");
  judge(
      writing +
      "VirtualAlloc(v, 0x1000, MEM_COMMIT, PAGE_NOACCESS) -> NULL !ERROR_ACCESS_DENIED ;; unjudged "
      "VirtualAlloc.Place.NotPrivate");
}

TEST(Setup, AResetOfAViewGivesUpItsContents) {
  judge(writing + R"(
fill(v, 0x3000, 9) -> ok
VirtualAlloc(v, 0x1000, MEM_RESET, PAGE_NOACCESS) -> v
read(v, 0x3000) -> 0x00*4096 0x09*8192
VirtualAlloc(v, 0x4000, MEM_RESET, PAGE_NOACCESS) -> NULL                             ;; unjudged VirtualAlloc.Place.NotPrivate)");
}

TEST(Setup, AViewMayBeReservedOnly) {
  judge(R"(
v = view(0x100000, PAGE_READWRITE|0x4000000) -> 0x10000000
VirtualQuery(v, out, sizeof) -> sizeof {RegionSize=0x100000 State=MEM_RESERVE Protect=0 AllocationProtect=PAGE_READWRITE Type=MEM_MAPPED}
read(v, 1) -> raises STATUS_ACCESS_VIOLATION(read, v)
VirtualAlloc(v, 0x10000, MEM_COMMIT, PAGE_READONLY) -> v
VirtualQuery(v, out, sizeof) -> sizeof {RegionSize=0x10000 State=MEM_COMMIT Protect=PAGE_READONLY AllocationProtect=PAGE_READWRITE Type=MEM_MAPPED}
VirtualAlloc(v, 0x100000, MEM_RESET, PAGE_READONLY) -> v
VirtualProtect(v, 0x20000, PAGE_READWRITE, out) -> FALSE !ERROR_INVALID_ADDRESS  ;; unjudged VirtualProtect.Place.NotPrivate)");
}

TEST(Setup, NothingIsReservedOverForeignMemory) {
  for (const char* made : {"view(0x1000, PAGE_READONLY)", "image()", "stack()"}) {
    const std::string there = std::string("m = ") + made + " -> 0x10000000\n";
    judge(there +
          "VirtualAlloc(m, 0x1000, MEM_RESERVE, PAGE_NOACCESS) -> NULL !ERROR_INVALID_ADDRESS");
    judge(there +
          "VirtualAlloc(m, 0x1000, MEM_RESERVE, PAGE_NOACCESS) -> m ;; deviates "
          "VirtualAlloc.Reserve.RangeIsFree value");
  }
}

TEST(Setup, WhatFollowsAViewInItsGranuleIsNotKnown) {
  judge(reading + R"(
VirtualQuery(v+0x3000, out, sizeof) -> sizeof {State=MEM_COMMIT}
VirtualFree(v+0x3000, 0, MEM_RELEASE) -> FALSE   ;; unjudged VirtualFree.Place.NotKnown)");
}

TEST(Setup, AProgramBeginsWithAReadOnlyPage) {
  judge(R"(
i = image() -> 0x140000000
VirtualQuery(i, out, sizeof) -> sizeof {AllocationBase=i AllocationProtect=PAGE_EXECUTE_WRITECOPY Protect=PAGE_READONLY State=MEM_COMMIT Type=MEM_IMAGE RegionSize=0x5000}
VirtualQuery(i, out, sizeof) -> sizeof {Type=MEM_PRIVATE}      ;; deviates VirtualQuery.Type.OfTheAllocation Type
VirtualQuery(i+0x1000, out, sizeof) -> sizeof {Type=MEM_PRIVATE}
read(i, 2) -> 0x4d*1 0x5a*1                                    ;; unjudged Access.NotTold)");
}

TEST(Setup, WhatElseBecomesOfAProgramIsNotTold) {
  for (const char* line :
       {"VirtualProtect(i, 0x1000, PAGE_READWRITE, out) -> TRUE ;; unjudged "
        "VirtualProtect.Place.NotPrivate",
        "VirtualAlloc(i, 0x1000, MEM_COMMIT, PAGE_READWRITE) -> i ;; unjudged "
        "VirtualAlloc.Place.NotPrivate",
        "VirtualFree(i, 0, MEM_RELEASE) -> FALSE ;; unjudged VirtualFree.Place.NotPrivate",
        "VirtualLock(i, 0x1000) -> TRUE ;; unjudged VirtualLock.Place.NotKnown",
        "VirtualUnlock(i, 0x1000) -> FALSE ;; unjudged VirtualUnlock.Place.NotKnown"})
    judge(std::string("i = image() -> 0x140000000\n") + line);
}

TEST(Setup, AStackInUseIsCommitted) {
  judge(R"(
s = stack() -> 0x12345f8
VirtualQuery(s, out, sizeof) -> sizeof {BaseAddress=0x1234000 AllocationBase=0x1000000 State=MEM_COMMIT RegionSize=0x8000}
VirtualQuery(s, out, sizeof) -> sizeof {State=MEM_RESERVE}     ;; deviates VirtualQuery.State.OfThePage State
VirtualFree(s, 0, MEM_RELEASE) -> FALSE                        ;; unjudged VirtualFree.Place.NotPrivate)");
}

TEST(Setup, OtherViewsAreNotTold) {
  for (const char* call :
       {"view(0, PAGE_READONLY)", "view(0x1000, PAGE_NOACCESS)",
        "view(0x1000, PAGE_READWRITE|0x8000000)", "view(SIZE_MAX, PAGE_READONLY)"})
    judge(std::string("v = ") + call + " -> 0x10000000 ;; unjudged view.Untold");
  judge("view(0x1000, PAGE_READONLY) -> NULL");
}

}  // namespace
}  // namespace winmem::test
