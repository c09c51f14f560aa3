// What every winmem-VERB shares: options read by CLI11, errors as exit code 2.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <optional>
#include <string>

#include "model/rule/rule.h"

namespace winmem::conformance {

/// Reads the options, runs `work`, and gives the exit code: its result, 2 with a message on stderr
/// where it throws CannotRun or the options are wrong, 0 after --help.
int run_tool(CLI::App& app, int argc, char** argv, const std::function<int()>& work);

/// The profile of that name; the empty text is none. Throws CannotRun listing the names.
std::optional<spec::Profile> profile_option(const std::string& name);
std::string profile_help();

}  // namespace winmem::conformance
