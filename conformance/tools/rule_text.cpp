#include "conformance/tools/rule_text.h"

#include "conformance/runner/script_file.h"

namespace winmem::conformance {

std::string function_name(const spec::Rule& rule) {
  return rule.function == nullptr ? "every function" : std::string(view(rule.function->name));
}

std::string where_it_holds(const spec::Rule& rule) {
  std::string text;
  if (rule.scope == spec::Scope::windows_only) text = "not in the profile documented";
  if (rule.scope == spec::Scope::documented_only) text = "in the profile documented only";
  if (rule.versions == spec::every_version) return text;
  std::string versions;
  using spec::Profile;
  for (Profile profile : {Profile::windows_7, Profile::windows_10, Profile::windows_11})
    if ((rule.versions & spec::versions_of(profile)) != 0)
      versions += (versions.empty() ? "" : ", ") + std::string(spec::name_of(profile));
  return text + (text.empty() ? "" : "; ") + versions;
}

}  // namespace winmem::conformance
