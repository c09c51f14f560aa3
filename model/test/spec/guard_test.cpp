// Guard pages, and what scripted handlers see of them.
#include "model/test/oracle/judging.h"

namespace winmem::test {
namespace {

const char* const guarded =
    "p = VirtualAlloc(NULL, 0x3000, MEM_COMMIT, PAGE_READWRITE|PAGE_GUARD) -> 0x10000000\n";
const char* const handled =
    "v = AddVectoredExceptionHandler(1, on=STATUS_GUARD_PAGE_VIOLATION do=continue) -> 0x900000\n";

TEST(GuardPage, IsOneShotPageByPage) {
  judge(std::string(guarded) + R"(
fill(p, 1, 5) -> raises STATUS_GUARD_PAGE_VIOLATION(write, p)
read(p, 1) -> 0x00*1
VirtualQuery(p, out, sizeof) -> sizeof {Protect=PAGE_READWRITE AllocationProtect=PAGE_READWRITE|PAGE_GUARD RegionSize=0x1000}
VirtualQuery(p+0x1000, out, sizeof) -> sizeof {Protect=PAGE_READWRITE|PAGE_GUARD RegionSize=0x2000}
read(p+0xfff, 2) -> raises STATUS_GUARD_PAGE_VIOLATION(read, p+0x1000)
read(p+0xfff, 2) -> 0x00*2
read(p+0x2000, 1) -> 0x00*1                             ;; deviates Access.GuardPage value)");
}

TEST(GuardPage, AQueryDoesNotTouchIt) {
  judge(std::string(guarded) + R"(
VirtualQuery(p, out, sizeof) -> sizeof {Protect=PAGE_READWRITE|PAGE_GUARD}
VirtualQuery(p, out, sizeof) -> sizeof {Protect=PAGE_READWRITE}   ;; deviates VirtualQuery.Protect.OfThePage Protect)");
}

TEST(GuardPage, GuardsComeBeforeWhatThePageForbids) {
  judge(R"(
p = VirtualAlloc(NULL, 0x1000, MEM_COMMIT, PAGE_READONLY|PAGE_GUARD) -> 0x10000000
fill(p, 1, 5) -> raises STATUS_GUARD_PAGE_VIOLATION(write, p)
fill(p, 1, 5) -> raises STATUS_ACCESS_VIOLATION(write, p))");
}

TEST(GuardPage, AHandlerThatContinuesSeesEachPageOnce) {
  judge(std::string(guarded) + handled + R"(
fill(p+0xff0, 0x20, 9) -> [v STATUS_GUARD_PAGE_VIOLATION(write, p+0xff0)] [v STATUS_GUARD_PAGE_VIOLATION(write, p+0x1000)] ok
read(p+0xff0, 0x20) -> 0x09*32
fill(p+0x2000, 1, 9) -> ok                              ;; deviates Access.HandlersSaw sightings)");
}

TEST(GuardPage, WhatAHandlerSawIsHeldAgainstTheAccess) {
  for (const char* sighting :
       {"[v STATUS_GUARD_PAGE_VIOLATION(read, p)] ", "[v STATUS_GUARD_PAGE_VIOLATION(write, p+1)] ",
        "[v STATUS_ACCESS_VIOLATION(write, p)] "})
    judge(std::string(guarded) + handled + "fill(p, 1, 9) -> " + sighting +
          "ok ;; deviates Access.HandlersSaw sightings");
}

TEST(GuardPage, AHandlerThatSearchesLeavesItToTheProgram) {
  judge(std::string(guarded) + R"(
v = AddVectoredExceptionHandler(1, on=any do=search) -> 0x900000
w = AddVectoredExceptionHandler(1, on=STATUS_ACCESS_VIOLATION do=continue) -> 0x900100
read(p, 1) -> [v STATUS_GUARD_PAGE_VIOLATION(read, p)] raises STATUS_GUARD_PAGE_VIOLATION(read, p)
RemoveVectoredExceptionHandler(v) -> 1
read(p+0x1000, 1) -> raises STATUS_GUARD_PAGE_VIOLATION(read, p+0x1000))");
}

TEST(GuardPage, AnAccessThatIsResumedForEverIsUndefined) {
  judge(R"(
p = VirtualAlloc(NULL, 0x1000, MEM_RESERVE, PAGE_NOACCESS) -> 0x10000000
v = AddVectoredExceptionHandler(1, on=any do=continue) -> 0x900000
read(p, 1) -> hangs                                     ;; undefined Access.ResumedForEver)");
}

TEST(GuardPage, ProtectingReplacesTheGuard) {
  judge(std::string(guarded) + R"(
VirtualProtect(p, 0x3000, PAGE_READWRITE, out) -> TRUE {old=PAGE_READWRITE|PAGE_GUARD}
VirtualProtect(p, 0x1000, PAGE_READWRITE|PAGE_GUARD, out) -> TRUE {old=PAGE_READWRITE}
read(p+0x1000, 1) -> 0x00*1
read(p, 1) -> raises STATUS_GUARD_PAGE_VIOLATION(read, p))");
}

TEST(GuardPage, ManyOfThemAreMetQuickly) {
  judge(std::string(handled) + R"(
p = VirtualAlloc(NULL, 0x8000000, MEM_COMMIT, PAGE_READWRITE|PAGE_GUARD) -> 0x10000000
fill(p, 0x8000000, 1) -> ok                             ;; deviates Access.HandlersSaw sightings)");
}

}  // namespace
}  // namespace winmem::test
