#include "conformance/runner/trial.h"

#include <algorithm>

#include "model/oracle/book.h"

namespace winmem::conformance {
namespace {

/// Behind so many plays a line is held to what it states alone: to play them again for each outcome
/// that can be conceived would take minutes.
constexpr std::uint64_t many_plays = 1000;

std::uint64_t plays_of(const Script& script) {
  std::uint64_t plays = 0;
  for (const Step& step : script.steps) plays += step.call.repeat;
  return plays;
}

std::vector<spec::Verdict> verdicts_of(const std::vector<spec::Judgement>& judgements) {
  std::vector<spec::Verdict> verdicts;
  for (const spec::Judgement& judgement : judgements) verdicts.push_back(judgement.verdict);
  return verdicts;
}

}  // namespace

Trial::Trial(std::vector<Witness> witnesses)
    : witnesses_(std::move(witnesses)), facts_(load_facts()) {
  for (const Witness& witness : witnesses_) sound_.push_back(hear(witness));
}

Trial::Testimony Trial::hear(const Witness& witness) {
  const Script& script = witness.trace->script;
  const unsigned bits = witness.trace->system.bits;
  Testimony testimony;
  Exercised exercised(lines_that_show(*witness.trace));
  testimony.verdicts = verdicts_of(judge_recorded(witness, &exercised));
  testimony.exercised = exercised.anywhere();
  testimony.is_long = plays_of(script) > many_plays;
  for (std::uint32_t i = 0; i < script.steps.size; ++i) {
    if (!witness.under_test[i]) continue;
    std::vector<Changed> all = changes_.of(script.steps[i], bits);
    if (!testimony.is_long)
      for (Changed& one : conceivable_.of(script, i, bits)) all.push_back(std::move(one));
    for (Changed& one : all)
      if (judge_changed(witness, i, one.outcomes).verdict == spec::Verdict::deviates)
        testimony.refused.push_back({i, std::move(one.outcomes)});
  }
  for (const std::string& fact : split_ids(std::string(view(header(script, text_of("cites"))))))
    if (shows(fact, exercised)) testimony.shown.push_back(fact);
  return testimony;
}

bool Trial::shows(const std::string& fact, const Exercised& exercised) const {
  return std::any_of(spec::rules().begin(), spec::rules().end(), [&](const spec::Rule* rule) {
    return exercised.shows(*rule) && cites(*rule, facts_, fact);
  });
}

/// The witnesses that call a function with the rule, in the order in which they are asked.
std::array<std::vector<std::size_t>, 3> Trial::concerned(const spec::Rule& rule) const {
  std::array<std::vector<std::size_t>, 3> found;
  for (std::size_t i = 0; i < witnesses_.size(); ++i)
    if (std::any_of(witnesses_[i].functions.begin(), witnesses_[i].functions.end(),
                    [&](const Function* function) { return spec::has_rule(*function, rule); })) {
      const bool decides = sound_[i].exercised[rule.index].decided > 0;
      found[sound_[i].is_long ? 2 : decides ? 0 : 1].push_back(i);
    }
  return found;
}

bool Trial::judged_otherwise(std::size_t witness) const {
  return verdicts_of(judge_recorded(witnesses_[witness])) != sound_[witness].verdicts;
}

bool Trial::lets_pass(std::size_t witness) const {
  const auto& refused = sound_[witness].refused;
  return std::any_of(refused.begin(), refused.end(), [&](const Refused& one) {
    return judge_changed(witnesses_[witness], one.line, one.outcomes).verdict !=
           spec::Verdict::deviates;
  });
}

bool Trial::shows_less(std::size_t witness) const {
  Exercised exercised(lines_that_show(*witnesses_[witness].trace));
  judge_recorded(witnesses_[witness], &exercised);
  const auto& shown = sound_[witness].shown;
  return std::any_of(shown.begin(), shown.end(),
                     [&](const std::string& fact) { return !shows(fact, exercised); });
}

Noticed Trial::notices(const spec::Rule& rule) const {
  const auto asked = concerned(rule);
  const auto any = [](const std::vector<std::size_t>& some, const auto& notices) {
    return std::any_of(some.begin(), some.end(), notices);
  };
  for (const auto& some : asked) {
    if (any(some, [&](std::size_t i) { return judged_otherwise(i); })) return Noticed::as_recorded;
    if (any(some, [&](std::size_t i) { return lets_pass(i); })) return Noticed::as_changed;
  }
  for (const auto& some : asked)
    if (any(some, [&](std::size_t i) { return shows_less(i); })) return Noticed::as_cited;
  return Noticed::not_at_all;
}

}  // namespace winmem::conformance
