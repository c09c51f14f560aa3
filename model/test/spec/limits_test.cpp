// The limits of the address space, in 64-bit and in 32-bit processes.
#include "model/test/oracle/judging.h"

namespace winmem::test {
namespace {

const std::string in_32_bits = "# system: bits=32\n";
const std::string with_4_gib = "# system: bits=32 maximum=0xfffeffff\n";

TEST(Limits, SizesThatNo32BitProcessHasFail) {
  judge(in_32_bits + R"(
VirtualAlloc(NULL, SIZE_MAX, MEM_RESERVE, PAGE_NOACCESS) -> NULL !ERROR_INVALID_PARAMETER         ;; conforms VirtualAlloc.Size.WithinAddressSpace
VirtualAlloc(NULL, 0xffffffff, MEM_COMMIT, PAGE_READWRITE) -> NULL !ERROR_NOT_ENOUGH_MEMORY       ;; deviates VirtualAlloc.Size.WithinAddressSpace last error
VirtualAlloc(NULL, 0x80000000, MEM_RESERVE, PAGE_NOACCESS) -> NULL !ERROR_NOT_ENOUGH_MEMORY       ;; conforms VirtualAlloc.Size.NearTheAddressSpace
VirtualAlloc(NULL, 0x80000000, MEM_RESERVE, PAGE_NOACCESS) -> NULL !ERROR_INVALID_PARAMETER       ;; conforms VirtualAlloc.Size.NearTheAddressSpace
VirtualAlloc(NULL, 0x7fff0000, MEM_RESERVE, PAGE_NOACCESS) -> NULL !ERROR_COMMITMENT_LIMIT        ;; conforms VirtualAlloc.Size.NearTheAddressSpace
VirtualAlloc(NULL, 0x80000000, MEM_RESERVE, PAGE_NOACCESS) -> 0x10000                             ;; deviates VirtualAlloc.Size.NearTheAddressSpace value)");
}

TEST(Limits, LargeSizesAreOrdinaryWhereTheyFit) {
  judge(R"(
p = VirtualAlloc(NULL, 0x80000000, MEM_RESERVE, PAGE_NOACCESS) -> 0x10000000
VirtualFree(p, 0, MEM_RELEASE) -> TRUE
p2 = VirtualAlloc(NULL, 0x100000000, MEM_RESERVE, PAGE_NOACCESS) -> 0x10000000
VirtualFree(p2, 0, MEM_RELEASE) -> TRUE
VirtualAlloc(NULL, 0xffffffff, MEM_RESERVE, PAGE_NOACCESS) -> NULL !ERROR_NOT_ENOUGH_MEMORY
VirtualAlloc(NULL, 0xffffffff, MEM_RESERVE, PAGE_NOACCESS) -> NULL !ERROR_INVALID_PARAMETER       ;; deviates VirtualAlloc.Reserve.TakesTheRange value
VirtualAlloc(NULL, 0x800000000000, MEM_RESERVE, PAGE_NOACCESS) -> NULL !ERROR_INVALID_PARAMETER   ;; conforms VirtualAlloc.Size.WithinAddressSpace
VirtualAlloc(NULL, 0x7fffffffffffffff, MEM_RESERVE, PAGE_NOACCESS) -> NULL !ERROR_INVALID_PARAMETER)");
  judge(with_4_gib + "VirtualAlloc(NULL, 0x80000000, MEM_RESERVE, PAGE_NOACCESS) -> 0x10000000");
}

TEST(Limits, AddressesAboveTheMaximumBelongToNobody) {
  for (const std::string& system : {in_32_bits, std::string()}) {
    judge(system + R"(
VirtualAlloc(PTR(-1), 0x1000, MEM_RESERVE, PAGE_NOACCESS) -> NULL !ERROR_INVALID_PARAMETER        ;; conforms VirtualAlloc.Address.NotInSystemHalf
VirtualAlloc(PTR(-0x1000), 0x1000, MEM_COMMIT, PAGE_READWRITE) -> NULL !ERROR_INVALID_PARAMETER   ;; conforms VirtualAlloc.Address.NotInSystemHalf
VirtualFree(PTR(-1), 0, MEM_RELEASE) -> FALSE !ERROR_INVALID_PARAMETER                            ;; conforms VirtualFree.Address.NotInSystemHalf
VirtualProtect(PTR(-1), 1, PAGE_READONLY, out) -> FALSE !ERROR_INVALID_ADDRESS                    ;; conforms VirtualProtect.Address.NotInSystemHalf
VirtualQuery(PTR(-1), out, sizeof) -> 0 !ERROR_INVALID_PARAMETER                                  ;; conforms VirtualQuery.Address.NotInSystemHalf
VirtualQuery(PTR(-1), out, sizeof) -> sizeof                                                      ;; deviates VirtualQuery.Address.NotInSystemHalf value)");
  }
}

TEST(Limits, TheLast64KiBBelongToNobody) {
  judge(in_32_bits + R"(
VirtualAlloc(0x7fff0000, 0x1000, MEM_RESERVE, PAGE_NOACCESS) -> NULL !ERROR_INVALID_PARAMETER     ;; conforms VirtualAlloc.Address.NotInSystemHalf
VirtualQuery(0x7ffeffff, out, sizeof) -> sizeof {BaseAddress=0x7ffef000}
VirtualQuery(0x7fff0000, out, sizeof) -> 0 !ERROR_INVALID_PARAMETER
VirtualFree(0x7fff0000, 0, MEM_RELEASE) -> FALSE !ERROR_INVALID_PARAMETER
read(0x7fff0000, 1) -> raises STATUS_ACCESS_VIOLATION(read, 0x7fff0000)
VirtualAlloc(0x7ffe0000, 0x20000, MEM_RESERVE, PAGE_NOACCESS) -> 0x7ffe0000                       ;; unjudged VirtualAlloc.Range.WithinAddressSpace)");
  judge(with_4_gib + R"(
VirtualQuery(0xfffeffff, out, sizeof) -> sizeof
VirtualQuery(0xffff0000, out, sizeof) -> 0 !ERROR_INVALID_PARAMETER)");
}

TEST(Limits, WhatIsPutAboveTheMaximumIsADeviation) {
  judge(in_32_bits + R"(
VirtualAlloc(NULL, 0x10000, MEM_RESERVE, PAGE_NOACCESS) -> 0x7ffe0000
VirtualAlloc(NULL, 0x10000, MEM_RESERVE, PAGE_NOACCESS) -> 0x7fff0000  ;; deviates VirtualAlloc.Value.ApartFromAllLiving value)");
}

TEST(Limits, A32BitProcessorTellsOfEveryAddress) {
  judge(in_32_bits + R"(
read(0xfffffffe, 4) -> raises STATUS_ACCESS_VIOLATION(read, 0xfffffffe)
read(0xfffffffe, 4) -> raises STATUS_ACCESS_VIOLATION(read, 0)  ;; deviates Access.Violation exception)");
  judge("read(0xfffffffffffffff0, 4) -> raises STATUS_ACCESS_VIOLATION(read, 0xffffffffffffffff)");
}

TEST(Limits, TheFirst64KiBBelongToNobody) {
  for (const std::string& system : {in_32_bits, std::string()})
    judge(system + R"(
VirtualAlloc(0xffff, 1, MEM_RESERVE, PAGE_NOACCESS) -> NULL !ERROR_INVALID_PARAMETER              ;; conforms VirtualAlloc.Address.NotInLowestGranule
VirtualQuery(NULL, out, sizeof) -> sizeof {BaseAddress=0 RegionSize=0x10000 State=MEM_FREE Protect=PAGE_NOACCESS}
read(0xffff, 1) -> raises STATUS_ACCESS_VIOLATION(read, 0xffff)
store(8, 4, 1) -> raises STATUS_ACCESS_VIOLATION(write, 8)
store(8, 4, 1) -> ok                                                                              ;; deviates Access.Violation value)");
}

}  // namespace
}  // namespace winmem::test
