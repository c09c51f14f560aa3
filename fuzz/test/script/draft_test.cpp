#include "fuzz/script/draft.h"

#include <gtest/gtest.h>

#include "conformance/runner/script_file.h"

namespace winmem::fuzz {
namespace {

TEST(Draft, KeepsTheCallsOfAScriptAndPrintsThemAgain) {
  const std::string text =
      "p = VirtualAlloc(NULL, 0x1000, MEM_RESERVE, PAGE_NOACCESS)\n"
      "VirtualFree(p+0x10, 0, MEM_RELEASE)\n";
  const auto file = conformance::parse_script_text("test", text);
  const Draft draft = Draft::of(file->script);
  EXPECT_EQ(draft.text(), text);
  EXPECT_EQ(draft.lines.size(), 2u);
  EXPECT_TRUE(draft.sound());
}

TEST(Draft, WithoutALineGoesWhatUsesItsName) {
  const auto file = conformance::parse_script_text(
      "test", "h = GetProcessHeap()\nb = HeapAlloc(h, 0, 8)\nSetLastError(5)\nHeapFree(h, 0, b)\n");
  const Draft draft = Draft::of(file->script);
  EXPECT_EQ(draft.without([](std::size_t i) { return i == 1; }).text(),
            "h = GetProcessHeap()\nSetLastError(ERROR_ACCESS_DENIED)\n");
  EXPECT_EQ(draft.without([](std::size_t i) { return i == 0; }).lines.size(), 1u);
}

TEST(Draft, IsNotSoundWhereANameIsUsedBeforeItsCall) {
  const auto file =
      conformance::parse_script_text("test", "h = GetProcessHeap()\nHeapDestroy(h)\n");
  Draft draft = Draft::of(file->script);
  std::swap(draft.lines[0], draft.lines[1]);
  EXPECT_FALSE(draft.sound());
}

TEST(Draft, NamesAreGivenAnewInTheOrderOfTheirLines) {
  const auto file = conformance::parse_script_text(
      "test", "zz = GetProcessHeap()\nyy = HeapAlloc(zz, 0, 8)\nxx = HeapAlloc(zz, 0, 8)\n");
  Draft draft = Draft::of(file->script);
  draft.rename();
  EXPECT_EQ(draft.text(),
            "h = GetProcessHeap()\nb = HeapAlloc(h, 0, 8)\nb2 = HeapAlloc(h, 0, 8)\n");
}

}  // namespace
}  // namespace winmem::fuzz
