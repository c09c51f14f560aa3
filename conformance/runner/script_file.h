// A script read from a file, with the memory that it lives in, and what it asks of a vendor.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/language/parse.h"
#include "model/language/script.h"
#include "model/language/system.h"
#include "model/rule/rule.h"

namespace winmem::conformance {

inline std::string_view view(Text text) {
  return {text.data, text.size};
}
inline Text text_of(std::string_view view) {
  return {view.data(), view.size()};
}

/// An arena and its memory, which the system gives only as far as it is used.
class Memory {
 public:
  explicit Memory(std::size_t size) : bytes_(new char[size]), arena_(bytes_.get(), size) {}
  Arena& arena() { return arena_; }

 private:
  std::unique_ptr<char[]> bytes_;
  Arena arena_;
};

/// What the `# requires:` and `# profile:` headers say. `requires` holds words separated by spaces:
/// `bits=64`, `privilege=SeLockMemoryPrivilege`, `heap=nt`, and names of functions without which
/// the script makes no sense.
struct Requirements {
  std::optional<unsigned> bits;
  std::vector<std::string> privileges;
  std::optional<std::string> heap;
  std::vector<std::string> functions;
  std::optional<spec::Profile> profile;
};

struct ScriptFile {
  std::string path;   ///< as people type it
  std::string title;  ///< the title header, or the path
  std::string source;
  std::unique_ptr<Memory> memory;
  Script script;
  Requirements needs;
  System system;  ///< what the `# system:` header of a trace says, else as usual

  /// Whether a line has an outcome: an expectation of a case, or what a trace recorded.
  bool has_outcomes() const;
};

/// Reads a script. Throws CannotRun with `path:line:column: expected ...` where it cannot be read,
/// is empty, is binary, or was made on a system that cannot be.
std::unique_ptr<ScriptFile> load_script(const std::filesystem::path& path);
/// The same from text; `path` is for messages.
std::unique_ptr<ScriptFile> parse_script_text(std::string path, std::string source);

}  // namespace winmem::conformance
