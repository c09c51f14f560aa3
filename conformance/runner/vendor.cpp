#include "conformance/runner/vendor.h"

#include <fmt/core.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "conformance/runner/error.h"
#include "conformance/runner/facts.h"
#include "conformance/runner/nearest.h"
#include "conformance/runner/paths.h"
#include "conformance/runner/script_file.h"
#include "conformance/runner/toml_table.h"

namespace winmem::conformance {
namespace {

namespace files = std::filesystem;

files::path vendors_folder() {
  return source_folder() / "conformance" / "vendors";
}

std::vector<std::string> nearest_rules(const std::string& name) {
  std::vector<std::string> names;
  for (const spec::Rule* rule : spec::rules()) names.emplace_back(rule->id);
  return nearest(name, names, 3);
}

const std::map<std::string, Fact>& known_facts() {
  static std::map<std::string, Fact> facts = load_facts();
  return facts;
}

CaseVerdict read_verdict(TomlTable& entry) {
  std::string text = entry.text("verdict");
  if (text.empty() || text == "deviates") return CaseVerdict::deviates;
  if (text == "crash") return CaseVerdict::crashes;
  if (text == "hang") return CaseVerdict::hangs;
  entry.refuse("verdict", "deviates, crash or hang");
}

/// A case's path as results show it: in the source tree, or beside the vendor's file.
std::string case_path(TomlTable& entry, const std::string& text, const files::path& folder) {
  for (const files::path& path : {source_folder() / text, folder / text})
    if (text.empty() || files::exists(path)) return text.empty() ? text : shown(path);
  entry.refuse("case", "the path of a case, in the source tree or beside this file");
}

std::vector<Expected> read_expected(TomlTable& table, const files::path& folder) {
  std::vector<Expected> result;
  for (TomlTable& entry : table.tables("expected")) {
    Expected expected{case_path(entry, entry.text("case"), folder), entry.text("rule"),
                      entry.text("reason"), entry.text("fact"), read_verdict(entry)};
    entry.refuse_unknown_keys();
    if (expected.case_path.empty() && expected.rule.empty())
      entry.refuse("case", "a case or a rule");
    if (!expected.rule.empty() && spec::find_rule(text_of(expected.rule)) == nullptr)
      entry.refuse("rule", fmt::format("the id of a rule; the nearest are {}",
                                       fmt::join(nearest_rules(expected.rule), ", ")));
    if (!expected.fact.empty() && !known_facts().contains(expected.fact))
      entry.refuse("fact", "the id of a fact in conformance/evidence");
    if (expected.reason.empty()) entry.refuse("reason", "a sentence");
    result.push_back(std::move(expected));
  }
  return result;
}

void read_prepare(TomlTable& table, Vendor& vendor) {
  for (TomlTable& prepare : table.tables("prepare")) {
    vendor.prepare.arguments = prepare.texts("command");
    vendor.prepare_sets = prepare.text("sets");
    prepare.refuse_unknown_keys();
  }
}

void read_vendor(TomlTable& table, Vendor& vendor, const files::path& folder) {
  vendor.title = table.text("title");
  if (vendor.title.empty()) vendor.title = vendor.name;
  vendor.agent.arguments = table.texts("command");
  if (vendor.agent.arguments.empty()) table.refuse("command", "the words of a command");
  vendor.agent.environment = table.pairs("environment");
  vendor.version.arguments = table.texts("version");
  vendor.version.environment = vendor.agent.environment;
  vendor.files = table.texts("files");
  vendor.missing = table.text("missing");
  vendor.privileges = table.texts("privileges");
  long long bits = table.number("bits", 0);
  if (bits != 0 && bits != 32 && bits != 64) table.refuse("bits", "32 or 64");
  if (bits != 0) vendor.bits = static_cast<unsigned>(bits);
  std::string profile = table.text("profile");
  if (!profile.empty() && !spec::profile_named(text_of(profile), vendor.profile))
    table.refuse("profile", "the name of a profile");
  read_prepare(table, vendor);
  vendor.expected = read_expected(table, folder);
  table.refuse_unknown_keys();
}

Vendor native_vendor(const std::string& text, const std::string& path) {
  if (path.empty()) throw CannotRun("native: expected the path of a library behind it");
  Vendor vendor;
  vendor.name = text;
  vendor.title = files::path(path).filename().string();
  std::string agent = (build_folder() / "winmem-agent").string();
  vendor.agent.arguments = {agent, "--library", files::absolute(path).string()};
  vendor.files = {path, agent};
  vendor.missing = "check the path of the library; winmem-agent comes with the build";
  return vendor;
}

Vendor exec_vendor(const std::string& text, const std::string& command) {
  Vendor vendor;
  vendor.name = text;
  vendor.agent.arguments = split_command(command);
  if (vendor.agent.arguments.empty()) throw CannotRun("exec: expected a command behind it");
  vendor.title = files::path(vendor.agent.arguments[0]).filename().string();
  return vendor;
}

bool is_program(const std::string& name) {
  if (name.find('/') != std::string::npos) return access(name.c_str(), X_OK) == 0;
  const char* path = getenv("PATH");
  std::istringstream folders{path == nullptr ? "/usr/bin:/bin" : path};
  for (std::string folder; std::getline(folders, folder, ':');)
    if (access((folder + "/" + name).c_str(), X_OK) == 0) return true;
  return false;
}

/// The first line that a command prints. Throws CannotRun where it fails or prints nothing.
std::string first_line(const Command& command) {
  Process process(command);
  process.finish_sending();
  auto deadline =
      Clock::now() +
      std::chrono::minutes(3);  // a new Wine prefix takes up to a minute on a slow machine
  std::string first, line;
  bool any = false;
  Process::Got got = Process::Got::line;
  while ((got = process.next_line(line, deadline)) == Process::Got::line) {
    if (!any) first = line;
    any = true;
  }
  ExitStatus status = process.wait(got == Process::Got::interrupted ? Clock::now() : deadline);
  if (status.kind != ExitStatus::Kind::exited || status.code != 0)
    throw CannotRun(fmt::format("{} failed: {}", command.arguments[0], process.log()));
  return first;
}

}  // namespace

Vendor load_vendor(const std::string& path) {
  Vendor vendor;
  vendor.name = files::path(path).stem().string();
  try {
    toml::table parsed = toml::parse_file(path);
    TomlTable table(shown(path), parsed);
    read_vendor(table, vendor, files::absolute(path).parent_path());
  } catch (const toml::parse_error& error) {
    throw CannotRun(fmt::format("{}:{}:{}: {}", shown(path), error.source().begin.line,
                                error.source().begin.column, error.description()));
  }
  return vendor;
}

std::vector<std::string> vendor_names() {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : files::directory_iterator(vendors_folder(), error))
    if (entry.path().extension() == ".toml") names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

namespace {

Vendor load_named(const std::string& text) {
  if (text.starts_with("native:")) return native_vendor(text, text.substr(7));
  if (text.starts_with("exec:")) return exec_vendor(text, text.substr(5));
  if (text.ends_with(".toml")) return load_vendor(text);
  files::path path = vendors_folder() / (text + ".toml");
  if (text.find('/') == std::string::npos && files::exists(path)) return load_vendor(path.string());
  throw CannotRun(
      fmt::format("no vendor '{}': expected one of {}, the path of a vendor's file (PATH.toml), "
                  "native:PATH.so or exec:COMMAND",
                  text, fmt::join(vendor_names(), ", ")));
}

/// What a person typed, so that it means the same in any folder.
std::string typed_anywhere(const std::string& text) {
  constexpr const char* native = "native:";
  auto absolute = [](const std::string& path) {
    return files::absolute(path).lexically_normal().string();
  };
  if (text.starts_with(native)) return native + absolute(text.substr(7));
  return text.ends_with(".toml") && !text.starts_with("exec:") ? absolute(text) : text;
}

}  // namespace

Vendor find_vendor(const std::string& text) {
  Vendor vendor = load_named(text);
  vendor.typed = typed_anywhere(text);
  return vendor;
}

void prepare_vendor(Vendor& vendor) {
  auto absent = [&](const std::string& what) {
    std::string advice = vendor.missing.empty() ? "" : "; " + vendor.missing;
    throw CannotRun(fmt::format("{} is not here: {} is missing{}", vendor.title, what, advice));
  };
  for (const std::string& file : vendor.files)
    if (!files::exists(file)) absent(shown(file));
  if (!is_program(vendor.agent.arguments[0])) absent(vendor.agent.arguments[0]);
  if (vendor.prepare.arguments.empty()) return;
  std::string line = first_line(vendor.prepare);
  if (vendor.prepare_sets.empty()) return;
  vendor.agent.environment[vendor.prepare_sets] = line;
  vendor.version.environment[vendor.prepare_sets] = line;
}

std::string version_of(const Vendor& vendor) {
  if (vendor.version.arguments.empty()) return "";
  try {
    std::string line = first_line(vendor.version);
    std::replace(line.begin(), line.end(), '\t', ' ');
    return line;
  } catch (const CannotRun&) {
    return "";  // the agent runs, and that is what counts
  }
}

}  // namespace winmem::conformance
