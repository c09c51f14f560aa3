#include <fmt/core.h>

#include <algorithm>

#include "conformance/runner/error.h"
#include "conformance/runner/judge.h"

namespace winmem::conformance {
namespace {

bool has(const Hello& hello, const Function& function) {
  return hello.functions.contains(std::string(view(function.name)));
}

std::string unmet_requirement(const Requirements& needs, const Hello& hello, const Vendor& vendor) {
  if (needs.bits && *needs.bits != hello.system.bits)
    return fmt::format("needs bits={}", *needs.bits);
  if (needs.heap && *needs.heap != hello.heap) return fmt::format("needs heap={}", *needs.heap);
  for (const std::string& privilege : needs.privileges)
    if (std::find(vendor.privileges.begin(), vendor.privileges.end(), privilege) ==
        vendor.privileges.end())
      return fmt::format("needs the privilege {}", privilege);
  for (const std::string& name : needs.functions)
    if (!has(hello, *find_function(text_of(name)))) return fmt::format("no {}", name);
  return "";
}

}  // namespace

std::vector<std::string> unknown_functions(const Hello& hello) {
  std::vector<std::string> names;
  for (const std::string& name : hello.functions)
    if (find_function(text_of(name)) == nullptr) names.push_back(name);
  return names;
}

void check_functions(const Hello& hello, const Vendor& vendor) {
  for (const Function& function : functions())
    if (function.from_vendor && has(hello, function)) return;
  bool is_library = vendor.typed.starts_with("native:");
  throw CannotRun(
      is_library ? fmt::format("{} exports none of the functions; are the names C names "
                               "(extern \"C\")?",
                               vendor.title)
                 : fmt::format("{} lists none of the functions in its hello (functions=NAME,...)",
                               vendor.title));
}

std::string unfit(const ScriptFile& file, const Hello& hello, const Vendor& vendor,
                  spec::Profile profile, std::size_t& steps) {
  const Requirements& needs = file.needs;
  // A case for `windows` is one for each version of it, too.
  bool documented = profile == spec::Profile::documented;
  if (needs.profile && *needs.profile != profile &&
      (documented || *needs.profile != spec::Profile::windows))
    return fmt::format("is for the profile {}", spec::name_of(*needs.profile));
  // What Windows was seen to do says nothing of the letter of the documentation.
  if (documented && file.is_record())
    return fmt::format("is for the profile {}", spec::name_of(spec::Profile::windows));
  if (std::string unmet = unmet_requirement(needs, hello, vendor); !unmet.empty()) return unmet;
  steps = file.script.steps.size;
  for (std::size_t i = 0; i < file.script.steps.size; ++i) {
    const Step& step = file.script.steps[i];
    const bool threads = step.returns || step.call.thread != 1;
    if (!threads && (step.call.function->observes || has(hello, *step.call.function))) continue;
    steps = i;
    if (threads) return "threads are not played yet";
    return fmt::format("no {}", view(step.call.function->name));
  }
  return "";
}

}  // namespace winmem::conformance
