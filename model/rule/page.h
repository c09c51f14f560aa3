// A page: all clauses of one function, and how a call is held against them.
#pragma once

#include <string>
#include <vector>

#include "model/rule/mutation.h"

namespace winmem::spec {

/// One alternative that a page allows, not yet an Outcome.
struct Alternative {
  const Rule* rule = nullptr;
  bool success = false;
  Expect value;     ///< of `returned`
  Failure failure;  ///< of a failure; its error, or what it raises
  Error leaves;     ///< of a success
};

/// What a page found for one play.
struct Finding {
  Verdict verdict = Verdict::conforms;
  const Rule* rule = nullptr;
  bool definite = false;
  const char* subject = "";
  Versions versions = 0;   ///< those of the asked ones in which the outcome is allowed
  bool elsewhere = false;  ///< a deviation that a version not asked would allow
  bool certain = false;    ///< a deviation that leaves no doubt about the state after it

  Finding() = default;
  Finding(Verdict v, const Rule* r, bool d, const char* s, Versions in)
      : verdict(v), rule(r), definite(d), subject(s), versions(in) {}
};

/// All that would have been right.
struct Allowance {
  std::vector<Alternative> alternatives;
  std::vector<std::pair<std::uint8_t, Expect>> fields;  ///< of a success
  std::string expected;       ///< what a broken promise expects, where one number does not say it
  const Rule* gap = nullptr;  ///< the rule that leaves it open in one of the versions, or undefined
};

class Page {
 public:
  virtual ~Page() = default;
  /// Judges one play, counts what was exercised, and changes the state as the vendor reported. Of a
  /// deviation, `allowance` is what the state before it allowed.
  virtual Finding judge(const View& base, const Seen& seen, Versions asked,
                        std::vector<std::uint32_t>& exercised, Allowance& allowance) const = 0;
  /// All that would be allowed in any of the versions.
  virtual void allowed(const View& base, Versions asked, Allowance& allowance) const = 0;

  const Function& function() const { return *function_; }
  /// Makes the i-th clause wrong, until `restore`; false where it cannot be made wrong so.
  virtual bool mutate(std::size_t i, Mutation mutation) = 0;
  virtual void restore() = 0;

  std::vector<Rule>& rules() { return rules_; }
  const std::vector<Rule>& rules() const { return rules_; }

 protected:
  explicit Page(Text function) : function_(find_function(function)) {}
  const Function* function_;
  std::vector<Rule> rules_;  ///< one a clause
};

/// The value with which the function tells failure, given its arguments.
std::uint64_t failure_value(const View& view);
/// Whether the outcome's last error is the expected one; `state` tells what the call found, which
/// a call that leaves it alone and one that sets the same number both leave.
bool error_allowed(const Error& expected, const Outcome& outcome, const State& state);
/// Whether `seen` is this failure of the function; `value` replaces the usual failure value.
bool is_failure(const View& view, const Seen& seen, const Failure& failure, const Expect* value);
/// Whether the limits of state.h admit a failure for lack of memory.
bool may_run_out(const State& state, const Demand& demand);
/// The failures for lack of memory that the function's family has.
Failures out_of_memory(Family family, const Demand& demand);
/// Index of the field of that name; the program ends when there is none: a page names a field that
/// does not exist.
std::uint8_t field_index(const Function& function, const char* name);

template <class V>
class PageOf final : public Page {
 public:
  PageOf(Text function, std::span<const Clause<V>> clauses)
      : Page(function), clauses_(clauses.begin(), clauses.end()) {
    for (const Clause<V>& clause : clauses_) {
      rules_.push_back({clause.id, clause.says, clause.facts, clause.kind(), clause.scope,
                        clause.versions, function_, 0});
      const bool is_field = clause.about && clause.is &&
                            Text(clause.about, __builtin_strlen(clause.about)) != Text("value");
      fields_.push_back(is_field ? field_index(*function_, clause.about) : no_parameter);
      by_version_ = by_version_ || clause.versions != every_version;
    }
  }

