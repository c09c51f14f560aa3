// A lack of memory is believed only where much is asked for: a vendor that answers NULL to
// everything must not conform.
#include "model/test/oracle/judging.h"

namespace winmem::test {
namespace {

TEST(Exhaustion, ASmallRequestIsServed) {
  judge(R"(
VirtualAlloc(NULL, 0x10000, MEM_COMMIT, PAGE_READWRITE) -> NULL !ERROR_NOT_ENOUGH_MEMORY   ;; deviates VirtualAlloc.Reserve.TakesTheRange value
h = GetProcessHeap() -> 0x600000
GlobalAlloc(GMEM_FIXED, 16) -> NULL !ERROR_NOT_ENOUGH_MEMORY                               ;; deviates Moveable.Alloc.Allocates value
HeapCreate(0, 0, 0) -> NULL !ERROR_NOT_ENOUGH_MEMORY                                       ;; deviates HeapCreate.MakesAHeap value
HeapAlloc(h, 0, 16) -> NULL !ERROR_NOT_ENOUGH_MEMORY                                       ;; deviates HeapAlloc.GivesABlock value)");
}

TEST(Exhaustion, BeyondTheLimitsARequestMayFail) {
  judge(R"(
VirtualAlloc(NULL, 0x4000000, MEM_COMMIT, PAGE_READWRITE) -> NULL !ERROR_COMMITMENT_LIMIT     ;; deviates
VirtualAlloc(NULL, 0x4001000, MEM_COMMIT, PAGE_READWRITE) -> NULL !ERROR_COMMITMENT_LIMIT
VirtualAlloc(NULL, 0x4001000, MEM_COMMIT, PAGE_READWRITE) -> NULL !ERROR_NOT_ENOUGH_MEMORY
VirtualAlloc(NULL, 0x4001000, MEM_COMMIT, PAGE_READWRITE) -> NULL !ERROR_INVALID_PARAMETER    ;; deviates
VirtualAlloc(NULL, 0x40000000, MEM_RESERVE, PAGE_READWRITE) -> NULL !ERROR_NOT_ENOUGH_MEMORY  ;; deviates
VirtualAlloc(NULL, 0x40001000, MEM_RESERVE, PAGE_READWRITE) -> NULL !ERROR_NOT_ENOUGH_MEMORY
p = VirtualAlloc(NULL, 0x40001000, MEM_RESERVE, PAGE_READWRITE) -> 0x10000000
VirtualAlloc(p, 0x5000000, MEM_COMMIT, PAGE_READWRITE) -> NULL !ERROR_COMMITMENT_LIMIT
VirtualAlloc(NULL, 0x1000, MEM_RESERVE, PAGE_READWRITE) -> NULL !ERROR_NOT_ENOUGH_MEMORY)");
}

TEST(Exhaustion, CountsWhatLivesAndNotWhatWasFreed) {
  judge(R"(
p = VirtualAlloc(NULL, 0x4000000, MEM_COMMIT, PAGE_READWRITE) -> 0x10000000
VirtualAlloc(NULL, 0x1000, MEM_COMMIT, PAGE_READWRITE) -> NULL !ERROR_NOT_ENOUGH_MEMORY
VirtualFree(p, 0x1000, MEM_DECOMMIT) -> TRUE
VirtualAlloc(NULL, 0x1000, MEM_COMMIT, PAGE_READWRITE) -> NULL !ERROR_NOT_ENOUGH_MEMORY   ;; deviates
VirtualAlloc(p, 0x1000, MEM_COMMIT, PAGE_READWRITE) -> p
VirtualFree(p, 0, MEM_RELEASE) -> TRUE
VirtualAlloc(NULL, 0x1000, MEM_COMMIT, PAGE_READWRITE) -> NULL !ERROR_NOT_ENOUGH_MEMORY   ;; deviates)");
}

TEST(Exhaustion, MoveableObjectsCountBeforeTheyAreLocked) {
  judge(R"(
g = GlobalAlloc(GMEM_MOVEABLE, 0x4000000) -> 0x500008
GlobalAlloc(GMEM_MOVEABLE, 1) -> NULL !ERROR_NOT_ENOUGH_MEMORY
GlobalReAlloc(g, 0, GMEM_MOVEABLE) -> g
GlobalAlloc(GMEM_MOVEABLE, 1) -> NULL !ERROR_NOT_ENOUGH_MEMORY    ;; deviates)");
}

TEST(Exhaustion, OfAHeapRaisesWhereItWasAskedTo) {
  judge(R"(
h = HeapCreate(0, 0, 0) -> 0x600000
HeapAlloc(h, 0, 0x8000000) -> NULL !ERROR_NOT_ENOUGH_MEMORY
HeapAlloc(h, 0, 0x8000000) -> NULL
HeapAlloc(h, HEAP_GENERATE_EXCEPTIONS, 0x8000000) -> raises STATUS_NO_MEMORY
HeapAlloc(h, HEAP_GENERATE_EXCEPTIONS, 0x8000000) -> NULL         ;; deviates HeapAlloc.GivesABlock value)");
  judge(R"(
h = HeapCreate(0, 0, 0) -> 0x600000
HeapAlloc(h, 0, 0x8000000) -> raises STATUS_NO_MEMORY             ;; deviates HeapAlloc.GivesABlock value)");
}

TEST(Exhaustion, OnlyADefiniteOutcomeExercisesARule) {
  Judging run(
      "VirtualAlloc(NULL, 0x8000000, MEM_COMMIT, PAGE_READWRITE) -> NULL !ERROR_NOT_ENOUGH_MEMORY");
  run.check();
  EXPECT_FALSE(run.last().definite);
  for (const spec::Exercise& one : run.oracle().exercised()) EXPECT_EQ(one.decided, 0u);
  Judging other(
      "VirtualAlloc(NULL, 0, MEM_COMMIT, PAGE_READWRITE) -> NULL !ERROR_INVALID_PARAMETER");
  EXPECT_TRUE(other.last().definite);
  EXPECT_EQ(other.oracle().exercised()[other.last().rule->index].decided, 1u);
}

}  // namespace
}  // namespace winmem::test
