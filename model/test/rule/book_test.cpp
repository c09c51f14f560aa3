// What every rule must say of itself.
#include <gtest/gtest.h>

#include <cstring>
#include <regex>
#include <set>
#include <sstream>

#include "model/oracle/book.h"
#include "model/rule/rule.h"

namespace winmem::test {
namespace {

using spec::Rule;

std::vector<std::string> facts_of(const Rule& rule) {
  std::istringstream words(rule.facts);
  std::vector<std::string> result;
  for (std::string word; words >> word;) result.push_back(word);
  return result;
}

TEST(Book, EveryRuleHasAnIdOfItsOwnAndIsFoundByIt) {
  std::set<std::string> seen;
  for (const Rule* rule : spec::rules()) {
    EXPECT_TRUE(seen.insert(rule->id).second) << rule->id;
    EXPECT_EQ(spec::find_rule(Text(rule->id, std::strlen(rule->id))), rule);
  }
  EXPECT_GT(seen.size(), 200u);
  EXPECT_EQ(spec::find_rule("NoSuchRule"), nullptr);
}

TEST(Book, RulesAreNumberedInOrder) {
  for (std::size_t i = 0; i < spec::rules().size(); ++i) EXPECT_EQ(spec::rules()[i]->index, i);
}

TEST(Book, IdsAreWordsOfTheTradeJoinedByDots) {
  const std::regex form("[A-Za-z][A-Za-z0-9]*(\\.[A-Z][A-Za-z0-9]*)+");
  for (const Rule* rule : spec::rules()) EXPECT_TRUE(std::regex_match(rule->id, form)) << rule->id;
}

TEST(Book, EveryRuleSaysASentence) {
  for (const Rule* rule : spec::rules()) {
    const std::string says = rule->says;
    ASSERT_GT(says.size(), 10u) << rule->id;
    EXPECT_EQ(says.back(), '.') << rule->id;
    EXPECT_EQ(says.find("  "), std::string::npos) << rule->id;
  }
}

TEST(Book, FactsHaveTheFormOfFactsAndComeOnce) {
  const std::regex form("[A-Z]{2}-[0-9]{3}|CP-[0-9]{2}");
  for (const Rule* rule : spec::rules()) {
    std::set<std::string> seen;
    for (const std::string& fact : facts_of(*rule)) {
      EXPECT_TRUE(std::regex_match(fact, form)) << rule->id << " " << fact;
      EXPECT_TRUE(seen.insert(fact).second) << rule->id << " cites " << fact << " twice";
    }
  }
}

TEST(Book, EveryRuleThatPromisesOrForbidsCites) {
  for (const Rule* rule : spec::rules()) {
    const bool open = rule->kind == Rule::Kind::unspecified || rule->kind == Rule::Kind::undefined;
    EXPECT_TRUE(open || !facts_of(*rule).empty()) << rule->id;
  }
}

TEST(Book, WhatIsLeftOpenSaysWhy) {
  const std::regex why(
      ".*(not|no public|nobody|open|crash|may do anything|depends|is none|ends the "
      "process|undefined|"
      "never ends|out of scope|corrupts|harm|fault|contract page|must not|Only a byte|test|One "
      "instruction|raises another|reserved|too many|sources).*",
      std::regex::icase);
  for (const Rule* rule : spec::rules()) {
    if (rule->kind != Rule::Kind::unspecified && rule->kind != Rule::Kind::undefined) continue;
    EXPECT_TRUE(std::regex_match(rule->says, why)) << rule->id << ": " << rule->says;
  }
}

TEST(Book, RulesOfOneProfileCiteTheContractPage) {
  for (const Rule* rule : spec::rules())
    if (rule->scope != spec::Scope::both) {
      EXPECT_NE(std::string(rule->facts).find("CP-"), std::string::npos) << rule->id;
    }
}

TEST(Book, EveryFunctionUnderTestHasAPage) {
  for (const char* name : {"VirtualAlloc", "VirtualFree", "HeapAlloc", "HeapFree", "GlobalAlloc",
                           "GlobalFree", "LocalAlloc", "LocalFree"}) {
    const spec::Page* page = spec::page_of(find_function(Text(name, std::strlen(name))));
    ASSERT_NE(page, nullptr) << name;
    bool effect = false, check = false;
    for (const Rule& rule : page->rules()) {
      effect = effect || rule.kind == Rule::Kind::effect;
      check = check || rule.kind == Rule::Kind::check;
    }
    EXPECT_TRUE(effect && check) << name;
  }
}

TEST(Book, ProfilesHaveNames) {
  for (const char* name : {"windows", "documented", "windows-7", "windows-10", "windows-11"}) {
    spec::Profile profile{};
    ASSERT_TRUE(spec::profile_named(Text(name, std::strlen(name)), profile));
    EXPECT_STREQ(spec::name_of(profile), name);
  }
  spec::Profile profile{};
  EXPECT_FALSE(spec::profile_named("windows-95", profile));
}

}  // namespace
}  // namespace winmem::test
