// A script as a stand-alone C program that needs <windows.h> alone.
#pragma once

#include <string>

#include "conformance/runner/result.h"
#include "fuzz/script/draft.h"

namespace winmem::fuzz {

/// The program plays the draft, tells what it sees of each call, and holds the call that deviated
/// in `result` against what the model allows there. Exit code 0: as Windows does; 1: otherwise; 2:
/// it could not be run. Where nothing deviated it plays and exits with 0. Builds with mingw-w64 and
/// winegcc, natively with the reference's header in place of windows.h, and is written for MSVC.
std::string program_of(const Draft& draft, const conformance::CaseResult& result,
                       const System& system, spec::Profile profile);

}  // namespace winmem::fuzz
