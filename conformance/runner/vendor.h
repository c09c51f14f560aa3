// Whom we test: how its agent is started, what it claims to be, and which deviations of it are
// known.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "conformance/runner/process.h"
#include "conformance/runner/result.h"
#include "model/rule/rule.h"

namespace winmem::conformance {

/// A deviation that is known: of a case (path relative to the source tree) or of a rule.
struct Expected {
  std::string case_path;  ///< empty: of any case
  std::string rule;       ///< empty: any rule
  std::string reason;     ///< one sentence
  std::string fact;       ///< the fact that proves that Windows does otherwise
  /// What is excused: deviations, or crashes alone, or hangs alone (`verdict = "crash"`).
  CaseVerdict verdict = CaseVerdict::deviates;
};

struct Vendor {
  std::string name;          ///< in reports
  std::string typed;         ///< as it stood behind --vendor
  std::string title;         ///< for people: "Wine"
  Command agent;             ///< speaks the protocol on stdin and stdout
  Command prepare;           ///< run before the first start; empty: nothing to prepare
  std::string prepare_sets;  ///< the environment variable that its first line of output becomes
  Command version;           ///< prints the vendor's version; empty: what the agent says
  std::vector<std::string> files;  ///< must exist
  std::string missing;             ///< what to do where one does not
  std::optional<unsigned> bits;
  spec::Profile profile = spec::Profile::windows;
  std::vector<std::string> privileges;
  std::vector<Expected> expected;
};

/// A name (conformance/vendors/NAME.toml), the path of a TOML file, `native:PATH.so` or
/// `exec:COMMAND`. Throws CannotRun.
Vendor find_vendor(const std::string& text);
/// Reads a vendor's TOML file. Throws CannotRun with file, line and what was expected.
Vendor load_vendor(const std::string& path);
/// The names in conformance/vendors.
std::vector<std::string> vendor_names();

/// Looks whether the vendor's files and programs are here, and runs its preparation. Throws
/// CannotRun naming what to install.
void prepare_vendor(Vendor& vendor);
/// The first line that the version command prints; empty without one or where it fails.
std::string version_of(const Vendor& vendor);

}  // namespace winmem::conformance
