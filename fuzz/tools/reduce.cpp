// winmem-reduce: the smallest script that shows the same deviation.
#include <fmt/core.h>

#include "conformance/runner/error.h"
#include "conformance/tools/tool.h"
#include "fuzz/generate/dry_run.h"
#include "fuzz/hunt/finding.h"
#include "fuzz/reduce/reducer.h"

namespace winmem::fuzz {
namespace {

using namespace conformance;

struct Options {
  std::string vendor, profile, script;
  std::uint64_t most_executions = 1000;
  double hang = 10;
};

int work(const Options& options) {
  Vendor vendor = find_vendor(options.vendor);
  prepare_vendor(vendor);
  Session session(
      vendor, profile_option(options.profile).value_or(vendor.profile),
      std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(options.hang)));
  const std::unique_ptr<ScriptFile> file = load_script(options.script);
  const Draft draft = Draft::of(file->script);
  const Shown first = session.play_one(draft, Sharing::isolated);
  if (first.faults.empty()) {
    fmt::print(stderr, "winmem reduce: {} deviates nowhere on {}\n", options.script, vendor.name);
    return exit_conforms;
  }
  Reducer reducer(
      [&](const std::vector<Draft>& drafts) { return session.play(drafts, Sharing::isolated); },
      [&](const Draft& candidate) {
        return playable(candidate, session.hello().system, session.profile());
      },
      options.most_executions);
  const Reduction reduction = reducer.reduce(draft, first.faults[0]);
  fmt::print("{}", reduction.draft.text());
  fmt::print(stderr, "{}: {} calls from {}, {} executions{}\n", first.faults[0].text(),
             reduction.draft.lines.size(), draft.lines.size(), reduction.executions,
             reduction.minimal ? "; minimal: no call and no step of an argument less shows it"
                               : "; stopped before it was known to be minimal");
  for (const auto& [fault, other] : reduction.others)
    fmt::print(stderr, "on the way another one showed: {}\n", fault.text());
  return exit_deviates;
}

}  // namespace
}  // namespace winmem::fuzz

int main(int argc, char** argv) {
  using namespace winmem;
  fuzz::Options options;
  CLI::App app{"Reduces a script to the fewest and simplest calls that deviate in the same way.",
               "winmem reduce"};
  app.add_option("--vendor", options.vendor, "as winmem run takes it")->required();
  app.add_option("--profile", options.profile, conformance::profile_help());
  app.add_option("--executions", options.most_executions, "at most")->capture_default_str();
  app.add_option("--hang", options.hang, "seconds without a reply that count as a hang")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("SCRIPT", options.script, "a script that deviates")->required();
  return conformance::run_tool(app, argc, argv, [&] { return fuzz::work(options); });
}
