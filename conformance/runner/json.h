// The same results for programs.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "conformance/runner/run.h"

namespace winmem::conformance {

/// One script: path, title, verdict, reason, deviations (line, call, seen, allowed, rule, facts),
/// trace.
nlohmann::ordered_json to_json(const CaseResult& result);
/// One vendor: who it is, the profile, totals, all cases, how often rules were exercised and
/// broken.
nlohmann::ordered_json to_json(const VendorRun& run);
/// Writes a document to a file (`-`: stdout). Throws CannotRun where that fails.
void write_json(const std::string& path, const nlohmann::ordered_json& document);

}  // namespace winmem::conformance
