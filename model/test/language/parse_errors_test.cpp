// A line that cannot be read: where, and what would have been right there.
#include <gtest/gtest.h>

#include "model/test/language/reading.h"

namespace winmem::test {
namespace {

struct Wrong {
  const char* source;
  const char* complaint;
};

void expect_all(std::initializer_list<Wrong> list) {
  for (const Wrong& wrong : list)
    EXPECT_EQ(complaint(wrong.source), wrong.complaint) << wrong.source;
}

TEST(ParseErrors, OfLines) {
  expect_all({
      {"hello", "1:1 expected a function, or a name and '='"},
      {"\n\nVirtualAllok()", "3:1 expected a function, or a name and '='"},
      {"p = VirtualAllok(", "1:5 expected a function"},
      {"P = GetProcessHeap()", "1:1 expected a name that begins with a lower-case letter"},
      {"p == GetProcessHeap()", "1:4 expected a function"},
      {"p = 3 GetProcessHeap()", "1:7 expected '*'"},
      {"p = 0 * GetProcessHeap()", "1:5 expected a count above 0"},
      {"GetProcessHeap() 1", "1:18 expected '->' or the end of the line"},
      {"GetProcessHeap() -> 1 # no comment here", "1:23 expected the end of the line"},
      {"GetProcessHeap() ->", "1:20 expected a value or an outcome"},
      {"T2 returns -> TRUE", "1:1 expected a thread that an earlier line calls on"},
      {"T0: GetProcessHeap()", "1:2 expected the number of a thread"},
      {"T256: GetProcessHeap()", "1:2 expected a thread below 256"},
      {"T2 GetProcessHeap()", "1:4 expected ':' or `returns`"},
      {"\x01", "1:1 expected a function"},
  });
}

TEST(ParseErrors, OfNames) {
  expect_all({
      {"p = GetProcessHeap()\np = GetProcessHeap()",
       "2:1 expected a new name: this one is bound already"},
      {"each = GetProcessHeap()", "1:1 expected a name that is not a word of the language"},
      {"read = GetProcessHeap()", "1:1 expected a name that is not a word of the language"},
      {"write = GetProcessHeap()", "1:1 expected a name that is not a word of the language"},
      {"HeapLock(h)", "1:10 expected a name that an earlier line binds"},
      {"h = HeapLock(h)", "1:14 expected a name that an earlier line binds"},
      {"h = GetProcessHeap() -> h", "1:25 expected a name that an earlier line binds"},
      {"h = GetProcessHeap()\nHeapFree(h, 0, h+8)",
       "2:17 expected no offset: the name is a handle"},
      {"h = GlobalAlloc(0, 9)\nfill(h-8, 1, 1)", "2:7 expected no offset: the name is a handle"},
      {"h = GetProcessHeap()\nVirtualQuery(h+8, out, sizeof)", "read"},
      {"h = GetProcessHeap()\nHeapLock(h[0])", "2:11 expected no index: the name is not a list"},
      {"b = 2 * GetProcessHeap()\nHeapLock(b)",
       "2:11 expected an index, or `each` before the name: it is a list"},
      {"b = 2 * GetProcessHeap()\nHeapLock(b[2])", "2:12 expected an index inside the list"},
      {"b = 2 * GetProcessHeap()\nHeapLock(each b[1..3])",
       "2:20 expected where the slice ends, inside the list"},
      {"b = 2 * GetProcessHeap()\nHeapLock(each b[1..1])",
       "2:20 expected where the slice ends, inside the list"},
      {"b = 2 * GetProcessHeap()\n3 * HeapLock(each b)",
       "2:13 expected no count before a call with `each`"},
      {"h = GetProcessHeap()\nHeapLock(each h)", "2:15 expected a list"},
      {"i = GetSystemInfo(out)\nHeapLock(i.dwPage)",
       "2:12 expected a field of the call that bound the name"},
  });
}

TEST(ParseErrors, OfArguments) {
  expect_all({
      {"VirtualFree(NULL, 0)", "1:20 expected another argument"},
      {"VirtualFree()", "1:13 expected another argument"},
      {"VirtualFree(NULL, 0, MEM_RELEASE, 1)", "1:33 expected ')': that was the last argument"},
      {"GetProcessHeap(1)", "1:16 expected ')'"},
      {"VirtualFree(NULL 0, MEM_RELEASE)", "1:18 expected ',' or '|'"},
      {"VirtualFree(NULL, 0, MEM_RELEASED)", "1:22 expected a known constant"},
      {"VirtualFree(NULL, 0, MEM_RELEASE", "1:33 expected ')'"},
      {"VirtualFree NULL", "1:12 expected '('"},
      {"VirtualFree(out, 0, 0)", "1:13 expected a value: this is not an out parameter"},
      {"VirtualProtect(NULL, 1, 1, out[2])", "1:31 expected no '[': the parameter is not a list"},
      {"VirtualProtect(NULL, 1, 1, inout)", "1:33 expected '(' or '['"},
      {"RaiseException(1, 0, 1, inout(1))", "1:30 expected '[': the parameter is a list"},
      {"AddVectoredExceptionHandler(1, on=any)", "1:38 expected do=continue or do=search"},
      {"AddVectoredExceptionHandler(1, on=any do=stop)", "1:42 expected continue or search"},
      {"AddVectoredExceptionHandler(1, on=STATUS_X do=search)", "1:35 expected a known constant"},
      {"HeapLock(on=any do=search)", "1:10 expected a value"},
  });
}

TEST(ParseErrors, OfNumbers) {
  expect_all({
      {"HeapCreate(0, 18446744073709551616, 0)", "1:15 expected a number of at most 64 bits"},
      {"HeapCreate(0, 0x10000000000000000, 0)", "1:15 expected a number of at most 64 bits"},
      {"HeapCreate(0, 99999999999999999999, 0)", "1:15 expected a number of at most 64 bits"},
      {"HeapLock(PTR(-1)) -> TRUE(x)", "1:27 expected a number"},
      {"HeapLock(PTR(-1)) -> TRUE(5", "1:28 expected ')'"},
      {"HeapCreate(0, PTR(x), 0)", "1:19 expected a number"},
      {"HeapCreate(0, PTR(5, 0)", "1:20 expected ')'"},
      {"HeapCreate(0, PTRSIZE+SIZE_MAX, 0)",
       "1:23 expected one of SIZE_MAX, PTR(n), sizeof and PTRSIZE"},
      {"HeapCreate(MEM_COMMIT|PTRSIZE, 0, 0)", "1:23 expected a constant"},
      {"p = image()\nload(p+SIZE_MAX, 1)", "2:8 expected a number"},
      {"p = image()\nload(p+0xffffffffffffffff+1, 1)", "2:8 expected a number of at most 64 bits"},
      {"HeapCreate(0, 0xffffffffffffffff+1, 0)", "1:15 expected a number of at most 64 bits"},
      {"HeapCreate(0, 0x100000000*0x100000000, 0)", "1:15 expected a number of at most 64 bits"},
      {"HeapCreate(0x100000000, 0, 0)", "1:12 expected a number of at most 32 bits"},
      {"HeapCreate(0, 1-2, 0)", "1:15 expected a number that is not negative"},
      {"HeapCreate(0, 12ab, 0)", "1:17 expected the end of the number"},
      {"HeapCreate(0, 0x, 0)", "1:17 expected a hexadecimal digit"},
      {"HeapCreate(0, -1, 0)", "1:15 expected a value"},
      {"HeapCreate(0, SIZE_MAX+1, 0)", "1:15 expected a number: nothing is above SIZE_MAX"},
      {"HeapCreate(0, SIZE_MAX-PTRSIZE, 0)",
       "1:24 expected one of SIZE_MAX, PTR(n), sizeof and PTRSIZE"},
      {"HeapCreate(0, 1-SIZE_MAX, 0)", "1:17 expected one of SIZE_MAX, PTR(n), sizeof and PTRSIZE"},
      {"HeapCreate(0, sizeof, 0)", "1:15 expected a number: this function fills no structure"},
      {"HeapCreate(0, SIZE_MAX|1, 0)", "1:23 expected no '|' here"},
      {"HeapCreate(0, read, 0)", "1:15 expected a name that an earlier line binds"},
      {"HeapCreate(MEM_COMMIT|read, 0, 0)", "1:23 expected a known constant"},
  });
}

TEST(ParseErrors, OfOutcomes) {
  expect_all({
      {"GetProcessHeap() -> TRUE FALSE", "1:26 expected the end of the line"},
      {"GetProcessHeap() -> 1, 2", "1:22 expected the end of the line"},
      {"2 * GetProcessHeap() -> 1 2", "1:27 expected ',' or the end of the line"},
      {"GetProcessHeap() -> {}", "1:21 expected a value or an outcome"},
      {"GetProcessHeap() -> 1 {x=1}", "1:24 expected a field of this function, or '}'"},
      {"GetSystemInfo(out) -> 1", "1:23 expected `ok`"},
      {"GetSystemInfo(out) -> ok {dwPageSize=1 dwPageSize=1}", "1:40 expected each field once"},
      {"GetSystemInfo(out) -> ok {dwPageSize=1", "1:39 expected ' ' or '}'"},
      {"GetProcessHeap() -> 1 !", "1:24 expected a value"},
      {"GetProcessHeap() -> 1 !ERROR_NONE", "1:24 expected a known constant"},
      {"GetProcessHeap() -> 1 !PTR(1)", "1:24 expected a plain number"},
      {"GetProcessHeap() -> raises", "1:27 expected a value"},
      {"GetProcessHeap() -> raises 1(", "1:30 expected a value or an outcome"},
      {"GetProcessHeap() -> ends signal(SIGNO)", "1:33 expected a signal"},
      {"GetProcessHeap() -> ends exit(x)", "1:31 expected an exit code"},
      {"GetProcessHeap() -> ends exit(1", "1:32 expected ')'"},
      {"GetProcessHeap() -> ends signal(5", "1:34 expected ')'"},
      {"GetProcessHeap() -> ends signal(5000000000)", "1:33 expected a number of at most 32 bits"},
      {"GetProcessHeap() -> multiple(x)", "1:30 expected a name that an earlier line binds"},
      {"GetProcessHeap() -> multiple(4", "1:31 expected ')'"},
      {"GetProcessHeap() -> multiple(", "1:30 expected a value"},
      {"GetProcessHeap() -> bits(4", "1:27 expected ')'"},
      {"GetProcessHeap() -> bits(4)", "1:28 expected '='"},
      {"GetProcessHeap() -> bits(4)=", "1:29 expected a value"},
      {"GetProcessHeap() -> refused(x", "1:30 expected ')'"},
      {"GetProcessHeap() -> either(1; 2", "1:32 expected ';' or ')'"},
      {"GetProcessHeap() -> either(either(1))", "1:28 expected a name that an earlier line binds"},
      {"GetProcessHeap() -> 1*0", "1:23 expected a count above 0"},
      {"GetProcessHeap() -> [w 1] 1", "1:22 expected the name of a handler, its token or '?'"},
      {"read(NULL, 1) -> 0x100*1", "1:18 expected a byte"},
      {"read(NULL, 1) -> 0x10", "1:22 expected '*'"},
      {"read(NULL, 1) -> 0x10*0", "1:18 expected a run of some bytes"},
      {"read(NULL, 1) -> 0x10*1 0x00*0", "1:25 expected a run of some bytes"},
      {"read(NULL, 1) -> pattern(1)+0*0", "1:18 expected a run of some bytes"},
      {"read(NULL, 1) -> NULL", "1:18 expected bytes, or `ok`"},
      {"read(NULL, 9) -> 1*1 2*1 3*1 4*1 5*1 6*1 7*1 8*1 9*1", "1:50 expected at most 8 runs"},
      {"read(NULL, 9) -> pattern(1)*3", "1:28 expected '+'"},
      {"GetLastError() -> untouched", "1:19 expected a name that an earlier line binds"},
  });
}

}  // namespace
}  // namespace winmem::test
