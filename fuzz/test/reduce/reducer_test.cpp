// The reducer is asked with vendors that are made up: a script deviates where a function says so.
#include "fuzz/reduce/reducer.h"

#include <gtest/gtest.h>

#include "conformance/runner/script_file.h"
#include "fuzz/generate/generator.h"

namespace winmem::fuzz {
namespace {

using Deviates = std::function<bool(const std::string& text)>;
const Fault fault{"HeapFree", "Rule", "value", 0};

/// A vendor whose last line deviates where `deviates` says so of the text.
Reducer::Play played_by(const Deviates& deviates) {
  return [deviates](const std::vector<Draft>& drafts) {
    std::vector<Shown> all(drafts.size());
    for (std::size_t i = 0; i < drafts.size(); ++i)
      if (deviates(drafts[i].text())) {
        all[i].faults = {fault};
        all[i].faults[0].line = static_cast<std::uint32_t>(drafts[i].lines.size() - 1);
      }
    return all;
  };
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

Reduction reduced(const std::string& text, const Deviates& deviates, std::uint64_t most = 1000) {
  const auto file = conformance::parse_script_text("test", text);
  Draft draft = Draft::of(file->script);
  Fault shown = fault;
  shown.line = static_cast<std::uint32_t>(draft.lines.size() - 1);
  return Reducer(played_by(deviates), [](const Draft&) { return true; }, most).reduce(draft, shown);
}

constexpr const char* long_script =
    "p = VirtualAlloc(NULL, 0x5000, MEM_COMMIT|MEM_RESERVE, PAGE_READWRITE)\n"
    "h = HeapCreate(HEAP_NO_SERIALIZE, 0x3000, 0x20000)\n"
    "b = HeapAlloc(h, HEAP_ZERO_MEMORY, 0x123)\n"
    "fill(p, 0x100, 7)\n"
    "b2 = HeapAlloc(h, 0, 0x55)\n"
    "VirtualFree(p, 0, MEM_RELEASE)\n"
    "HeapFree(h, HEAP_NO_SERIALIZE, b)\n";

TEST(Reducer, FindsTheFewestCallsAndTheSimplestArguments) {
  const Reduction reduction = reduced(long_script, [](const std::string& text) {
    return has(text, "HeapAlloc(") && has(text, "HeapFree(h");
  });
  EXPECT_EQ(reduction.draft.text(),
            "h = HeapCreate(0, 0, 0)\nb = HeapAlloc(NULL, 0, 0)\n"
            "HeapFree(h, 0, NULL)\n");
  EXPECT_TRUE(reduction.minimal);
  EXPECT_LT(reduction.executions, 300u);
}

TEST(Reducer, KeepsTheFlowOfNamesThatTheBugNeeds) {
  const Reduction reduction = reduced(long_script, [](const std::string& text) {
    return has(text, "= HeapAlloc(h") && has(text, "HeapFree(h") && has(text, ", b)");
  });
  EXPECT_EQ(reduction.draft.text(),
            "h = HeapCreate(0, 0, 0)\nb = HeapAlloc(h, 0, 0)\nHeapFree(h, 0, b)\n");
}

TEST(Reducer, FindsTheNumberAtWhichABugBegins) {
  const Reduction reduction =
      reduced("h = GetProcessHeap()\nb = HeapAlloc(h, 0, 0x5123)\n", [](const std::string& text) {
        const std::size_t at = text.rfind(", ");
        return has(text, "HeapAlloc") && std::stoull(text.substr(at + 2), nullptr, 0) >= 77;
      });
  // A page is simpler than any number that is not round.
  EXPECT_TRUE(has(reduction.draft.text(), "0x1000)")) << reduction.draft.text();
}

TEST(Reducer, KeepsAnotherBugThatShowsOnTheWay) {
  const Fault other{"HeapAlloc", "Other", "value", 0};
  const auto file = conformance::parse_script_text("test", long_script);
  const Draft draft = Draft::of(file->script);
  Reducer reducer(
      [&](const std::vector<Draft>& drafts) {
        std::vector<Shown> all(drafts.size());
        for (std::size_t i = 0; i < drafts.size(); ++i) {
          const std::string text = drafts[i].text();
          if (has(text, "HeapFree(") && has(text, "fill("))
            all[i].faults = {fault};
          else if (has(text, "HeapFree("))
            all[i].faults = {other};
        }
        return all;
      },
      [](const Draft&) { return true; }, 1000);
  Fault shown = fault;
  shown.line = 6;
  const Reduction reduction = reducer.reduce(draft, shown);
  ASSERT_EQ(reduction.others.size(), 1u);
  EXPECT_TRUE(reduction.others[0].first == other);
}

TEST(Reducer, StopsAtItsLimitWithTheBestSoFar) {
  const Reduction reduction =
      reduced(long_script, [](const std::string& text) { return has(text, "HeapFree("); }, 3);
  EXPECT_FALSE(reduction.minimal);
  EXPECT_LE(reduction.executions, 16u);
  EXPECT_TRUE(has(reduction.draft.text(), "HeapFree("));
}

TEST(Reducer, NeverPlaysWhatMayNotBePlayed) {
  const auto file = conformance::parse_script_text("test", long_script);
  bool broken = false;
  Reducer reducer(
      [&](const std::vector<Draft>& drafts) {
        for (const Draft& draft : drafts) broken = broken || !has(draft.text(), "fill(");
        return played_by([](const std::string& text) { return has(text, "HeapFree("); })(drafts);
      },
      [](const Draft& draft) { return has(draft.text(), "fill("); }, 1000);
  Fault shown = fault;
  shown.line = 6;
  EXPECT_TRUE(has(reducer.reduce(Draft::of(file->script), shown).draft.text(), "fill("));
  EXPECT_FALSE(broken);
}

}  // namespace
}  // namespace winmem::fuzz
