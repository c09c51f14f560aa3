// Playing one call of a script: its arguments are numbers already.
#pragma once

#include "model/language/bindings.h"

namespace winmem::agent {

/// One call, ready to be played.
struct Request {
  const Call& call;
  const Script& script;
  Span<const std::uint64_t>
      arguments;           ///< resolved; for out parameters the number in their brackets
  std::uint32_t play = 0;  ///< which play of a repetition
  Arena& arena;            ///< where the outcome's lists go
};

/// Forgets what earlier scripts left: last errors, out parameters.
void start_calls();

/// Around accesses and set-up calls: the last error is poisoned before them as before every call,
/// but not told.
void begin_own_call();
void end_own_call();

/// Calls the implementation's function with last error poisoned, out parameters prepared and
/// exceptions caught.
void play_vendor_call(Request& request, Outcome& outcome);

}  // namespace winmem::agent
