// Whatever a file holds, reading it ends with a script or with an error that has a place: never
// outside the text, never outside the memory given.
#include <gtest/gtest.h>

#include <vector>

#include "model/test/language/reading.h"
#include "model/test/language/script_maker.h"

namespace winmem::test {
namespace {

const char sample[] =
    "# title: A commit takes whole pages\n"
    "# system: bits=64 page=0x1000\n"
    "p = VirtualAlloc(NULL, 0x20000, MEM_RESERVE|0x40000000, PAGE_NOACCESS) -> 0x7f12a0010000\n"
    "VirtualQuery(p+2*PTRSIZE-1, out, sizeof-1) -> sizeof {BaseAddress=p State=MEM_COMMIT} !?\n"
    "b = 65541 * GlobalAlloc(GHND, SIZE_MAX-7) -> 0x5f0008*65536 by 0x8, ok*4, NULL "
    "!ERROR_SUCCESS\n"
    "GlobalFree(each reversed b[0..18]) -> NULL*17, b[3]\n"
    "i = GetSystemInfo(out) -> ok {dwPageSize=4096}\n"
    "VirtualAlloc(i.lpMaximumApplicationAddress+1, 1, 0, 0) -> NULL !87\n"
    "GetWriteWatch(0, p, PTR(-1), out[4], inout(4), NULL) -> 0 {addresses=[p p+0x1000] count=_}\n"
    "v = AddVectoredExceptionHandler(1, on=STATUS_NO_MEMORY do=continue)\n"
    "read(p, 40) -> 0x00*16 pattern(7)+0x10*8 ... 16#0xabc\n"
    "fill(p, 1, 2) -> [v STATUS_GUARD_PAGE_VIOLATION(write, p)] [? 1(bits(3)=1)] ok\n"
    "T2: HeapLock(PTR(-1)) -> blocked\n"
    "T2 returns -> either(TRUE; FALSE !?; raises STATUS_ACCESS_VIOLATION(read, _); _)\n"
    "GetProcessHeap() -> ends signal(SIGSEGV)\n"
    "GetProcessHeap() -> refused(overlaps agent)\n";

/// Reads a text from a buffer of just its size, so that a step outside is found by the sanitizers.
void read_any(const std::string& source, std::size_t room = 1 << 16) {
  const std::vector<char> exact(source.begin(), source.end());
  const std::unique_ptr<char[]> memory(new char[room]);
  Arena arena(memory.get(), room);
  Script script;
  ParseError error;
  if (parse_script(Text(exact.data(), exact.size()), arena, script, error)) {
    const std::string once = printed(script);
    const Reading again(once);
    ASSERT_TRUE(again.ok) << source << "\n" << once << complaint(once);
    ASSERT_TRUE(same(script, again.script)) << source << "\n" << once;
    return;
  }
  ASSERT_NE(error.expected, nullptr) << source;
  ASSERT_GE(error.column, 1u);
  ASSERT_LE(error.column, exact.size() + 1);
  ASSERT_GE(error.line, 1u);
}

TEST(Robustness, TheSampleItselfIsRead) {
  EXPECT_EQ(complaint(sample), "read");
}

TEST(Robustness, EveryTruncationIsReadOrRefused) {
  const std::string whole = sample;
  for (std::size_t size = 0; size <= whole.size(); ++size) read_any(whole.substr(0, size));
}

TEST(Robustness, EveryLineWithoutItsBeginningIsReadOrRefused) {
  const std::string whole = sample;
  for (std::size_t from = 0; from < whole.size(); ++from) read_any(whole.substr(from));
}

TEST(Robustness, FlippedBytesAreReadOrRefused) {
  const Choose choose = random_choices(1);
  for (int round = 0; round < 20000; ++round) {
    std::string source = sample;
    for (std::uint64_t flips = 1 + choose(4); flips > 0; --flips)
      source[choose(source.size())] = static_cast<char>(choose(256));
    read_any(source);
  }
}

TEST(Robustness, PiecesPutTogetherAnyhowAreReadOrRefused) {
  const std::string whole = sample;
  const Choose choose = random_choices(2);
  for (int round = 0; round < 10000; ++round) {
    const std::size_t at = choose(whole.size());
    const std::size_t from = choose(whole.size());
    read_any(whole.substr(0, at) + whole.substr(from, choose(80)) +
             whole.substr(choose(2) ? at : from));
  }
}

TEST(Robustness, RandomBytesAreReadOrRefused) {
  const Choose choose = random_choices(3);
  for (int round = 0; round < 10000; ++round) {
    std::string source(choose(100), '\0');
    for (char& c : source) c = static_cast<char>(choose(256));
    read_any(source);
  }
}

TEST(Robustness, ASmallArenaEndsInAnErrorAndNeverInHalfAScript) {
  std::size_t needed = 0;
  for (std::size_t room = 0; room < 40000 && needed == 0; room += 64) {
    const Reading r(sample, room);
    if (r.ok)
      needed = room;
    else
      ASSERT_EQ(std::string(r.error.expected), "a smaller script: the memory for it is used up");
  }
  EXPECT_GT(needed, 0u);
}

TEST(Robustness, AnswersOfAnAgentAreReadOrRefused) {
  const Reading script(
      "b = 3 * GlobalAlloc(GHND, 1)\nread(NULL, 1)\nVirtualProtect(NULL, 1, 1, out)");
  ASSERT_TRUE(script.ok);
  const std::string answers[] = {"0x5f0008*2 by 0x8, 0x0 !0x8",
                                 "0x00*16 pattern(7)+0x10*8 ... 16#0xabc",
                                 "[0x7f10 0x80000001(0x1, 0x7f0000001000)] 0x1 {old=0x4} !0x57"};
  const Choose choose = random_choices(4);
  const std::unique_ptr<char[]> memory(new char[1 << 16]);
  for (int round = 0; round < 30000; ++round) {
    const std::size_t which = choose(3);
    std::string answer = answers[which].substr(0, 1 + choose(answers[which].size()));
    answer[choose(answer.size())] = static_cast<char>(choose(256));
    const std::vector<char> exact(answer.begin(), answer.end());
    Arena arena(memory.get(), 1 << 16);
    Span<Outcome> outcomes;
    ParseError error;
    if (parse_outcomes(Text(exact.data(), exact.size()), script.call(which), {}, arena, outcomes,
                       error))
      ASSERT_GE(outcomes.size, 1u);
    else
      ASSERT_NE(error.expected, nullptr);
  }
}

}  // namespace
}  // namespace winmem::test
