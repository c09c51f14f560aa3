// What the oracle says of outcomes that are no returns, and what it says would have been right.
#include "model/test/oracle/judging.h"

namespace winmem::test {
namespace {

TEST(Outcomes, DeathsAndHangsDeviateWhereTheCallIsDefined) {
  for (const char* outcome : {"hangs", "ends exit(1)", "ends signal(SIGSEGV)",
                              "ends STATUS_STACK_OVERFLOW", "raises STATUS_ACCESS_VIOLATION"})
    judge(std::string("VirtualFree(NULL, 0, 0) -> ") + outcome +
          " ;; deviates VirtualFree.Type.OneOfTwo value");
}

TEST(Outcomes, OfCallsThatWereNotPlayedAreNotJudged) {
  judge(R"(
VirtualFree(NULL, 0, 0) -> unsupported   ;; unsupported
VirtualFree(NULL, 0, 0) -> skipped       ;; skipped
VirtualFree(NULL, 0, 0) -> blocked       ;; unjudged
VirtualFree(NULL, 0, 0) -> refused(list too long)  ;; unjudged
T2: VirtualFree(NULL, 0, 0) -> TRUE      ;; unjudged
T2: VirtualFree(NULL, 0, 0) -> blocked   ;; unjudged
T2 returns -> TRUE                       ;; unjudged)");
}

TEST(Outcomes, ThatTellNoValueAreNotJudged) {
  judge(R"(
VirtualFree(NULL, 0, 0) -> ok                                     ;; unjudged
VirtualFree(NULL, 0, 0) -> _                                      ;; unjudged
VirtualAlloc(NULL, 0, MEM_COMMIT, PAGE_READWRITE) -> >=1          ;; unjudged
VirtualFree(NULL, 0, 0) -> either(FALSE; TRUE)                    ;; unjudged
p = VirtualAlloc(NULL, 1, MEM_COMMIT, PAGE_READWRITE) -> 0x10000000
VirtualQuery(p, out, sizeof) -> sizeof {RegionSize=_ State=MEM_COMMIT})");
}

TEST(Outcomes, ThatTellOfMoreOrFewerCallsThanThereAreAreNotJudged) {
  judge(R"(
4 * VirtualFree(NULL, 0, 0) -> FALSE !ERROR_INVALID_PARAMETER*3   ;; unjudged
4 * VirtualFree(NULL, 0, 0) -> FALSE !ERROR_INVALID_PARAMETER*5   ;; unjudged
4 * VirtualFree(NULL, 0, 0) -> FALSE !ERROR_INVALID_PARAMETER*4
4 * VirtualFree(NULL, 0, 0) -> FALSE !ERROR_INVALID_PARAMETER, TRUE   ;; deviates VirtualFree.Type.OneOfTwo value)");
}

TEST(Outcomes, FieldsThatWereNotToldAreNotUsedAsZero) {
  judge(R"(
p = VirtualAlloc(NULL, 0x10000, MEM_RESERVE, PAGE_READWRITE) -> 0x20000
q = VirtualQuery(p, out, sizeof) -> sizeof {BaseAddress=p}
VirtualAlloc(q.AllocationBase, 0x1000, MEM_RESERVE, PAGE_READWRITE) -> NULL !ERROR_INVALID_ADDRESS ;; unjudged
VirtualAlloc(q.BaseAddress, 0x1000, MEM_RESERVE, PAGE_READWRITE) -> NULL !ERROR_INVALID_ADDRESS)");
}

TEST(Outcomes, OnlyLivingHandlersSeeExceptions) {
  judge(R"(
VirtualFree(NULL, 0, 0) -> [? STATUS_ACCESS_VIOLATION] FALSE !ERROR_INVALID_PARAMETER ;; deviates VirtualFree.Type.OneOfTwo exception
v = AddVectoredExceptionHandler(1, on=any do=continue) -> 0x7f10
VirtualFree(NULL, 0, 0) -> [v STATUS_ACCESS_VIOLATION] FALSE !ERROR_INVALID_PARAMETER
RemoveVectoredExceptionHandler(v) -> 1
VirtualAlloc(NULL, 1, MEM_RESERVE, PAGE_NOACCESS) -> [v STATUS_ACCESS_VIOLATION] 0x20000 ;; deviates VirtualAlloc.Reserve.TakesTheRange exception)");
}

TEST(Outcomes, NoBlockLiesWhereNoProgramCanBe) {
  judge(R"(
h = HeapCreate(0, 0, 0) -> 0x600000
HeapAlloc(h, 0, 16) -> 0x10                ;; deviates Heap.Value.ApartFromAllLiving value
HeapAlloc(h, 0, 32) -> 0x7ffffffefff0      ;; deviates Heap.Value.ApartFromAllLiving value
LocalAlloc(LMEM_FIXED, 1) -> 0xfffffffffffff000 ;; deviates Moveable.Alloc.Value.ApartFromAllLiving value)");
}

TEST(Outcomes, AFieldThatWasNotWrittenDeviates) {
  judge(std::string(two_pages()) +
        "VirtualQuery(p, out, sizeof) -> sizeof {State=untouched}   ;; deviates "
        "VirtualQuery.State.OfThePage State");
}

TEST(Outcomes, AnyNonzeroBooleanIsASuccess) {
  judge(std::string(two_pages()) + "VirtualFree(p, 0, MEM_RELEASE) -> TRUE(0x7)");
}

TEST(Outcomes, WithNamesOrWithNumbersAreTheSame) {
  judge(std::string(two_pages()) + R"(
VirtualAlloc(p+0x3000, 1, MEM_COMMIT, PAGE_READWRITE) -> p+0x3000
VirtualAlloc(p+0x4000, 1, MEM_COMMIT, PAGE_READWRITE) -> 0x10004000
VirtualQuery(p+0x4000, out, sizeof) -> 0x30 {BaseAddress=p+0x4000 AllocationBase=0x10000000})");
}

/// All that a deviation says would have been right, as a report prints it.
std::vector<std::string> allowed_of(Judging& run) {
  std::vector<std::string> result;
  const Reading& reading = run.reading();
  for (const spec::Allowed& allowed : run.last().allowed) {
    char room[2048];
    Output out(room, sizeof room);
    print_outcome(out, reading.script, reading.last().call, allowed.outcome, Style::text);
    result.push_back(string(out.text()) + " [" + allowed.rule->id + "]");
  }
  return result;
}

using List = std::vector<std::string>;

TEST(Allowed, NamesEveryFailureThatCouldBe) {
  Judging run("VirtualProtect(NULL, 0, 0, NULL) -> TRUE");
  EXPECT_EQ(allowed_of(run),
            (List{"FALSE !ERROR_NOACCESS [VirtualProtect.OldProtection.Writable]",
                  "FALSE !ERROR_INVALID_PARAMETER [VirtualProtect.Protection.OneBase]",
                  "FALSE !? [VirtualProtect.Size.NotZero]",
                  "FALSE !? [VirtualProtect.Address.NotInSystemHalf]"}));
}

TEST(Allowed, TellsFieldsAndNames) {
  Judging run(std::string(two_pages()) + "VirtualQuery(p+0x1800, out, sizeof) -> 0");
  EXPECT_EQ(allowed_of(run),
            (List{"sizeof {BaseAddress=p+0x1000 RegionSize=0x1000 AllocationBase=p "
                  "AllocationProtect=PAGE_NOACCESS State=MEM_COMMIT Protect=PAGE_READWRITE "
                  "Type=MEM_PRIVATE} !? [VirtualQuery.Succeeds]"}));
}

TEST(Allowed, TellsWhereANewAllocationMayLie) {
  Judging run("VirtualAlloc(NULL, 1, MEM_COMMIT, PAGE_READWRITE) -> NULL");
  EXPECT_EQ(allowed_of(run), (List{"multiple(0x10000) !? [VirtualAlloc.Reserve.TakesTheRange]"}));
}

TEST(Allowed, TellsExceptions) {
  Judging run(
      "h = HeapCreate(HEAP_GENERATE_EXCEPTIONS, 0, 0) -> 0x600000\n"
      "HeapAlloc(h, 0, SIZE_MAX) -> NULL");
  EXPECT_EQ(allowed_of(run),
            (List{"raises STATUS_NO_MEMORY [HeapAlloc.GenerateExceptions]",
                  "raises STATUS_ACCESS_VIOLATION [HeapAlloc.GenerateExceptions]"}));
}

TEST(Allowed, CanBeAskedBeforeACallIsPlayed) {
  const Reading reading("VirtualFree(NULL, 0, 0)");
  spec::Oracle oracle(reading.script, System{}, spec::Profile::windows);
  const std::vector<spec::Allowed> allowed = oracle.allowed(reading.step(0));
  ASSERT_EQ(allowed.size(), 1u);
  EXPECT_EQ(allowed[0].outcome.last_error.code, 87u);
  EXPECT_STREQ(allowed[0].rule->id, "VirtualFree.Type.OneOfTwo");
}

}  // namespace
}  // namespace winmem::test