  Finding judge(const View& base, const Seen& seen, Versions asked,
                std::vector<std::uint32_t>& exercised, Allowance& allowance) const override {
    V view(base);
    Finding finding;
    if (view.tainted()) {
      finding = {Verdict::unjudged, nullptr, false, "", asked};
      apply(view, seen, asked, nullptr, finding);
      return finding;
    }
    const Clause<V>* effect = nullptr;
    if (!by_version_) {
      finding = hold(view, seen, asked, effect, &exercised);
    } else {
      for (const Versions one : single_versions) {
        if (!(asked & one)) continue;
        const Clause<V>* its_effect = nullptr;
        Finding found = hold(view, seen, one, its_effect, finding.versions ? nullptr : &exercised);
        if (found.verdict == Verdict::deviates && finding.versions) continue;
        found.versions |= finding.versions;
        finding = found;
        effect = its_effect;
      }
    }
    if (finding.verdict == Verdict::deviates) {
      list_all(view, asked, finding.rule, allowance);
      const Clause<V>& broken = clauses_[static_cast<std::size_t>(finding.rule - rules_.data())];
      if (broken.shows) allowance.expected = broken.shows(view);
      finding.elsewhere = by_version_ && fits_other(view, seen, asked);
    }
    apply(view, seen, asked, effect, finding);
    return finding;
  }

  void allowed(const View& base, Versions asked, Allowance& allowance) const override {
    V view(base);
    list_all(view, asked, nullptr, allowance);
  }

  bool mutate(std::size_t i, Mutation mutation) override {
    if (unchanged_.empty()) unchanged_ = clauses_;
    return spec::mutate(clauses_[i], mutation, *function_);
  }
  void restore() override {
    if (!unchanged_.empty()) clauses_ = unchanged_;
  }

 private:
  std::vector<Clause<V>> clauses_;
  std::vector<Clause<V>> unchanged_;  ///< once one was mutated
  std::vector<std::uint8_t> fields_;  ///< of promises about a field
  bool by_version_ = false;

  bool applies(const Clause<V>& clause, const V& view, Versions version) const {
    const bool documented = view.state.profile == Profile::documented;
    if (clause.scope == Scope::windows_only && documented) return false;
    if (clause.scope == Scope::documented_only && !documented) return false;
    return (clause.versions & version) && (!clause.when || clause.when(view));
  }

  /// The checks that fail, and only those that fail first where there are any; -1 behind them.
  /// `gap` is a clause that leaves it open.
  struct Failing {
    std::array<int, 12> index{};
    unsigned count = 0;
    int gap = -1;
  };
  Failing failing(const V& view, Versions version) const {
    Failing result;
    bool first = false;
    for (std::size_t i = 0; i < clauses_.size(); ++i) {
      const Clause<V>& clause = clauses_[i];
      const bool gap = clause.undefined || clause.unspecified;
      if ((!clause.is_check() && !gap) || (gap && (first || result.gap >= 0)) ||
          (first && !clause.fails_first[0].used))
        continue;
      if (!applies(clause, view, version)) continue;
      if (gap) {
        result.gap = static_cast<int>(i);
        continue;
      }
      if (clause.fails_first[0].used && !first) {
        first = true;
        result.count = 0;
        result.gap = -1;
      }
      if (result.count < result.index.size()) result.index[result.count++] = static_cast<int>(i);
    }
    return result;
  }

  /// Whether a version of the profile that an earlier line ruled out would have done this.
  bool fits_other(const V& view, const Seen& seen, Versions asked) const {
    const auto admitted = versions_of(view.state.profile) & versions_of_bits(view.system().bits);
    for (const Versions one : single_versions) {
      const Clause<V>* effect = nullptr;
      if ((admitted & one & ~asked) &&
          hold(view, seen, one, effect, nullptr).verdict == Verdict::conforms)
        return true;
    }
    return false;
  }

  const Clause<V>* effect_of(const V& view, Versions version) const {
    for (const Clause<V>& clause : clauses_)
      if (clause.succeeds && applies(clause, view, version)) return &clause;
    return nullptr;
  }

  /// Whether a rule of this page is a promise about the value, in one number.
  bool is_value_promise(const Rule* broken) const {
    if (!broken) return false;
    const auto i = static_cast<std::size_t>(broken - rules_.data());
    return clauses_[i].about && clauses_[i].is && fields_[i] == no_parameter;
  }

