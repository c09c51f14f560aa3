// winmem-check: judges recorded traces. No vendor is needed.
#include <fmt/core.h>

#include <array>

#include "conformance/runner/error.h"
#include "conformance/runner/interrupt.h"
#include "conformance/runner/json.h"
#include "conformance/runner/judge.h"
#include "conformance/runner/paths.h"
#include "conformance/runner/report.h"
#include "conformance/tools/tool.h"

namespace winmem::conformance {
namespace {

struct Options {
  std::vector<std::string> paths;
  std::string profile, json;
};

constexpr std::size_t judging_memory = std::size_t{512} << 20;

/// What was asked for, else what the trace says, else the profile of the version that it was made
/// on.
spec::Profile profile_of(const ScriptFile& file, const std::string& asked) {
  if (auto profile = profile_option(asked)) return *profile;
  if (file.needs.profile) return *file.needs.profile;
  return file.system.major == 6 && file.system.minor == 1 ? spec::Profile::windows_7
                                                          : spec::Profile::windows;
}

int work(const Options& options) {
  std::vector<std::unique_ptr<ScriptFile>> files;
  for (const auto& path : collect_scripts(options.paths)) files.push_back(load_script(path));
  for (const auto& file : files)
    if (!file->source.ends_with('\n'))
      fmt::print(stderr, "winmem check: warning: {}: the last line has no end: was it cut off?\n",
                 file->path);
  Memory memory(judging_memory);
  std::array<std::size_t, case_verdicts> counts = {};
  nlohmann::ordered_json document = nlohmann::ordered_json::array();
  std::size_t judged = 0;
  std::FILE* text = options.json == "-" ? stderr : stdout;  // stdout is then JSON alone
  for (const auto& file : files) {
    if (interrupted()) break;
    spec::Profile profile = profile_of(*file, options.profile);
    CaseResult result = judge_trace(*file, profile, memory);
    ++judged;
    ++counts[static_cast<std::size_t>(result.verdict)];
    document.push_back(to_json(result));
    document.back()["profile"] = spec::name_of(profile);
    if (!result.is_finding()) continue;
    Telling telling{"", spec::name_of(profile), "",
                    fmt::format("scripts/winmem check {}", file->path)};
    fmt::print(text, "{}\n", finding_text(result, telling));
  }
  auto count = [&](CaseVerdict verdict) { return counts[static_cast<std::size_t>(verdict)]; };
  fmt::print(text, "traces: {} conform, {} deviate, {} unjudged\n", count(CaseVerdict::conforms),
             count(CaseVerdict::deviates),
             count(CaseVerdict::unjudged) + count(CaseVerdict::unsupported));
  if (!options.json.empty()) write_json(options.json, document);
  if (judged < files.size())
    throw CannotRun(fmt::format("interrupted: {} of {} traces judged", judged, files.size()));
  return count(CaseVerdict::deviates) > 0 ? exit_deviates : exit_conforms;
}

}  // namespace
}  // namespace winmem::conformance

int main(int argc, char** argv) {
  using namespace winmem::conformance;
  Options options;
  CLI::App app{"Judges recorded traces by the model.", "winmem check"};
  app.add_option("--profile", options.profile, profile_help());
  app.add_option("--json", options.json, "writes the results to this file, - for stdout");
  app.add_option("TRACE", options.paths, "traces or folders of them")->required();
  return run_tool(app, argc, argv, [&] { return work(options); });
}
