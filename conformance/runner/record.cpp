#include "conformance/runner/record.h"

#include <fmt/core.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "conformance/runner/error.h"

namespace winmem::conformance {
namespace {

namespace files = std::filesystem;

files::path place_of(const ScriptFile& script) {
  const files::path path(script.path);
  const files::path cases("conformance/cases");
  const files::path inside = path.lexically_relative(cases);
  const bool is_inside = !inside.empty() && *inside.begin() != "..";
  return is_inside ? inside : path.filename();
}

}  // namespace

std::string trace_text(const VendorRun& run, const CaseResult& result) {
  const ScriptFile& script = *result.file;
  std::string text = fmt::format("# title: {}\n", script.title);
  if (Text cites = header(script.script, "cites"); !cites.empty())
    text += fmt::format("# cites: {}\n", view(cites));
  // With the privilege that it was played with it is judged again.
  if (Text needs = header(script.script, "requires"); !needs.empty())
    text += fmt::format("# requires: {}\n", view(needs));
  text += fmt::format("# system: {}\n", run.hello.system_text);
  text += fmt::format("# captured: {}, by {}, from {}\n",
                      run.version.empty() ? run.vendor->title : run.version, run.hello.agent,
                      script.path);
  for (const std::string& line : result.trace) text += line + "\n";
  return text;
}

void record_traces(const VendorRun& run, const files::path& folder) {
  for (const CaseResult& result : run.results) {
    if (result.trace.empty()) continue;
    const files::path path = folder / place_of(*result.file);
    std::error_code error;
    files::create_directories(path.parent_path(), error);
    std::ofstream stream(path, std::ios::binary);
    stream << trace_text(run, result) << std::flush;
    if (!stream) throw CannotRun(fmt::format("{}: {}", path.string(), std::strerror(errno)));
  }
}

}  // namespace winmem::conformance
