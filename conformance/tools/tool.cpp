#include "conformance/tools/tool.h"

#include <fmt/core.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <iostream>

#include "conformance/runner/error.h"
#include "conformance/runner/interrupt.h"
#include "conformance/runner/script_file.h"

namespace winmem::conformance {
namespace {

std::string profile_names() {
  using spec::Profile;
  std::string names;
  for (Profile profile : {Profile::windows, Profile::documented, Profile::windows_7,
                          Profile::windows_10, Profile::windows_11, Profile::x86})
    names += fmt::format("{}{}", names.empty() ? "" : ", ", spec::name_of(profile));
  return names;
}

/// The exit code, once all of the output is known to be written: a full disk must not pass for
/// success.
int checked(const CLI::App& app, int code) {
  std::cout.flush();
  errno = 0;
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0 && std::cout) return code;
  fmt::print(stderr, "{}: cannot write the output: {}\n", app.get_name(),
             errno == 0 ? "it was not taken" : std::strerror(errno));
  return exit_cannot_run;
}

}  // namespace

int run_tool(CLI::App& app, int argc, char** argv, const std::function<int()>& work) {
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return checked(app, app.exit(error) == 0 ? exit_conforms : exit_cannot_run);
  }
  remember_interrupts();
  try {
    return checked(app, work());
  } catch (const std::exception& error) {
    std::fflush(stdout);
    fmt::print(stderr, "{}: {}\n", app.get_name(), error.what());
    return exit_cannot_run;
  }
}

std::optional<spec::Profile> profile_option(const std::string& name) {
  if (name.empty()) return std::nullopt;
  spec::Profile profile;
  if (!spec::profile_named(text_of(name), profile))
    throw CannotRun(fmt::format("no profile '{}': expected one of {}", name, profile_names()));
  return profile;
}

std::string profile_help() {
  return "judged by: " + profile_names();
}

}  // namespace winmem::conformance
