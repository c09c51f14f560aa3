// winmem-mutants: makes each rule of the model wrong, one at a time and in each way that it can be,
// and tells which of these mutants no trace notices.
#include <fmt/core.h>

#include <algorithm>
#include <thread>

#include "conformance/runner/error.h"
#include "conformance/runner/paths.h"
#include "conformance/runner/progress.h"
#include "conformance/runner/shared_out.h"
#include "conformance/runner/survivors.h"
#include "conformance/runner/trial.h"
#include "conformance/tools/tool.h"
#include "model/oracle/book.h"

namespace winmem::conformance {
namespace {

struct Options {
  std::vector<std::string> paths, judged_as;
  std::string survivors;
  double least = 95;
  unsigned jobs = std::max(1u, std::thread::hardware_concurrency());
};

struct Mutant {
  const spec::Rule* rule;
  spec::Mutation mutation;
};

std::vector<Mutant> all_mutants() {
  std::vector<Mutant> mutants;
  for (const spec::Rule* rule : spec::rules())
    for (const spec::Mutation mutation : spec::all_mutations) {
      if (spec::mutate_rule(*rule, mutation)) mutants.push_back({rule, mutation});
      spec::restore_rules();
    }
  return mutants;
}

std::vector<Witness> all_witnesses(const Options& options) {
  std::vector<Witness> witnesses;
  for (const auto& path : collect_scripts(options.paths)) witnesses.push_back(witness_of(path));
  for (const std::string& one : options.judged_as) {
    const std::size_t sign = one.find('=');
    if (sign == std::string::npos)
      throw CannotRun(fmt::format("--as {}: expected PROFILE=PATH", one));
    const auto profile = profile_option(one.substr(0, sign));
    for (const auto& path : collect_scripts({one.substr(sign + 1)}))
      witnesses.push_back(witness_of(path, profile));
  }
  return witnesses;
}

std::vector<Noticed> try_all(const Trial& trial, const std::vector<Mutant>& mutants,
                             unsigned jobs) {
  Progress progress("mutants");
  const auto work = [&](std::size_t i) {
    spec::mutate_rule(*mutants[i].rule, mutants[i].mutation);
    const Noticed noticed = trial.notices(*mutants[i].rule);
    spec::restore_rules();
    return static_cast<std::uint8_t>(noticed);
  };
  const auto tell = [&](std::size_t done) { progress.show(done, mutants.size(), "tried"); };
  std::vector<Noticed> found;
  for (const std::uint8_t one : shared_out(mutants.size(), jobs, work, tell))
    found.push_back(static_cast<Noticed>(one));
  return found;
}

/// Prints who survived, and tells whether the list says exactly that.
bool listed_exactly(const std::vector<Mutant>& mutants, const std::vector<Noticed>& found,
                    const std::map<std::string, std::string>& known) {
  bool exact = true;
  for (std::size_t i = 0; i < mutants.size(); ++i) {
    const std::string name = name_of_mutant(*mutants[i].rule, mutants[i].mutation);
    const auto entry = known.find(name);
    const bool survived = found[i] == Noticed::not_at_all;
    if (survived && entry != known.end())
      fmt::print("survives: {}\n          {}\n", name, entry->second);
    else if (survived)
      fmt::print("survives, and no reason is listed: {}\n", name);
    else if (entry != known.end())
      fmt::print("is noticed, though listed as a survivor: {}\n", name);
    exact = exact && survived == (entry != known.end());
  }
  for (const auto& entry : known) {
    const bool is_mutant = std::any_of(mutants.begin(), mutants.end(), [&](const Mutant& one) {
      return name_of_mutant(*one.rule, one.mutation) == entry.first;
    });
    if (!is_mutant)
      fmt::print("is listed as a survivor, but the rule cannot be made wrong so: {}\n",
                 entry.first);
    exact = exact && is_mutant;
  }
  return exact;
}

int work(const Options& options) {
  std::map<std::string, std::string> known;
  if (!options.survivors.empty()) known = load_survivors(options.survivors);
  const Trial trial(all_witnesses(options));
  const std::vector<Mutant> mutants = all_mutants();
  const std::vector<Noticed> found = try_all(trial, mutants, options.jobs);
  const bool exact = listed_exactly(mutants, found, known);
  const auto count = [&](Noticed how) { return std::count(found.begin(), found.end(), how); };
  const auto survivors = count(Noticed::not_at_all);
  const double share = 100.0 *
                       static_cast<double>(found.size() - static_cast<std::size_t>(survivors)) /
                       static_cast<double>(found.size());
  fmt::print(
      "mutants of the model: {:.1f}% noticed of {}: {} in a trace as it was recorded, {} in one "
      "that was changed, {} by facts that no rule shows then; {} survive\n",
      share, found.size(), count(Noticed::as_recorded), count(Noticed::as_changed),
      count(Noticed::as_cited), survivors);
  if (share < options.least) fmt::print("expected {}% at least\n", options.least);
  return share >= options.least && exact ? exit_conforms : exit_deviates;
}

}  // namespace
}  // namespace winmem::conformance

int main(int argc, char** argv) {
  using namespace winmem::conformance;
  Options options;
  CLI::App app{
      "Makes each rule of the model wrong, one at a time (dropped, another error, any error, may "
      "fail, changes nothing), and tells which of these mutants no trace notices. Exit code 1 when "
      "too few are noticed or the list of survivors is not exact.",
      "winmem mutants"};
  app.add_option("TRACE", options.paths, "traces, or folders of them")->required();
  app.add_option("--as", options.judged_as,
                 "PROFILE=PATH: more traces, judged by that profile; may be given again")
      ->allow_extra_args(false);
  app.add_option("--survivors", options.survivors,
                 "a TOML file of the mutants that nothing can notice, each with the reason");
  app.add_option("--least", options.least, "per cent of the mutants that have to be noticed")
      ->capture_default_str();
  app.add_option("--jobs", options.jobs, "processes that share the work")
      ->check(CLI::Range(1u, 64u))
      ->capture_default_str();
  return run_tool(app, argc, argv, [&] { return work(options); });
}
