#include "fuzz/script/draft.h"

#include <map>

#include "model/language/print.h"

namespace winmem::fuzz {
namespace {

/// What people call the results of a function.
const char* stem_of(const Function& function) {
  switch (function.result) {
    case Kind::heap:
      return "h";
    case Kind::handle:
      return "g";
    case Kind::token:
      return "v";
    case Kind::size:
    case Kind::number:
    case Kind::constant:
    case Kind::boolean:
      return "n";
    default:
      return function.family == Family::heap             ? "b"
             : function.family == Family::setup          ? "f"
             : function.family == Family::virtual_memory ? "p"
                                                         : "q";
  }
}

template <class Each>
void each_reference(const Line& line, Each each) {
  for (const Argument& argument : line.arguments)
    if (argument.value.is_reference) each(argument.value.reference);
}

}  // namespace

bool is_each(const Value& value) {
  return value.is_reference && (value.reference.reach == Reference::Reach::each ||
                                value.reference.reach == Reference::Reach::each_reversed);
}

Draft Draft::of(const Script& script) {
  Draft draft;
  for (const Text name : script.names) draft.names.emplace_back(name.begin(), name.end());
  for (const Step& step : script.steps) {
    if (step.returns || step.call.thread != 1) continue;
    Line line{step.call, {step.call.arguments.begin(), step.call.arguments.end()}};
    line.call.arguments = {};
    draft.lines.push_back(std::move(line));
  }
  return draft;
}

std::uint32_t Draft::add_name(std::string text) {
  names.push_back(std::move(text));
  return static_cast<std::uint32_t>(names.size() - 1);
}

std::uint32_t Draft::plays(const Line& line) const {
  for (const Argument& argument : line.arguments) {
    if (!is_each(argument.value)) continue;
    const Reference& list = argument.value.reference;
    if (list.sliced) return list.end - list.first;
    for (const Line& other : lines)
      if (other.call.binds == static_cast<std::int32_t>(list.name)) return plays(other);
    return 0;
  }
  return line.call.repeat;
}

bool Draft::sound() const {
  std::vector<std::uint32_t> elements(names.size(), 0);  // 0: not bound yet
  for (const Line& line : lines) {
    bool good = true;
    each_reference(line, [&](const Reference& used) {
      const std::uint32_t count = elements[used.name];
      const bool element = used.reach == Reference::Reach::element;
      good = good && count > 0 && (!element || used.first < count) &&
             (!used.sliced || (used.first < used.end && used.end <= count));
    });
    if (!good) return false;
    if (!line.binds()) continue;
    std::uint32_t& count = elements[static_cast<std::size_t>(line.call.binds)];
    if (count > 0) return false;
    count = plays(line);
    if (count == 0) return false;
  }
  return true;
}

Draft Draft::without(const std::function<bool(std::size_t line)>& goes) const {
  Draft rest;
  rest.names = names;
  std::vector<bool> gone(names.size(), false);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    bool out = goes(i);
    each_reference(lines[i], [&](const Reference& used) { out = out || gone[used.name]; });
    if (!out)
      rest.lines.push_back(lines[i]);
    else if (lines[i].binds())
      gone[static_cast<std::size_t>(lines[i].call.binds)] = true;
  }
  return rest;
}

void Draft::rename() {
  std::map<std::string, unsigned> used;
  std::vector<std::string> fresh;
  std::vector<std::uint32_t> place(names.size(), 0);
  for (Line& line : lines) {
    for (Argument& argument : line.arguments)
      if (argument.value.is_reference)
        argument.value.reference.name = place[argument.value.reference.name];
    if (!line.binds()) continue;
    const std::string stem = stem_of(line.function());
    const unsigned count = ++used[stem];
    place[static_cast<std::size_t>(line.call.binds)] = static_cast<std::uint32_t>(fresh.size());
    line.call.binds = static_cast<std::int32_t>(fresh.size());
    fresh.push_back(count == 1 ? stem : stem + std::to_string(count));
  }
  names = std::move(fresh);
}

std::string Draft::text() const {
  const Lowered lowered(*this);
  std::string room(256 + lines.size() * 256, '\0');
  while (true) {
    Output out(room.data(), room.size());
    print_script(out, lowered.script());
    if (!out.overflow) return {out.data, out.size};
    room.resize(room.size() * 2);
  }
}

bool operator==(const Draft& a, const Draft& b) {
  return a.text() == b.text();
}

Lowered::Lowered(const Draft& draft) {
  names_.reserve(draft.names.size());
  for (const std::string& name : draft.names) names_.emplace_back(name.data(), name.size());
  steps_.reserve(draft.lines.size());
  for (const Line& line : draft.lines) {
    Step step;
    step.line = static_cast<std::uint32_t>(steps_.size() + 1);
    step.call = line.call;
    // A script's arguments are never written to; its spans have no const.
    step.call.arguments = {const_cast<Argument*>(line.arguments.data()),
                           static_cast<std::uint32_t>(line.arguments.size())};
    steps_.push_back(step);
  }
  script_.names = {names_.data(), static_cast<std::uint32_t>(names_.size())};
  script_.steps = {steps_.data(), static_cast<std::uint32_t>(steps_.size())};
}

}  // namespace winmem::fuzz
