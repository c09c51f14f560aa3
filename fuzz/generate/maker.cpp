#include "fuzz/generate/maker.h"

#include <algorithm>

namespace winmem::fuzz {
namespace {

std::string slot_name(std::uint32_t i) {
  return "n" + std::to_string(i);
}

bool gives_name(const Function& function) {
  return function.result == Kind::address || function.result == Kind::heap ||
         function.result == Kind::handle || function.result == Kind::token;
}

}  // namespace

Maker::Maker(const GeneratorOptions& options, Random& random, Health& health)
    : options_(options),
      random_(random),
      health_(health),
      swarm_(Swarm::draw(random, options.theme)),
      slots_(options.most_calls),
      skeleton_{{}, {slots_.data(), static_cast<std::uint32_t>(slots_.size())}, {}},
      run_(skeleton_, options.system, options.profile) {
  for (const unsigned weight : swarm_.weight) total_weight_ += weight;
}

Draft Maker::make() {
  // Most scripts are short: what they show is easily seen. A few are long: deep states need calls.
  std::uint64_t wanted = 1 + random_.below(options_.usual_calls);
  if (random_.one_in(20)) wanted = 1 + random_.below(options_.most_calls);
  wanted = std::min<std::uint64_t>(wanted, options_.most_calls);
  std::uint64_t tries = 4 * wanted + 8;
  while (draft_.lines.size() < wanted && tries-- > 0)
    if (!step()) ++health_.discarded;
  ++health_.scripts;
  draft_.rename();
  return std::move(draft_);
}

Recipe Maker::choose() {
  std::uint64_t at = random_.below(total_weight_);
  for (std::size_t i = 0; i < recipes; ++i) {
    if (at < swarm_.weight[i]) return static_cast<Recipe>(i);
    at -= swarm_.weight[i];
  }
  return Recipe::reserve;
}

/// One call more. A recipe that has nothing to work on is no call at all: another one is drawn.
bool Maker::step() {
  Line line;
  for (int tries = 0; tries < 64; ++tries) {
    if (!make_call(choose(), line)) continue;
    const std::string name(line.function().name.begin(), line.function().name.end());
    if (!options_.functions.empty() && !options_.functions.contains(name)) continue;
    if (random_.percent(swarm_.wild)) spoil(line);
    return take(std::move(line));
  }
  return false;
}

/// Plays the call on the dry vendor, and takes it into the script where the model has an opinion.
bool Maker::take(Line line) {
  // A list would bind as many values as there are plays, for which nobody asks here.
  if (!line.call.repeated && gives_name(line.function())) {
    const auto next = static_cast<std::uint32_t>(draft_.names.size());
    line.call.binds = static_cast<std::int32_t>(draft_.add_name(slot_name(next)));
  }
  Step step;
  step.call = line.call;
  step.call.arguments = {line.arguments.data(), static_cast<std::uint32_t>(line.arguments.size())};
  const DryRun::Prospect prospect = run_.look_at(step);
  // Where the evidence says nothing a call is a shot in the dark: a few are enough.
  if (prospect.forbidden || (prospect.gap && !random_.one_in(6))) {
    if (line.binds()) draft_.names.pop_back();
    return false;
  }
  run_.oracle().declare(step.call);
  const DryRun::Played played = run_.play(step, prospect);
  ++health_.calls;
  ++health_.by_function[index_of(&line.function())];
  ++(played.success ? health_.successes : health_.failures);
  health_.open += played.verdict != spec::Verdict::conforms;
  if (played.success && line.binds()) remember(line);
  draft_.lines.push_back(std::move(line));
  return true;
}

/// Keeps a name with what it stands for.
void Maker::remember(const Line& line) {
  using Kind = Thing::Kind;
  const Function& function = line.function();
  const auto name = static_cast<std::uint32_t>(line.call.binds);
  const std::uint64_t value = run_.oracle().bindings().at(name).value;
  const bool offsets = function.result == winmem::Kind::address;
  Kind kind = Kind::pages;
  switch (function.family) {
    case Family::heap:
      kind = function.result == winmem::Kind::heap ? Kind::heap : Kind::block;
      break;
    case Family::global:
    case Family::local:
      kind = function.result == winmem::Kind::address ? Kind::pointer
             : run_.state().objects.contains(value)   ? Kind::object
                                                      : Kind::block;
      break;
    case Family::exception:
      kind = Kind::handler;
      break;
    case Family::setup:
      kind = Kind::foreign;
      break;
    default:
      break;
  }
  things_.push_back({kind, name, value, offsets});
  if (things_.size() > 96) forget_dead();
}

void Maker::forget_dead() {
  std::erase_if(things_, [&](const Thing& thing) { return !lives(thing); });
}

/// Whether what it stands for is still there. A name that only meets new life at its old address is
/// of no harm: the dry vendor uses no address twice.
bool Maker::lives(const Thing& thing) const {
  // The state looks things up without a const of its own.
  auto& state = const_cast<spec::State&>(run_.state());
  switch (thing.kind) {
    case Thing::Kind::pages:
    case Thing::Kind::foreign:
      return state.space.find(thing.value) != nullptr;
    case Thing::Kind::heap:
      return state.heaps.contains(thing.value);
    case Thing::Kind::object:
      return state.objects.contains(thing.value);
    case Thing::Kind::block:
    case Thing::Kind::pointer:
      return state.blocks.starting_at(thing.value) != nullptr;
    case Thing::Kind::handler:
      return std::any_of(state.handlers.begin(), state.handlers.end(),
                         [&](const auto& one) { return one.token == thing.value; });
  }
  return false;
}

const spec::Allocation* Maker::allocation(const Thing& thing) const {
  return run_.allocation_at(thing.value);
}

bool Maker::make_call(Recipe recipe, Line& result) {
  if (recipe <= Recipe::reserve_again) return virtual_call(recipe, result);
  if (recipe <= Recipe::physical_allocate) return page_call(recipe, result);
  if (recipe <= Recipe::heap_size) return heap_call(recipe, result);
  if (recipe <= Recipe::heap_ask) return heap_state_call(recipe, result);
  if (recipe <= Recipe::moveable_handle) return moveable_call(recipe, result);
  if (recipe >= Recipe::fill && recipe <= Recipe::execute) return access_call(recipe, result);
  return other_call(recipe, result);
}

}  // namespace winmem::fuzz
