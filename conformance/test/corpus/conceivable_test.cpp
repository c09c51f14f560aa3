#include "conformance/runner/conceivable.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "conformance/runner/script_file.h"

namespace winmem::conformance {
namespace {

/// The last line's outcomes that can be conceived, as their values say them: 0x1000, p+0x10, ok,
/// raises, ...
struct Conceived {
  std::unique_ptr<ScriptFile> file;
  Conceivable memory;
  std::vector<Changed> all;

  explicit Conceived(const std::string& trace)
      : file(parse_script_text("trace.txt", trace)),
        all(memory.of(file->script, file->script.steps.size - 1, 64)) {}

  template <class Test>
  bool any(Test test) const {
    return std::any_of(all.begin(), all.end(),
                       [&](const Changed& one) { return test(one.outcomes[0]); });
  }
  bool gives(std::uint64_t number) const {
    return any([&](const Outcome& one) {
      return one.kind == Outcome::Kind::returned && one.value.op == Pattern::Op::equal &&
             !one.value.value.is_reference && one.value.value.number.plain == number;
    });
  }
  bool raises() const {
    return any([](const Outcome& one) { return one.kind == Outcome::Kind::raises; });
  }
};

TEST(Conceivable, APlaceMayBeUnalignedOrOneThatTheTraceKnows) {
  const Conceived seen(
      "p = HeapAlloc(0x20000, 0, 8) -> 0x20500 !?\n"
      "HeapAlloc(0x20000, 0, 8) -> 0x30000 !?\n");
  EXPECT_TRUE(seen.gives(0x30001));
  EXPECT_TRUE(seen.gives(0x30008));
  EXPECT_TRUE(seen.gives(0x20500));
  EXPECT_TRUE(seen.gives(0x20504));
  EXPECT_TRUE(seen.gives(0)) << "a failure";
  EXPECT_TRUE(seen.raises());
}

TEST(Conceivable, AFailureIsThatOfTheFunction) {
  EXPECT_TRUE(Conceived("HeapSize(0x20000, 0, 0x20500) -> 8 !?\n").gives(~std::uint64_t{0}));
  EXPECT_TRUE(Conceived("GlobalFlags(0x20008) -> 0 !?\n").gives(0x8000));
  EXPECT_TRUE(Conceived("GlobalFree(0x20008) -> 0 !?\n").gives(0x20008));
}

TEST(Conceivable, WhatFailedMayHaveSucceededAndAnExceptionMayNotHaveBeen) {
  EXPECT_TRUE(Conceived("VirtualFree(0x20000, 1, 0x8000) -> FALSE !87\n").gives(1));
  const Conceived access("fill(0x20000, 1, 2) -> raises STATUS_ACCESS_VIOLATION\n");
  EXPECT_TRUE(access.any([](const Outcome& one) {
    return one.kind == Outcome::Kind::returned && one.value.op == Pattern::Op::ok;
  }));
  const Conceived read("read(0x20000, 16) -> raises STATUS_ACCESS_VIOLATION\n");
  EXPECT_TRUE(read.any([](const Outcome& one) {
    return one.is_content && one.content.runs.size == 1 && one.content.runs[0].count == 16;
  }));
}

TEST(Conceivable, EachRunOfBytesMayBeLost) {
  const Conceived read("read(0x20000, 16) -> pattern(7)+0*8 0x11*8\n");
  for (const unsigned lost : {0u, 1u})
    EXPECT_TRUE(read.any([&](const Outcome& one) {
      return one.is_content && !one.content.runs[lost].is_pattern &&
             one.content.runs[lost].byte == 0 && one.content.runs[lost].count == 8;
    })) << lost;
}

TEST(Conceivable, AFieldAndTheLastErrorMayBeOthers) {
  const Conceived query("VirtualQuery(0x20000, out, sizeof) -> sizeof {State=MEM_FREE}\n");
  EXPECT_TRUE(query.any([](const Outcome& one) {
    return one.fields.size == 1 && one.fields[0].pattern.value.number.plain == 0x1000;
  }));
  EXPECT_TRUE(query.any([](const Outcome& one) {
    return one.last_error.state == LastError::State::set && one.last_error.code == 87;
  }));
}

}  // namespace
}  // namespace winmem::conformance
