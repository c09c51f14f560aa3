// winmem-generate: prints random scripts, or how healthy many of them are.
#include <fmt/core.h>

#include "conformance/runner/error.h"
#include "conformance/tools/tool.h"
#include "fuzz/generate/generator.h"

namespace winmem::fuzz {
namespace {

struct Options {
  std::uint64_t seed = 1, scripts = 1;
  std::string profile, theme = "everything";
  unsigned bits = 64, most_calls = 500;
  bool health = false;
};

int work(const Options& options) {
  GeneratorOptions wanted;
  wanted.system.bits = options.bits;
  if (options.bits == 32) wanted.system.maximum = 0x7ffeffff;
  wanted.profile = conformance::profile_option(options.profile).value_or(spec::Profile::windows);
  wanted.theme = theme_named(options.theme);
  wanted.most_calls = options.most_calls;
  Health health;
  for (std::uint64_t i = 0; i < options.scripts; ++i) {
    const Draft draft = Generator::of_seed(wanted, options.seed + i, &health);
    if (!options.health)
      fmt::print("{}# seed: {}\n{}", i > 0 ? "\n" : "", options.seed + i, draft.text());
  }
  if (options.health) fmt::print("{}", health.text());
  return conformance::exit_conforms;
}

}  // namespace
}  // namespace winmem::fuzz

int main(int argc, char** argv) {
  using namespace winmem;
  fuzz::Options options;
  CLI::App app{"Prints random scripts: the same seed gives the same script.", "winmem generate"};
  app.add_option("--seed", options.seed, "of the first script; the next has the next number")
      ->capture_default_str();
  app.add_option("--scripts", options.scripts, "how many")->capture_default_str();
  app.add_option("--theme", options.theme, "what they are about")
      ->check(CLI::IsMember({"everything", "virtual", "heap", "moveable"}))
      ->capture_default_str();
  app.add_option("--bits", options.bits, "of the process")
      ->check(CLI::IsMember({32u, 64u}))
      ->capture_default_str();
  app.add_option("--most-calls", options.most_calls, "of one script")
      ->check(CLI::Range(1u, 100000u))
      ->capture_default_str();
  app.add_option("--profile", options.profile, conformance::profile_help());
  app.add_flag("--health", options.health, "prints no script, but what became of their calls");
  return conformance::run_tool(app, argc, argv, [&] { return fuzz::work(options); });
}
