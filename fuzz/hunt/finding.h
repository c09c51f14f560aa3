// A difference that a hunt found: confirmed, reduced, saved.
#pragma once

#include <filesystem>
#include <string>

#include "fuzz/play/session.h"

namespace winmem::fuzz {

struct Finding {
  Fault fault;
  Draft draft;             ///< reduced
  Shown shown;             ///< the draft played in a process of its own
  std::uint64_t seed = 0;  ///< of the script in which it was met first
  unsigned seen = 0;       ///< of `replays` times
  unsigned replays = 0;
  std::uint64_t executions = 0;  ///< that the reduction took
  bool minimal = false;
  std::uint64_t met = 1;  ///< scripts of the hunt that showed it
};

/// A case as it goes into the suite: title, facts, calls; and on the line that deviates what the
/// model allows, where that is one outcome.
std::string draft_case(const Finding& finding);
/// A name for its folder: the rule, or what ended the call.
std::string folder_name(const Fault& fault);
/// All that is told of it to people.
std::string told(const Finding& finding, Session& session);
/// Writes script.txt, case.txt, trace.txt, program.c, report.txt into a folder of its own below
/// `out`. Throws CannotRun where one cannot be written.
std::filesystem::path save(const Finding& finding, Session& session,
                           const std::filesystem::path& out);

}  // namespace winmem::fuzz
