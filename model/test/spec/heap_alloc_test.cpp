#include "model/test/oracle/judging.h"

namespace winmem::test {
namespace {

const char* const heap = "h = HeapCreate(0, 0, 0) -> 0x600000\n";

TEST(HeapAlloc, ZeroedMeansZeroAndElseAnything) {
  judge(std::string(heap) + R"(
p = HeapAlloc(h, HEAP_ZERO_MEMORY, 100) -> 0x601000
read(p, 100) -> 0x00*100
q = HeapAlloc(h, 0, 100) -> 0x602000
read(q, 100) -> 0xcd*100
read(q, 100) -> 0xcd*99 0x00*1                          ;; deviates read.ContentsSurvive contents
z = HeapAlloc(h, HEAP_ZERO_MEMORY, 100) -> 0x603000
read(z, 100) -> 0x00*99 0x01*1                          ;; deviates read.ContentsSurvive contents)");
}

TEST(HeapAlloc, ContentsStayThroughOtherCalls) {
  judge(std::string(heap) + R"(
p = HeapAlloc(h, 0, 24) -> 0x601000
pattern(p, 24, 7) -> ok
q = HeapAlloc(h, 0, 24) -> 0x601020
fill(q, 24, 0) -> ok
HeapFree(h, 0, q) -> TRUE
read(p, 24) -> pattern(7)+0*24
load(p, 1) -> 0                                         ;; deviates load.ContentsSurvive value)");
}

TEST(HeapAlloc, ImpossibleSizesFail) {
  judge(std::string(heap) + R"(
HeapAlloc(h, 0, SIZE_MAX) -> NULL !ERROR_NOT_ENOUGH_MEMORY
HeapAlloc(h, 0, SIZE_MAX) -> NULL
HeapAlloc(h, 0, 0x800000000000) -> NULL !?
HeapAlloc(h, HEAP_GENERATE_EXCEPTIONS, SIZE_MAX) -> raises STATUS_NO_MEMORY
HeapAlloc(h, HEAP_GENERATE_EXCEPTIONS, SIZE_MAX) -> NULL    ;; deviates HeapAlloc.GenerateExceptions value)");
  judge(std::string(heap) +
        "HeapAlloc(h, 0, SIZE_MAX) -> raises STATUS_NO_MEMORY   ;; deviates "
        "HeapAlloc.Size.Possible value");
}

TEST(HeapAlloc, TheHeapsFlagRaisesToo) {
  judge(R"(
h = HeapCreate(HEAP_GENERATE_EXCEPTIONS, 0, 0) -> 0x600000
HeapAlloc(h, 0, SIZE_MAX) -> raises STATUS_NO_MEMORY
v = AddVectoredExceptionHandler(1, on=any do=continue) -> 0x900000
HeapAlloc(h, 0, SIZE_MAX) -> NULL                       ;; unjudged HeapAlloc.Continued)");
}

TEST(HeapAlloc, AFixedHeapIsBounded) {
  judge(R"(
h = HeapCreate(0, 0x200000, 0x200000) -> 0x600000
p = HeapAlloc(h, 0, 0x40000) -> 0x601000
HeapAlloc(h, 0, 0x100000) -> NULL !ERROR_NOT_ENOUGH_MEMORY                 ;; conforms HeapAlloc.FixedHeap.NoLargeBlocks
HeapAlloc(h, 0, 0xff000) -> NULL !ERROR_NOT_ENOUGH_MEMORY                  ;; conforms HeapAlloc.FixedHeap.MayBeFull
HeapAlloc(h, 0, 0xff000) -> 0x700000                                       ;; conforms HeapAlloc.FixedHeap.MayBeFull
HeapAlloc(h, HEAP_GENERATE_EXCEPTIONS, 0x100000) -> raises STATUS_NO_MEMORY)");
  judge(R"(
h = HeapCreate(0, 0x40000, 0x40000) -> 0x600000
p = HeapAlloc(h, 0, 0x3f400) -> NULL !ERROR_NOT_ENOUGH_MEMORY              ;; deviates HeapAlloc.GivesABlock value)");
  judge(R"(
h = HeapCreate(0, 0x40000, 0x40000) -> 0x600000
p = HeapAlloc(h, 0, 0x3f401) -> NULL !ERROR_NOT_ENOUGH_MEMORY              ;; conforms HeapAlloc.FixedHeap.MayBeFull
HeapAlloc(h, 0, 0x40001) -> NULL                                           ;; conforms HeapAlloc.FixedHeap.NotBeyondItsMaximum
HeapAlloc(h, 0, 0x40001) -> 0x601000                                       ;; deviates HeapAlloc.FixedHeap.NotBeyondItsMaximum value)");
}

TEST(HeapAlloc, FlagsThatNoTestPassesAreNotJudged) {
  judge(std::string(heap) + R"(
p = HeapAlloc(h, 0x80000000, 16) -> 0x601008            ;; unjudged Heap.Flags.Untested
HeapSize(h, 0, p) -> 1                                  ;; unjudged
HeapAlloc(h, 0xc00, 16) -> 0x602000
HeapAlloc(0x1230000, 0, 16) -> NULL                     ;; undefined Heap.NotAHeap)");
}

TEST(HeapFree, FreesLivingBlocksAndNull) {
  judge(std::string(heap) + R"(
p = HeapAlloc(h, 0, 16) -> 0x601000
HeapFree(h, 0, NULL) -> TRUE
HeapFree(NULL, 0, NULL) -> TRUE
HeapFree(h, HEAP_NO_SERIALIZE, p) -> TRUE
HeapFree(h, 0, p) -> FALSE                              ;; undefined HeapFree.NotABlock)");
  judge(std::string(heap) + "HeapFree(h, 0, NULL) -> FALSE   ;; deviates HeapFree.Null value");
}

TEST(HeapFree, BlocksOfOthersAreLeftOpen) {
  judge(R"(
h = GetProcessHeap() -> 0x600000
g = GlobalAlloc(GMEM_FIXED, 16) -> 0x601000
HeapReAlloc(h, 0, g, 32) -> NULL                        ;; unjudged HeapReAlloc.OfOthers
HeapFree(h, 0, g) -> FALSE                              ;; unjudged
m = GlobalAlloc(GMEM_MOVEABLE, 16) -> 0x500008
d = GlobalLock(m) -> 0x602000
HeapFree(h, 0, d) -> TRUE                               ;; unjudged HeapFree.OfOthers
GlobalSize(m) -> 0                                      ;; unjudged
k = HeapCreate(0, 0, 0) -> 0x700000
p = HeapAlloc(k, 0, 16) -> 0x701000
HeapFree(h, 0, p) -> FALSE                              ;; undefined HeapFree.NotABlock)");
}

TEST(HeapAlloc, TheSmallestBlocksLeaveTheLastErrorAlone) {
  judge(R"(
h = HeapCreate(0, 0, 0) -> 0x600000
p = HeapAlloc(h, 0, 0) -> 0x601000
q = HeapAlloc(h, 0, 100) -> 0x602000 !ERROR_NOT_LOCKED
HeapFree(h, 0, q) -> TRUE !ERROR_NOT_LOCKED
HeapFree(h, 0, NULL) -> TRUE !ERROR_NOT_LOCKED          ;; deviates HeapFree.Null last error
HeapAlloc(h, 0, 16) -> 0x603000 !ERROR_NOT_LOCKED       ;; deviates Heap.LastError last error
HeapFree(h, 0, p) -> TRUE !ERROR_NOT_LOCKED             ;; deviates Heap.LastError last error)");
}

TEST(HeapAlloc, WhatDoesNotFitBesideTheLivingIsImpossible) {
  judge(R"(# system: bits=32
h = HeapCreate(0, 0, 0) -> 0x600000
p = HeapAlloc(h, 0, 0x5fffffff) -> 0x1001020
HeapAlloc(h, 0, 0x5fffffff) -> NULL !ERROR_NOT_ENOUGH_MEMORY    ;; conforms HeapAlloc.NoRoomLeft
HeapAlloc(h, 0, 0xffffffff) -> NULL                             ;; conforms HeapAlloc.Size.Possible
HeapAlloc(h, 0, 0x5fffffff) -> NULL                             ;; deviates HeapAlloc.NoRoomLeft last error
HeapAlloc(h, HEAP_GENERATE_EXCEPTIONS, 0x5fffffff) -> raises STATUS_NO_MEMORY ;; conforms HeapAlloc.GenerateExceptions
HeapReAlloc(h, 0, p, 0x6fffffff) -> 0x1001020
HeapReAlloc(h, 0, p, 0x7fffffff) -> NULL                        ;; conforms HeapReAlloc.Size.Possible)");
}

TEST(HeapAlloc, WithPagesOfItsOwnABlockIsAlignedToEightPointers) {
  judge(R"(
h = HeapCreate(0, 0, 0) -> 0x600000
p = HeapAlloc(h, 0, 0xfe000) -> 0x701010
q = HeapAlloc(h, 0, 0xff000) -> 0x901010                ;; deviates HeapAlloc.Value.LargeBlockAligned value)");
}

TEST(HeapAlloc, A32BitFixedHeapHasHalfTheLimits) {
  judge(R"(# system: bits=32
h = HeapCreate(0, 0x100000, 0x100000) -> 0x600000
HeapAlloc(h, 0, 0x80000) -> NULL !ERROR_NOT_ENOUGH_MEMORY       ;; conforms HeapAlloc.FixedHeap.NoLargeBlocks
HeapAlloc(h, 0, 0x7d000) -> NULL                                ;; conforms HeapAlloc.FixedHeap.MayBeFull
p = HeapAlloc(h, 0, 0x20000) -> 0x601008                        ;; conforms HeapAlloc.GivesABlock
HeapReAlloc(h, 0, p, 0x80000) -> NULL                           ;; conforms HeapReAlloc.FixedHeap.NoLargeBlocks
HeapAlloc(h, 0, 0x20000) -> NULL                                ;; deviates HeapAlloc.GivesABlock value)");
  judge(R"(# system: bits=32
h = HeapCreate(0, 0x20000, 0x20000) -> 0x600000
HeapAlloc(h, 0, 0x1f800) -> NULL                                ;; deviates HeapAlloc.GivesABlock value)");
}

}  // namespace
}  // namespace winmem::test
