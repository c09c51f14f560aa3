#include "conformance/runner/changed.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "conformance/runner/script_file.h"

namespace winmem::conformance {
namespace {

std::vector<std::string> items_of(const std::string& line) {
  auto file = parse_script_text("trace.txt", line + "\n");
  Changes changes;
  std::vector<std::string> items;
  const Step& step = file->script.steps[file->script.steps.size - 1];
  for (const Changed& changed : changes.of(step, 64)) {
    items.push_back(changed.item);
    // Each change is one.
    bool differs = false;
    for (std::size_t i = 0; i < changed.outcomes.size(); ++i)
      differs = differs || !same(changed.outcomes[i], step.outcomes[static_cast<std::uint32_t>(i)]);
    EXPECT_TRUE(differs) << line << ": " << changed.item;
  }
  return items;
}
using Items = std::vector<std::string>;

TEST(Changed, EveryStatedItemIsChangedOnce) {
  EXPECT_EQ(items_of("HeapFree(0x1000, 0, NULL) -> TRUE !?"), Items{"value"});
  EXPECT_EQ(items_of("LocalUnlock(0x1008) -> FALSE !?"), Items{"value"});
  EXPECT_EQ(items_of("HeapFree(0x1000, 0, NULL) -> TRUE"), (Items{"value", "last error"}));
  EXPECT_EQ(items_of("HeapSize(0x1000, 0, 0x2000) -> 0x10 !?"), Items{"value"});
  EXPECT_EQ(items_of("VirtualQuery(0x10000, out, sizeof) -> sizeof {State=MEM_FREE Type=0} !?"),
            (Items{"value", "State", "Type"}));
  EXPECT_EQ(items_of("VirtualProtect(0x10000, 1, 2, out) -> FALSE {old=untouched} !87"),
            (Items{"value", "old", "last error"}));
  EXPECT_EQ(items_of("read(0x10000, 4) -> 0x00*4"), (Items{"last error", "contents", "end"}));
  EXPECT_EQ(items_of("execute(0x10000) -> ok !?"), Items{"end"});
  EXPECT_EQ(items_of("load(0x10000, 4) -> raises STATUS_ACCESS_VIOLATION(read, 0x10000)"),
            (Items{"status", "parameter 1", "parameter 2"}));
}

TEST(Changed, APlaceThatTheTraceKnowsIsMovedAndTakenAway) {
  EXPECT_EQ(items_of("VirtualAlloc(0x10000, 1, 1, 1) -> 0x10000 !?"), Items{"value"});
  EXPECT_EQ(items_of("p = VirtualAlloc(NULL, 1, 1, 1) -> 0x10000 !?\n"
                     "VirtualAlloc(p, 1, 1, 1) -> p !?"),
            (Items{"value", "place"}));
}

TEST(Changed, WhatIsNotRecordedIsNotChanged) {
  EXPECT_EQ(items_of("SetLastError(5) -> ok !?"), Items{});
  EXPECT_EQ(items_of("GetSystemInfo(out) -> ok {dwPageSize=_} !?"), Items{});
}

}  // namespace
}  // namespace winmem::conformance
