// winmem-run: plays scripts on vendors and judges them.
#include <fmt/core.h>

#include "conformance/runner/error.h"
#include "conformance/runner/json.h"
#include "conformance/runner/judge.h"
#include "conformance/runner/paths.h"
#include "conformance/runner/progress.h"
#include "conformance/runner/record.h"
#include "conformance/runner/report.h"
#include "conformance/tools/tool.h"

namespace winmem::conformance {
namespace {

struct Options {
  std::vector<std::string> vendors, paths;
  std::string profile, json, record;
  double hang = 10;
  bool expected = false, all = false, rules = false, quiet = false, verbose = false;
};

using Scripts = std::vector<std::unique_ptr<ScriptFile>>;

Scripts load_all(const std::vector<std::string>& paths) {
  Scripts scripts;
  for (const auto& path : collect_scripts(paths.empty() ? suite_folders() : paths))
    scripts.push_back(load_script(path));
  return scripts;
}

VendorRun run_one(const Vendor& vendor, const Scripts& scripts, const Options& options) {
  Progress progress(vendor.name);
  RunOptions run_options;
  run_options.profile = profile_option(options.profile).value_or(vendor.profile);
  run_options.hang =
      std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(options.hang));
  run_options.whole_suite = options.paths.empty();
  run_options.progress = [&](std::size_t done, std::size_t total, const char* what) {
    progress.show(done, total, what);
  };
  std::vector<const ScriptFile*> files;
  for (const auto& script : scripts) files.push_back(script.get());
  VendorRun run = run_vendor(vendor, files, run_options);
  run.version = version_of(vendor);
  return run;
}

/// What its maintainer should know before reading the results, on stderr.
void warn_of(const VendorRun& run) {
  const std::string& vendor = run.vendor->name;
  for (const std::string& name : unknown_functions(run.hello))
    fmt::print(stderr, "winmem run: warning: {} lists '{}', which is no function of the suite\n",
               vendor, name);
  if (!run.hello.functions.empty() && !run.hello.functions.contains("GetLastError"))
    fmt::print(stderr,
               "winmem run: warning: {} has no GetLastError: what its functions leave as the last "
               "error is not judged\n",
               vendor);
}

int work(const Options& options) {
  std::vector<Vendor> vendors;
  for (const std::string& name : options.vendors) {
    vendors.push_back(find_vendor(name));
    vendors.back().agent.echoes = options.verbose;
    prepare_vendor(vendors.back());
  }
  Scripts scripts = load_all(options.paths);
  std::string summary;
  std::FILE* text = options.json == "-" ? stderr : stdout;  // stdout is then JSON alone
  nlohmann::ordered_json document = nlohmann::ordered_json::array();
  int code = exit_conforms;
  for (const Vendor& vendor : vendors) {
    VendorRun run = run_one(vendor, scripts, options);
    if (!options.quiet) fmt::print(text, "{}", run_text(run, {options.expected, options.all}));
    summary += passed_text(run) + (options.rules ? unexercised_text(run) : "") + summary_text(run);
    document.push_back(to_json(run));
    if (!options.record.empty())
      record_traces(run, std::filesystem::path(options.record) / vendor.name);
    if (run.new_findings() > 0 || !run.passed.empty()) code = std::max<int>(code, exit_deviates);
    if (run.faults() > 0) {
      fmt::print(stderr, "winmem run: {} expectations of the suite are not what the model allows\n",
                 run.faults());
      code = exit_cannot_run;
    }
    warn_of(run);
    if (!run.judged_any() && !run.was_interrupted) {
      fmt::print(stderr, "winmem run: of these scripts no line could be judged for {}\n",
                 vendor.name);
      code = exit_cannot_run;
    }
    if (run.was_interrupted) {
      code = exit_cannot_run;
      break;
    }
  }
  fmt::print(text, "{}", summary);
  if (!options.json.empty()) write_json(options.json, document);
  return code;
}

}  // namespace
}  // namespace winmem::conformance

int main(int argc, char** argv) {
  using namespace winmem::conformance;
  Options options;
  CLI::App app{
      "Plays scripts on implementations of the Win32 memory functions and judges every line by the "
      "model.",
      "winmem run"};
  app.add_option(
         "--vendor", options.vendors,
         "a name from conformance/vendors, the path of a file like those, native:PATH.so or "
         "exec:COMMAND; may be given again")
      ->required()
      ->allow_extra_args(false);
  app.add_option("--profile", options.profile, profile_help());
  app.add_option("--json", options.json, "writes the results to this file, - for stdout");
  app.add_option("--record", options.record,
                 "writes the trace of each script below this folder, in one named like the vendor");
  app.add_option("--hang", options.hang, "seconds without a reply that count as a hang")
      ->check([](const std::string& text) -> std::string {
        double seconds = 0;
        bool is_number = CLI::detail::lexical_cast(text, seconds);
        return is_number && seconds > 0 ? "" : "expected seconds, more than 0, found " + text;
      })
      ->capture_default_str();
  app.add_flag("--expected", options.expected, "tells of expected deviations, too");
  app.add_flag("--all", options.all, "tells each finding in full, and not one of those alike");
  app.add_flag("--rules", options.rules,
               "lists the rules that no line exercised, and outcomes of rules that never came");
  app.add_flag("--verbose", options.verbose,
               "shows on stderr what the agents and the libraries in them print");
  app.add_flag("--quiet", options.quiet, "prints the summary alone");
  app.add_option("PATH", options.paths,
                 "scripts, traces or folders; by default all cases and all traces of Windows");
  return run_tool(app, argc, argv, [&] { return work(options); });
}
