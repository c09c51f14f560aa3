// What of the model nothing can show, as people list it in TOML files: mutants that nothing can
// notice, a `[[survivor]]` each (rule, mutation, why), and rules that nothing exercises, an
// `[[unexercised]]` each (rule, why).
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "model/rule/mutation.h"

namespace winmem::conformance {

/// As it is printed: "HeapUnlock.Unlocks: changes nothing".
std::string name_of_mutant(const spec::Rule& rule, spec::Mutation mutation);

/// The reasons by the mutants' names. Throws CannotRun with file and line where an entry names a
/// rule or a mutation that there is not, gives no reason, or is there twice.
std::map<std::string, std::string> load_survivors(const std::filesystem::path& path);
/// The reasons by the rules' ids. Throws as load_survivors.
std::map<std::string, std::string> load_unexercised(const std::filesystem::path& path);

}  // namespace winmem::conformance
