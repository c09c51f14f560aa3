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
  const auto add = [&](const char* between, const std::string& more) {
    text += (text.empty() ? "" : between) + more;
  };
  const auto bits = rule.versions & (spec::on_x64 | spec::on_x86);
  const bool on_x64 = (bits & spec::on_x64) != 0, on_x86 = (bits & spec::on_x86) != 0;
  if (on_x64 != on_x86) add("; ", on_x64 ? "in 64-bit processes" : "in 32-bit processes");
  using spec::Profile;
  std::string versions;
  std::size_t held = 0;
  for (Profile profile : {Profile::windows_7, Profile::windows_10, Profile::windows_11}) {
    if ((rule.versions & spec::versions_of(profile)) == 0) continue;
    versions += (versions.empty() ? "" : ", ") + std::string(spec::name_of(profile));
    ++held;
  }
  if (held < 3) add("; ", versions);
  return text;
}

}  // namespace winmem::conformance
