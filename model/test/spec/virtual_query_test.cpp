#include "model/test/oracle/judging.h"

namespace winmem::test {
namespace {

TEST(VirtualQuery, TellsTheRegionFromTheAskedPageOn) {
  judge(std::string(two_pages()) + R"(
VirtualQuery(p+0x17ff, out, sizeof) -> sizeof {BaseAddress=p+0x1000 AllocationBase=p AllocationProtect=PAGE_NOACCESS RegionSize=0x1000 State=MEM_COMMIT Protect=PAGE_READWRITE Type=MEM_PRIVATE}
VirtualQuery(p+0x2000, out, sizeof) -> sizeof {RegionSize=0x1e000 State=MEM_RESERVE Protect=0}
VirtualQuery(p+0x1000, out, sizeof) -> sizeof {BaseAddress=p}        ;; deviates VirtualQuery.BaseAddress.RoundedDown BaseAddress)");
}

TEST(VirtualQuery, EachFieldHasItsRule) {
  struct Row {
    const char *field, *rule;
  };
  for (const Row& row :
       {Row{"AllocationBase=p+0x1000", "VirtualQuery.AllocationBase.OfTheAllocation"},
        {"AllocationProtect=PAGE_READWRITE", "VirtualQuery.AllocationProtect.AsReserved"},
        {"RegionSize=0x1000", "VirtualQuery.RegionSize.ToTheEndOfEqualPages"},
        {"State=MEM_RESERVE", "VirtualQuery.State.OfThePage"},
        {"Protect=PAGE_READONLY", "VirtualQuery.Protect.OfThePage"},
        {"Type=MEM_MAPPED", "VirtualQuery.Type.OfTheAllocation"}})
    judge(two_pages() + ("VirtualQuery(p, out, sizeof) -> sizeof {" + std::string(row.field)) +
          "} ;; deviates " + row.rule);
}

TEST(VirtualQuery, NeighbouringAllocationsNeverMerge) {
  judge(R"(
p = VirtualAlloc(NULL, 0x10000, MEM_COMMIT, PAGE_READWRITE) -> 0x10000000
q = VirtualAlloc(p+0x10000, 0x10000, MEM_RESERVE|MEM_COMMIT, PAGE_READWRITE) -> p+0x10000
VirtualQuery(p, out, sizeof) -> sizeof {RegionSize=0x10000}
VirtualQuery(p, out, sizeof) -> sizeof {RegionSize=0x20000}          ;; deviates)");
}

TEST(VirtualQuery, TheRestOfAGranuleIsFree) {
  judge(R"(
p = VirtualAlloc(NULL, 0x1000, MEM_RESERVE, PAGE_NOACCESS) -> 0x10000000
VirtualQuery(p+0x1000, out, sizeof) -> sizeof {BaseAddress=p+0x1000 AllocationBase=NULL AllocationProtect=0 RegionSize=0xf000 State=MEM_FREE Protect=PAGE_NOACCESS Type=0}
VirtualQuery(p+0xf000, out, sizeof) -> sizeof {State=MEM_RESERVE}    ;; deviates VirtualQuery.State.Free State
VirtualQuery(p+0x10000, out, sizeof) -> sizeof {State=MEM_RESERVE RegionSize=0x1000}
VirtualQuery(p+0x10000, out, sizeof) -> sizeof {RegionSize=0}        ;; deviates VirtualQuery.RegionSize.AtLeastAPage)");
}

TEST(VirtualQuery, LimitsAndLengths) {
  judge(R"(
VirtualQuery(0x7ffffffeffff, out, sizeof) -> sizeof
VirtualQuery(0x7fffffff0000, out, sizeof) -> 0 !ERROR_INVALID_PARAMETER
VirtualQuery(PTR(-1), out, sizeof) -> sizeof                         ;; deviates VirtualQuery.Address.NotInSystemHalf value
VirtualQuery(NULL, out, sizeof-1) -> 0 !ERROR_BAD_LENGTH
VirtualQuery(PTR(-1), out, 0) -> 0 !ERROR_BAD_LENGTH
VirtualQuery(PTR(-1), out, 0) -> 0 !ERROR_INVALID_PARAMETER
VirtualQuery(0xffff, out, sizeof) -> sizeof
VirtualQuery(NULL, NULL, sizeof) -> 0                                ;; unjudged VirtualQuery.Buffer.Foreign)");
}

TEST(VirtualQuery, CachingOfAPartIsLeftOpen) {
  judge(R"(
p = VirtualAlloc(NULL, 0x2000, MEM_COMMIT, PAGE_READWRITE|PAGE_NOCACHE) -> 0x10000000
VirtualQuery(p, out, sizeof) -> sizeof {Protect=PAGE_READWRITE|PAGE_NOCACHE}
VirtualProtect(p, 0x1000, PAGE_READONLY, out) -> TRUE {old=PAGE_READWRITE|PAGE_NOCACHE}
VirtualQuery(p, out, sizeof) -> sizeof {Protect=PAGE_READONLY|PAGE_NOCACHE RegionSize=0x1000}
VirtualQuery(p, out, sizeof) -> sizeof {Protect=PAGE_READONLY RegionSize=0x1000}
VirtualQuery(p, out, sizeof) -> sizeof {Protect=PAGE_READWRITE}      ;; deviates VirtualQuery.Protect.OfThePage Protect
q = VirtualAlloc(NULL, 0x2000, MEM_COMMIT, PAGE_READWRITE|PAGE_WRITECOMBINE) -> 0x10010000
VirtualQuery(q, out, sizeof) -> sizeof {Protect=PAGE_READWRITE AllocationProtect=PAGE_READWRITE})");
}

TEST(VirtualQuery, AHeapBlockIsCommitted) {
  judge(R"(
h = GetProcessHeap() -> 0x600000
p = HeapAlloc(h, 0, 100) -> 0x601000
VirtualQuery(p, out, sizeof) -> sizeof {State=MEM_COMMIT}
VirtualQuery(p, out, sizeof) -> sizeof {State=MEM_FREE}              ;; deviates VirtualQuery.State.HeapBlock State)");
}

}  // namespace
}  // namespace winmem::test
