#include "conformance/runner/misspelt.h"

#include "conformance/runner/nearest.h"
#include "conformance/runner/script_file.h"

namespace winmem::conformance {
std::string mistyped_key(std::string_view comment) {
  std::size_t colon = comment.find(':');
  if (colon == std::string_view::npos) return "";
  std::string_view word = comment.substr(0, colon);
  word = word.substr(0, word.find_last_not_of(" \t") + 1);
  if (word.empty() || word.find_first_of(" \t") != std::string_view::npos) return "";
  std::vector<std::string> keys;
  for (Text key : header_keys()) keys.emplace_back(view(key));
  return meant(word, keys);
}

}  // namespace winmem::conformance
