// From what an agent answered, or a trace recorded, to the verdict on a script.
#pragma once

#include "conformance/runner/player.h"
#include "conformance/runner/result.h"

namespace winmem::conformance {

/// Why a script cannot be played on this vendor; empty when it can. `steps` becomes how many of its
/// steps to play: those before the first that needs a function which the vendor lacks and without
/// which the rest makes no sense.
std::string unfit(const ScriptFile& file, const Hello& hello, const Vendor& vendor,
                  spec::Profile profile, std::size_t& steps);

/// Names in a hello that are no functions of the language: most often misspelt.
std::vector<std::string> unknown_functions(const Hello& hello);

/// Throws CannotRun where a vendor has none of the functions that can be tested.
void check_functions(const Hello& hello, const Vendor& vendor);

/// Judges what was played. Answers that cannot be read make it garbage. `memory` is used for the
/// time of the call.
CaseResult judge_played(const ScriptFile& file, const Playable& playable, const Played& played,
                        const Hello& hello, spec::Profile profile, Memory& memory);

/// Judges a trace by the outcomes that it recorded itself. Throws CannotRun where a line has none.
CaseResult judge_trace(const ScriptFile& file, spec::Profile profile, Memory& memory);

}  // namespace winmem::conformance
