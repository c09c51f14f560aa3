#include "conformance/agent/core/player.h"

#include "conformance/agent/core/access.h"
#include "conformance/agent/core/ledger.h"
#include "conformance/agent/core/memory.h"
#include "conformance/agent/core/outcome.h"
#include "conformance/agent/core/platform.h"
#include "conformance/agent/core/runs.h"
#include "conformance/agent/core/setup.h"
#include "conformance/agent/core/vendor.h"

namespace winmem::agent {

namespace {

Output* the_copy;

class Player {
 public:
  Player(const Script& script, const Playing& playing, Arena& arena)
      : script_(script),
        playing_(playing),
        bindings_(script, vendor_system(), arena),
        out_(output()) {}

  bool valid() const { return bindings_.valid(); }
  void play();

 private:
  bool for_people() const { return playing_.style == Style::text; }
  void write_head(const Step& step);
  void write_remarks(std::uint32_t step);
  void play_step(const Step& step);
  void play_once(const Step& step, std::uint32_t play, bool single, Runs& runs);
  void dispatch(Request& request, Outcome& outcome);
  bool shows_agent(const Call& call) const;

  const Script& script_;
  const Playing& playing_;
  Bindings bindings_;
  Output& out_;
};

/// Whether the call's address is a name that image() or stack() gave.
bool Player::shows_agent(const Call& call) const {
  if (call.arguments.empty() || !call.arguments[0].value.is_reference) return false;
  auto name = static_cast<std::int32_t>(call.arguments[0].value.reference.name);
  for (const Step& step : script_.steps) {
    if (step.call.function == nullptr || step.call.binds != name) continue;
    return step.call.function->name == Text("image") || step.call.function->name == Text("stack");
  }
  return false;
}

void Player::dispatch(Request& request, Outcome& outcome) {
  const Call& call = request.call;
  const Function& function = *call.function;
  if (call.thread != 1) return unsupported(outcome);
  // What a vendor makes of a number that no call gave says nothing of it.
  const bool lacking = function.from_vendor && address_of(function) == nullptr;
  if (!lacking && !bindings_.made(call, request.play)) return skipped(outcome);
  if (function.from_vendor) return play_vendor_call(request, outcome);
  // Without a pointer there is nothing to touch; what a vendor's own function makes of it is
  // another matter.
  const bool accesses = function.family == Family::access;
  if (accesses && !bindings_.usable(call, request.play)) return skipped(outcome);
  begin_own_call();
  if (accesses)
    play_access(request, shows_agent(call), outcome);
  else
    play_setup(request, outcome);
  end_own_call();
}

void Player::play_once(const Step& step, std::uint32_t play, bool single, Runs& runs) {
  const Call& call = step.call;
  std::uint64_t numbers[max_parameters] = {};
  for (std::uint32_t i = 0; i < call.arguments.size; ++i)
    if (call.arguments[i].form != Argument::Form::handler &&
        call.arguments[i].form != Argument::Form::out)
      numbers[i] = bindings_.resolve(call, call.arguments[i].value, play);
  Request request = {call, script_, {numbers, call.arguments.size}, play, runs.arena()};
  Outcome outcome;
  dispatch(request, outcome);
  enter(request, outcome);
  if (single && for_people()) {
    // People see the names as they stood before the call ended any of them.
    runs.add(outcome);
    runs.finish();
    bindings_.record(call, play, request.arguments, outcome);
    return;
  }
  bindings_.record(call, play, request.arguments, outcome);
  runs.add(outcome);
}

void Player::write_head(const Step& step) {
  if (!for_people()) {
    decimal(out_, playing_.number);
    out_ << '.';
    decimal(out_, step.line);
    out_ << Text(" -> ");
    return;
  }
  Step head = step;
  head.has_outcome = false;
  head.outcomes = {};
  print_step(out_, script_, head, Style::text, vendor_system().bits);
  if (out_.size != 0 && out_.data[out_.size - 1] == '\n') --out_.size;
  // If the call ends the process, the line stands there already, and who started the process writes
  // the end of it.
  if (!playing_.buffered) flush_output();
  out_ << Text("  -> ");
}

void Player::play_step(const Step& step) {
  if (out_.size > line_bytes / 2) flush_output();
  write_head(step);
  const std::size_t start = out_.size;
  if (step.returns) {
    out_ << Text("unsupported");
  } else {
    Runs runs(out_, script_, step.call, bindings_, playing_.style);
    const std::uint32_t plays = bindings_.plays(step.call);
    for (std::uint32_t i = 0; i < plays; ++i) play_once(step, i, plays == 1, runs);
    runs.finish();
    if (plays == 0) out_ << Text("skipped");
  }
  if (out_.overflow) {
    out_.size = start;
    out_.overflow = false;
    out_ << Text("refused(outcome too long)");
  }
  out_ << '\n';
  if (!playing_.buffered) flush_output();
}

void Player::write_remarks(std::uint32_t step) {
  for (const Remark& remark : script_.remarks) {
    // Who plays a script says what on: what an earlier one said does not hold here.
    if (remark.before != step || remark.key == Text("system") || remark.key == Text("captured"))
      continue;
    out_ << '#';
    if (!remark.key.empty()) out_ << ' ' << remark.key << Text(": ");
    out_ << remark.value << '\n';
  }
}

void Player::play() {
  start_calls();
  start_accesses();
  start_ledger();
  choose_profile(playing_.documented);
  hold_privileges(playing_.lock_memory);
  for (std::uint32_t i = 0; i < script_.steps.size; ++i) {
    if (for_people()) {
      write_remarks(i);
      if (i == 0) {
        out_ << Text("# system: ");
        print_system(out_, vendor_system());
        out_ << '\n';
      }
    }
    play_step(script_.steps[i]);
  }
  if (for_people()) write_remarks(script_.steps.size);
}

}  // namespace

bool play(const Script& script, const Playing& playing, Arena& arena) {
  Player player(script, playing, arena);
  if (!player.valid()) return false;
  player.play();
  return true;
}

bool clean_up() {
  return give_back();
}

void flush_output() {
  Output& the_output = output();
  if (the_output.size == 0) return;
  if (the_copy != nullptr) *the_copy << the_output.text();
  if (!platform::write_output(the_output.text())) platform::leave(2);
  the_output.size = 0;
}

Output& output() {
  // Made when it is first asked for: on Windows nobody runs constructors of globals.
  static Output the_output(memory.line, line_bytes);
  return the_output;
}

void copy_output(Output* copy) {
  the_copy = copy;
}

}  // namespace winmem::agent
