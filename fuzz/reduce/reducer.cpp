#include "fuzz/reduce/reducer.h"

#include <algorithm>
#include <set>

#include "fuzz/reduce/simpler.h"

namespace winmem::fuzz {
namespace {

/// So many candidates go out at once: an agent answers them without waiting for us.
constexpr std::size_t together = 16;

std::set<std::uint32_t> names_of(const Line& line) {
  std::set<std::uint32_t> names;
  for (const Argument& argument : line.arguments)
    if (argument.value.is_reference) names.insert(argument.value.reference.name);
  if (line.binds()) names.insert(static_cast<std::uint32_t>(line.call.binds));
  return names;
}

Draft with_line(const Draft& draft, std::size_t i, const Line& line) {
  Draft result = draft;
  result.lines[i] = line;
  return result;
}

}  // namespace

bool Reducer::take_first(const std::vector<Draft>& candidates) {
  for (std::size_t begin = 0; begin < candidates.size() && !spent(); begin += together) {
    std::vector<Draft> some;
    for (std::size_t i = begin; i < std::min(begin + together, candidates.size()); ++i)
      if (!candidates[i].lines.empty() && candidates[i].sound() && permit_(candidates[i]))
        some.push_back(candidates[i]);
    if (some.empty()) continue;
    const std::vector<Shown> shown = play_(some);
    if (shown.size() < some.size()) best_.executions = most_executions_;  // stopped
    for (std::size_t i = 0; i < shown.size(); ++i) {
      ++best_.executions;
      if (shown[i].begins_with(fault_)) {
        best_.draft = some[i];
        fault_.line = shown[i].faults[0].line;
        return true;
      }
      if (!shown[i].faults.empty()) {
        const Fault& other = shown[i].faults[0];
        if (std::none_of(best_.others.begin(), best_.others.end(),
                         [&](const auto& known) { return known.first == other; }))
          best_.others.emplace_back(other, some[i]);
      }
    }
  }
  return false;
}

/// What comes behind the call that shows it cannot matter.
void Reducer::cut_tail() {
  if (fault_.line + 1 < best_.draft.lines.size()) best_.draft.lines.resize(fault_.line + 1);
}

/// All at once what has no name in common with it, however far around.
void Reducer::keep_related() {
  const Draft& draft = best_.draft;
  std::set<std::uint32_t> names = names_of(draft.lines.back());
  for (bool grows = true; grows;) {
    const std::size_t before = names.size();
    for (const Line& line : draft.lines) {
      const std::set<std::uint32_t> mine = names_of(line);
      if (std::any_of(mine.begin(), mine.end(), [&](auto name) { return names.contains(name); }))
        names.insert(mine.begin(), mine.end());
    }
    grows = names.size() > before;
  }
  const std::size_t last = draft.lines.size() - 1;
  const Draft related = draft.without([&](std::size_t i) {
    const std::set<std::uint32_t> mine = names_of(draft.lines[i]);
    return i != last &&
           std::none_of(mine.begin(), mine.end(), [&](auto name) { return names.contains(name); });
  });
  if (related.lines.size() < draft.lines.size()) take_first({related});
}

/// Ranges from half of the script down to two calls, the back first.
void Reducer::remove_ranges() {
  for (std::size_t size = best_.draft.lines.size() / 2; size >= 2 && !spent(); size /= 2) {
    for (bool any = true; any && !spent();) {
      std::vector<Draft> candidates;
      const std::size_t count = best_.draft.lines.size();
      for (std::size_t end = count > 0 ? count - 1 : 0; end >= size; end -= size)
        candidates.push_back(
            best_.draft.without([&](std::size_t i) { return i >= end - size && i < end; }));
      any = take_first(candidates);
    }
  }
}

bool Reducer::remove_single() {
  std::vector<Draft> candidates;
  for (std::size_t line = best_.draft.lines.size(); line-- > 0;)
    candidates.push_back(best_.draft.without([&](std::size_t i) { return i == line; }));
  return take_first(candidates);
}

bool Reducer::simplify() {
  std::vector<Draft> candidates;
  for (std::size_t i = best_.draft.lines.size(); i-- > 0;)
    for (const Line& line : simpler(best_.draft.lines[i]))
      candidates.push_back(with_line(best_.draft, i, line));
  return take_first(candidates);
}

/// A name in place of another one that an earlier call of the same kind gave: its call can go then.
bool Reducer::share_names() {
  std::vector<Draft> candidates;
  const Draft& draft = best_.draft;
  for (std::size_t i = 0; i < draft.lines.size(); ++i) {
    if (!draft.lines[i].binds()) continue;
    for (std::size_t earlier = 0; earlier < i; ++earlier) {
      const Line& other = draft.lines[earlier];
      if (!other.binds() || other.call.repeated || draft.lines[i].call.repeated ||
          other.function().result != draft.lines[i].function().result)
        continue;
      Draft shared = draft;
      for (Line& line : shared.lines)
        for (Argument& argument : line.arguments)
          if (argument.value.is_reference &&
              argument.value.reference.name ==
                  static_cast<std::uint32_t>(draft.lines[i].call.binds) &&
              argument.value.reference.field.empty())
            argument.value.reference.name = static_cast<std::uint32_t>(other.call.binds);
      candidates.push_back(shared.without([&](std::size_t line) { return line == i; }));
    }
  }
  return take_first(candidates);
}

Reduction Reducer::reduce(Draft draft, const Fault& fault) {
  fault_ = fault;
  best_ = {};
  best_.draft = std::move(draft);
  cut_tail();
  keep_related();
  cut_tail();
  remove_ranges();
  bool smaller = true;
  while (smaller && !spent()) {
    cut_tail();
    // While calls go, arguments wait: what is removed need not be simplified.
    smaller = remove_single() || share_names() || simplify();
  }
  best_.minimal = !spent();
  cut_tail();
  best_.draft.rename();
  return std::move(best_);
}

}  // namespace winmem::fuzz
