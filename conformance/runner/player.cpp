#include "conformance/runner/player.h"

#include <fmt/core.h>

#include <algorithm>

#include "conformance/runner/error.h"
#include "conformance/runner/interrupt.h"
#include "model/language/print.h"

namespace winmem::conformance {
namespace {

constexpr std::size_t scripts_ahead = 64;
constexpr std::size_t noise_kept = 100;
constexpr unsigned hangs_until_impatient = 3;

void fail(Played& played, std::string how) {
  played.end = Played::End::garbage;
  played.how = std::move(how);
}

}  // namespace

Playable to_wire(const Script& script, std::size_t steps, unsigned bits) {
  Playable playable;
  std::string room(4096, '\0');
  for (std::uint32_t i = 0; i < steps; ++i) {
    if (script.steps[i].returns) continue;
    while (true) {
      Output out(room.data(), room.size());
      print_call(out, script, script.steps[i].call, Style::wire, bits);
      if (!out.overflow) {
        playable.wire.append(out.data, out.size);
        break;
      }
      room.resize(room.size() * 4);
    }
    playable.wire += '\n';
    playable.steps.push_back(i);
  }
  return playable;
}

const Hello& Player::hello() {
  if (!agent_) agent_ = std::make_unique<Conversation>(vendor_, options_.start);
  return agent_->hello();
}

std::string Player::switches(const Playable& script, Sharing sharing) const {
  // Alone, each answer is wanted at once: the process may not live to give it later.
  std::string text = sharing == Sharing::batched    ? "buffered"
                     : sharing == Sharing::isolated ? "isolated"
                                                    : "isolated unguarded";
  if (options_.documented) text += " profile=documented";
  return text + script.privileges;
}

/// A vendor that hung three times in a row will go on hanging; hundreds of cases must still end.
Clock::duration Player::patience() const {
  return hangs_in_a_row_ < hangs_until_impatient ? options_.hang : options_.hang / 10;
}

bool Player::play(const std::vector<const Playable*>& scripts, Sharing sharing, const Done& done) {
  try {
    return play_all(scripts, sharing, done);
  } catch (const Interrupted&) {
    return false;  // while an agent started: what was played before is still told
  }
}

bool Player::play_all(const std::vector<const Playable*>& scripts, Sharing sharing,
                      const Done& done) {
  std::size_t sent = 0;
  unsigned long first = 0;  // number of the script that scripts[begun] has in this process
  std::size_t begun = 0;
  for (std::size_t i = 0; i < scripts.size(); ++i) {
    if (interrupted()) return false;
    if (!agent_) sent = i;
    bool shares = hello().isolates() || sharing == Sharing::batched;
    std::size_t ahead = shares ? scripts_ahead : 1;
    if (sent == i) {
      begun = i;
      first = number_ + 1;
    }
    for (; sent < scripts.size() && sent < i + ahead; ++sent)
      agent_->send(++number_, scripts[sent]->wire, switches(*scripts[sent], sharing));
    Played played;
    played.isolated = sharing != Sharing::batched;
    bool whole = finish_one(*scripts[i], first + (i - begun), played);
    if (!whole) return false;
    hangs_in_a_row_ = played.end == Played::End::hung ? hangs_in_a_row_ + 1 : 0;
    bool lives = played.end == Played::End::ended || played.agent_lives;
    if (!lives || !shares) agent_.reset();
    done(i, std::move(played));
  }
  return true;
}

bool Player::finish_one(const Playable& script, unsigned long number, Played& played) {
  auto deadline = Clock::now() + patience();
  while (true) {
    Answer answer = agent_->next(deadline);
    if (answer.kind == Answer::Kind::interrupted) return false;
    if (answer.kind == Answer::Kind::outcome) deadline = Clock::now() + patience();
    if (take(answer, script, number, played)) return true;
  }
}

bool Player::take(Answer& answer, const Playable& script, unsigned long number, Played& played) {
  switch (answer.kind) {
    case Answer::Kind::noise:
      if (vendor_.agent.echoes) fmt::print(stderr, "{}\n", answer.text);
      if (played.noise.size() < noise_kept) played.noise.push_back(std::move(answer.text));
      return false;
    case Answer::Kind::silence:
      played.end = Played::End::hung;
      played.log = agent_->process().log();
      return true;
    case Answer::Kind::closed:
      take_death(played);
      return true;
    default:
      break;
  }
  if (answer.script != number) {
    fail(played,
         fmt::format("an answer to script {} while it played script {}", answer.script, number));
    return true;
  }
  if (answer.kind == Answer::Kind::outcome) {
    if (answer.line != played.answers.size() + 1 || answer.line > script.steps.size()) {
      fail(played, fmt::format("an answer to line {} where line {} of {} was due", answer.line,
                               played.answers.size() + 1, script.steps.size()));
      return true;
    }
    played.answers.push_back(std::move(answer.text));
    return false;
  }
  if (answer.kind == Answer::Kind::ends) {
    played.end = Played::End::died;
    played.how = answer.text;
    played.agent_lives = true;
    played.log = agent_->process().log();
  } else if (played.answers.size() < script.steps.size()) {
    fail(played, fmt::format("the end of the script after {} of {} answers", played.answers.size(),
                             script.steps.size()));
  } else if (answer.kind == Answer::Kind::dirty) {
    played.end = Played::End::dirty;
  }
  return true;
}

void Player::take_death(Played& played) {
  played.end = Played::End::died;
  ExitStatus status = agent_->process().wait(Clock::now() + std::chrono::seconds(2));
  played.log = agent_->process().log();
  switch (status.kind) {
    case ExitStatus::Kind::exited:
      played.how = fmt::format("exit({})", status.code);
      break;
    case ExitStatus::Kind::signalled:
      played.how = fmt::format("signal({})", status.code);
      break;
    case ExitStatus::Kind::running:
      fail(played, "closed its output and went on running");
      break;
  }
}

}  // namespace winmem::conformance
