// The oracle takes whatever a vendor reports: it never crashes, says the same thing twice, and
// accepts what it says would have been right.
#include "model/test/oracle/judging.h"
#include "model/test/oracle/random_trace.h"

namespace winmem::test {
namespace {

/// A random text without the lines that cannot be read; how many of them could.
struct Readable {
  std::string text;
  unsigned read = 0, tried = 0;
};

Readable readable(std::uint32_t seed, unsigned bits, unsigned lines) {
  Readable result;
  for (const std::string& line : RandomTrace(seed, bits).lines(lines)) {
    ++result.tried;
    const Reading reading(result.text + line + "\n", 1 << 18);
    if (!reading.ok) continue;
    result.text += line + "\n";
    ++result.read;
  }
  return result;
}

spec::Profile profile_of(std::uint32_t seed) {
  return static_cast<spec::Profile>(seed % 5);
}

System system_of(unsigned bits) {
  System system;
  system.heap = HeapKind::nt;
  system.bits = bits;
  if (bits == 32) system.maximum = 0x7ffeffff;
  return system;
}

/// Every judgement in a line each, with all that would have been allowed.
std::string account(const Script& script, const System& system, spec::Profile profile) {
  std::string said;
  spec::Oracle oracle(script, system, profile);
  char room[4096];
  for (const Step& step : script.steps) {
    const std::size_t open = oracle.allowed(step).size();
    const spec::Judgement judgement = oracle.judge(step, {step.outcomes.data, step.outcomes.size});
    EXPECT_EQ(judgement.verdict == spec::Verdict::deviates, !judgement.subject.empty());
    EXPECT_TRUE(judgement.rule || judgement.verdict != spec::Verdict::deviates);
    EXPECT_TRUE(judgement.rule || !judgement.definite);
    said += std::string(spec::name_of(judgement.verdict)) + " " + std::to_string(open) + " " +
            (judgement.rule ? judgement.rule->id : "") + " " + judgement.subject + "\n";
    for (const spec::Allowed& allowed : judgement.allowed) {
      Output out(room, sizeof room);
      print_outcome(out, script, step.call, allowed.outcome, Style::text);
      said += "  " + string(out.text()) + "\n";
    }
  }
  EXPECT_NE(oracle.possible(), 0);
  return said;
}

TEST(RandomTraces, AreJudgedWithoutACrashAndTwiceTheSame) {
  unsigned read = 0, tried = 0;
  for (std::uint32_t seed = 0; seed < 250; ++seed) {
    const unsigned bits = seed % 3 ? 64 : 32;
    const Readable trace = readable(seed, bits, 60);
    read += trace.read;
    tried += trace.tried;
    const Reading reading(trace.text);
    ASSERT_TRUE(reading.ok);
    const System system = system_of(bits);
    const std::string once = account(reading.script, system, profile_of(seed));
    ASSERT_EQ(once, account(reading.script, system, profile_of(seed))) << "seed " << seed;
  }
  EXPECT_GT(read, tried / 2) << "most of what the generator makes should be readable";
}

/// Judges the first lines of a script, and one more with this outcome.
spec::Verdict verdict_after(const Script& script, const System& system, spec::Profile profile,
                            std::uint32_t lines, const Outcome& outcome) {
  spec::Oracle oracle(script, system, profile);
  for (std::uint32_t i = 0; i < lines; ++i) {
    const Step& step = script.steps[i];
    oracle.judge(step, {step.outcomes.data, step.outcomes.size});
  }
  return oracle.judge(script.steps[lines], {&outcome, 1}).verdict;
}

TEST(RandomTraces, WhatADeviationAllowsWouldNotHaveDeviated) {
  unsigned tried = 0;
  for (std::uint32_t seed = 1000; seed < 1120; ++seed) {
    const Readable trace = readable(seed, 64, 30);
    const Reading reading(trace.text);
    ASSERT_TRUE(reading.ok);
    const Script& script = reading.script;
    const System system = system_of(64);
    spec::Oracle oracle(script, system, profile_of(seed));
    for (std::uint32_t i = 0; i < script.steps.size; ++i) {
      const Step& step = script.steps[i];
      const spec::Judgement judgement =
          oracle.judge(step, {step.outcomes.data, step.outcomes.size});
      if (step.call.repeat != 1 || !judgement.rule || judgement.rule->function == nullptr) continue;
      for (const spec::Allowed& allowed : judgement.allowed) {
        const bool concrete = allowed.outcome.kind == Outcome::Kind::returned &&
                              allowed.outcome.value.op == Pattern::Op::equal &&
                              allowed.outcome.fields.empty();
        // A promise may ask for more than one number tells.
        if (!concrete || allowed.rule->kind != spec::Rule::Kind::check) continue;
        ++tried;
        EXPECT_NE(verdict_after(script, system, profile_of(seed), i, allowed.outcome),
                  spec::Verdict::deviates)
            << "seed " << seed << " line " << step.line << " " << allowed.rule->id;
      }
    }
  }
  EXPECT_GT(tried, 100u);
}

}  // namespace
}  // namespace winmem::test
