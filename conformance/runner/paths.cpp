#include "conformance/runner/paths.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "conformance/runner/error.h"

namespace winmem::conformance {

namespace files = std::filesystem;

files::path source_folder() {
  return WINMEM_SOURCE_FOLDER;
}

files::path build_folder() {
  std::error_code error;
  files::path program = files::read_symlink("/proc/self/exe", error);
  return error ? files::current_path() : program.parent_path();
}

std::string with_folders(const std::string& text) {
  std::string result;
  std::size_t at = 0;
  while (true) {
    std::size_t begin = text.find("${", at);
    if (begin == std::string::npos) return result + text.substr(at);
    std::size_t end = text.find('}', begin);
    std::string name = text.substr(begin, end == std::string::npos ? end : end + 1 - begin);
    result += text.substr(at, begin - at);
    if (name == "${source}")
      result += source_folder().string();
    else if (name == "${build}")
      result += build_folder().string();
    else
      throw CannotRun(fmt::format("'{}' is neither ${{source}} nor ${{build}}", name));
    at = end + 1;
  }
}

std::string shown(const files::path& path) {
  std::error_code error;
  files::path relative = files::relative(path, source_folder(), error);
  bool outside = error || relative.empty() || *relative.begin() == "..";
  return outside ? files::absolute(path).lexically_normal().string() : relative.string();
}

std::vector<std::string> suite_folders() {
  std::set<std::string> traces;
  std::error_code error;
  files::path corpus = source_folder() / "corpus";
  if (files::exists(corpus / "attested")) traces.insert((corpus / "attested").string());
  for (const files::path& platform : files::directory_iterator(corpus / "golden", error))
    if (platform.filename().string().starts_with("windows-")) traces.insert(platform.string());
  std::vector<std::string> folders = {(source_folder() / "conformance" / "cases").string()};
  folders.insert(folders.end(), traces.begin(), traces.end());
  return folders;
}

namespace {

bool is_script(const files::path& path) {
  return path.extension() == ".txt" || path.extension() == ".trace";
}

void collect_folder(const files::path& folder, std::set<files::path>& found) {
  std::size_t before = found.size();
  std::error_code error;
  for (files::recursive_directory_iterator entry(folder, error), end; entry != end;
       entry.increment(error)) {
    if (error) break;
    if (entry->is_regular_file() && is_script(entry->path())) found.insert(entry->path());
  }
  if (error) throw CannotRun(fmt::format("{}: {}", folder.string(), error.message()));
  if (found.size() == before)
    throw CannotRun(
        fmt::format("{}: no script in this folder (*.txt or *.trace)", folder.string()));
}

/// The scripts in folders of that name, wherever in the suite.
void collect_named(const std::string& name, std::set<files::path>& found) {
  for (const std::string& folder : suite_folders()) {
    std::set<files::path> all;
    collect_folder(folder, all);
    for (const files::path& path : all) {
      const files::path inner = path.lexically_relative(folder).parent_path();
      if (std::find(inner.begin(), inner.end(), name) != inner.end()) found.insert(path);
    }
  }
}

void collect(const std::string& text, std::set<files::path>& found) {
  if (text.empty()) throw CannotRun("an empty path: expected a script or a folder of scripts");
  std::error_code error;
  for (const files::path& path : {files::path(text), source_folder() / text}) {
    files::file_status status = files::status(path, error);
    if (files::is_directory(status)) return collect_folder(path, found);
    if (files::exists(status)) return void(found.insert(path));
  }
  collect_named(text, found);
  if (found.empty())
    throw CannotRun(fmt::format(
        "{}: {}; expected a script, a folder of scripts, or a folder's name in the suite, such as "
        "VirtualAlloc",
        text, error.message()));
}

}  // namespace

std::vector<files::path> collect_scripts(const std::vector<std::string>& paths) {
  std::vector<files::path> result;
  std::set<files::path> seen;
  for (const std::string& text : paths) {
    std::set<files::path> found;
    collect(text, found);
    for (const files::path& path : found)
      if (seen.insert(files::weakly_canonical(path)).second) result.push_back(path);
  }
  return result;
}

}  // namespace winmem::conformance
