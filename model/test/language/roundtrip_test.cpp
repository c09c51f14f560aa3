// What the printer writes, the parser reads back to the same thing.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdlib>

#include <vector>

#include "model/test/language/reading.h"
#include "model/test/language/script_maker.h"

namespace winmem::test {
namespace {

constexpr std::size_t room = 1 << 20;

// RapidCheck's own default of 100 cases is far too few for a language with so many forms. Whoever
// asks for more gets more. NOLINTNEXTLINE(concurrency-mt-unsafe): there are no threads yet
const bool enough_cases = setenv("RC_PARAMS", "max_success=3000", 0) == 0;

/// The choices of a list, then always the simplest: RapidCheck shrinks the list, and so the script.
Choose listed_choices(const std::vector<std::uint32_t>& list) {
  return [&list, next = std::size_t{0}](std::uint64_t bound) mutable {
    if (next + 1 >= list.size()) return std::uint64_t{0};
    const std::uint64_t high = bound == 0 ? list[next++] : 0;
    const std::uint64_t n = high << 32 | list[next++];
    return bound == 0 ? n : n % bound;
  };
}

/// An empty text where the script comes back, else what was printed and what is wrong.
std::string trouble(const Script& script) {
  const std::string once = printed(script);
  const Reading reading(once, room);
  if (!reading.ok) return once + complaint(once);
  if (!same(script, reading.script)) return once + "is read as\n" + printed(reading.script);
  if (printed(reading.script) != once)
    return once + "is printed again as\n" + printed(reading.script);
  return "";
}

RC_GTEST_PROP(RoundTrip, AnyScriptOfAFewStepsIsReadBackAsItWas, ()) {
  std::vector<char> memory(room);
  Arena arena(memory.data(), memory.size());
  const auto steps = *rc::gen::inRange<std::uint32_t>(1, 6);
  const auto list = *rc::gen::container<std::vector<std::uint32_t>>(
      std::size_t{50} * steps,
      rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<std::uint32_t>()));
  ASSERT_TRUE(enough_cases);
  const Script script = ScriptMaker(listed_choices(list), arena).script(steps);
  const std::string found = trouble(script);
  if (!found.empty()) RC_FAIL(found);
}

TEST(RoundTrip, ThousandsOfRandomScriptsAreReadBackAsTheyWere) {
  std::vector<char> memory(room);
  for (std::uint32_t seed = 0; seed < 4000; ++seed) {
    Arena arena(memory.data(), memory.size());
    const Script script = ScriptMaker(random_choices(seed), arena).script(1 + seed % 24);
    ASSERT_EQ(trouble(script), "") << "seed " << seed;
  }
}

TEST(RoundTrip, OnTheWireOutcomesAndCallsAreReadBackToTheSameNumbers) {
  std::vector<char> memory(room);
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    for (const unsigned bits : {32u, 64u}) {
      Arena arena(memory.data(), memory.size());
      const Script script = ScriptMaker(random_choices(seed), arena).script(12);
      const std::string wire = printed(script, Style::wire, bits);
      const Reading reading(wire, room);
      ASSERT_TRUE(reading.ok) << wire << complaint(wire);
      ASSERT_EQ(printed(reading.script, Style::wire, bits), wire) << "seed " << seed;
    }
  }
}

TEST(RoundTrip, AnOutcomeIsReadAloneAsInItsLine) {
  std::vector<char> memory(room);
  std::vector<char> other(room);
  std::vector<char> line(1 << 18);
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    Arena arena(memory.data(), memory.size());
    const Script script = ScriptMaker(random_choices(seed), arena).script(6);
    for (const Step& step : script.steps) {
      if (!step.has_outcome || step.returns) continue;
      Output out(line.data(), line.size());
      print_outcomes(out, script, step.call, {step.outcomes.data, step.outcomes.size}, Style::text);
      Arena outcomes_arena(other.data(), other.size());
      Span<Outcome> outcomes;
      ParseError error;
      ASSERT_TRUE(
          parse_outcomes(out.text(), step.call, script.names, outcomes_arena, outcomes, error))
          << string(out.text()) << error.column << error.expected;
      ASSERT_EQ(outcomes.size, step.outcomes.size);
      for (std::uint32_t i = 0; i < outcomes.size; ++i)
        ASSERT_TRUE(same(outcomes[i], step.outcomes[i])) << string(out.text());
    }
  }
}

}  // namespace
}  // namespace winmem::test
