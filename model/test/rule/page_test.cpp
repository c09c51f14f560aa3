// How clauses are held against a call, on a page made for the purpose: VirtualLock's shape, with
// conditions that read the size as bits.
#include "model/rule/page.h"

#include <gtest/gtest.h>

#include "model/test/language/reading.h"

namespace winmem::test {
namespace {

using namespace spec;

struct Switches : View {
  std::uint64_t on;
  bool followed = false;
  explicit Switches(View base) : View(base), on(argument[1]) {}
  bool is(unsigned bit) const { return (on >> bit) & 1; }
  bool tainted() const { return is(8); }
  void taint() { state.process_heap |= 1; }
  void follow(const Seen&) { state.process_heap |= 2; }
  void happen() { state.process_heap |= 4; }
};

Clause<Switches> clause(const char* id) {
  Clause<Switches> made;
  made.id = id;
  made.says = "A clause.";
  return made;
}

std::vector<Clause<Switches>> all_clauses() {
  auto one = clause("Check.A"), two = clause("Check.B"), first = clause("Check.First"),
       gap = clause("Gap"), forbidden = clause("Forbidden"), seven = clause("Check.Seven"),
       effect = clause("Effect"), value = clause("Value");
  one.when = [](const Switches& v) { return v.is(0); };
  one.fails = {87};
  two.when = [](const Switches& v) { return v.is(1); };
  two.fails = {487};
  gap.when = [](const Switches& v) { return v.is(2); };
  gap.unspecified = true;
  forbidden.when = [](const Switches& v) { return v.is(3); };
  forbidden.undefined = true;
  first.when = [](const Switches& v) { return v.is(4); };
  first.fails_first = {6};
  seven.when = [](const Switches& v) { return v.is(5); };
  seven.versions = in_windows_7;
  seven.fails = {5};
  effect.succeeds = true;
  effect.leaves = no_error_written;
  effect.may_fail = {8};
  effect.then = [](Switches& v, const Seen&) { v.happen(); };
  value.when = [](const Switches& v) { return v.is(6); };
  value.about = "value";
  value.is = [](const Switches&) { return equal(2); };
  return {one, two, gap, forbidden, first, seven, effect, value};
}

struct Held {
  std::string text;  ///< verdict, rule, subject
  Versions versions = 0;
  std::uint64_t marks = 0;  ///< 1 tainted, 2 followed, 4 happened
  std::size_t allowed = 0;
  bool elsewhere = false;
};

Held hold(unsigned on, const std::string& outcome, Versions asked = windows_10_and_later,
          Profile profile = Profile::windows) {
  const std::vector<Clause<Switches>> clauses = all_clauses();
  PageOf<Switches> page("VirtualLock", clauses);
  for (std::size_t i = 0; i < page.rules().size(); ++i)
    page.rules()[i].index = static_cast<std::uint16_t>(i);
  Reading reading("VirtualLock(NULL, " + std::to_string(on) + ") -> " + outcome);
  EXPECT_TRUE(reading.ok) << outcome;
  State state;
  state.profile = profile;
  const System system;
  const Bindings bindings(reading.script, system, reading.arena);
  const Call& call = reading.call(0);
  const std::uint64_t arguments[] = {0, on};
  Seen seen{call.function, &reading.outcome(0), &bindings, &call, 0, 0, 64};
  seen.value = reading.outcome(0).value.value.number.plain;
  std::vector<Exercise> exercised(clauses.size());
  Allowance allowance;
  const Finding finding =
      page.judge(View{state, *call.function, call, arguments}, seen, asked, exercised, allowance);
  Held held;
  held.text = std::string(name_of(finding.verdict)) + (finding.rule ? " " : "") +
              (finding.rule ? finding.rule->id : "") + (*finding.subject ? " " : "") +
              finding.subject;
  held.versions = finding.versions;
  held.marks = state.process_heap;
  held.allowed = allowance.alternatives.size();
  held.elsewhere = finding.elsewhere;
  return held;
}

TEST(Page, ASuccessThatKeepsItsPromisesHappens) {
  EXPECT_EQ(hold(0, "TRUE").text, "conforms Effect");
  EXPECT_EQ(hold(0, "TRUE").marks, 4u);
  EXPECT_EQ(hold(0x40, "TRUE").text, "deviates Value value");
  EXPECT_EQ(hold(0x40, "TRUE").marks, 4u) << "it happened, and a wrong number leaves no doubt";
  EXPECT_EQ(hold(0, "TRUE !87").text, "deviates Effect last error");
}

TEST(Page, AFailureThatIsAllowedChangesNothing) {
  EXPECT_EQ(hold(0, "FALSE !8").text, "conforms Effect");
  EXPECT_EQ(hold(0, "FALSE !8").marks, 0u);
  EXPECT_EQ(hold(0, "FALSE !87").text, "deviates Effect value");
  EXPECT_EQ(hold(0, "FALSE !87").marks, 1u);
}

TEST(Page, OfSeveralChecksThatFailAnyErrorIsAllowed) {
  EXPECT_EQ(hold(3, "FALSE !87").text, "conforms Check.A");
  EXPECT_EQ(hold(3, "FALSE !487").text, "conforms Check.B");
  EXPECT_EQ(hold(3, "FALSE !5").text, "deviates Check.A last error");
  EXPECT_EQ(hold(3, "FALSE !5", in_windows_10 & on_x64).allowed, 2u);
  EXPECT_EQ(hold(1, "FALSE !487").text, "deviates Check.A last error");
}

TEST(Page, ACheckThatIsLookedAtFirstHidesTheOthersAndTheGaps) {
  EXPECT_EQ(hold(0x13, "FALSE !6").text, "conforms Check.First");
  EXPECT_EQ(hold(0x13, "FALSE !87").text, "deviates Check.First last error");
  EXPECT_EQ(hold(0x13, "FALSE !87", in_windows_10 & on_x64).allowed, 1u);
  EXPECT_EQ(hold(0x1c, "FALSE !6").text, "conforms Check.First");
}

TEST(Page, ASuccessThatShouldHaveFailedIsFollowedAndInDoubt) {
  EXPECT_EQ(hold(1, "TRUE").text, "deviates Check.A value");
  EXPECT_EQ(hold(1, "TRUE").marks, 3u);
}

TEST(Page, AGapJudgesNothingButFollows) {
  EXPECT_EQ(hold(4, "FALSE !1234").text, "unjudged Gap");
  EXPECT_EQ(hold(4, "TRUE").marks, 5u);
  EXPECT_EQ(hold(5, "TRUE").text, "unjudged Gap") << "a check that fails besides does not count";
  EXPECT_EQ(hold(8, "TRUE").text, "undefined Forbidden");
  EXPECT_EQ(hold(8, "raises STATUS_ACCESS_VIOLATION").text, "undefined Forbidden");
}

TEST(Page, WhatIsTaintedIsNotJudged) {
  EXPECT_EQ(hold(0x101, "TRUE").text, "unjudged");
  EXPECT_EQ(hold(0x101, "TRUE").marks, 3u);
}

TEST(Page, NeitherDeathNorAnExceptionIsASuccessOrAFailure) {
  for (const char* outcome : {"hangs", "ends exit(1)", "raises STATUS_NO_MEMORY", "refused(why)"}) {
    EXPECT_EQ(hold(0, outcome).text, "deviates Effect value") << outcome;
    EXPECT_EQ(hold(1, outcome).text, "deviates Check.A value") << outcome;
  }
}

TEST(Page, AnOutcomeNarrowsTheVersionsToThoseThatHaveIt) {
  EXPECT_EQ(hold(0x20, "FALSE !5", every_version).versions, in_windows_7);
  EXPECT_EQ(hold(0x20, "TRUE", every_version).versions, windows_10_and_later);
  EXPECT_EQ(hold(0x20, "FALSE !5").text, "deviates Effect value");
  EXPECT_EQ(hold(0, "TRUE", every_version).versions, every_version);
}

TEST(Page, ADeviationThatARuledOutVersionWouldAllowSaysSo) {
  EXPECT_TRUE(hold(0x20, "FALSE !5", in_windows_7, Profile::windows_7).text ==
              "conforms Check.Seven");
  EXPECT_FALSE(hold(0x20, "FALSE !5").elsewhere) << "Windows 7 is not of the profile";
  EXPECT_TRUE(hold(0x20, "TRUE", in_windows_7, Profile::windows).elsewhere);
}

}  // namespace
}  // namespace winmem::test
