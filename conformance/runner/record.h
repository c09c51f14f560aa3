// The traces of a run as files: what a vendor did, to be kept, compared and judged again.
#pragma once

#include <filesystem>
#include <string>

#include "conformance/runner/run.h"

namespace winmem::conformance {

/// The trace of one script as text: the script's title and facts, the system and the vendor that it
/// was played on, then each line that was played with what came of it.
std::string trace_text(const VendorRun& run, const CaseResult& result);

/// Writes a file for each script that was played below `folder`, at the path that the script has
/// below conformance/cases (elsewhere: its own name). Throws CannotRun where one cannot be written.
void record_traces(const VendorRun& run, const std::filesystem::path& folder);

}  // namespace winmem::conformance
