// winmem-normalize: traces without what differs from run to run.
#include <fmt/core.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "conformance/runner/error.h"
#include "conformance/runner/normalize.h"
#include "conformance/runner/paths.h"
#include "conformance/runner/witness.h"
#include "conformance/tools/tool.h"

namespace winmem::conformance {
namespace {

namespace files = std::filesystem;

std::string normalized_file(const files::path& path) {
  const auto file = load_script(path);
  return normalized(*file, file->system, profile_of(file->system));
}

void write(const files::path& path, const std::string& text) {
  std::error_code error;
  files::create_directories(path.parent_path(), error);
  std::ofstream stream(path, std::ios::binary);
  stream << text << std::flush;
  if (!stream) throw CannotRun(fmt::format("{}: {}", path.string(), std::strerror(errno)));
}

int work(const std::vector<std::string>& paths, const std::string& out) {
  for (const std::string& asked : paths) {
    for (const auto& path : collect_scripts({asked})) {
      const std::string text = normalized_file(path);
      if (out.empty()) {
        fmt::print("{}", text);
        continue;
      }
      const bool folder = files::is_directory(asked);
      write(files::path(out) / (folder ? path.lexically_relative(asked) : path.filename()), text);
    }
  }
  return exit_conforms;
}

}  // namespace
}  // namespace winmem::conformance

int main(int argc, char** argv) {
  using namespace winmem::conformance;
  std::vector<std::string> paths;
  std::string out;
  CLI::App app{
      "Prints traces without what differs from run to run: numbers at bindings become their rest "
      "after division by their alignment, and what the model says nothing of becomes _.",
      "winmem normalize"};
  app.add_option("TRACE", paths, "traces or folders of them")->required();
  app.add_option("--out", out, "writes each below this folder instead of printing it");
  return run_tool(app, argc, argv, [&] { return work(paths, out); });
}
