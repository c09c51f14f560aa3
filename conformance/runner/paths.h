// Where things are: the source tree, the build folder, and the scripts that a person named.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace winmem::conformance {

/// The source tree that this program was built from.
std::filesystem::path source_folder();
/// The folder of the running program: agents and libraries of the same build lie beside it.
std::filesystem::path build_folder();
/// `${source}` and `${build}` replaced. Throws CannotRun at any other `${...}`.
std::string with_folders(const std::string& text);
/// A path as people type it: relative to the source tree where it lies inside.
std::string shown(const std::filesystem::path& path);

/// What is played and told of when nobody names a path: the cases, and the traces of Windows that
/// are there, transcribed and captured. Traces captured on other systems are not played.
std::vector<std::string> suite_folders();

/// The script files (*.txt, *.trace) that `paths` name: files themselves, folders with all below
/// them, in order of their names, each once. What is not here is looked for in the source tree, and
/// then as the name of a folder anywhere in the suite: "VirtualAlloc" is all that the suite has on
/// that function. Throws CannotRun where there is none such or a folder holds no script.
std::vector<std::filesystem::path> collect_scripts(const std::vector<std::string>& paths);

}  // namespace winmem::conformance
