#include "model/test/oracle/judging.h"

namespace winmem::test {
namespace {

TEST(RaiseException, RaisesWhatItIsAskedFor) {
  judge(R"(
RaiseException(0xe0000001, 0, 0, NULL) -> raises 0xe0000001
RaiseException(0xe0000001, 0, 2, inout[2]) -> raises 0xe0000001(0, 0)
RaiseException(0xe0000001, 0, 2, inout[2]) -> raises 0xe0000001(0)   ;; deviates RaiseException.Raises exception
RaiseException(0xe0000001, 0, 0, NULL) -> raises 0xe0000002          ;; deviates RaiseException.Raises value
RaiseException(0xe0000001, 0, 0, NULL) -> ok                         ;; deviates RaiseException.Raises value
RaiseException(0xf0000001, 0, 0, NULL) -> raises 0xe0000001          ;; unjudged RaiseException.ReservedBit
RaiseException(0xe0000001, 0, 16, inout[2]) -> raises 0xe0000001     ;; unjudged RaiseException.ReservedBit
RaiseException(0xe0000001, 0, 1, 0x10000) -> raises STATUS_ACCESS_VIOLATION   ;; unjudged RaiseException.ReservedBit)");
}

TEST(RaiseException, ReturnsWhenAHandlerContinues) {
  judge(R"(
v = AddVectoredExceptionHandler(0, on=0xe0000001 do=continue) -> 0x900000
w = AddVectoredExceptionHandler(1, on=any do=search) -> 0x900100
RaiseException(0xe0000001, 0, 0, NULL) -> [w 0xe0000001] [v 0xe0000001] ok
RaiseException(0xe0000002, 0, 0, NULL) -> [w 0xe0000002] raises 0xe0000002
RaiseException(0xe0000001, EXCEPTION_NONCONTINUABLE, 0, NULL) -> raises STATUS_NONCONTINUABLE_EXCEPTION   ;; unjudged RaiseException.ContinuedNoncontinuable
RaiseException(0xe0000001, 0, 0, NULL) -> [v 0xe0000001] ok          ;; deviates RaiseException.HandlersSaw sightings)");
}

TEST(VectoredHandlers, AreGoneOnceRemoved) {
  judge(R"(
v = AddVectoredExceptionHandler(1, on=any do=continue) -> 0x900000
RemoveVectoredExceptionHandler(v) -> 1
RemoveVectoredExceptionHandler(v) -> 0
RemoveVectoredExceptionHandler(0x1234) -> 1                          ;; deviates RemoveVectoredExceptionHandler.NotThere value
RaiseException(0xe0000001, 0, 0, NULL) -> raises 0xe0000001
AddVectoredExceptionHandler(1, on=any do=continue) -> NULL           ;; deviates AddVectoredExceptionHandler.Adds value)");
}

TEST(GetSystemInfo, TellsPagesAndGranules) {
  judge(R"(
GetSystemInfo(out) -> ok {dwPageSize=0x1000 dwAllocationGranularity=0x10000}
GetSystemInfo(out) -> ok {dwPageSize=0x4000}                         ;; deviates GetSystemInfo.PageSize dwPageSize
GetSystemInfo(out) -> ok {dwAllocationGranularity=untouched}         ;; deviates GetSystemInfo.AllocationGranularity
GetLargePageMinimum() -> 0x200000
GetLargePageMinimum() -> 0                                           ;; deviates GetLargePageMinimum.TwoMebibytes value)");
}

}  // namespace
}  // namespace winmem::test
