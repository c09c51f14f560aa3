#include "conformance/runner/expect.h"

#include <gtest/gtest.h>

#include "conformance/runner/script_file.h"

namespace winmem::conformance {
namespace {

/// A script whose last line holds the expectation; all lines before it got `0x10000`.
class Expectation {
 public:
  explicit Expectation(const std::string& source)
      : file_(parse_script_text("test", source + "\n")),
        memory_(1 << 20),
        names_(file_->script, System{}, memory_.arena()) {
    for (std::uint32_t i = 0; i + 1 < file_->script.steps.size; ++i) {
      const Call& call = file_->script.steps[i].call;
      std::vector<std::uint64_t> arguments;
      for (const Argument& argument : call.arguments)
        arguments.push_back(names_.resolve(call, argument.value, 0));
      Span<Outcome> seen = parse(call, "0x10000");
      names_.record(call, 0, {arguments.data(), static_cast<std::uint32_t>(arguments.size())},
                    seen[0]);
    }
  }

  bool met_by(const std::string& wire) {
    Span<Outcome> seen = parse(step().call, wire);
    return satisfy({step().outcomes.data, step().outcomes.size}, {seen.data, seen.size},
                   step().call, names_);
  }
  bool subset_of(const std::vector<std::string>& allowed) {
    std::vector<const Outcome*> outcomes;
    for (const std::string& one : allowed) outcomes.push_back(&parse(step().call, one)[0]);
    return is_subset(step().outcomes[0], outcomes, step().call, names_);
  }

 private:
  std::unique_ptr<ScriptFile> file_;
  Memory memory_;
  Bindings names_;

