// Random scripts of calls that mean something: handles and pointers flow from call to call, sizes
// and addresses are those where implementations differ, and nothing is done that the model calls
// undefined.
#pragma once

#include <array>
#include <set>
#include <string>
#include <vector>

#include "fuzz/generate/swarm.h"
#include "fuzz/script/draft.h"
#include "model/language/system.h"
#include "model/rule/rule.h"

namespace winmem::fuzz {

struct GeneratorOptions {
  System system;  ///< of the vendor that the scripts are for
  spec::Profile profile = spec::Profile::windows;
  Theme theme = Theme::everything;
  std::set<std::string> functions;  ///< that the vendor has; empty: all
  unsigned most_calls = 500;        ///< of one script
  unsigned usual_calls = 40;        ///< most scripts are not longer
};

/// What became of the calls that were drawn, by the model.
struct Health {
  std::uint64_t scripts = 0, calls = 0;
  std::uint64_t successes = 0, failures = 0;
  std::uint64_t open = 0;       ///< the evidence does not say
  std::uint64_t discarded = 0;  ///< drawn and not taken: undefined, or beyond the limits
  std::vector<std::uint64_t> by_function = std::vector<std::uint64_t>(functions().size, 0);

  void add(const Health& other);
  /// A few lines for people; functions from the most frequent on.
  std::string text() const;
};

class Generator {
 public:
  Generator(GeneratorOptions options, std::uint64_t seed)
      : options_(std::move(options)), random_(seed) {}

  /// The next script; with 1 to most_calls calls, each of which the model can judge.
  Draft next();
  /// A script of the seed alone, whatever came before.
  static Draft of_seed(const GeneratorOptions& options, std::uint64_t seed,
                       Health* health = nullptr);

  const Health& health() const { return health_; }

 private:
  GeneratorOptions options_;
  Random random_;
  Health health_;
};

}  // namespace winmem::fuzz
