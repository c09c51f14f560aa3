#include "fuzz/generate/maker.h"

#include <algorithm>

namespace winmem::fuzz {
namespace {

using spec::Verdict;

/// A reservation is free, but the address space of a 32-bit process is not endless.
constexpr std::uint64_t most_reserved_32 = 256ull << 20, most_reserved_64 = 4ull << 30;

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
      oracle_(skeleton_, options.system, options.profile),
      vendor_(options.system) {
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

std::uint64_t Maker::number_of(const Line& line, unsigned argument) const {
  return oracle_.bindings().resolve(line.call, line.arguments[argument].value, 0);
}

/// Whether so much memory may be asked for, where the call may get it; and touched.
bool Maker::within_limits(const Line& line, bool may_succeed) const {
  const Function& function = line.function();
  if (!function.from_vendor && function.family == Family::access && function.parameter_count > 1)
    return number_of(line, 1) <= most_touched;
  if (!may_succeed || function.extent == no_parameter) return true;
  const std::uint64_t bytes = number_of(line, function.extent);
  const spec::State& state = oracle_.state();
  const bool pages = function.family == Family::virtual_memory;
  const bool commits = !pages || (number_of(line, 2) & win::MEM_COMMIT) != 0;
  const std::uint64_t most =
      commits ? most_committed - std::min(most_committed, state.committed())
              : (options_.system.bits == 32 ? most_reserved_32 : most_reserved_64) -
                    std::min(most_reserved_32, state.reserved());
  return bytes <= most;
}

/// Plays the call on the dry vendor, and takes it into the script where the model has an opinion.
bool Maker::take(Line line) {
  Step step;
  // A list would bind as many values as there are plays, for which nobody asks here.
  if (!line.call.repeated && gives_name(line.function())) {
    const auto next = static_cast<std::uint32_t>(draft_.names.size());
    line.call.binds = static_cast<std::int32_t>(draft_.add_name(slot_name(next)));
  }
  step.call = line.call;
  step.call.arguments = {line.arguments.data(), static_cast<std::uint32_t>(line.arguments.size())};
  const spec::Rule* gap = nullptr;
  const std::vector<spec::Allowed> allowed = oracle_.allowed(step, gap);
  const bool may_succeed =
      gap || std::any_of(allowed.begin(), allowed.end(), [](const spec::Allowed& one) {
        return one.rule && one.rule->kind != spec::Rule::Kind::check;
      });
  const bool undefined = gap && gap->kind == spec::Rule::Kind::undefined;
  // Where the evidence says nothing a call is a shot in the dark: a few are enough.
  if (undefined || (gap && !random_.one_in(8)) || !within_limits(line, may_succeed)) {
    if (line.binds()) draft_.names.pop_back();
    return false;
  }
  oracle_.declare(step.call);
  const Verdict verdict = play(line, step, allowed);
  ++health_.calls;
  ++health_.by_function[index_of(&line.function())];
  health_.open += verdict != Verdict::conforms;
  draft_.lines.push_back(std::move(line));
  return true;
}

Verdict Maker::play(const Line& line, Step step, const std::vector<spec::Allowed>& allowed) {
  const Function& function = line.function();
  const std::uint32_t plays = step.call.repeat;
  step.call.repeat = 1;
  const bool tells_contents = function.result == Kind::content || function.name == Text("load");
  Verdict worst = Verdict::conforms;
  for (std::uint32_t play = 0; play < plays; ++play) {
    const std::uint64_t bytes =
        function.extent == no_parameter ? 0 : number_of(line, function.extent);
    const Outcome outcome =
        vendor_.answer(step.call, play == 0 ? allowed : oracle_.allowed(step), bytes);
    const bool returned = outcome.kind == Outcome::Kind::returned;
    if (play == 0) {
      const std::uint64_t value = returned ? outcome.value.value.number.plain : 0;
      const bool success = returned && (outcome.value.value.is_reference ||
                                        succeeded(function, value, options_.system.bits));
      ++(success ? health_.successes : health_.failures);
      // What memory holds the dry vendor does not know, and to read it changes nothing.
      if (returned && tells_contents) return Verdict::conforms;
      const spec::Judgement judgement = oracle_.judge(step, {&outcome, 1});
      if (judgement.verdict != Verdict::conforms) worst = judgement.verdict;
      if (success && line.binds()) remember(line);
    } else {
      oracle_.judge(step, {&outcome, 1});
    }
  }
  return worst;
}

/// Keeps a name with what it stands for.
void Maker::remember(const Line& line) {
  using Kind = Thing::Kind;
  const Function& function = line.function();
  const auto name = static_cast<std::uint32_t>(line.call.binds);
  const std::uint64_t value = oracle_.bindings().at(name).value;
  const bool offsets = function.result == winmem::Kind::address;
  Kind kind = Kind::pages;
  switch (function.family) {
    case Family::heap:
      kind = function.result == winmem::Kind::heap ? Kind::heap : Kind::block;
      break;
    case Family::global:
    case Family::local:
      kind = function.result == winmem::Kind::address  ? Kind::pointer
             : oracle_.state().objects.contains(value) ? Kind::object
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
  auto& state = const_cast<spec::State&>(oracle_.state());
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
  return const_cast<spec::State&>(oracle_.state()).space.find(thing.value);
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