  std::size_t place(const Clause<V>& clause) const {
    return static_cast<std::size_t>(&clause - clauses_.data());
  }
  const Rule& rule(const Clause<V>& clause) const { return rules_[place(clause)]; }

  /// Holds the outcome against the clauses; changes nothing but the counts.
  Finding hold(const V& view, const Seen& seen, Versions version, const Clause<V>*& effect,
               std::vector<std::uint32_t>* exercised) const {
    effect = effect_of(view, version);
    const Failing checks = failing(view, version);
    if (checks.gap >= 0) {
      const Rule& gap = rules_[static_cast<std::size_t>(checks.gap)];
      const Verdict verdict =
          gap.kind == Rule::Kind::undefined ? Verdict::undefined : Verdict::unjudged;
      return {verdict, &gap, false, "", version};
    }
    if (checks.count) {
      effect = nullptr;
      return hold_checks(view, seen, version, checks, effect, exercised);
    }
    if (!effect) return {Verdict::unjudged, nullptr, false, "", version};
    return hold_effect(view, seen, version, *effect, exercised);
  }

  Finding hold_checks(const V& view, const Seen& seen, Versions version, const Failing& checks,
                      const Clause<V>*& decided, std::vector<std::uint32_t>* exercised) const {
    for (unsigned i = 0; i < checks.count; ++i) {
      const Clause<V>& clause = clauses_[static_cast<std::size_t>(checks.index[i])];
      Expect value = clause.returns ? clause.returns(view) : any();
      for (const Failure& failure : clause.failures())
        if (failure.used && is_failure(view, seen, failure, clause.returns ? &value : nullptr)) {
          if (!view.exceptions_right(seen) || !view.handlers_live(seen))
            return {Verdict::deviates, &rule(clause), true, "exception", 0};
          if (exercised) ++(*exercised)[rule(clause).index];
          decided = &clause;
          return {Verdict::conforms, &rule(clause), true, "", version};
        }
    }
    const Clause<V>& broken = clauses_[static_cast<std::size_t>(checks.index[0])];
    Failure quiet{any_error};
    quiet.raises = broken.failures()[0].raises;
    Expect value = broken.returns ? broken.returns(view) : any();
    const bool only_error = is_failure(view, seen, quiet, broken.returns ? &value : nullptr);
    Finding finding{Verdict::deviates, &rule(broken), true, only_error ? "last error" : "value", 0};
    finding.certain = only_error && !broken.then;
    return finding;
  }

  Finding hold_effect(const V& view, const Seen& seen, Versions version, const Clause<V>& effect,
                      std::vector<std::uint32_t>* exercised) const {
    if (!succeeds(effect, view, seen)) {
      for (const Failure& failure : effect.may_fail)
        if (possible(view, failure) && is_failure(view, seen, failure, nullptr))
          return {Verdict::conforms, &rule(effect), false, "", version};
      if (effect.needs && may_run_out(view.state, effect.needs(view)))
        for (const Failure& failure : out_of_memory(view.function.family, effect.needs(view)))
          if (possible(view, failure) && is_failure(view, seen, failure, nullptr))
            return {Verdict::conforms, nullptr, false, "", version};
      return {Verdict::deviates, &rule(effect), true, "value", 0};
    }
    if (!error_allowed(effect.leaves, *seen.outcome, view.state))
      return certainly(rule(effect), "last error");
    if (exercised) ++(*exercised)[rule(effect).index];
    for (std::size_t i = 0; i < clauses_.size(); ++i) {
      const Clause<V>& promise = clauses_[i];
      if (!promise.about || !applies(promise, view, version)) continue;
      bool stated = true;
      if (!kept(promise, fields_[i], view, seen, stated)) {
        if (promise.is) return certainly(rules_[i], promise.about);
        return {Verdict::deviates, &rules_[i], true, promise.about, 0};
      }
      if (stated && exercised) ++(*exercised)[rules_[i].index];
    }
    if (!view.handlers_live(seen)) return certainly(rule(effect), "exception");
    return {Verdict::conforms, &rule(effect), true, "", version};
  }

