// What the last error is before and after a call.
#include "model/test/oracle/judging.h"

namespace winmem::test {
namespace {

TEST(LastError, IsTheSentinelBeforeEveryCall) {
  judge(R"(
GetLastError() -> poison
VirtualFree(NULL, 0, 0) -> FALSE !ERROR_INVALID_PARAMETER
GetLastError() -> ERROR_INVALID_PARAMETER
GetLastError() -> ERROR_INVALID_PARAMETER
p = VirtualAlloc(NULL, 0x1000, MEM_COMMIT, PAGE_READWRITE) -> 0x10000000
GetLastError() -> poison
GetLastError() -> ERROR_INVALID_PARAMETER   ;; deviates GetLastError.Value value)");
}

TEST(LastError, AccessesLeaveItAlone) {
  judge(std::string(two_pages()) + R"(
VirtualFree(NULL, 0, 0) -> FALSE !ERROR_INVALID_PARAMETER
fill(p, 1, 1) -> ok
read(p, 1) -> 0x01*1
GetLastError() -> ERROR_INVALID_PARAMETER)");
}

TEST(LastError, ACallWithoutAPageFindsTheSentinelToo) {
  judge(R"(
h = GetProcessHeap() -> 0x600000
VirtualFree(NULL, 0, 0) -> FALSE !ERROR_INVALID_PARAMETER
HeapCompact(h, 0) -> 0x1000       ;; unjudged
GetLastError() -> poison)");
}

TEST(LastError, SetLastErrorStaysUntilTheNextCallHasFoundIt) {
  judge(R"(
SetLastError(ERROR_INVALID_HANDLE) -> ok !ERROR_INVALID_HANDLE
GetLastError() -> ERROR_INVALID_HANDLE
SetLastError(5) -> ok !ERROR_ACCESS_DENIED
GlobalFree(NULL) -> NULL
GetLastError() -> ERROR_ACCESS_DENIED
SetLastError(5) -> ok !ERROR_INVALID_HANDLE   ;; deviates SetLastError.Value last error)");
}

TEST(LastError, ThatWasSetToTheSameNumberCannotBeToldFromOneLeftAlone) {
  judge(R"(
SetLastError(ERROR_INVALID_PARAMETER) -> ok !ERROR_INVALID_PARAMETER
VirtualFree(NULL, 0, 0) -> FALSE
SetLastError(5) -> ok !ERROR_ACCESS_DENIED
SetLastError(5) -> ok
VirtualFree(NULL, 0, 0) -> FALSE                ;; deviates VirtualFree.Type.OneOfTwo last error)");
}

TEST(LastError, OfACallThatWasNotPlayedIsTheOneBefore) {
  judge(R"(
SetLastError(5) -> ok !ERROR_ACCESS_DENIED
HeapCompact(NULL, 0) -> unsupported             ;; unsupported
GetLastError() -> ERROR_ACCESS_DENIED)");
}

TEST(LastError, WhatWasNotRecordedIsNotJudged) {
  judge(R"(
VirtualFree(NULL, 0, 0) -> FALSE !?
GetLastError() -> 1234
VirtualFree(NULL, 0, 0) -> FALSE !?
GetLastError() -> poison)");
}

TEST(LastError, IsWhatTheFactsSayOfIt) {
  judge(R"(
g = GlobalAlloc(GMEM_MOVEABLE, 4) -> 0x500008 !ERROR_INVALID_HANDLE   ;; deviates Moveable.Alloc.Allocates last error
k = GlobalAlloc(GMEM_MOVEABLE, 4) -> 0x500018
d = GlobalLock(k) -> 0x601000
GlobalUnlock(k) -> FALSE                                              ;; deviates Moveable.Unlock.Last last error
l = GlobalAlloc(GMEM_MOVEABLE, 4) -> 0x500028
e = GlobalLock(l) -> 0x602000
GlobalUnlock(l) -> FALSE !ERROR_SUCCESS
GlobalUnlock(l) -> FALSE !ERROR_NOT_LOCKED
p = VirtualAlloc(NULL, 1, MEM_COMMIT, PAGE_READWRITE) -> 0x10000000 !ERROR_INVALID_HANDLE)");
}

}  // namespace
}  // namespace winmem::test
