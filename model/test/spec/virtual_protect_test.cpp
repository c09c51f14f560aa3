#include "model/test/oracle/judging.h"

namespace winmem::test {
namespace {

TEST(VirtualProtect, ChangesWholePagesAndTellsTheOldProtection) {
  judge(std::string(two_pages()) + R"(
VirtualProtect(p+1, 1, PAGE_READONLY, out) -> TRUE {old=PAGE_READWRITE}
VirtualProtect(p, 0x2000, PAGE_EXECUTE_READ, out) -> TRUE {old=PAGE_READONLY}
VirtualProtect(p, 0x2000, PAGE_NOACCESS, out) -> TRUE {old=PAGE_READWRITE}     ;; deviates VirtualProtect.OldProtection.OfTheFirstPage old)");
}

TEST(VirtualProtect, KeepsContentsWhileTheyCannotBeRead) {
  judge(std::string(two_pages()) + R"(
pattern(p, 0x2000, 4) -> ok
VirtualProtect(p, 0x2000, PAGE_NOACCESS, out) -> TRUE {old=PAGE_READWRITE}
read(p, 1) -> raises STATUS_ACCESS_VIOLATION(read, p)
VirtualProtect(p, 0x2000, PAGE_READONLY, out) -> TRUE {old=PAGE_NOACCESS}
read(p, 0x2000) -> pattern(4)+0*8192)");
}

TEST(VirtualProtect, OfSeveralErrorsAnyWillDo) {
  for (const char* error : {"ERROR_NOACCESS", "ERROR_INVALID_PARAMETER", "ERROR_INVALID_ADDRESS"})
    judge(two_pages() + ("VirtualProtect(p, 0x20000, 0, NULL) -> FALSE !" + std::string(error)));
  judge(std::string(two_pages()) +
        "VirtualProtect(p, 0x20000, 0, NULL) -> FALSE !ERROR_ACCESS_DENIED ;; deviates "
        "VirtualProtect.OldProtection.Writable last error");
}

TEST(VirtualProtect, AFailureChangesNothing) {
  judge(std::string(two_pages()) + R"(
VirtualProtect(p, 0x1000, PAGE_READONLY, NULL) -> FALSE !ERROR_NOACCESS
VirtualProtect(p, 0x3000, PAGE_READONLY, out) -> FALSE !ERROR_INVALID_ADDRESS       ;; conforms VirtualProtect.AllCommitted
VirtualProtect(p, 0x20001, PAGE_READONLY, out) -> FALSE !ERROR_ACCESS_DENIED        ;; conforms VirtualProtect.WithinOneAllocation
VirtualProtect(p, 0x1000, PAGE_READONLY|PAGE_READWRITE, out) -> FALSE !ERROR_INVALID_PARAMETER
VirtualProtect(p, 0x1000, PAGE_WRITECOPY, out) -> FALSE !ERROR_INVALID_PARAMETER
VirtualProtect(p, 0, PAGE_READONLY, out) -> FALSE !ERROR_INVALID_PARAMETER
VirtualProtect(PTR(-1), 1, PAGE_READONLY, out) -> FALSE !ERROR_INVALID_ADDRESS
VirtualQuery(p, out, sizeof) -> sizeof {Protect=PAGE_READWRITE RegionSize=0x2000}
VirtualProtect(p, SIZE_MAX, PAGE_READONLY, out) -> FALSE !ERROR_INVALID_PARAMETER    ;; unjudged VirtualProtect.Range.WithinAddressSpace)");
}

TEST(VirtualProtect, IsNotJudgedWhereTheScriptHasNothing) {
  judge(R"(
VirtualProtect(0x30000000, 1, PAGE_WRITECOPY, out) -> TRUE {old=PAGE_READWRITE}  ;; unjudged VirtualProtect.Place.NotKnown
VirtualAlloc(0x30000000, 1, MEM_COMMIT, PAGE_WRITECOPY) -> 0x30000000            ;; unjudged VirtualAlloc.Place.NotKnown
p = VirtualAlloc(NULL, 0x1000, MEM_RESERVE, PAGE_NOACCESS) -> 0x10000000
VirtualProtect(p+0x1000, 1, PAGE_WRITECOPY, out) -> FALSE !ERROR_INVALID_ADDRESS  ;; conforms VirtualProtect.NothingThere
w = VirtualAlloc(NULL, 0x10000, MEM_RESERVE|MEM_PHYSICAL, PAGE_READWRITE) -> 0x20000000
VirtualProtect(w, 0x1000, PAGE_READONLY, out) -> FALSE !ERROR_ACCESS_DENIED   ;; conforms VirtualProtect.Place.Window)");
}

}  // namespace
}  // namespace winmem::test
