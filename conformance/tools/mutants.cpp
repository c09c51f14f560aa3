// winmem-mutants: makes each rule of the model wrong, one at a time and in each way that it can be,
// and tells which of these mutants no trace and no case notices.
#include <fmt/core.h>

#include <toml++/toml.h>
#include <algorithm>
#include <map>

#include "conformance/runner/error.h"
#include "conformance/runner/paths.h"
#include "conformance/runner/progress.h"
#include "conformance/runner/witness.h"
#include "conformance/tools/tool.h"
#include "model/oracle/book.h"

namespace winmem::conformance {
namespace {

/// Mutants that nothing can notice, with the reason: rule and mutation, as they are printed.
std::map<std::string, std::string> known_survivors(const std::string& path) {
  std::map<std::string, std::string> known;
  if (path.empty()) return known;
  try {
    const toml::table table = toml::parse_file(path);
    const toml::array* list = table["survivor"].as_array();
    if (list == nullptr) return known;
    for (const toml::node& node : *list) {
      const toml::table& one = *node.as_table();
      known[fmt::format("{}: {}", one["rule"].value_or(""), one["mutation"].value_or(""))] =
          one["why"].value_or("");
    }
  } catch (const toml::parse_error& error) {
    throw CannotRun(fmt::format("{}: {}", path, error.description()));
  }
  return known;
}

struct Options {
  std::vector<std::string> paths, documented;
  std::string survivors;
  double least = 95;
};

class Trial {
 public:
  explicit Trial(std::vector<Witness> witnesses) : witnesses_(std::move(witnesses)) {
    for (const Witness& witness : witnesses_) sound_.push_back(testimony(witness));
  }
  /// The first witness whose verdicts are others; null where none are. Only those that call a
  /// function with the rule can be.
  const Witness* notices(const spec::Rule& rule) const {
    for (std::size_t i = 0; i < witnesses_.size(); ++i)
      if (concerned(witnesses_[i], rule) && testimony(witnesses_[i]) != sound_[i])
        return &witnesses_[i];
    return nullptr;
  }

 private:
  std::vector<Witness> witnesses_;
  std::vector<std::vector<spec::Verdict>> sound_;

  static bool concerned(const Witness& witness, const spec::Rule& rule) {
    return std::any_of(witness.functions.begin(), witness.functions.end(),
                       [&](const Function* function) { return spec::has_rule(*function, rule); });
  }
};

int report(const std::vector<std::string>& survivors, std::size_t mutants,
           const std::map<std::string, std::string>& known, double least) {
  std::size_t reasoned = 0;
  for (const std::string& one : survivors) {
    const auto why = known.find(one);
    reasoned += why != known.end() && !why->second.empty() ? 1 : 0;
    fmt::print("survived: {}  ({})\n", one,
               why == known.end() ? "no reason is known" : why->second);
  }
  for (const auto& [one, why] : known)
    if (std::find(survivors.begin(), survivors.end(), one) == survivors.end())
      fmt::print("noticed now, though listed as a survivor: {}\n", one);
  const std::size_t noticed = mutants - survivors.size();
  const double share = 100.0 * static_cast<double>(noticed) / static_cast<double>(mutants);
  fmt::print("mutants of the model: {} of {} noticed ({:.1f}%), {} survivors, {} with a reason\n",
             noticed, mutants, share, survivors.size(), reasoned);
  return share >= least && reasoned == survivors.size() ? exit_conforms : exit_deviates;
}

int work(const Options& options) {
  std::vector<Witness> witnesses;
  for (const auto& path : collect_scripts(options.paths)) witnesses.push_back(witness_of(path));
  if (!options.documented.empty())
    for (const auto& path : collect_scripts(options.documented))
      witnesses.push_back(witness_of(path, spec::Profile::documented));
  const Trial trial(std::move(witnesses));
  const auto known = known_survivors(options.survivors);
  std::vector<std::string> survivors;
  std::size_t mutants = 0, rules = 0;
  Progress progress("mutants");
  for (const spec::Rule* rule : spec::rules()) {
    progress.show(++rules, spec::rules().size(), "rules");
    for (const spec::Mutation mutation : spec::all_mutations) {
      const bool mutated = spec::mutate_rule(*rule, mutation);
      const bool noticed = mutated && trial.notices(*rule) != nullptr;
      spec::restore_rules();
      if (!mutated) continue;
      ++mutants;
      if (!noticed) survivors.push_back(fmt::format("{}: {}", rule->id, spec::name_of(mutation)));
    }
  }
  return report(survivors, mutants, known, options.least);
}

}  // namespace
}  // namespace winmem::conformance

int main(int argc, char** argv) {
  using namespace winmem::conformance;
  Options options;
  CLI::App app{
      "Makes each rule of the model wrong, one at a time (dropped, another error, any error, may "
      "fail, changes nothing), and tells which of these mutants no trace notices. Exit code 1 when "
      "too few are noticed or one that survives has no reason.",
      "winmem mutants"};
  app.add_option("TRACE", options.paths, "traces, or folders of them")->required();
  app.add_option("--documented", options.documented,
                 "traces of a vendor that follows the profile documented");
  app.add_option("--survivors", options.survivors,
                 "a TOML file of the mutants that nothing can notice, each with the reason");
  app.add_option("--least", options.least, "per cent of the mutants that have to be noticed")
      ->capture_default_str();
  return run_tool(app, argc, argv, [&] { return work(options); });
}
