#include "model/test/oracle/judging.h"

namespace winmem::test {
namespace {

const char* const block =
    "h = HeapCreate(0, 0, 0) -> 0x600000\np = HeapAlloc(h, 0, 24) -> 0x601000\npattern(p, 24, 7) "
    "-> ok\n";

TEST(HeapReAlloc, ContentsMoveWithTheBlock) {
  judge(std::string(block) + R"(
q = HeapReAlloc(h, HEAP_ZERO_MEMORY, p, 48) -> 0x602000
read(q, 48) -> pattern(7)+0*24 0x00*24
r = HeapReAlloc(h, 0, q, 8) -> 0x602000
read(r, 8) -> pattern(7)+0*8
s = HeapReAlloc(h, HEAP_ZERO_MEMORY, r, 24) -> 0x602000
read(s, 24) -> pattern(7)+0*24                          ;; deviates read.ContentsSurvive contents)");
}

TEST(HeapReAlloc, WithoutTheFlagNewBytesAreAnything) {
  judge(std::string(block) + R"(
q = HeapReAlloc(h, 0, p, 32) -> 0x602000
read(q, 32) -> pattern(7)+0*24 0xcd*8
read(q, 32) -> pattern(7)+0*24 0xce*8                   ;; deviates)");
}

TEST(HeapReAlloc, TheOldPlaceIsFreeAfterAMove) {
  judge(std::string(block) + R"(
q = HeapReAlloc(h, 0, p, 48) -> 0x602000
HeapAlloc(h, 0, 24) -> 0x601000
HeapReAlloc(h, 0, p, 48) -> 0x603000                    ;; conforms HeapReAlloc.Resizes)");
}

TEST(HeapReAlloc, ToZeroBytesKeepsABlock) {
  judge(std::string(block) + R"(
q = HeapReAlloc(h, 0, p, 0) -> 0x601000
HeapSize(h, 0, q) -> 0
HeapFree(h, 0, q) -> TRUE)");
  judge(std::string(block) +
        "HeapReAlloc(h, 0, p, 0) -> NULL   ;; deviates HeapReAlloc.Resizes value");
}

TEST(HeapReAlloc, OfNullFailsAndClearsTheLastError) {
  judge(std::string(block) + R"(
HeapReAlloc(h, 0, NULL, 1) -> NULL !ERROR_SUCCESS
HeapReAlloc(h, 0, NULL, SIZE_MAX) -> NULL !ERROR_SUCCESS
HeapReAlloc(h, HEAP_ZERO_MEMORY, NULL, 1) -> NULL !ERROR_SUCCESS
HeapReAlloc(h, HEAP_GENERATE_EXCEPTIONS, NULL, 1) -> NULL       ;; unjudged HeapReAlloc.Null.Untested
HeapReAlloc(0x1230000, 0, NULL, 1) -> 0x700000                  ;; undefined Heap.NotAHeap)");
  judge(std::string(block) +
        "HeapReAlloc(h, HEAP_NO_SERIALIZE, NULL, 1) -> 0x700000"
        "   ;; unjudged HeapReAlloc.Null.Untested");
  judge(std::string(block) +
        "HeapReAlloc(h, 0, NULL, 1) -> NULL   ;; deviates HeapReAlloc.Null last error");
}

TEST(HeapReAlloc, AFailureLeavesTheBlock) {
  judge(std::string(block) + R"(
HeapReAlloc(h, 0, p, SIZE_MAX) -> NULL !ERROR_NOT_ENOUGH_MEMORY
read(p, 24) -> pattern(7)+0*24
HeapReAlloc(h, HEAP_GENERATE_EXCEPTIONS, p, SIZE_MAX) -> raises STATUS_ACCESS_VIOLATION
HeapReAlloc(h, HEAP_GENERATE_EXCEPTIONS, p, SIZE_MAX) -> raises STATUS_NO_MEMORY
HeapSize(h, 0, p) -> 0x18)");
}

TEST(HeapReAlloc, InPlaceOnlyStaysOrRefuses) {
  judge(std::string(block) + R"(
HeapReAlloc(h, HEAP_REALLOC_IN_PLACE_ONLY, p, 48) -> NULL !ERROR_NOT_ENOUGH_MEMORY
HeapReAlloc(h, HEAP_REALLOC_IN_PLACE_ONLY, p, 8) -> NULL
HeapReAlloc(h, HEAP_REALLOC_IN_PLACE_ONLY|HEAP_GENERATE_EXCEPTIONS, p, 48) -> raises STATUS_NO_MEMORY
HeapReAlloc(h, HEAP_REALLOC_IN_PLACE_ONLY, p, 32) -> p
HeapSize(h, 0, p) -> 0x20
HeapReAlloc(h, HEAP_REALLOC_IN_PLACE_ONLY, p, 8) -> 0x602000    ;; deviates HeapReAlloc.Value.InPlace value)");
}

TEST(HeapReAlloc, AnOrdinaryBlockShrinksInPlace) {
  const std::string large =
      "h = HeapCreate(0, 0, 0) -> 0x600000\np = HeapAlloc(h, 0, 0x20000) -> 0x601000\n"
      "HeapReAlloc(h, HEAP_REALLOC_IN_PLACE_ONLY, p, 0x10000) -> NULL";
  judge(large + "   ;; deviates HeapReAlloc.Resizes value");
  judge("# system: bits=64 heap=segment\n" + large);
}

TEST(HeapReAlloc, AnOrdinaryBlockGrowsBackInPlaceWhileNothingElseWasMade) {
  const std::string shrunk =
      "h = HeapCreate(0, 0, 0) -> 0x600000\np = HeapAlloc(h, 0, 0x20000) -> 0x601000\n"
      "HeapReAlloc(h, HEAP_REALLOC_IN_PLACE_ONLY, p, 0x10000) -> p\n";
  const std::string refused = "HeapReAlloc(h, HEAP_REALLOC_IN_PLACE_ONLY, p, 0x18000) -> NULL";
  judge(shrunk + refused + "   ;; deviates HeapReAlloc.Resizes value");
  judge(shrunk + "q = HeapAlloc(h, 0, 8) -> 0x612000\n" + refused);
  judge(shrunk + "HeapReAlloc(h, HEAP_REALLOC_IN_PLACE_ONLY, p, 0x20001) -> NULL");
}

TEST(HeapReAlloc, ALargeBlockThatShrankInPlaceDoesNotGrowBack) {
  const std::string shrunk =
      "h = HeapCreate(0, 0, 0) -> 0x600000\np = HeapAlloc(h, 0, 0x100000) -> 0x1001040\n"
      "HeapReAlloc(h, HEAP_REALLOC_IN_PLACE_ONLY, p, 0x60000) -> p\n"
      "HeapReAlloc(h, HEAP_REALLOC_IN_PLACE_ONLY, p, ";
  judge(shrunk +
        "0x80000) -> NULL !ERROR_NOT_ENOUGH_MEMORY   ;; conforms "
        "HeapReAlloc.InPlace.LargeBlockGaveBack");
  judge(shrunk + "0x80000) -> p   ;; deviates HeapReAlloc.InPlace.LargeBlockGaveBack value");
  judge(shrunk + "0x60001) -> p   ;; conforms HeapReAlloc.InPlace.MayRefuse");
  judge(shrunk + "0x100001) -> NULL   ;; conforms HeapReAlloc.InPlace.MayRefuse");
}

TEST(HeapReAlloc, AFixedHeapBoundsIt) {
  judge(R"(
h = HeapCreate(0, 0x100000, 0x100000) -> 0x600000
p = HeapAlloc(h, 0, 100) -> 0x601000
HeapReAlloc(h, 0, p, 0x100000) -> NULL !ERROR_NOT_ENOUGH_MEMORY   ;; conforms HeapReAlloc.FixedHeap.NoLargeBlocks
HeapReAlloc(h, 0, p, 0xfd000) -> NULL !ERROR_NOT_ENOUGH_MEMORY    ;; conforms HeapReAlloc.FixedHeap.MayBeFull
HeapReAlloc(h, 0, p, 0x1000) -> NULL !ERROR_NOT_ENOUGH_MEMORY     ;; deviates HeapReAlloc.Resizes value)");
}

TEST(HeapReAlloc, WhatIsNoBlockIsUndefined) {
  judge(std::string(block) + "HeapReAlloc(h, 0, p+8, 8) -> p+8 ;; undefined HeapReAlloc.NotABlock");
  judge(std::string(block) +
        "HeapReAlloc(h, 0x80000000, p, 8) -> p ;; unjudged Heap.Flags.Untested");
}

}  // namespace
}  // namespace winmem::test
