// The programs as people run them: what they print, on which stream, and their exit codes.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "conformance/runner/paths.h"
#include "conformance/runner/process.h"
#include "conformance/runner/script_file.h"
#include "conformance/test/runner/temporary_folder.h"

namespace winmem::conformance {
namespace {

struct Ran {
  int code = -1;
  std::string output, errors;
};

Ran run(std::vector<std::string> arguments) {
  arguments[0] = std::string(WINMEM_TOOLS) + "/winmem-" + arguments[0];
  Process process({arguments, {}});
  process.finish_sending();
  auto deadline = Clock::now() + std::chrono::seconds(60);
  Ran ran;
  for (std::string line; process.next_line(line, deadline) == Process::Got::line;)
    ran.output += line + "\n";
  ran.code = process.wait(deadline).code;
  ran.errors = process.log();
  return ran;
}

testing::AssertionResult has(const std::string& text, const std::string& part) {
  if (text.find(part) != std::string::npos) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "'" << part << "' is not in:\n" << text;
}

constexpr const char* system_line =
    "# system: bits=64 page=0x1000 granularity=0x10000 version=10.0.19045 heap=nt\n";

TEST(WinmemCheck, AcceptsATraceThatConforms) {
  TemporaryFolder folder;
  Ran ran = run({"check", folder.write("a.trace", std::string(system_line) +
                                                      "SetLastError(5) -> ok !ERROR_ACCESS_DENIED\n"
                                                      "GetLastError() -> 5\n")});
  EXPECT_EQ(ran.code, 0) << ran.output << ran.errors;
  EXPECT_TRUE(has(ran.output, "traces: 1 conform, 0 deviate, 0 unjudged"));
}

TEST(WinmemCheck, TellsTheDeviationOfATraceAndWritesJson) {
  TemporaryFolder folder;
  std::string json = (folder.path() / "out.json").string();
  Ran ran = run({"check", "--json", json,
                 folder.write("a.trace", std::string(system_line) +
                                             "# title: A trace\n"
                                             "SetLastError(5) -> ok !ERROR_ACCESS_DENIED\n"
                                             "GetLastError() -> 6\n")});
  EXPECT_EQ(ran.code, 1) << ran.output << ran.errors;
  EXPECT_TRUE(has(ran.output, "the trace deviates: A trace"));
  EXPECT_TRUE(has(ran.output, "  > GetLastError()\n    seen:     ERROR_INVALID_HANDLE\n"));
  auto document = nlohmann::json::parse(std::ifstream(json));
  EXPECT_EQ(document[0]["verdict"], "deviate");
}

TEST(WinmemCheck, RefusesTruncatedBinaryAndEmptyFilesWithFileLineAndColumn) {
  TemporaryFolder folder;
  Ran truncated =
      run({"check",
           folder.write("cut.trace", "SetLastError(5) -> ok !ERROR_ACCESS_DENIED\nGetLastEr")});
  EXPECT_EQ(truncated.code, 2);
  EXPECT_TRUE(has(truncated.errors, "cut.trace:2:"));
  EXPECT_TRUE(has(truncated.errors, "expected "));
  Ran unfinished =
      run({"check", folder.write("half.trace",
                                 "SetLastError(5) -> ok !ERROR_ACCESS_DENIED\nGetLastError()\n")});
  EXPECT_EQ(unfinished.code, 2);
  EXPECT_TRUE(has(unfinished.errors, "half.trace:2: expected '-> OUTCOME'"));
  Ran binary = run({"check", folder.write("a.exe", std::string("MZ\x90\0\3", 5))});
  EXPECT_EQ(binary.code, 2);
  EXPECT_TRUE(has(binary.errors, "this is a binary file"));
  Ran empty = run({"check", folder.write("empty.trace", "")});
  EXPECT_EQ(empty.code, 2);
  EXPECT_TRUE(has(empty.errors, "empty.trace:1:1: expected a call"));
}

TEST(WinmemCheck, RefusesASystemThatCannotBeAndAMistypedHeader) {
  TemporaryFolder folder;
  Ran system = run({"check", folder.write("a.trace",
                                          "# system: bits=64 page=3\n"
                                          "GetLastError() -> 5\n")});
  EXPECT_EQ(system.code, 2);
  EXPECT_TRUE(has(system.errors, "a.trace:1:19: expected a page"));
  Ran header = run({"check", folder.write("b.trace", "# sytem: bits=32\nGetLastError() -> 5\n")});
  EXPECT_EQ(header.code, 2);
  EXPECT_TRUE(has(header.errors, "b.trace:1:3: "));
  EXPECT_TRUE(has(header.errors, "did you mean '# system: '?"));
}

TEST(WinmemCheck, NamesEveryFieldThatIsWrong) {
  TemporaryFolder folder;
  Ran ran = run(
      {"check",
       folder.write("a.trace",
                    std::string(system_line) +
                        "p = VirtualAlloc(NULL, 0x10000, MEM_RESERVE, PAGE_NOACCESS) -> 0x10000\n"
                        "VirtualQuery(p, out, sizeof) -> sizeof {BaseAddress=p AllocationBase=p "
                        "AllocationProtect=PAGE_NOACCESS RegionSize=0x10000 State=MEM_COMMIT "
                        "Protect=PAGE_READONLY Type=MEM_PRIVATE}\n")});
  EXPECT_EQ(ran.code, 1) << ran.errors;
  EXPECT_TRUE(has(ran.output, "    wrong:    State, Protect\n"));
}

TEST(WinmemCheck, WarnsOfALastLineWithoutAnEnd) {
  TemporaryFolder folder;
  Ran ran =
      run({"check", folder.write("a.trace", std::string(system_line) + "GetLastError() -> 5")});
  EXPECT_TRUE(has(ran.errors, "a.trace: the last line has no end"));
}

TEST(WinmemCheck, RefusesFoldersWithoutTracesAndFilesThatAreNotThere) {
  TemporaryFolder folder;
  EXPECT_EQ(run({"check", folder.path().string()}).code, 2);
  Ran absent = run({"check", "/no/such/trace"});
  EXPECT_EQ(absent.code, 2);
  EXPECT_TRUE(has(absent.errors, "/no/such/trace: No such file or directory"));
  EXPECT_EQ(run({"check"}).code, 2);
}

TEST(WinmemRules, PrintsTheSameRulesInThreeFormats) {
  Ran json = run({"rules", "--format", "json"});
  ASSERT_EQ(json.code, 0) << json.errors;
  auto document = nlohmann::json::parse(json.output);
  ASSERT_EQ(document.size(), spec::rules().size());
  Ran text = run({"rules"}), markdown = run({"rules", "--format", "md"});
  for (const auto& rule : document) {
    EXPECT_TRUE(has(text.output, rule["id"]));
    EXPECT_TRUE(has(markdown.output, "\n### " + std::string(rule["id"]) + "\n"));
  }
  EXPECT_EQ(run({"rules", "--format", "html"}).code, 2);
}

TEST(WinmemExplain, TellsARuleAndNamesTheNearestOnesOfAWrongName) {
  const spec::Rule& rule = *spec::rules()[0];
  Ran right = run({"explain", rule.id});
  EXPECT_EQ(right.code, 0) << right.errors;
  EXPECT_TRUE(has(right.output, rule.says));
  Ran wrong = run({"explain", std::string(rule.id) + "x"});
  EXPECT_EQ(wrong.code, 2);
  EXPECT_TRUE(has(wrong.errors, std::string("the nearest are ") + rule.id));
}

TEST(WinmemExplain, TellsAFactAFunctionAndRulesThatBeginAlike) {
  Ran fact = run({"explain", "VF-003"});
  EXPECT_EQ(fact.code, 0) << fact.errors;
  EXPECT_TRUE(has(fact.output, "windows-tested: wine dlls/kernel32/tests/virtual.c"));
  EXPECT_TRUE(has(fact.output, "rules that cite it:\n  VirtualFree."));
  EXPECT_TRUE(has(fact.output, "cases and traces that cite it:\n  conformance/cases/"));
  Ran function = run({"explain", "LocalAlloc"});
  EXPECT_EQ(function.code, 0) << function.errors;
  EXPECT_TRUE(has(function.output, "rules of LocalAlloc:\n  Moveable.Alloc."));
  Ran prefix = run({"explain", "HeapReAlloc.V"});
  EXPECT_EQ(prefix.code, 0) << prefix.errors;
  EXPECT_TRUE(has(prefix.output, "  HeapReAlloc.Value.InPlace\n"));
}

TEST(WinmemProbe, TellsWhatAVendorHasAndLacks) {
  TemporaryFolder folder;
  std::string json = (folder.path() / "out.json").string();
  Ran ran = run({"probe", "--vendor", "exec:/usr/bin/python3 -B " WINMEM_TEST_VENDORS "/speaker.py",
                 "--json", json});
  EXPECT_EQ(ran.code, 0) << ran.errors;
  EXPECT_TRUE(has(ran.output, "has 2:"));
  EXPECT_TRUE(has(ran.output, "bits:        64"));
  EXPECT_EQ(nlohmann::json::parse(std::ifstream(json))["present"].size(), 2u);
}

TEST(WinmemRun, RefusesVendorsAndPathsThatAreNotThere) {
  Ran vendor = run({"run", "--vendor", "nobody"});
  EXPECT_EQ(vendor.code, 2);
  EXPECT_TRUE(has(vendor.errors, "no vendor 'nobody': expected one of"));
  Ran library = run({"run", "--vendor", "native:/no/such.so"});
  EXPECT_EQ(library.code, 2);
  EXPECT_TRUE(has(library.errors, "/no/such.so is missing"));
  EXPECT_EQ(run({"run"}).code, 2);
  for (const char* seconds : {"-1", "0", "soon"}) {
    Ran hang = run({"run", "--vendor", "reference", "--hang", seconds});
    EXPECT_EQ(hang.code, 2);
    EXPECT_TRUE(has(hang.errors, "expected seconds, more than 0"));
  }
}

TEST(WinmemRun, GivesOneForANewDeviationAndZeroWithoutAny) {
  TemporaryFolder folder;
  std::string third = folder.write("three.txt", "SetLastError(3)\nGetLastError() -> 3\n");
  std::string fourth = folder.write("four.txt", "SetLastError(4)\nGetLastError() -> 4\n");
  std::string vendor = "exec:/usr/bin/python3 -B " WINMEM_TEST_VENDORS "/sets_wrong_error.py";
  Ran deviates = run({"run", "--vendor", vendor, third, fourth});
  EXPECT_EQ(deviates.code, 1) << deviates.errors;
  EXPECT_TRUE(has(deviates.output, "cases: 1 conform, 1 deviate, 0 crash, 0 hang, 0 unsupported"));
  EXPECT_EQ(run({"run", "--vendor", vendor, fourth}).code, 0);
}

TEST(WinmemRun, ExpectsOfAVendorNothingThatARecordTells) {
  TemporaryFolder folder;
  std::string calls = "SetLastError(4) -> ok !ERROR_SUCCESS\nGetLastError() -> 5\n";
  std::string vendor = "exec:/usr/bin/python3 -B " WINMEM_TEST_VENDORS "/sets_wrong_error.py";
  EXPECT_EQ(run({"run", "--vendor", vendor, folder.write("case.txt", calls)}).code, 1);
  for (const char* header : {"# captured: elsewhere\n", "# transcribed-from: a log\n"}) {
    Ran record = run({"run", "--vendor", vendor, folder.write("record.txt", header + calls)});
    EXPECT_EQ(record.code, 0) << record.errors;
    EXPECT_TRUE(has(record.output, "cases: 1 conform"));
  }
  Ran third = run({"run", "--vendor", vendor,
                   folder.write("third.txt",
                                "# captured: elsewhere\nSetLastError(3) -> ok !?\n"
                                "GetLastError() -> 5\n")});
  EXPECT_EQ(third.code, 1) << third.errors;
}

TEST(WinmemRun, WritesNothingButJsonToStdoutWhenTheJsonGoesThere) {
  TemporaryFolder folder;
  std::string third = folder.write("three.txt", "SetLastError(3)\nGetLastError() -> 3\n");
  Ran ran = run({"run", "--json", "-", "--vendor",
                 "exec:/usr/bin/python3 -B " WINMEM_TEST_VENDORS "/sets_wrong_error.py", third});
  EXPECT_EQ(ran.code, 1) << ran.errors;
  EXPECT_EQ(nlohmann::json::parse(ran.output)[0]["totals"]["deviate"], 1);
  EXPECT_TRUE(has(ran.errors, "cases: 0 conform, 1 deviate"));
}

TEST(WinmemRun, ShowsWhatAnAgentPrintsWhenAskedTo) {
  TemporaryFolder folder;
  std::string script = folder.write("a.txt", "SetLastError(1)\n"),
              vendor = "exec:/usr/bin/python3 -B " WINMEM_TEST_VENDORS "/logs_between_answers.py";
  EXPECT_FALSE(run({"run", "--vendor", vendor, script}).errors.find("7 dwarfs") !=
               std::string::npos);
  EXPECT_TRUE(has(run({"run", "--verbose", "--vendor", vendor, script}).errors, "7 dwarfs"));
}

TEST(WinmemRun, WarnsOfUnknownFunctionsAndCannotRunWhereNothingIsPlayed) {
  TemporaryFolder folder;
  std::string script = folder.write("a.txt", "GetProcessHeap() -> !=0\n");
  Ran none = run({"run", "--vendor",
                  "exec:/usr/bin/python3 -B " WINMEM_TEST_VENDORS "/lists_nothing.py", script});
  EXPECT_EQ(none.code, 2);
  EXPECT_TRUE(has(none.errors, "lists none of the functions"));
  Ran unfit = run(
      {"run", "--vendor", "exec:/usr/bin/python3 -B " WINMEM_TEST_VENDORS "/speaker.py", script});
  EXPECT_EQ(unfit.code, 2);
  EXPECT_TRUE(has(unfit.errors, "no line could be judged"));
}

TEST(WinmemRun, WarnsThatWithoutGetLastErrorNoLastErrorIsJudged) {
  TemporaryFolder folder;
  std::string script = folder.write("a.txt", "SetLastError(1)\n"),
              vendors = "exec:/usr/bin/python3 -B " WINMEM_TEST_VENDORS;
  const char* warning = "has no GetLastError: what its functions leave as the last error";
  Ran without = run({"run", "--vendor", vendors + "/lacks_half.py", script});
  EXPECT_TRUE(has(without.errors, warning));
  EXPECT_FALSE(has(run({"run", "--vendor", vendors + "/speaker.py", script}).errors, warning));
}

TEST(WinmemRun, CountsTheLinesThatWereJudgedAndTheOthers) {
  TemporaryFolder folder;
  // Nothing is promised of a freed block.
  Ran ran = run({"run", "--vendor", "reference",
                 folder.write("a.txt",
                              "h = GetProcessHeap()\np = HeapAlloc(h, 0, 8)\n"
                              "fill(p, 8, 1)\nHeapFree(h, 0, p)\nread(p, 8)\n")});
  EXPECT_TRUE(
      has(ran.output, "lines: 4 judged, 1 that no rule judges, 0 unsupported, 0 not played\n"))
      << ran.output;
}

TEST(WinmemRun, SaysOfAnExpectationThatTheModelDoesNotAllowWhereToReadWhoIsRight) {
  TemporaryFolder folder;
  Ran ran = run({"run", "--vendor", "exec:/usr/bin/python3 -B " WINMEM_TEST_VENDORS "/speaker.py",
                 folder.write("a.txt", "SetLastError(1)\nGetLastError() -> 2\n")});
  EXPECT_EQ(ran.code, 2);
  EXPECT_TRUE(has(ran.output, "a.txt:2: the case expects '0x2', which the model does not allow"));
  EXPECT_TRUE(has(ran.output, "scripts/winmem explain GetLastError.Gives")) << ran.output;
}

TEST(WinmemRun, ListsTheRulesThatWereNotExercisedWhenAskedTo) {
  TemporaryFolder folder;
  std::string script = folder.write("a.txt", "SetLastError(1)\nGetLastError() -> 1\n"),
              vendor = "exec:/usr/bin/python3 -B " WINMEM_TEST_VENDORS "/speaker.py";
  EXPECT_FALSE(has(run({"run", "--vendor", vendor, script}).output, "not exercised: "));
  Ran ran = run({"run", "--rules", "--quiet", "--vendor", vendor, script});
  EXPECT_EQ(ran.code, 0) << ran.errors;
  EXPECT_TRUE(has(ran.output, " not exercised: VirtualFree.Release.TakesNoSize\n"));
  EXPECT_FALSE(has(ran.output, " not exercised: GetLastError.Value\n"));
}

TEST(WinmemRun, RecordsTracesThatCanBeCheckedAgain) {
  TemporaryFolder folder;
  std::string script = folder.write(
                  "a.txt",
                  "# title: Kept\n# requires: bits=64\nSetLastError(5)\nGetLastError() -> 5\n"),
              vendor = "exec:/usr/bin/python3 -B " WINMEM_TEST_VENDORS "/speaker.py",
              traces = (folder.path() / "traces").string();
  Ran ran = run({"run", "--record", traces, "--vendor", vendor, script});
  ASSERT_EQ(ran.code, 0) << ran.errors;
  Ran checked = run({"check", traces});
  EXPECT_EQ(checked.code, 0) << checked.output << checked.errors;
  EXPECT_TRUE(has(checked.output, "traces: 1 conform, 0 deviate, 0 unjudged")) << checked.output;
  for (const auto& trace : collect_scripts({traces}))
    EXPECT_EQ(view(header(load_script(trace)->script, "requires")), "bits=64") << trace;
  std::string full = folder.write("full", "a file, and no folder");
  EXPECT_EQ(run({"run", "--record", full, "--vendor", vendor, script}).code, 2);
}

TEST(WinmemRun, DoesNotPlayThreadsYetAndSaysSo) {
  TemporaryFolder folder;
  Ran ran = run({"run", "--vendor", "exec:/usr/bin/python3 -B " WINMEM_TEST_VENDORS "/speaker.py",
                 folder.write("a.txt", "SetLastError(1)\nGetLastError() -> 1\n"),
                 folder.write("b.txt", "SetLastError(1)\nT2: GetLastError() -> 0\n")});
  EXPECT_EQ(ran.code, 0) << ran.output << ran.errors;
  EXPECT_TRUE(has(ran.output, "1 not played: threads are not played yet\n"));
  EXPECT_TRUE(has(ran.output, "cases: 1 conform, 0 deviate, 0 crash, 0 hang, 1 unsupported"));
}

TEST(WinmemRun, ToAFullDiskCannotRun) {
  Process process({{"/bin/sh", "-c", std::string(WINMEM_TOOLS) + "/winmem-rules >/dev/full"}, {}});
  EXPECT_EQ(process.wait(Clock::now() + std::chrono::seconds(30)).code, 2);
  EXPECT_TRUE(has(process.log(), "No space left on device"));
}

TEST(WinmemRun, InterruptedWhileAnAgentStartsTellsWhatCameBefore) {
  TemporaryFolder folder;
  std::string third = folder.write("3.txt", "SetLastError(3)\nGetLastError() -> 3\n"),
              again = folder.write("4.txt", "SetLastError(3)\nGetLastError() -> 3\n"),
              json = (folder.path() / "out.json").string();
  Ran ran = run({"run", "--json", json, "--vendor",
                 "exec:/usr/bin/python3 -B " WINMEM_TEST_VENDORS "/interrupts_second_start.py " +
                     (folder.path() / "started").string(),
                 third, again});
  EXPECT_EQ(ran.code, 2) << ran.errors;
  EXPECT_TRUE(has(ran.output, "2 deviate"));
  EXPECT_EQ(nlohmann::json::parse(std::ifstream(json))[0]["interrupted"], true);
}

TEST(WinmemRun, ReportsWhatItHasWhenItIsInterrupted) {
  TemporaryFolder folder;
  std::string first = folder.write("1.txt", "SetLastError(1)\n"),
              third = folder.write("3.txt", "SetLastError(3)\n");
  Process process(
      {{std::string(WINMEM_TOOLS) + "/winmem-run", "--hang", "60", "--vendor",
        "exec:/usr/bin/python3 -B " WINMEM_TEST_VENDORS "/interrupts_on_third.py", first, third},
       {}});
  std::string line, output;
  auto deadline = Clock::now() + std::chrono::seconds(30);
  while (process.next_line(line, deadline) == Process::Got::line) output += line + "\n";
  EXPECT_EQ(process.wait(deadline).code, 2);
  EXPECT_TRUE(has(output, "1 conform"));
  EXPECT_TRUE(has(output, "interrupted: 1 of 2 scripts played"));
}

}  // namespace
}  // namespace winmem::conformance
