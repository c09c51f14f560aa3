#include "model/test/oracle/judging.h"

namespace winmem::test {
namespace {

TEST(VirtualAlloc, ARequestThatAsksForNothingKnownIsRefused) {
  judge(R"(
VirtualAlloc(NULL, 0x1000, 0, PAGE_READWRITE) -> NULL !ERROR_INVALID_PARAMETER                     ;; conforms VirtualAlloc.Type.AsksForSomething
VirtualAlloc(NULL, 0x1000, MEM_TOP_DOWN, PAGE_READWRITE) -> NULL !ERROR_INVALID_PARAMETER          ;; conforms VirtualAlloc.Type.AsksForSomething
VirtualAlloc(NULL, 0x1000, 0x10000000, PAGE_READWRITE) -> NULL !ERROR_INVALID_PARAMETER            ;; conforms VirtualAlloc.Type.KnownBits
VirtualAlloc(NULL, 0x1000, MEM_RESERVE|0x40000, PAGE_READWRITE) -> 0x10000000                      ;; deviates VirtualAlloc.Type.KnownBits value
VirtualAlloc(NULL, 0x1000, MEM_COMMIT|MEM_RESET, PAGE_READWRITE) -> NULL !ERROR_INVALID_PARAMETER  ;; conforms VirtualAlloc.Type.ResetStandsAlone
VirtualAlloc(NULL, 0x1000, MEM_PHYSICAL|MEM_COMMIT, PAGE_READWRITE) -> NULL !ERROR_INVALID_PARAMETER ;; conforms VirtualAlloc.Type.PhysicalOnlyReserves
VirtualAlloc(NULL, 0x10000, MEM_PHYSICAL|MEM_RESERVE|MEM_TOP_DOWN, PAGE_READWRITE) -> 0x10000000   ;; unjudged VirtualAlloc.Type.PhysicalWithMore
VirtualAlloc(NULL, 0x1000, MEM_RESERVE|0x800000, PAGE_READWRITE) -> NULL !ERROR_INVALID_PARAMETER  ;; unjudged VirtualAlloc.Type.Untested)");
}

TEST(VirtualAlloc, TypeAndProtectionAreLookedAtBeforeTheAddress) {
  // VA-124: 87 and not 487, although the address conflicts.
  judge(std::string(two_pages()) + R"(
VirtualAlloc(p, 0x1000, MEM_RESERVE, 0) -> NULL !ERROR_INVALID_PARAMETER
VirtualAlloc(p, 0x1000, MEM_RESERVE, 0) -> NULL !ERROR_INVALID_ADDRESS              ;; deviates VirtualAlloc.Protection.OneBase last error)");
  judge(std::string(two_pages()) + R"(
VirtualAlloc(p, 0x1000, MEM_RESERVE, PAGE_NOACCESS) -> NULL !ERROR_INVALID_PARAMETER ;; deviates VirtualAlloc.Reserve.RangeIsFree last error)");
}

TEST(VirtualAlloc, ProtectionsAreOneBaseWithTestedModifiers) {
  struct Row {
    const char *protection, *verdict;
  };
  for (const Row& row :
       {Row{"PAGE_EXECUTE_READ", "conforms"},
        {"PAGE_READONLY|PAGE_WRITECOMBINE", "conforms"},
        {"PAGE_READWRITE|PAGE_GUARD", "conforms"},
        {"PAGE_READWRITE|PAGE_NOCACHE", "conforms"},
        {"0", "deviates VirtualAlloc.Protection.OneBase"},
        {"PAGE_READONLY|PAGE_READWRITE", "deviates VirtualAlloc.Protection.OneBase"},
        {"0xffffffff", "deviates VirtualAlloc.Protection.OneBase"},
        {"PAGE_WRITECOPY", "deviates VirtualAlloc.Protection.NoCopyOnWrite"},
        {"PAGE_NOACCESS|PAGE_GUARD", "deviates VirtualAlloc.Protection.NoAccessStandsAlone"},
        {"PAGE_NOACCESS|PAGE_NOCACHE", "unjudged VirtualAlloc.Protection.UntestedMix"},
        {"PAGE_READWRITE|PAGE_GUARD|PAGE_NOCACHE", "unjudged VirtualAlloc.Protection.UntestedMix"},
        {"PAGE_GUARD", "unjudged VirtualAlloc.Protection.UntestedMix"},
        {"PAGE_EXECUTE_READ|0x40000000", "unjudged VirtualAlloc.Protection.UntestedMix"}})
    judge(std::string("VirtualAlloc(NULL, 0x1000, MEM_RESERVE|MEM_COMMIT, ") + row.protection +
          ") -> 0x10000000 ;; " + row.verdict);
}

TEST(VirtualAlloc, SizesAndAddressesAtTheEdges) {
  judge(R"(
VirtualAlloc(NULL, 0, MEM_RESERVE, PAGE_NOACCESS) -> NULL !ERROR_INVALID_PARAMETER                      ;; conforms VirtualAlloc.Size.NotZero
VirtualAlloc(NULL, SIZE_MAX, MEM_COMMIT, PAGE_READWRITE) -> NULL !ERROR_INVALID_PARAMETER               ;; conforms VirtualAlloc.Size.WithinAddressSpace
VirtualAlloc(NULL, 0x7fffffff0000, MEM_RESERVE, PAGE_NOACCESS) -> NULL !ERROR_NOT_ENOUGH_MEMORY         ;; deviates VirtualAlloc.Size.WithinAddressSpace last error
VirtualAlloc(NULL, 0x7ffffffe0000, MEM_RESERVE, PAGE_NOACCESS) -> NULL !ERROR_INVALID_PARAMETER         ;; conforms VirtualAlloc.Size.NearTheAddressSpace
VirtualAlloc(NULL, 0x7ffffffe0000, MEM_RESERVE, PAGE_NOACCESS) -> NULL !ERROR_NOT_ENOUGH_MEMORY         ;; conforms VirtualAlloc.Size.NearTheAddressSpace
VirtualAlloc(0xffff, 0x1000, MEM_RESERVE, PAGE_NOACCESS) -> NULL !ERROR_INVALID_PARAMETER               ;; conforms VirtualAlloc.Address.NotInLowestGranule
VirtualAlloc(1, 0x1000, MEM_RESERVE|MEM_COMMIT, PAGE_READWRITE) -> 0x10000                              ;; deviates VirtualAlloc.Address.NotInLowestGranule value
VirtualAlloc(0x10000, 0x1000, MEM_RESERVE, PAGE_NOACCESS) -> NULL !ERROR_INVALID_ADDRESS                ;; conforms VirtualAlloc.Reserve.MayBeTaken
VirtualAlloc(0x7fffffff0000, 0x1000, MEM_COMMIT, PAGE_READWRITE) -> NULL !ERROR_INVALID_PARAMETER       ;; conforms VirtualAlloc.Address.NotInSystemHalf
VirtualAlloc(0x7ffffffe0000, 0x20000, MEM_RESERVE, PAGE_NOACCESS) -> NULL !ERROR_INVALID_ADDRESS        ;; unjudged VirtualAlloc.Range.WithinAddressSpace
VirtualAlloc(0x7ffffffe0000, 0x20000, MEM_RESERVE, PAGE_NOACCESS) -> 0x7ffffffe0000                     ;; unjudged VirtualAlloc.Range.WithinAddressSpace
VirtualAlloc(PTR(-0x1000), 0x2000, MEM_COMMIT, PAGE_READWRITE) -> NULL !ERROR_INVALID_PARAMETER         ;; conforms VirtualAlloc.Address.NotInSystemHalf)");
}

TEST(VirtualAlloc, AReservationIsRoundedToGranuleAndPage) {
  judge(R"(
p = VirtualAlloc(NULL, 0x20000, MEM_RESERVE, PAGE_NOACCESS) -> 0x10000000
VirtualFree(p, 0, MEM_RELEASE) -> TRUE
q = VirtualAlloc(p+0x1010, 0x7000, MEM_RESERVE, PAGE_NOACCESS) -> p
VirtualQuery(q, out, sizeof) -> sizeof {AllocationBase=q RegionSize=0x9000}
VirtualFree(q, 0, MEM_RELEASE) -> TRUE
VirtualAlloc(p+0x1010, 0x7000, MEM_RESERVE, PAGE_NOACCESS) -> p+0x1000   ;; deviates VirtualAlloc.Value.RoundedDown value)");
}

TEST(VirtualAlloc, WhatIsReservedOrCommittedIsNotReservedAgain) {
  judge(R"(
p = VirtualAlloc(NULL, 0x1000, MEM_RESERVE, PAGE_NOACCESS) -> 0x10000000
VirtualAlloc(p, 0x1000, MEM_RESERVE, PAGE_NOACCESS) -> NULL !ERROR_INVALID_ADDRESS
VirtualAlloc(p+0x1000, 0x1000, MEM_RESERVE, PAGE_NOACCESS) -> NULL !ERROR_INVALID_ADDRESS
VirtualAlloc(p-0x10000, 0x10001, MEM_RESERVE, PAGE_NOACCESS) -> NULL !ERROR_INVALID_ADDRESS
VirtualAlloc(p, 0x1000, MEM_RESERVE|MEM_COMMIT, PAGE_READWRITE) -> p    ;; deviates VirtualAlloc.Reserve.RangeIsFree value)");
}

TEST(VirtualAlloc, ACommitLiesWithinOneReservation) {
  judge(R"(
p = VirtualAlloc(NULL, 0x4000, MEM_RESERVE, PAGE_NOACCESS) -> 0x10000000
VirtualAlloc(p, 0x4001, MEM_COMMIT, PAGE_READWRITE) -> NULL !ERROR_INVALID_ADDRESS          ;; conforms VirtualAlloc.Commit.WithinOneAllocation
VirtualAlloc(p+1, 0x4000, MEM_COMMIT, PAGE_READWRITE) -> NULL !ERROR_INVALID_ADDRESS        ;; conforms VirtualAlloc.Commit.WithinOneAllocation
VirtualAlloc(p+0x4000, 0x1000, MEM_COMMIT, PAGE_READWRITE) -> NULL !ERROR_INVALID_ADDRESS   ;; conforms VirtualAlloc.Commit.OnlyReserved
VirtualAlloc(p+0x10000, 0x1000, MEM_COMMIT, PAGE_READWRITE) -> NULL !ERROR_INVALID_ADDRESS  ;; unjudged VirtualAlloc.Place.NotKnown
VirtualQuery(p, out, sizeof) -> sizeof {State=MEM_RESERVE RegionSize=0x4000}
VirtualAlloc(p+0xfff, 2, MEM_COMMIT, PAGE_READWRITE) -> p
VirtualQuery(p, out, sizeof) -> sizeof {State=MEM_COMMIT RegionSize=0x2000})");
}

TEST(VirtualAlloc, ARecommitKeepsContentsAndTakesTheProtection) {
  judge(std::string(two_pages()) + R"(
pattern(p, 0x2000, 3) -> ok
VirtualAlloc(p, 0x3000, MEM_COMMIT, PAGE_READONLY) -> p
read(p, 0x3000) -> pattern(3)+0*8192 0x00*4096
VirtualQuery(p, out, sizeof) -> sizeof {RegionSize=0x3000 Protect=PAGE_READONLY AllocationProtect=PAGE_NOACCESS}
fill(p, 1, 1) -> raises STATUS_ACCESS_VIOLATION(write, p))");
}

TEST(VirtualAlloc, AResetKeepsStateAndProtectionAndGivesUpContents) {
  judge(std::string(two_pages()) + R"(
fill(p, 0x2000, 9) -> ok
VirtualAlloc(p, 0x1000, MEM_RESET, PAGE_NOACCESS) -> p
read(p, 0x1000) -> 0x09*4096
read(p, 0x1000) -> 0x00*4096
read(p+0x1000, 0x1000) -> 0x09*4096
VirtualQuery(p, out, sizeof) -> sizeof {State=MEM_COMMIT Protect=PAGE_READWRITE RegionSize=0x2000}
VirtualAlloc(p+0x4000, 0x1000, MEM_RESET, PAGE_READWRITE) -> p+0x4000
VirtualAlloc(p+0x1f000, 0x2000, MEM_RESET, PAGE_NOACCESS) -> NULL !ERROR_INVALID_ADDRESS  ;; conforms VirtualAlloc.Reset.WithinOneAllocation
VirtualAlloc(p, 0x1000, MEM_RESET, 0) -> NULL                                             ;; conforms VirtualAlloc.Protection.OneBaseForAReset
VirtualAlloc(p, 0x1000, MEM_RESET, PAGE_WRITECOPY) -> NULL !ERROR_INVALID_PARAMETER       ;; unjudged VirtualAlloc.Protection.UntestedMix)");
  judge(std::string(two_pages()) +
        "VirtualAlloc(p, 0x1000, MEM_RESET, 0) -> p   ;; deviates "
        "VirtualAlloc.Protection.OneBaseForAReset value");
}

TEST(VirtualAlloc, LargePagesAndWindowsDependOnPrivileges) {
  judge(R"(
VirtualAlloc(NULL, 0x200000, MEM_RESERVE|MEM_COMMIT|MEM_LARGE_PAGES, PAGE_READWRITE) -> NULL !ERROR_PRIVILEGE_NOT_HELD
VirtualAlloc(NULL, 0x201000, MEM_RESERVE|MEM_COMMIT|MEM_LARGE_PAGES, PAGE_READWRITE) -> NULL !ERROR_INVALID_PARAMETER
VirtualAlloc(NULL, 0, MEM_RESERVE|MEM_COMMIT|MEM_LARGE_PAGES, PAGE_READWRITE) -> NULL !ERROR_PRIVILEGE_NOT_HELD
VirtualAlloc(NULL, 0x200000, MEM_RESERVE|MEM_LARGE_PAGES, PAGE_READWRITE) -> 0x10000000                ;; deviates VirtualAlloc.Type.LargePagesInOneCall value
w = VirtualAlloc(NULL, 0x10000, MEM_RESERVE|MEM_PHYSICAL, PAGE_READWRITE) -> 0x20000000
VirtualAlloc(w, 0x1000, MEM_COMMIT, PAGE_READWRITE) -> w                                               ;; unjudged VirtualAlloc.Place.NotPrivate
x = VirtualAlloc(NULL, 0x10000, MEM_RESERVE|MEM_PHYSICAL, PAGE_READWRITE) -> 0x30000000
VirtualFree(x, 0, MEM_RELEASE) -> TRUE)");
}

}  // namespace
}  // namespace winmem::test
