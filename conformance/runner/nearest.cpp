#include "conformance/runner/nearest.h"

#include <algorithm>
#include <utility>

namespace winmem::conformance {
namespace {

std::string lower_case(std::string_view word) {
  std::string text(word);
  for (char& letter : text)
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  return text;
}

}  // namespace

std::size_t edits(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before, last, row(b.size() + 1);  // of a's prefixes, the last three
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before = std::exchange(last, row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] =
          std::min({last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), row[j - 1] + 1, last[j] + 1});
      bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row[b.size()];
}

std::vector<std::string> nearest(std::string_view word, std::vector<std::string> names,
                                 std::size_t count) {
  auto distance = [&](const std::string& name) {
    return std::pair(edits(lower_case(word), lower_case(name)), edits(word, name));
  };
  std::sort(names.begin(), names.end(), [&](const std::string& a, const std::string& b) {
    return std::pair(distance(a), a) < std::pair(distance(b), b);
  });
  if (names.size() > count) names.resize(count);
  return names;
}

std::string meant(std::string_view word, const std::vector<std::string>& names) {
  std::string best;
  std::size_t fewest = 3;
  for (const std::string& name : names) {
    std::size_t needed = edits(lower_case(word), lower_case(name));
    if (needed < fewest && needed * 2 < name.size()) {
      fewest = needed;
      best = name;
    }
  }
  return best;
}

}  // namespace winmem::conformance
