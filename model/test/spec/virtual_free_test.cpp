#include "model/test/oracle/judging.h"

namespace winmem::test {
namespace {

TEST(VirtualFree, TheTypeIsExactlyOneOfTwo) {
  for (const char* type :
       {"0", "MEM_DECOMMIT|MEM_RELEASE", "0x1000", "0x10000", "0xffffffff", "1"}) {
    const std::string call = std::string("VirtualFree(p, 0, ") + type + ") -> ";
    judge(two_pages() + call +
          "FALSE !ERROR_INVALID_PARAMETER ;; conforms VirtualFree.Type.OneOfTwo");
    judge(two_pages() + call + "TRUE ;; deviates VirtualFree.Type.OneOfTwo value");
  }
  judge(
      "VirtualFree(NULL, 0, 0) -> FALSE !ERROR_INVALID_ADDRESS ;; deviates "
      "VirtualFree.Type.OneOfTwo last error");
  judge(std::string(two_pages()) +
        "VirtualFree(p, 0x1000, MEM_RELEASE|MEM_PRESERVE_PLACEHOLDER) -> TRUE ;; unjudged "
        "VirtualFree.Type.Placeholders");
}

TEST(VirtualFree, AReleaseTakesNoSizeAndChangesNothingThen) {
  judge(std::string(two_pages()) + R"(
fill(p, 4, 7) -> ok
VirtualFree(p, 0x20000, MEM_RELEASE) -> FALSE !ERROR_INVALID_PARAMETER
read(p, 4) -> 0x07*4
VirtualFree(p, 0, MEM_RELEASE) -> TRUE)");
}

TEST(VirtualFree, AnyAddressInTheFirstPageReleases) {
  judge(std::string(two_pages()) + R"(
VirtualFree(p+0x1000, 0, MEM_RELEASE) -> FALSE !ERROR_INVALID_ADDRESS   ;; conforms VirtualFree.SizeZero.FirstPage
VirtualFree(p+0x1000, 0, MEM_DECOMMIT) -> FALSE !ERROR_INVALID_ADDRESS  ;; conforms VirtualFree.SizeZero.FirstPage
VirtualFree(p+0xfff, 0, MEM_RELEASE) -> TRUE)");
}

TEST(VirtualFree, ADecommitReachesWholePagesAndForgets) {
  judge(std::string(two_pages()) + R"(
fill(p, 0x2000, 5) -> ok
VirtualFree(p+0x1fff, 2, MEM_DECOMMIT) -> TRUE
read(p+0x1000, 1) -> raises STATUS_ACCESS_VIOLATION(read, p+0x1000)
VirtualQuery(p+0x1000, out, sizeof) -> sizeof {State=MEM_RESERVE Protect=0 RegionSize=0x1f000 AllocationBase=p}
VirtualAlloc(p+0x1000, 0x1000, MEM_COMMIT, PAGE_READWRITE) -> p+0x1000
read(p, 0x2000) -> 0x05*4096 0x00*4096)");
}

TEST(VirtualFree, ADecommitEndsWithinItsAllocation) {
  judge(R"(
p = VirtualAlloc(NULL, 0x1000, MEM_RESERVE, PAGE_READWRITE) -> 0x10000000
VirtualFree(p, 0x1000, MEM_DECOMMIT) -> TRUE
VirtualFree(p, 0x1001, MEM_DECOMMIT) -> FALSE !ERROR_INVALID_PARAMETER
VirtualFree(p+1, 0x1000, MEM_DECOMMIT) -> FALSE !ERROR_INVALID_PARAMETER
VirtualFree(p+1, 0xfff, MEM_DECOMMIT) -> TRUE
VirtualFree(p, 0x1001, MEM_DECOMMIT) -> FALSE !ERROR_INVALID_ADDRESS    ;; deviates VirtualFree.Decommit.WithinOneAllocation last error)");
}

TEST(VirtualFree, WhatOverflowsIsNotTold) {
  judge(std::string(two_pages()) +
        "VirtualFree(p, SIZE_MAX, MEM_DECOMMIT) -> TRUE   ;; unjudged VirtualFree.Range.Overflow");
  judge(
      "VirtualFree(PTR(-1), SIZE_MAX, MEM_DECOMMIT) -> FALSE !ERROR_INVALID_PARAMETER   ;; "
      "conforms VirtualFree.Address.NotInSystemHalf");
}

TEST(VirtualFree, WhereNothingIsNothingIsFreed) {
  judge(R"(
p = VirtualAlloc(NULL, 0x3000, MEM_RESERVE, PAGE_NOACCESS) -> 0x10000000
VirtualFree(p+0x8000, 0, MEM_RELEASE) -> FALSE !ERROR_INVALID_ADDRESS        ;; conforms VirtualFree.NothingThere
VirtualFree(p+0x3000, 0x1000, MEM_DECOMMIT) -> FALSE !ERROR_INVALID_ADDRESS  ;; conforms VirtualFree.NothingThere
VirtualFree(NULL, 0, MEM_RELEASE) -> FALSE !ERROR_INVALID_ADDRESS            ;; conforms VirtualFree.Release.Null
VirtualFree(NULL, 0, MEM_RELEASE) -> FALSE !ERROR_INVALID_PARAMETER          ;; deviates VirtualFree.Release.Null last error
VirtualFree(NULL, 0, MEM_DECOMMIT) -> FALSE !ERROR_INVALID_PARAMETER         ;; conforms VirtualFree.Address.Low
VirtualFree(PTR(-0x10000), 0, MEM_RELEASE) -> FALSE !ERROR_INVALID_PARAMETER ;; conforms VirtualFree.Address.NotInSystemHalf
VirtualFree(p+0x10000, 0, MEM_RELEASE) -> TRUE                               ;; unjudged VirtualFree.Place.NotKnown)");
}

TEST(VirtualFree, WhatADecommitDoesToLockedPagesIsNotTold) {
  judge(std::string(two_pages()) + R"(
VirtualLock(p, 0x1000) -> TRUE
VirtualFree(p+0x1000, 0x1000, MEM_DECOMMIT) -> TRUE   ;; conforms VirtualFree.Decommit.LeavesReserved
VirtualFree(p, 0, MEM_DECOMMIT) -> FALSE              ;; unjudged VirtualFree.Decommit.Locked)");
}

}  // namespace
}  // namespace winmem::test