  const Step& step() const { return file_->script.steps[file_->script.steps.size - 1]; }
  Span<Outcome> parse(const Call& call, const std::string& wire) {
    texts_.push_back(std::make_unique<std::string>(wire));
    Span<Outcome> outcomes;
    ParseError error;
    EXPECT_TRUE(parse_outcomes(text_of(*texts_.back()), call, {}, memory_.arena(), outcomes, error))
        << wire << ": expected " << (error.expected == nullptr ? "?" : error.expected);
    return outcomes;
  }
  std::vector<std::unique_ptr<std::string>> texts_;
};

bool met(const std::string& script, const std::string& wire) {
  return Expectation(script).met_by(wire);
}

TEST(Expect, ComparesValuesAndLastErrors) {
  EXPECT_TRUE(
      met("VirtualFree(0x10000, 0, MEM_RELEASE) -> FALSE !ERROR_INVALID_ADDRESS", "0x0 !0x1e7"));
  EXPECT_FALSE(
      met("VirtualFree(0x10000, 0, MEM_RELEASE) -> FALSE !ERROR_INVALID_ADDRESS", "0x0 !0x57"));
  EXPECT_FALSE(met("VirtualFree(0x10000, 0, MEM_RELEASE) -> FALSE !ERROR_INVALID_ADDRESS", "0x0"));
  EXPECT_FALSE(
      met("VirtualFree(0x10000, 0, MEM_RELEASE) -> FALSE !ERROR_INVALID_ADDRESS", "0x1 !0x1e7"));
}

TEST(Expect, WithoutAMarkMeansThatTheLastErrorIsLeftAlone) {
  EXPECT_TRUE(met("VirtualFree(0x10000, 0, MEM_RELEASE) -> TRUE", "0x1"));
  EXPECT_FALSE(met("VirtualFree(0x10000, 0, MEM_RELEASE) -> TRUE", "0x1 !0x0"));
  EXPECT_TRUE(met("VirtualFree(0x10000, 0, MEM_RELEASE) -> TRUE !?", "0x1 !0x5"));
  EXPECT_TRUE(met("VirtualFree(0x10000, 0, MEM_RELEASE) -> TRUE", "0x1 !?"));
  EXPECT_TRUE(met("GlobalUnlock(0x10000) -> FALSE !ERROR_SUCCESS", "0x0 !0x0"));
}

TEST(Expect, TakesAnyNonzeroForTrue) {
  EXPECT_TRUE(met("VirtualFree(0x10000, 0, MEM_RELEASE) -> TRUE", "0x2a"));
  EXPECT_FALSE(met("VirtualFree(0x10000, 0, MEM_RELEASE) -> TRUE", "0x0"));
}

TEST(Expect, OkIsSuccessAsTheFunctionTellsIt) {
  EXPECT_TRUE(met("GlobalFree(0x10000) -> ok", "0x0"));
  EXPECT_FALSE(met("GlobalFree(0x10000) -> ok", "0x10000"));
  EXPECT_TRUE(met("VirtualAlloc(NULL, 1, MEM_RESERVE, PAGE_NOACCESS) -> ok", "0x10000"));
  EXPECT_FALSE(met("VirtualAlloc(NULL, 1, MEM_RESERVE, PAGE_NOACCESS) -> ok", "0x0"));
}

TEST(Expect, KnowsConditionsOnValues) {
  const std::string call = "VirtualAlloc(NULL, 1, MEM_RESERVE, PAGE_NOACCESS) -> ";
  EXPECT_TRUE(met(call + "multiple(0x10000)", "0x50000"));
  EXPECT_FALSE(met(call + "multiple(0x10000)", "0x51000"));
  EXPECT_TRUE(met(call + "!=0", "0x51000"));
  EXPECT_FALSE(met(call + "!=0", "0x0"));
  EXPECT_TRUE(met(call + ">=0x1000", "0x1000"));
  EXPECT_FALSE(met(call + ">=0x1000", "0xfff"));
  EXPECT_TRUE(met(call + "<=0x1000", "0x1000"));
  EXPECT_FALSE(met(call + "<=0x1000", "0x1001"));
  EXPECT_TRUE(met(call + "bits(0xff)=0x12", "0x3412"));
  EXPECT_FALSE(met(call + "bits(0xff)=0x12", "0x3413"));
  EXPECT_TRUE(met(call + "_", "0x0 !0x8"));
}

TEST(Expect, ResolvesNames) {
  const std::string script =
      "p = VirtualAlloc(NULL, 0x20000, MEM_RESERVE, PAGE_NOACCESS)\n"
      "VirtualAlloc(p+0x1234, 1, MEM_COMMIT, PAGE_READWRITE) -> p+0x1000";
  EXPECT_TRUE(met(script, "0x11000"));
  EXPECT_FALSE(met(script, "0x10000"));
}

TEST(Expect, LooksOnlyAtTheFieldsThatAreStated) {
  const std::string call =
      "VirtualQuery(0x10000, out, sizeof) -> sizeof {State=MEM_FREE Protect=_}";
  EXPECT_TRUE(met(call, "0x30 {BaseAddress=0x10000 State=0x10000 Protect=0x1}"));
  EXPECT_FALSE(met(call, "0x30 {BaseAddress=0x10000 State=0x2000 Protect=0x1}"));
  EXPECT_FALSE(met(call, "0x30 {State=untouched}"));
  EXPECT_TRUE(met(call, "0x30"));  // not told
  const std::string untouched =
      "VirtualProtect(0x10000, 1, PAGE_READONLY, out) -> FALSE {old=untouched} !?";
  EXPECT_TRUE(met(untouched, "0x0 {old=untouched} !0x57"));
  EXPECT_TRUE(met(untouched, "0x0 !0x57"));
  EXPECT_FALSE(met(untouched, "0x0 {old=0x4} !0x57"));
}

TEST(Expect, KnowsExceptionsWithAndWithoutParameters) {
  EXPECT_TRUE(
      met("read(0x10000, 1) -> raises STATUS_ACCESS_VIOLATION", "raises 0xc0000005(0x0, 0x10000)"));
  EXPECT_TRUE(met("read(0x10000, 1) -> raises STATUS_ACCESS_VIOLATION(read, 0x10000)",
                  "raises 0xc0000005(0x0, 0x10000)"));
  EXPECT_FALSE(met("read(0x10000, 1) -> raises STATUS_ACCESS_VIOLATION(write, 0x10000)",
                   "raises 0xc0000005(0x0, 0x10000)"));
  EXPECT_FALSE(met("read(0x10000, 1) -> raises STATUS_GUARD_PAGE_VIOLATION",
                   "raises 0xc0000005(0x0, 0x10000)"));
  EXPECT_FALSE(met("read(0x10000, 1) -> raises STATUS_ACCESS_VIOLATION", "0x00*1"));
}

TEST(Expect, AcceptsOneOfSeveral) {
  const std::string call =
      "HeapFree(0x10000, 0, 0x20000) -> either(TRUE; FALSE !ERROR_INVALID_PARAMETER)";
  EXPECT_TRUE(met(call, "0x1"));
  EXPECT_TRUE(met(call, "0x0 !0x57"));
  EXPECT_FALSE(met(call, "0x0 !0x6"));
}

TEST(Expect, LooksAtEveryCallOfARepetition) {
  const std::string locks = "254 * GlobalLock(0x10000) -> ok !?";
  EXPECT_TRUE(met(locks, "0x20000 !?*254"));
  EXPECT_FALSE(met(locks, "0x20000 !?*253, 0x0 !0x8"));
  const std::string counted = "3 * GlobalUnlock(0x10000) -> TRUE*2, FALSE !ERROR_SUCCESS";
  EXPECT_TRUE(met(counted, "0x1*2, 0x0 !0x0"));
  EXPECT_FALSE(met(counted, "0x1*1, 0x0 !0x0*2"));
}

TEST(Expect, ComparesContents) {
  EXPECT_TRUE(met("read(0x10000, 16) -> 0x00*16", "0x00*16"));
  EXPECT_FALSE(met("read(0x10000, 16) -> 0x00*16", "0x00*15 0x01*1"));
}

TEST(IsSubset, KnowsWhatTheModelForbids) {
  Expectation fails("VirtualFree(0x10000, 0, MEM_RELEASE) -> FALSE !ERROR_INVALID_ADDRESS");
  EXPECT_TRUE(fails.subset_of({"FALSE !ERROR_INVALID_ADDRESS"}));
  EXPECT_TRUE(fails.subset_of({"TRUE", "FALSE !ERROR_INVALID_ADDRESS"}));
  EXPECT_FALSE(fails.subset_of({"FALSE !ERROR_INVALID_PARAMETER"}));
  EXPECT_FALSE(fails.subset_of({"TRUE"}));
  Expectation address("VirtualAlloc(NULL, 1, MEM_RESERVE, PAGE_NOACCESS) -> multiple(0x10000)");
  EXPECT_TRUE(address.subset_of({"ok"}));
  EXPECT_FALSE(address.subset_of({"NULL !ERROR_NOT_ENOUGH_MEMORY"}));
  EXPECT_TRUE(address.subset_of({"multiple(0x1000)"}));
  Expectation value("VirtualAlloc(NULL, 1, MEM_RESERVE, PAGE_NOACCESS) -> 0x50000");
  EXPECT_TRUE(value.subset_of({"multiple(0x10000)"}));
  EXPECT_FALSE(value.subset_of({"multiple(0x20000)"}));
}

TEST(IsSubset, WantsEveryAlternativeAllowed) {
  Expectation either(
      "VirtualFree(0x10000, 0, MEM_RELEASE) -> either(TRUE; FALSE !ERROR_INVALID_ADDRESS)");
  EXPECT_TRUE(either.subset_of({"TRUE", "FALSE !ERROR_INVALID_ADDRESS"}));
  EXPECT_TRUE(either.subset_of({"either(TRUE; FALSE !ERROR_INVALID_ADDRESS)"}));
  EXPECT_FALSE(either.subset_of({"TRUE"}));
  EXPECT_FALSE(either.subset_of({"FALSE !ERROR_INVALID_ADDRESS"}));
}

TEST(IsSubset, HoldsFieldsThatBothStateAgainstEachOther) {
  Expectation state("VirtualQuery(0x10000, out, sizeof) -> sizeof {State=MEM_FREE}");
  EXPECT_TRUE(state.subset_of({"sizeof {State=MEM_FREE Protect=PAGE_NOACCESS}"}));
  EXPECT_TRUE(state.subset_of({"sizeof {Protect=PAGE_NOACCESS}"}));
  EXPECT_FALSE(state.subset_of({"sizeof {State=MEM_COMMIT}"}));
}

}  // namespace
}  // namespace winmem::conformance
