// Looks for differences between a vendor and Windows in random scripts, until time is up.
#pragma once

#include <functional>
#include <map>
#include <vector>

#include "fuzz/generate/generator.h"
#include "fuzz/hunt/finding.h"

namespace winmem::fuzz {

struct HuntOptions {
  double seconds = 60;        ///< 0: until `scripts` are played
  std::uint64_t scripts = 0;  ///< 0: until time is up
  std::uint64_t seed = 1;
  bool until_new = false;  ///< stops at the first finding that the vendor's file does not know
  Theme theme = Theme::everything;
  std::uint64_t most_executions = 1000;  ///< of one reduction
  std::filesystem::path out;             ///< empty: nothing is saved
};

struct Hunt {
  std::vector<Finding> findings;          ///< that the vendor's file does not know
  std::map<Fault, std::uint64_t> known;   ///< those that it knows, and in how many scripts
  std::map<Fault, std::string> not_kept;  ///< seen, but not to be reported, and why
  Health health;
  std::uint64_t scripts = 0, calls = 0;
  double seconds = 0;
  bool interrupted = false;
  std::size_t rules_exercised = 0;
};

/// Told of each finding as soon as it is confirmed, and about twice a second how far the hunt is.
struct HuntListener {
  std::function<void(const Finding& finding)> found;
  std::function<void(const Hunt& hunt)> progress;
};

Hunt hunt(Session& session, const HuntOptions& options, const HuntListener& listener);

}  // namespace winmem::fuzz
