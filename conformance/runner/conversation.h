// One agent process and the talk with it: conformance/agent/PROTOCOL.md, seen from the host.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "conformance/runner/process.h"
#include "conformance/runner/vendor.h"
#include "model/language/system.h"

namespace winmem::conformance {

/// What an agent says of itself.
struct Hello {
  System system;
  std::string system_text;  ///< as it goes into a trace's `# system:` header
  std::string version;      ///< "10.0.19045", or empty
  std::string heap;         ///< "nt", "segment", ...
  std::string agent, vendor;
  std::set<std::string> functions;
  /// Whether it told a key of its system ("page"), which is taken as usual otherwise.
  bool told(const std::string& key) const;
  /// Our own agents play an isolated script in a process of its own; of others this is not known.
  bool isolates() const { return agent == "winmem-agent"; }
};

/// Reads the line behind `0 `. False where it is not a hello of our protocol; `problem` then says
/// why.
bool parse_hello(const std::string& line, Hello& hello, std::string& problem);

/// A line from the agent, taken apart.
struct Answer {
  enum class Kind {
    outcome,      ///< `N.K -> text`
    end,          ///< `N end`
    dirty,        ///< `N end dirty`
    ends,         ///< `N ends text`
    noise,        ///< somebody's log: text
    silence,      ///< nothing until the deadline
    closed,       ///< the process ended or closed its stdout
    interrupted,  ///< Ctrl-C
  };
  Kind kind = Kind::noise;
  unsigned long script = 0, line = 0;
  std::string text;
};

/// Takes a line apart; what is no line of the protocol is noise.
Answer parse_answer(std::string line);

class Conversation {
 public:
  /// Starts a vendor's agent and asks who it is. Throws CannotRun, with what to install, where it
  /// cannot be started or does not answer in time; Interrupted at Ctrl-C.
  Conversation(const Vendor& vendor, Clock::duration start_limit);

  ~Conversation();
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;

  const Hello& hello() const { return hello_; }
  Process& process() { return process_; }
  /// Sends a script: `wire` are its lines, each with its end; `switches` stand behind `begin N`.
  void send(unsigned long number, std::string_view wire, std::string_view switches);
  /// The next line or event.
  Answer next(Clock::time_point deadline);

 private:
  bool echoes_;
  Process process_;
  Hello hello_;

  void greet(const Vendor& vendor, Clock::duration start_limit);
};

}  // namespace winmem::conformance
