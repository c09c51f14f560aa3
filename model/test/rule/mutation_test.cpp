// Each way to make a rule wrong does so, and where it would change nothing it says that.
#include "model/rule/mutation.h"

#include <gtest/gtest.h>

#include <cstring>

#include "model/oracle/book.h"
#include "model/test/oracle/judging.h"

namespace winmem::test {
namespace {

using namespace spec;

const Function& function(const char* name) {
  return *find_function(Text(name, std::strlen(name)));
}

Clause<View> check() {
  Clause<View> clause;
  clause.fails = {87};
  return clause;
}
Clause<View> effect() {
  Clause<View> clause;
  clause.succeeds = true;
  clause.leaves = no_error_written;
  clause.then = [](View&, const Seen&) {};
  return clause;
}

TEST(Mutation, ADroppedClauseNeverApplies) {
  State state;
  const std::uint64_t none[max_parameters] = {};
  const Call call;
  const View view{state, function("VirtualFree"), call, none};
  for (Clause<View> clause : {check(), effect()}) {
    ASSERT_TRUE(mutate(clause, Mutation::dropped, function("VirtualFree")));
    ASSERT_NE(clause.when, nullptr);
    EXPECT_FALSE(clause.when(view));
  }
}

TEST(Mutation, ACheckFailsWithAnotherErrorOrAnother) {
  Clause<View> clause = check();
  ASSERT_TRUE(mutate(clause, Mutation::another_error, function("VirtualFree")));
  EXPECT_EQ(clause.fails[0].error.code, another_error);
  clause.fails = {raising(STATUS_NO_MEMORY)};
  ASSERT_TRUE(mutate(clause, Mutation::another_error, function("HeapAlloc")));
  EXPECT_NE(clause.fails[0].raises, STATUS_NO_MEMORY);
  clause.fails = {any_error};
  EXPECT_FALSE(mutate(clause, Mutation::another_error, function("VirtualFree")));
}

TEST(Mutation, TheLastErrorOfACheckAndOfAnEffectMayBeAny) {
  Clause<View> one = check(), other = effect();
  ASSERT_TRUE(mutate(one, Mutation::wider_error, function("VirtualFree")));
  EXPECT_EQ(one.fails[0].error.kind, Error::Kind::anything);
  EXPECT_FALSE(mutate(one, Mutation::wider_error, function("VirtualFree")));
  ASSERT_TRUE(mutate(other, Mutation::wider_error, function("VirtualFree")));
  EXPECT_EQ(other.leaves.kind, Error::Kind::anything);
  EXPECT_FALSE(mutate(other, Mutation::wider_error, function("VirtualFree")));
}

TEST(Mutation, AnEffectMayFailWhereTheFunctionCan) {
  Clause<View> clause = effect();
  EXPECT_FALSE(mutate(clause, Mutation::may_fail, function("SetLastError")));
  EXPECT_FALSE(clause.may_fail[0].used);
  ASSERT_TRUE(mutate(clause, Mutation::may_fail, function("VirtualFree")));
  EXPECT_TRUE(clause.may_fail[0].used);
  EXPECT_FALSE(mutate(clause, Mutation::may_fail, function("VirtualFree")));
  clause = effect();
  EXPECT_TRUE(mutate(clause, Mutation::may_fail, function("fill")));
  clause = effect();
  EXPECT_FALSE(mutate(clause, Mutation::may_fail, function("GlobalUnlock")));
  clause.returns = [](const View&) { return not_equal(0); };
  EXPECT_TRUE(mutate(clause, Mutation::may_fail, function("GlobalUnlock")));
}

TEST(Mutation, AnEffectChangesNothing) {
  Clause<View> clause = effect();
  ASSERT_TRUE(mutate(clause, Mutation::changes_nothing, function("VirtualFree")));
  EXPECT_EQ(clause.then, nullptr);
  EXPECT_FALSE(mutate(clause, Mutation::changes_nothing, function("VirtualFree")));
}

TEST(Mutation, EachKindIsAppliedToSomeRuleOfTheBook) {
  for (const Mutation mutation : all_mutations) {
    unsigned applied = 0;
    for (const Rule* rule : rules()) {
      applied += mutate_rule(*rule, mutation) ? 1 : 0;
      restore_rules();
    }
    EXPECT_GT(applied, 20u) << name_of(mutation);
  }
}

TEST(Mutation, AWrongRuleJudgesOtherwiseUntilAllAreRestored) {
  const Rule& rule = *find_rule("VirtualFree.Release.TakesNoSize");
  const std::string trace =
      "p = VirtualAlloc(NULL, 0x1000, MEM_RESERVE, PAGE_NOACCESS) -> 0x10000 !?\n"
      "VirtualFree(p, 0x1000, MEM_RELEASE) -> FALSE !ERROR_INVALID_PARAMETER\n";
  EXPECT_EQ(Judging(trace).last().verdict, Verdict::conforms);
  ASSERT_TRUE(mutate_rule(rule, Mutation::another_error));
  EXPECT_EQ(Judging(trace).last().verdict, Verdict::deviates);
  restore_rules();
  EXPECT_EQ(Judging(trace).last().verdict, Verdict::conforms);
}

TEST(Mutation, TheOtherErrorIsNoneThatARuleCouldName) {
  EXPECT_TRUE(winmem::name_of(Set::error, another_error).empty());
  EXPECT_NE(another_error, poison);
}

}  // namespace
}  // namespace winmem::test
