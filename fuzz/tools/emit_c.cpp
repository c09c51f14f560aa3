// winmem-emit-c: a script as a stand-alone C program.
#include <fmt/core.h>

#include "conformance/runner/error.h"
#include "conformance/tools/tool.h"
#include "fuzz/emit/program.h"
#include "fuzz/play/session.h"

namespace winmem::fuzz {
namespace {

using namespace conformance;

struct Options {
  std::string vendor, profile, script;
};

int work(const Options& options) {
  const std::unique_ptr<ScriptFile> file = load_script(options.script);
  const Draft draft = Draft::of(file->script);
  CaseResult result;
  System system = file->system;
  spec::Profile profile = profile_option(options.profile).value_or(spec::Profile::windows);
  result.file = file.get();
  Shown shown;
  if (!options.vendor.empty()) {
    Vendor vendor = find_vendor(options.vendor);
    prepare_vendor(vendor);
    profile = profile_option(options.profile).value_or(vendor.profile);
    Session session(vendor, profile, std::chrono::seconds(10));
    shown = session.play_one(draft, Sharing::isolated);
    system = session.hello().system;
    result = shown.result;
  }
  fmt::print("{}", program_of(draft, result, system, profile));
  return exit_conforms;
}

}  // namespace
}  // namespace winmem::fuzz

int main(int argc, char** argv) {
  using namespace winmem;
  fuzz::Options options;
  CLI::App app{
      "Writes a script as a C program that needs <windows.h> alone. With --vendor it checks the "
      "line that deviates there.",
      "winmem emit-c"};
  app.add_option("--vendor", options.vendor, "on which the script deviates");
  app.add_option("--profile", options.profile, conformance::profile_help());
  app.add_option("SCRIPT", options.script, "a script")->required();
  return conformance::run_tool(app, argc, argv, [&] { return fuzz::work(options); });
}
