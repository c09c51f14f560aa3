#include "fuzz/generate/generator.h"

#include <fmt/core.h>

#include <algorithm>

#include "fuzz/generate/maker.h"

namespace winmem::fuzz {

Draft Generator::next() {
  Draft draft;
  do {
    draft = Maker(options_, random_, health_).make();
  } while (draft.lines.empty());
  return draft;
}

Draft Generator::of_seed(const GeneratorOptions& options, std::uint64_t seed, Health* health) {
  Generator generator(options, seed);
  Draft draft = generator.next();
  if (health) health->add(generator.health());
  return draft;
}

void Health::add(const Health& other) {
  scripts += other.scripts;
  calls += other.calls;
  successes += other.successes;
  failures += other.failures;
  open += other.open;
  discarded += other.discarded;
  for (std::size_t i = 0; i < by_function.size(); ++i) by_function[i] += other.by_function[i];
}

std::string Health::text() const {
  const auto share = [](std::uint64_t part, std::uint64_t whole) {
    return whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
  };
  std::string text = fmt::format(
      "{} scripts, {} calls ({:.1f} a script): {:.1f}% succeed, {:.1f}% open, {:.1f}% discarded\n",
      scripts, calls,
      scripts == 0 ? 0.0 : static_cast<double>(calls) / static_cast<double>(scripts),
      share(successes, successes + failures), share(open, calls),
      share(discarded, calls + discarded));
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < by_function.size(); ++i)
    if (by_function[i] > 0) order.push_back(i);
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return by_function[a] > by_function[b]; });
  for (const std::size_t i : order)
    text += fmt::format("  {:<32} {:>9}  {:.1f}%\n",
                        std::string(functions()[i].name.begin(), functions()[i].name.end()),
                        by_function[i], share(by_function[i], calls));
  return text;
}

}  // namespace winmem::fuzz