  /// A deviation in one number of a success: it is wrong, and the state is what it says.
  static Finding certainly(const Rule& broken, const char* subject) {
    Finding finding{Verdict::deviates, &broken, true, subject, 0};
    finding.certain = true;
    return finding;
  }

  /// Of the ways to fail for lack of memory only those of the call's kind: a value, or an
  /// exception.
  static bool possible(const V& view, const Failure& failure) {
    return failure.used && (failure.raises != 0) == view.raises_instead();
  }

  /// Whether a promise is kept; `stated` is false where the outcome does not tell.
  static bool kept(const Clause<V>& promise, std::uint8_t field, const V& view, const Seen& seen,
                   bool& stated) {
    if (promise.holds) return promise.holds(view, seen);
    const Expect expected = promise.is(view);
    if (field == no_parameter) return expected.met_by(seen.value);
    const Pattern* pattern = seen.field_pattern(field);
    stated = pattern && pattern->op != Pattern::Op::any && expected.op != Pattern::Op::any;
    if (!stated) return true;
    std::uint64_t number = 0;
    if (!seen.field(field, number)) return expected.op == Pattern::Op::untouched;
    return expected.met_by(number);
  }

  /// Changes the state as the vendor reported: what a call that conforms decided, else the effect
  /// of a reported success; unless only a number of the outcome is wrong, all that the call touched
  /// is in doubt from then on.
  void apply(V& view, const Seen& seen, Versions asked, const Clause<V>* decided,
             const Finding& finding) const {
    if (finding.verdict == Verdict::conforms) {
      const bool happened = decided && (decided->is_check() || succeeds(*decided, view, seen));
      if (happened && decided->then) decided->then(view, seen);
      return;
    }
    const Clause<V>* effect = effect_of(view, asked);
    if (effect && succeeds(*effect, view, seen) && failing(view, asked).count == 0) {
      if (effect->then) effect->then(view, seen);
    } else if (seen.success()) {
      view.follow(seen);
    }
    if (!finding.certain) view.taint();
  }

  static bool succeeds(const Clause<V>& effect, const V& view, const Seen& seen) {
    return effect.returns ? seen.returned() && effect.returns(view).met_by(seen.value)
                          : seen.success();
  }

  /// `broken` is the rule whose number is shown where several promises speak of the same one.
  void list_all(const V& view, Versions asked, const Rule* broken, Allowance& allowance) const {
    if (!by_version_) return list(view, asked, broken, allowance);
    for (const Versions one : single_versions)
      if (asked & one) list(view, one, broken, allowance);
  }

  void list(const V& view, Versions version, const Rule* broken, Allowance& allowance) const {
    auto& result = allowance.alternatives;
    const Failing checks = failing(view, version);
    if (checks.gap >= 0) allowance.gap = &rules_[static_cast<std::size_t>(checks.gap)];
    for (unsigned i = 0; i < checks.count; ++i) {
      const Clause<V>& clause = clauses_[static_cast<std::size_t>(checks.index[i])];
      const Expect value = clause.returns ? clause.returns(view) : equal(failure_value(view));
      for (const Failure& failure : clause.failures())
        if (failure.used) result.push_back({&rule(clause), false, value, failure, {}});
    }
    const Clause<V>* effect = checks.count ? nullptr : effect_of(view, version);
    if (!effect) return;
    Alternative success{
        &rule(*effect), true, effect->returns ? effect->returns(view) : any(), {}, effect->leaves};
    for (std::size_t i = 0; i < clauses_.size(); ++i) {
      const Clause<V>& promise = clauses_[i];
      if (!promise.about || !promise.is || !applies(promise, view, version)) continue;
      if (fields_[i] != no_parameter)
        allowance.fields.emplace_back(fields_[i], promise.is(view));
      else if (success.value.op == Pattern::Op::any || &rules_[i] == broken ||
               (promise.is(view).op == Pattern::Op::equal && !is_value_promise(broken)))
        success.value = promise.is(view);
    }
    result.push_back(success);
    for (const Failure& failure : effect->may_fail)
      if (possible(view, failure))
        result.push_back({&rule(*effect), false, equal(failure_value(view)), failure, {}});
  }
};

}  // namespace winmem::spec
