// Plays scripts on a vendor: many a process, or one process each; whatever the agent does, every
// script gets its record and the next one is played.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "conformance/runner/conversation.h"
#include "conformance/runner/script_file.h"
#include "conformance/runner/vendor.h"

namespace winmem::conformance {

/// What an agent reported of one script.
struct Played {
  enum class End {
    ended,    ///< all lines answered
    dirty,    ///< the same, and the agent asks to be restarted
    died,     ///< the process ended while it played: `how` is `exit(3)`, `signal(11)` or a status
    hung,     ///< no reply until the deadline
    garbage,  ///< an answer that the protocol does not have: `how` says which
  };
  End end = End::ended;
  bool isolated = false;
  bool agent_lives = false;  ///< died, but only the process that the agent had started for it
  std::vector<std::string> answers;  ///< the outcome of each line that was sent, in order
  std::string how;
  std::vector<std::string> noise;  ///< other lines on its stdout, the first hundred
  std::string log;                 ///< what it wrote on stderr, where it died or hung
};

/// A script as it goes to the agent.
struct Playable {
  std::string wire;
  std::string
      privileges;  ///< the switches for those that the script needs, each with a blank before
  std::vector<std::uint32_t>
      steps;  ///< by line: the index of its step; `T2 returns` steps are not sent
};
/// The first `steps` steps of a script for a vendor of that bitness.
Playable to_wire(const Script& script, std::size_t steps, unsigned bits);

/// How scripts share processes.
enum class Sharing {
  batched,    ///< many a process
  isolated,   ///< each in a process of its own
  unguarded,  ///< the same, and an exception that nobody handles ends the process as it would
              ///< without the agent
};

class Player {
 public:
  struct Options {
    Clock::duration hang = std::chrono::seconds(10);   ///< without a reply
    Clock::duration start = std::chrono::seconds(60);  ///< until the hello
    bool documented = false;  ///< asks the vendor for its documented profile
  };
  using Done = std::function<void(std::size_t index, Played played)>;

  Player(const Vendor& vendor, Options options) : vendor_(vendor), options_(options) {}

  /// Who the agent is; starts it when it is not running. Throws CannotRun where it cannot be
  /// started.
  const Hello& hello();
  /// Plays the scripts in order and reports each as soon as it is over. False when it was
  /// interrupted.
  bool play(const std::vector<const Playable*>& scripts, Sharing sharing, const Done& done);

 private:
  bool play_all(const std::vector<const Playable*>& scripts, Sharing sharing, const Done& done);
  const Vendor& vendor_;
  Options options_;
  std::unique_ptr<Conversation> agent_;
  unsigned long number_ = 0;  ///< of the last script that was sent
  unsigned hangs_in_a_row_ = 0;

  std::string switches(const Playable& script, Sharing sharing) const;
  Clock::duration patience() const;
  /// Takes answers until one script is over; false when interrupted.
  bool finish_one(const Playable& script, unsigned long number, Played& played);
  bool take(Answer& answer, const Playable& script, unsigned long number, Played& played);
  void take_death(Played& played);
};

}  // namespace winmem::conformance
