#include "conformance/runner/nearest.h"

#include <algorithm>
#include <utility>

namespace winmem::conformance {
namespace {

/// Insertions, removals and replacements of one character that lead from one word to the other.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

}  // namespace

std::vector<std::string> nearest(std::string_view word, std::vector<std::string> names,
                                 std::size_t count) {
  std::sort(names.begin(), names.end(), [&](const std::string& a, const std::string& b) {
    return std::pair(distance(word, a), a) < std::pair(distance(word, b), b);
  });
  if (names.size() > count) names.resize(count);
  return names;
}

}  // namespace winmem::conformance
