// winmem-hunt: random call sequences on a vendor, judged, reduced, saved.
#include <fmt/core.h>
#include <unistd.h>

#include "conformance/runner/error.h"
#include "conformance/runner/interrupt.h"
#include "conformance/tools/tool.h"
#include "fuzz/hunt/hunt.h"

namespace winmem::fuzz {
namespace {

using namespace conformance;

struct Options {
  std::string vendor, profile, theme = "everything", out = "build/hunt";
  HuntOptions hunt;
  double hang = 10;
  bool health = false;
};

std::string progress_text(const Hunt& hunt) {
  return fmt::format("{} scripts, {} calls, {:.0f} calls/s, {} findings, {} known", hunt.scripts,
                     hunt.calls,
                     hunt.seconds > 0 ? static_cast<double>(hunt.calls) / hunt.seconds : 0,
                     hunt.findings.size(), hunt.known.size());
}

/// On a terminal a line that changes; elsewhere a plain one every ten seconds.
class HuntProgress {
 public:
  void operator()(const Hunt& hunt) {
    const auto now = Clock::now();
    if (now < next_) return;
    next_ = now + std::chrono::milliseconds(on_terminal_ ? 300 : 10000);
    if (on_terminal_)
      fmt::print(stderr, "\r\x1b[K{}", progress_text(hunt));
    else if (shown_)
      fmt::print(stderr, "{}\n", progress_text(hunt));
    shown_ = true;
  }
  void clear() const {
    if (on_terminal_) fmt::print(stderr, "\r\x1b[K");
  }

 private:
  bool on_terminal_ = isatty(STDERR_FILENO) == 1, shown_ = false;
  Clock::time_point next_ = Clock::now();
};

void print_summary(const Session& session, const Hunt& hunt, const Options& options) {
  fmt::print("{}: {} in {:.1f} s, rules exercised: {}; seeds {} to {}\n", session.vendor().name,
             progress_text(hunt), hunt.seconds, hunt.rules_exercised, options.hunt.seed,
             options.hunt.seed + (hunt.scripts > 0 ? hunt.health.scripts - 1 : 0));
  for (const Finding& finding : hunt.findings)
    fmt::print("  {}: {} calls, met in {} scripts, {}/{} replays: {}/{}\n", finding.fault.text(),
               finding.draft.lines.size(), finding.met, finding.seen, finding.replays, options.out,
               folder_name(finding.fault));
  for (const auto& [fault, why] : hunt.not_kept)
    fmt::print("  not reported: {}: {}\n", fault.text(), why);
  if (options.health) fmt::print("{}", hunt.health.text());
}

int work(Options& options) {
  Vendor vendor = find_vendor(options.vendor);
  prepare_vendor(vendor);
  options.hunt.theme = theme_named(options.theme);
  options.hunt.out = options.out;
  Session session(
      vendor, profile_option(options.profile).value_or(vendor.profile),
      std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(options.hang)));
  HuntProgress progress;
  HuntListener listener;
  listener.progress = [&](const Hunt& now) { progress(now); };
  listener.found = [&](const Finding& finding) {
    progress.clear();
    fmt::print("{}\n", told(finding, session));
    std::fflush(stdout);
  };
  const Hunt result = hunt(session, options.hunt, listener);
  progress.clear();
  print_summary(session, result, options);
  if (result.interrupted) return exit_cannot_run;
  return result.findings.empty() ? exit_conforms : exit_deviates;
}

}  // namespace
}  // namespace winmem::fuzz

int main(int argc, char** argv) {
  using namespace winmem;
  fuzz::Options options;
  CLI::App app{"Looks for differences from Windows in random call sequences.", "winmem hunt"};
  app.add_option("--vendor", options.vendor, "as winmem run takes it")->required();
  app.add_option("--seconds", options.hunt.seconds, "how long; 0: until --scripts are played")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  app.add_option("--scripts", options.hunt.scripts,
                 "how many scripts; with --seconds 0 the same ones on every machine");
  app.add_option("--seed", options.hunt.seed, "of the first script")->capture_default_str();
  app.add_option("--theme", options.theme, "what the scripts are about")
      ->check(CLI::IsMember({"everything", "virtual", "heap", "moveable"}))
      ->capture_default_str();
  app.add_option("--out", options.out, "the folder for what is found")->capture_default_str();
  app.add_option("--hang", options.hang, "seconds without a reply that count as a hang")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--executions", options.hunt.most_executions, "of one reduction, at most")
      ->capture_default_str();
  app.add_flag("--until-new", options.hunt.until_new,
               "stops at the first finding that the vendor's file does not know");
  app.add_flag("--health", options.health, "tells what became of the calls that were generated");
  app.add_option("--profile", options.profile, conformance::profile_help());
  return conformance::run_tool(app, argc, argv, [&] {
    if (options.hunt.seconds == 0 && options.hunt.scripts == 0)
      throw conformance::CannotRun("--seconds 0 needs --scripts N: it would never end");
    return fuzz::work(options);
  });
}
