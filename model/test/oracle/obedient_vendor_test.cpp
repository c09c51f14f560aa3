// A vendor that gives what the model allows conforms in every line: what a rule says would have
// been right, the judge takes, and the state that it leaves contradicts nothing later.
#include "model/test/oracle/judging.h"
#include "model/test/oracle/random_trace.h"

namespace winmem::test {
namespace {

using Op = Pattern::Op;

/// Between the fresh addresses: no request that is not refused is as large.
constexpr std::uint64_t spacing = 1ull << 33;

/// Answers with allowed outcomes, and fresh numbers where they leave a choice.
class ObedientVendor {
 public:
  explicit ObedientVendor(RandomTrace& random) : random_(random) {}

  Outcome answer(const Call& call, const std::vector<spec::Allowed>& allowed) {
    Outcome outcome = allowed[random_.below(static_cast<std::uint32_t>(allowed.size()))].outcome;
    settle(*call.function, outcome.value);
    fields_.assign(outcome.fields.begin(), outcome.fields.end());
    for (FieldPattern& field : fields_) settle(*call.function, field.pattern);
    outcome.fields = {fields_.data(), static_cast<std::uint32_t>(fields_.size())};
    return outcome;
  }

 private:
  RandomTrace& random_;
  std::uint64_t fresh_ = spacing;
  std::vector<FieldPattern> fields_;

  void settle(const Function& function, Pattern& pattern) {
    std::uint64_t& number = pattern.value.number.plain;
    switch (pattern.op) {
      case Op::any:
      case Op::ok:
      case Op::multiple:
      case Op::not_equal:
        number = function.result == Kind::boolean || function.result == Kind::number ||
                         function.result == Kind::constant
                     ? 1
                     : fresh_ += spacing;
        if (function.success == Success::zero) number = 0;
        break;
      case Op::bits:
        number |= function.result == Kind::handle ? fresh_ += spacing : 0;
        break;
      case Op::equal:
      case Op::at_least:
      case Op::at_most:
        return fix(pattern);
      default:
        return;
    }
    fix(pattern);
  }
  static void fix(Pattern& pattern) { pattern.op = Op::equal; }
};

/// Handlers would have to see exceptions, and reads tell contents: what is allowed does not say
/// which. Without a large-page privilege and with fresh memory everywhere the rest is free.
bool is_playable(const Function& function) {
  return function.family != Family::setup && function.result != Kind::content &&
         function.result != Kind::token && function.name != Text("load") &&
         function.name != Text("RemoveVectoredExceptionHandler");
}

bool asks_for_more(const Call& call) {
  const std::uint8_t extent = call.function->extent;
  return extent != no_parameter && call.arguments[extent].value.number.plain >= spacing;
}

std::string script_of(RandomTrace& random, unsigned calls) {
  std::string text;
  for (unsigned i = 0; i < calls;) {
    const Function& function = functions()[random.below(functions().size)];
    if (!is_playable(function)) continue;
    const std::string line = random.call(function) + "\n";
    if (Reading(text + line, 1 << 18).ok) text += line;
    ++i;
  }
  return text;
}

TEST(ObedientVendor, NeverDeviatesInAnyProfile) {
  unsigned judged = 0, open = 0;
  for (std::uint32_t seed = 0; seed < 200; ++seed) {
    RandomTrace random(seed, 64);
    const Reading reading(script_of(random, 60));
    ASSERT_TRUE(reading.ok);
    spec::Oracle oracle(reading.script, System{}, static_cast<spec::Profile>(seed % 5));
    ObedientVendor vendor(random);
    for (const Step& step : reading.script.steps) {
      const std::vector<spec::Allowed> allowed = oracle.allowed(step);
      if (allowed.empty() || asks_for_more(step.call)) {
        ++open;
        continue;
      }
      const Outcome outcome = vendor.answer(step.call, allowed);
      const spec::Judgement judgement = oracle.judge(step, {&outcome, 1});
      char room[4096];
      Output call(room, sizeof room);
      print_step(call, reading.script, step, Style::text, 64);
      call << Text(" gave ");
      print_outcome(call, reading.script, step.call, outcome, Style::text);
      EXPECT_NE(judgement.verdict, spec::Verdict::deviates)
          << "seed " << seed << " line " << step.line << ": " << string(call.text()) << " "
          << (judgement.rule ? judgement.rule->id : "") << " " << judgement.subject;
      judged += judgement.verdict == spec::Verdict::conforms;
    }
  }
  EXPECT_GT(judged, 2000u);
  EXPECT_GT(open, 0u);
}

}  // namespace
}  // namespace winmem::test
