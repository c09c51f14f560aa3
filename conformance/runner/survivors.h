// Mutants of the model that nothing can notice, as people list them: a TOML file with a
// `[[survivor]]` each: rule, mutation, why.
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

}  // namespace winmem::conformance
