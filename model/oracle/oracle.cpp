#include "model/oracle/oracle.h"

#include <deque>

#include "model/oracle/book.h"

namespace winmem::spec {
namespace {

/// Room for the names of a script: lists take an entry an element.
std::size_t room_for(const Script& script) {
  std::size_t bytes = 4096 + script.names.size * 1024;
  for (const Step& step : script.steps)
    if (step.call.binds >= 0) bytes += static_cast<std::size_t>(step.call.repeat) * 160;
  return bytes;
}

State started(const Script& script, const System& system, Profile profile) {
  State state;
  state.lock_memory = requires_word(script, lock_memory_privilege);
  state.system = system;
  state.profile = profile;
  return state;
}

/// Whether an outcome tells what a call gave, and not what it might.
bool tells(const Function& function, const Outcome& outcome) {
  if (outcome.kind == Outcome::Kind::either || outcome.kind == Outcome::Kind::any) return false;
  const bool valueless = function.result == Kind::nothing || function.result == Kind::content;
  return outcome.kind != Outcome::Kind::returned || valueless ||
         outcome.value.op == Pattern::Op::equal || outcome.value.op == Pattern::Op::poison;
}

/// Whether a call may commit or decommit pages of which the script never hears.
bool commits_unseen(const Function& function) {
  return function.family == Family::heap || function.family == Family::global ||
         function.family == Family::local || function.name == Text("AllocateUserPhysicalPages") ||
         function.name == Text("FreeUserPhysicalPages");
}

}  // namespace

struct Oracle::Implementation {
  const Script& script;
  State state;
  std::vector<char> memory;
  Arena arena;
  Bindings bindings;
  Versions possible;
  std::vector<std::uint32_t> exercised;
  bool after_set_last_error = false;
  std::deque<std::vector<FieldPattern>> fields;  ///< of allowed outcomes

  Implementation(const Script& s, const System& system, Profile profile)
      : script(s),
        state(started(s, system, profile)),
        memory(room_for(s)),
        arena(memory.data(), memory.size()),
        bindings(s, state.system, arena),
        possible(static_cast<Versions>(versions_of(profile) & versions_of_bits(state.system.bits))),
        exercised(rules().size()) {}

