// The process in which a trace was made: 32 bits, and other limits.
#include "model/test/oracle/judging.h"

namespace winmem::test {
namespace {

constexpr const char* x86 =
    "# system: bits=32 page=0x1000 granularity=0x10000 maximum=0x7ffeffff version=10.0.19045\n";

TEST(System, In32BitsStructuresAlignmentAndTagsAreSmaller) {
  judge(std::string(x86) + R"(
p = VirtualAlloc(NULL, 0x1000, MEM_COMMIT, PAGE_READWRITE) -> 0x10000000
VirtualQuery(p, out, sizeof) -> 0x1c {RegionSize=0x1000}
VirtualQuery(p, out, sizeof) -> 0x30                    ;; deviates VirtualQuery.Value.StructureSize value
VirtualQuery(p, out, sizeof-1) -> 0 !ERROR_BAD_LENGTH
h = HeapCreate(0, 0, 0) -> 0x600000
HeapAlloc(h, 0, 1) -> 0x600498
HeapAlloc(h, 0, 1) -> 0x601004                          ;; deviates Heap.Value.Aligned value
GlobalAlloc(GMEM_MOVEABLE, 1) -> 0x500004
GlobalAlloc(GMEM_MOVEABLE, 1) -> 0x500018               ;; deviates Moveable.Alloc.Value.HandleTagged value
GlobalAlloc(GMEM_FIXED, 1) -> 0x602008)");
}

TEST(System, In64BitsTheyAreLarger) {
  judge(R"(
h = HeapCreate(0, 0, 0) -> 0x600000
HeapAlloc(h, 0, 1) -> 0x600498                          ;; deviates Heap.Value.Aligned value
GlobalAlloc(GMEM_MOVEABLE, 1) -> 0x500004               ;; deviates Moveable.Alloc.Value.HandleTagged value
GlobalAlloc(GMEM_MOVEABLE, 1) -> 0x50000c               ;; deviates Moveable.Alloc.Value.HandleTagged value
GlobalAlloc(GMEM_MOVEABLE, 1) -> 0x500018)");
}

TEST(System, MadeUpHandlesAreAsWideAsPointers) {
  judge(std::string(x86) + R"(
GlobalLock(PTR(-0x2152411c)) -> NULL !ERROR_INVALID_HANDLE   ;; conforms Moveable.Lock.StaleHandle
GlobalFree(PTR(-1)) -> 0xffffffff !ERROR_INVALID_HANDLE      ;; conforms Moveable.Free.StaleHandle
GlobalFree(PTR(-0x21524120)) -> 0xdeadbee0 !ERROR_NOACCESS   ;; conforms Moveable.Free.Unmapped)");
}

TEST(System, In32BitsTheWholeSpaceIsTooMuch) {
  judge(std::string(x86) + R"(
VirtualAlloc(NULL, 0xffffffff, MEM_RESERVE, PAGE_NOACCESS) -> NULL !ERROR_NOT_ENOUGH_MEMORY   ;; deviates VirtualAlloc.Size.WithinAddressSpace
VirtualAlloc(NULL, SIZE_MAX, MEM_RESERVE, PAGE_NOACCESS) -> NULL !ERROR_INVALID_PARAMETER
VirtualAlloc(NULL, 0x80000000, MEM_RESERVE, PAGE_NOACCESS) -> NULL !ERROR_NOT_ENOUGH_MEMORY
VirtualAlloc(NULL, 0x80000000, MEM_RESERVE, PAGE_NOACCESS) -> NULL !ERROR_INVALID_PARAMETER
VirtualAlloc(NULL, 0x80000000, MEM_RESERVE, PAGE_NOACCESS) -> 0x10000                         ;; deviates)");
}

TEST(System, In32BitsDataMayRun) {
  judge(std::string(x86) + R"(
p = VirtualAlloc(NULL, 0x1000, MEM_COMMIT, PAGE_READWRITE) -> 0x10000000
fill(p, 1, 0xc3) -> ok
execute(p) -> ok                                        ;; unjudged Access.NotTold)");
}

TEST(System, LimitsComeFromTheTrace) {
  judge(R"(
# system: bits=64 page=0x1000 granularity=0x10000 maximum=0xffffffffff
VirtualQuery(0x10000000000, out, sizeof) -> 0 !ERROR_INVALID_PARAMETER
VirtualAlloc(NULL, 0x10000000000, MEM_RESERVE, PAGE_NOACCESS) -> NULL !ERROR_INVALID_PARAMETER)");
}

TEST(System, OnlyInAnNtHeapAreLargeBlocksSpecial) {
  const std::string calls =
      "h = GetProcessHeap() -> 0x600000\n"
      "p = HeapAlloc(h, 0, 0x100000) -> 0x10000010";
  judge("# system: bits=64 heap=segment\n" + calls);
  judge("# system: bits=64 heap=own\n" + calls);
  judge("# system: bits=64 heap=nt\n" + calls +
        " ;; deviates HeapAlloc.Value.LargeBlockAligned value");
}

}  // namespace
}  // namespace winmem::test
