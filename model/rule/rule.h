// What a rule is to everyone outside the specification: an id, a sentence, the facts that support
// it. How rules are written is clause.h; all of them in order are `rules()`.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "model/language/functions.h"

namespace winmem::spec {

/// The versions of Windows in which an alternative holds, as a set; each is there twice, for a
/// 64-bit process and for a 32-bit one. A trace conforms when one of its profile's versions is left
/// after the sets of all that it showed were intersected.
using Versions = std::uint8_t;
constexpr Versions in_windows_7 = 0x11, in_windows_10 = 0x22, in_windows_11 = 0x44;
constexpr Versions on_x64 = 0x0f, on_x86 = 0xf0;
constexpr Versions windows_10_and_later = in_windows_10 | in_windows_11;
constexpr Versions every_version = in_windows_7 | in_windows_10 | in_windows_11;
/// The sets of one.
constexpr Versions single_versions[] = {0x01, 0x02, 0x04, 0x10, 0x20, 0x40};
/// Those that a process of so many bits can be.
constexpr Versions versions_of_bits(unsigned bits) {
  return bits == 32 ? on_x86 : on_x64;
}

/// What a vendor is judged by.
enum class Profile : std::uint8_t {
  windows,     ///< conforms where Windows 10 or Windows 11 would do the same
  documented,  ///< the letter of the contract page where it differs (a closed list of rules), else
               ///< as `windows`
  windows_7,
  windows_10,
  windows_11,
  x86,  ///< as `windows`, for 32-bit processes alone
};
/// The versions that a profile admits.
constexpr Versions versions_of(Profile profile) {
  switch (profile) {
    case Profile::windows_7:
      return in_windows_7;
    case Profile::windows_10:
      return in_windows_10;
    case Profile::windows_11:
      return in_windows_11;
    case Profile::x86:
      return windows_10_and_later & on_x86;
    default:
      return windows_10_and_later;
  }
}
/// "windows", "documented", ...; false when the name is none of them.
bool profile_named(Text name, Profile& profile);
const char* name_of(Profile profile);

/// Which profiles know a rule.
enum class Scope : std::uint8_t { both, windows_only, documented_only };

struct Rule {
  enum class Kind : std::uint8_t {
    check,        ///< a condition under which the call fails, and how
    effect,       ///< a condition under which the call succeeds, and what it changes
    promise,      ///< what a success gives: the value, a field, contents
    unspecified,  ///< the evidence does not say: anything goes, and nothing is learnt
    undefined,    ///< a test must not do it; the sentence says why
  };
  const char* id = "";
  const char* says = "";
  const char* facts = "";  ///< ids, separated by spaces
  Kind kind = Kind::check;
  Scope scope = Scope::both;
  Versions versions = every_version;
  const Function* function = nullptr;  ///< null: of every function
  std::uint16_t index = 0;             ///< its place in rules()
  /// The ways in which it lets a call end, as people read them; none for a promise and what is
  /// open.
  std::vector<std::string> outcomes = {};
};

/// What was seen of a rule.
struct Exercise {
  std::uint32_t decided = 0;  ///< how often it decided with a definite outcome
  std::uint32_t allowed = 0;  ///< how often an outcome came that it allows besides
  std::uint8_t outcomes = 0;  ///< a bit for each of Rule::outcomes that came
};

enum class Verdict : std::uint8_t {
  conforms,
  deviates,
  unjudged,   ///< depends on something tainted, on memory that nothing living owns, or on what the
              ///< evidence does not say
  undefined,  ///< the script does what a test must not do
  skipped,    ///< the agent did not play it: it depends on a call that gave nothing
  unsupported,  ///< the vendor has no such function
};
const char* name_of(Verdict verdict);

/// Whether a step can exercise the rule in a profile: it says something definite, and the profile
/// knows it.
constexpr bool can_be_exercised(const Rule& rule, Profile profile) {
  const bool definite = rule.kind != Rule::Kind::unspecified && rule.kind != Rule::Kind::undefined;
  const bool other_scope =
      rule.scope == (profile == Profile::documented ? Scope::windows_only : Scope::documented_only);
  return definite && !other_scope && (rule.versions & versions_of(profile)) != 0;
}

/// All rules, function by function in the order of the function table, and in a function in the
/// order in which they apply.
std::span<const Rule* const> rules();
/// The rule of that id, or null.
const Rule* find_rule(Text id);
const char* name_of(Rule::Kind kind);

}  // namespace winmem::spec
