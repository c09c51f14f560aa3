#include "conformance/tools/tool.h"

#include <fmt/core.h>

#include <cstdio>

#include "conformance/runner/error.h"
#include "conformance/runner/interrupt.h"
#include "conformance/runner/script_file.h"

namespace winmem::conformance {
namespace {

std::string profile_names() {
  using spec::Profile;
  std::string names;
  for (Profile profile : {Profile::windows, Profile::documented, Profile::windows_7,
                          Profile::windows_10, Profile::windows_11})
    names += fmt::format("{}{}", names.empty() ? "" : ", ", spec::name_of(profile));
  return names;
}

}  // namespace

int run_tool(CLI::App& app, int argc, char** argv, const std::function<int()>& work) {
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? exit_conforms : exit_cannot_run;
  }
  remember_interrupts();
  try {
    return work();
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
