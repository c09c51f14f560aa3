#include "fuzz/hunt/finding.h"

#include <fmt/core.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "conformance/runner/error.h"
#include "conformance/runner/report.h"
#include "fuzz/emit/program.h"

namespace winmem::fuzz {

using namespace conformance;
namespace files = std::filesystem;

namespace {

const Deviation* deviation_of(const Finding& finding) {
  const auto& all = finding.shown.result.deviations;
  return all.empty() ? nullptr : &all.front();
}

/// The calls of the draft, one a line.
std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t begin = 0;
  for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', begin)) {
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

void write(const files::path& path, const std::string& text) {
  std::ofstream stream(path, std::ios::binary);
  stream << text << std::flush;
  if (!stream) throw CannotRun(fmt::format("{}: {}", path.string(), std::strerror(errno)));
}

}  // namespace

std::string draft_case(const Finding& finding) {
  const Deviation* deviation = deviation_of(finding);
  std::vector<std::string> lines = lines_of(finding.draft.text());
  std::string text =
      fmt::format("# title: {}\n",
                  deviation && !deviation->says.empty() ? deviation->says : finding.fault.text());
  if (deviation && !deviation->facts.empty())
    text += fmt::format("# cites: {}\n", deviation->facts);
  if (deviation && deviation->allowed.size() == 1 && deviation->step < lines.size())
    lines[deviation->step] += "  -> " + deviation->allowed[0].outcome;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

std::string folder_name(const Fault& fault) {
  std::string name = (fault.rule.empty() ? fault.function : fault.rule) + "-" + fault.kind;
  if (!fault.rule.empty() && !fault.rule.starts_with(fault.function))
    name = fault.function + "-" + name;
  for (char& letter : name)
    if (!isalnum(static_cast<unsigned char>(letter)) && letter != '.' && letter != '-')
      letter = '_';
  return name.size() > 100 ? name.substr(0, 100) : name;
}

std::string told(const Finding& finding, Session& session) {
  const Vendor& vendor = session.vendor();
  const std::string name = vendor.typed.empty() ? vendor.name : vendor.typed;
  Telling telling{vendor.name, spec::name_of(session.profile()), "",
                  fmt::format("scripts/winmem run --vendor '{}' {}/script.txt", name,
                              folder_name(finding.fault))};
  std::string text = finding_text(finding.shown.result, telling);
  text += fmt::format(
      "    found:    {}, seed {}; seen in {} of {} replays, each in a process of its own\n",
      finding.fault.text(), finding.seed, finding.seen, finding.replays);
  text += fmt::format("    reduced:  to {} calls in {} executions{}\n", finding.draft.lines.size(),
                      finding.executions,
                      finding.minimal ? "; no call and no step of an argument less shows it"
                                      : "; stopped before it was known to be minimal");
  return text;
}

files::path save(const Finding& finding, Session& session, const files::path& out) {
  const files::path folder = out / folder_name(finding.fault);
  std::error_code error;
  files::create_directories(folder, error);
  if (error) throw CannotRun(fmt::format("{}: {}", folder.string(), error.message()));
  write(folder / "script.txt", finding.draft.text());
  write(folder / "case.txt", draft_case(finding));
  std::string trace =
      fmt::format("# title: {}\n# system: {}\n", finding.fault.text(), session.hello().system_text);
  for (const std::string& line : finding.shown.result.trace) trace += line + "\n";
  write(folder / "trace.txt", trace);
  write(folder / "report.txt", told(finding, session));
  write(folder / "program.c",
        program_of(finding.draft, finding.shown.result, session.hello().system, session.profile()));
  return folder;
}

}  // namespace winmem::fuzz