  void judge_play(const Step& step, const Outcome& outcome, std::uint32_t play,
                  Judgement& judgement);
  void resolve(const Call& call, std::uint32_t play, std::uint64_t* arguments) const;
  void doubt_buffers(const Call& call, const std::uint64_t* arguments);
  void find_last_error(const Function& function);
  void note_last_error(const Function& function, const Outcome& outcome);
  std::vector<Allowed> describe(const Step& step, const Allowance& allowance);
  Outcome outcome_of(const Step& step, const Alternative& alternative, const Allowance& allowance);
  Pattern pattern_of(const Step& step, const Expect& expect, Kind kind);
};

Oracle::Oracle(const Script& script, const System& system, Profile profile)
    : self_(std::make_unique<Implementation>(script, system, profile)) {}
Oracle::~Oracle() = default;
Versions Oracle::possible() const {
  return self_->possible;
}
const Bindings& Oracle::bindings() const {
  return self_->bindings;
}
const std::vector<std::uint32_t>& Oracle::exercised() const {
  return self_->exercised;
}

Judgement Oracle::judge(const Step& step, Span<const Outcome> seen) {
  Judgement judgement;
  if (step.returns || step.call.thread != 1) {
    judgement.verdict = Verdict::unjudged;
    judgement.reason = "calls of a second thread are not judged yet";
    return judgement;
  }
  const std::uint32_t plays = self_->bindings.plays(step.call);
  std::uint32_t play = 0;
  bool settled = false;
  for (const Outcome& run : seen) {
    Outcome one = run;
    Number& number =
        run.value.value.is_reference ? one.value.value.reference.offset : one.value.value.number;
    for (std::uint32_t i = 0; i < run.count && play < plays; ++i, ++play) {
      // What comes after a deviation is followed all the same.
      Judgement after;
      Judgement& current = settled ? after : judgement;
      current = Judgement();
      current.play = play;
      self_->judge_play(step, one, play, current);
      settled = settled || current.verdict == Verdict::deviates;
      if (run.stride) number.plain += run.stride;
    }
  }
  std::uint64_t told = 0;
  for (const Outcome& run : seen) told += run.count;
  if (told != plays && judgement.verdict == Verdict::conforms) {
    judgement.verdict = Verdict::unjudged;
    judgement.reason = told < plays ? "the outcome does not tell of every call of the repetition"
                                    : "the outcome tells of more calls than there are";
  }
  return judgement;
}

void Oracle::Implementation::resolve(const Call& call, std::uint32_t play,
                                     std::uint64_t* arguments) const {
  for (std::uint32_t i = 0; i < call.arguments.size; ++i) {
    arguments[i] = bindings.resolve(call, call.arguments[i].value, play);
    if (width_of(call.function->parameters[i].kind, state.system.bits) == 32)
      arguments[i] &= 0xffffffff;
  }
}

/// A call that was given memory of the script to write to may have written there, even where it
/// fails. How long a list is, only the call knows: a page is more than any that a script names.
void Oracle::Implementation::doubt_buffers(const Call& call, const std::uint64_t* arguments) {
  for (std::uint32_t i = 0; i < call.arguments.size; ++i) {
    const Kind kind = call.function->parameters[i].kind;
    const bool buffer = kind == Kind::structure || kind == Kind::value || kind == Kind::list;
    if (!buffer || call.arguments[i].form != Argument::Form::value || arguments[i] == 0) continue;
    const std::uint64_t bytes = kind == Kind::structure
                                    ? structure_size(*call.function, state.system.bits)
                                : kind == Kind::value ? sizeof(std::uint64_t)
                                                      : state.system.page;
    state.may_be_written(range_of(arguments[i], bytes));
  }
}

void Oracle::Implementation::judge_play(const Step& step, const Outcome& outcome,
                                        std::uint32_t play, Judgement& judgement) {
  const Call& call = step.call;
  const Function& function = *call.function;
  std::uint64_t arguments[max_parameters] = {};
  resolve(call, play, arguments);
  const Span<const std::uint64_t> span{arguments, call.arguments.size};
  const auto settle = [&](Verdict verdict, const char* reason) {
    judgement.verdict = verdict;
    judgement.reason = reason;
    bindings.record(call, play, span, outcome);
    state.gone = {};
  };
  if (outcome.kind == Outcome::Kind::unsupported)
    return settle(Verdict::unsupported, "the vendor has no such function");
  if (outcome.kind == Outcome::Kind::skipped)
    return settle(Verdict::skipped, "it depends on a call that gave nothing");
  find_last_error(function);
  const auto leave_open = [&](const char* reason) {
    settle(Verdict::unjudged, reason);
    doubt_buffers(call, arguments);
    note_last_error(function, outcome);
  };
  if (outcome.kind == Outcome::Kind::blocked) return leave_open("the call has not returned");
  if (outcome.kind == Outcome::Kind::refused && function.from_vendor)
    return leave_open("the agent refused to make the call");
  // Where the agent saw that its script wrote no 0xC3; a jump is never tried to find out more.
  if (outcome.kind == Outcome::Kind::refused && outcome.reason == Text("no known 0xC3"))
    return settle(Verdict::undefined, "only a byte 0xC3 that the script put there may be run");
  if (!tells(function, outcome))
    return leave_open("the outcome does not tell what came of the call");
  if (!bindings.usable(call, play)) return leave_open("it uses what an earlier call did not give");
  const Page* page = page_of(&function);
  if (!page) return leave_open("the specification has no page for this function yet");

  Seen seen{&function, &outcome, &bindings, &call, play, 0, state.system.bits};
  if (outcome.kind == Outcome::Kind::returned)
    seen.value = outcome.value.op == Pattern::Op::poison
                     ? poison
                     : bindings.resolve(call, outcome.value.value, play);
  Allowance allowance;
  state.going = {};
  state.commits_unseen = state.commits_unseen || commits_unseen(function);
  const Finding finding = page->judge(View{state, function, call, arguments, play}, seen, possible,
                                      exercised, allowance);
  bindings.record(call, play, span, outcome);
  doubt_buffers(call, arguments);
  note_last_error(function, outcome);
  state.gone = state.going;

  judgement.verdict = finding.verdict;
  judgement.rule = finding.rule;
  judgement.definite = finding.definite;
  if (finding.verdict == Verdict::unjudged || finding.verdict == Verdict::undefined)
    judgement.reason =
        finding.rule ? finding.rule->says : "it depends on what an earlier deviation left unknown";
  if (finding.verdict == Verdict::conforms) possible &= finding.versions;
  if (finding.verdict != Verdict::deviates) return;
  judgement.subject = finding.subject;
  judgement.reason = allowance.expected;
  if (finding.elsewhere) judgement.reason = "no single Windows does this and what came before";
  judgement.allowed = describe(step, allowance);
}

/// What a call finds as the last error: the sentinel, unless it asks for it or SetLastError was
/// called just before. Our agents set the sentinel before an access, too; of others that is not
/// known.
void Oracle::Implementation::find_last_error(const Function& function) {
  if (after_set_last_error || function.name == Text("GetLastError")) return;
  state.last_error = poison;
  state.last_error_known = function.from_vendor;
}

void Oracle::Implementation::note_last_error(const Function& function, const Outcome& outcome) {
  after_set_last_error = function.name == Text("SetLastError");
  // What the system's own functions leave behind when they map memory is nobody's business.
  if (function.family == Family::setup) state.last_error_known = false;
  if (!function.from_vendor) return;
  const LastError& error = outcome.last_error;
  if (error.state == LastError::State::set) state.last_error = error.code;
  if (error.state == LastError::State::set) state.last_error_known = true;
  if (error.state == LastError::State::not_recorded || outcome.kind != Outcome::Kind::returned)
    state.last_error_known = false;
}

const State& Oracle::state() const {
  return self_->state;
}

bool Oracle::declare(const Call& call) {
  return self_->bindings.declare(call, self_->arena);
}

std::vector<Allowed> Oracle::allowed(const Step& step) {
  const Rule* gap = nullptr;
  return allowed(step, gap);
}

std::vector<Allowed> Oracle::allowed(const Step& step, const Rule*& gap) {
  gap = nullptr;
  const Call& call = step.call;
  const Page* page = call.function ? page_of(call.function) : nullptr;
  if (!page) return {};
  std::uint64_t arguments[max_parameters] = {};
  self_->resolve(call, 0, arguments);
  Allowance allowance;
  page->allowed(View{self_->state, *call.function, call, arguments}, self_->possible, allowance);
  gap = allowance.gap;
  return self_->describe(step, allowance);
}

std::vector<Allowed> Oracle::Implementation::describe(const Step& step,
                                                      const Allowance& allowance) {
  std::vector<Allowed> result;
  for (const Alternative& alternative : allowance.alternatives) {
    const Allowed allowed{outcome_of(step, alternative, allowance), alternative.rule};
    bool known = false;
    for (const Allowed& other : result)
      known = known || (other.rule == allowed.rule && same(other.outcome, allowed.outcome));
    if (!known) result.push_back(allowed);
  }
  return result;
}

Pattern Oracle::Implementation::pattern_of(const Step& step, const Expect& expect, Kind kind) {
  Pattern pattern;
  pattern.op = expect.op;
  pattern.mask = expect.mask;
  pattern.value.number.plain = expect.value;
  const unsigned structure = structure_size(*step.call.function, state.system.bits);
  if (kind == Kind::size && structure && expect.value == structure) {
    pattern.value.number = Number{};
    pattern.value.number.form = Number::Form::size_of;
  }
  const bool names = kind == Kind::address || kind == Kind::heap || kind == Kind::handle;
  if (names && expect.op == Pattern::Op::equal)
    pattern.value = bindings.describe(step.call, expect.value);
  return pattern;
}

Outcome Oracle::Implementation::outcome_of(const Step& step, const Alternative& alternative,
                                           const Allowance& allowance) {
  const Function& function = *step.call.function;
  Outcome outcome;
  if (alternative.failure.raises) {
    outcome.kind = Outcome::Kind::raises;
    outcome.exception.status = alternative.failure.raises == status_asked_for
                                   ? static_cast<std::uint32_t>(bindings.resolve(
                                         step.call, step.call.arguments[0].value, 0))
                                   : alternative.failure.raises;
    return outcome;
  }
  outcome.kind = Outcome::Kind::returned;
  outcome.value = pattern_of(step, alternative.value, function.result);
  if (alternative.success && outcome.value.op == Pattern::Op::any)
    outcome.value.op = Pattern::Op::ok;
  const Error& error = alternative.success ? alternative.leaves : alternative.failure.error;
  outcome.last_error.state = error.kind == Error::Kind::anything    ? LastError::State::not_recorded
                             : error.kind == Error::Kind::unchanged ? LastError::State::unchanged
                                                                    : LastError::State::set;
  outcome.last_error.code = error.code;
  if (alternative.success && !allowance.fields.empty()) {
    auto& room = fields.emplace_back();
    for (const auto& [field, expect] : allowance.fields)
      room.push_back({field, pattern_of(step, expect, function.fields[field].kind)});
    outcome.fields = {room.data(), static_cast<std::uint32_t>(room.size())};
  }
  return outcome;
}

const char* name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::conforms:
      return "conforms";
    case Verdict::deviates:
      return "deviates";
    case Verdict::unjudged:
      return "unjudged";
    case Verdict::undefined:
      return "undefined";
    case Verdict::skipped:
      return "skipped";
    case Verdict::unsupported:
      return "unsupported";
  }
  return "";
}

}  // namespace winmem::spec
