// A script that can be edited: it owns its calls and names. What generator, mutator and reducer
// work on; the language's Script is a view of it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "model/language/script.h"

namespace winmem::fuzz {

/// One call with arguments of its own. `call.arguments` is set only in the views that Lowered
/// makes; `call.binds` and the names in references are indices in Draft::names.
struct Line {
  Call call;
  std::vector<Argument> arguments;

  const Function& function() const { return *call.function; }
  bool binds() const { return call.binds >= 0; }
};

class Draft {
 public:
  std::vector<Line> lines;
  std::vector<std::string> names;

  /// The calls of a script, without its remarks and outcomes. Of a call of another thread or a
  /// later return nothing is kept.
  static Draft of(const Script& script);

  /// A name that no line has bound yet.
  std::uint32_t add_name(std::string text);
  /// How often a line is played: its count, or the length of the list that an `each` names.
  std::uint32_t plays(const Line& line) const;
  /// Whether every name is bound once, and used only behind that, within its list.
  bool sound() const;
  /// The draft without the lines that `goes` names, and without those that use what they bound.
  Draft without(const std::function<bool(std::size_t line)>& goes) const;
  /// Gives names in the order of their lines, as people would: `p`, `p2`, `h`.
  void rename();
  /// As the printer writes it, one call a line.
  std::string text() const;
};

bool operator==(const Draft& a, const Draft& b);

/// A draft as a Script, as long as both live and the draft is not changed.
class Lowered {
 public:
  explicit Lowered(const Draft& draft);
  Lowered(const Lowered&) = delete;
  Lowered& operator=(const Lowered&) = delete;
  const Script& script() const { return script_; }

 private:
  std::vector<Step> steps_;
  std::vector<Text> names_;
  Script script_;
};

/// Whether a value stands for more than one number: `each b`.
bool is_each(const Value& value);

}  // namespace winmem::fuzz
