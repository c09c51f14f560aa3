#include "fuzz/generate/dry_run.h"

#include <algorithm>

#include "model/language/names.h"

namespace winmem::fuzz {
namespace {

using spec::Verdict;

/// A reservation is free, but the address space of a 32-bit process is not endless.
constexpr std::uint64_t most_reserved_32 = 256ull << 20, most_reserved_64 = 4ull << 30;

std::uint64_t left(std::uint64_t most, std::uint64_t used) {
  return most - std::min(most, used);
}

}  // namespace

std::uint64_t DryRun::number_of(const Step& step, unsigned argument) const {
  return oracle_.bindings().resolve(step.call, step.call.arguments[argument].value, 0);
}

const spec::Allocation* DryRun::allocation_at(std::uint64_t address) const {
  // The state looks things up without a const of its own.
  return const_cast<spec::State&>(state()).space.find(address);
}

bool DryRun::returns_at(std::uint64_t address) const {
  const spec::Allocation* found = allocation_at(address);
  std::uint8_t byte = 0;
  return found && !found->foreign() && found->contents.at(address - found->base, byte) &&
         byte == 0xc3;
}

/// Whether so much memory may be asked for, where the call may get it; and touched.
bool DryRun::within_limits(const Step& step, bool may_succeed) const {
  const Function& function = *step.call.function;
  if (function.family == Family::access && function.parameter_count > 1)
    return number_of(step, 1) <= most_touched;
  if (!may_succeed || function.extent == no_parameter) return true;
  const bool pages = function.family == Family::virtual_memory;
  const bool commits = !pages || (number_of(step, 2) & win::MEM_COMMIT) != 0;
  const std::uint64_t most_reserved =
      state().system.bits == 32 ? most_reserved_32 : most_reserved_64;
  const std::uint64_t most =
      commits ? left(most_committed, state().committed()) : left(most_reserved, state().reserved());
  return number_of(step, function.extent) <= most;
}

/// What changes pages stays within the allocation whose name it uses (elsewhere the dry vendor's
/// addresses say nothing of a real one's), or goes where no process has any. What was just released
/// is free as long as no other call came between.
bool DryRun::harmless(const Step& step) const {
  const Function& function = *step.call.function;
  if (function.name == Text("execute")) return returns_at(number_of(step, 0));
  const bool asks = function.name == Text("VirtualQuery") || function.name == Text("GetWriteWatch");
  if (function.family != Family::virtual_memory || asks || function.parameter_count < 2)
    return true;
  const std::uint64_t address = number_of(step, 0);
  const bool reserves =
      function.extent != no_parameter && (number_of(step, 2) & win::MEM_RESERVE) != 0;
  if (reserves || address < state().system.minimum || address > state().system.maximum) return true;
  const Value& value = step.call.arguments[0].value;
  if (!value.is_reference) return false;
  Value bare = value;
  bare.reference.offset = {};
  const std::uint64_t named = oracle_.bindings().resolve(step.call, bare, 0);
  const spec::Range& gone = state().gone.memory;
  if (gone.holds(address) && gone.holds(named)) return true;
  const spec::Allocation* found = allocation_at(address);
  return found != nullptr && found == allocation_at(named);
}

DryRun::Prospect DryRun::look_at(const Step& step) {
  Prospect prospect;
  prospect.allowed = oracle_.allowed(step, prospect.gap);
  prospect.may_succeed =
      prospect.gap ||
      std::any_of(prospect.allowed.begin(), prospect.allowed.end(), [](const spec::Allowed& one) {
        return one.rule && one.rule->kind != spec::Rule::Kind::check;
      });
  const bool undefined = prospect.gap && prospect.gap->kind == spec::Rule::Kind::undefined;
  // What lies behind the end of a block is somebody's, and where it ends must be known.
  const bool access = step.call.function->family == Family::access;
  const bool overruns = access && (prospect.gap || doubtful_at(number_of(step, 0)));
  prospect.forbidden =
      undefined || overruns || !within_limits(step, prospect.may_succeed) || !harmless(step);
  return prospect;
}

bool DryRun::doubtful_at(std::uint64_t address) const {
  auto& known = const_cast<spec::State&>(state());
  const spec::Block* block = known.blocks.find(address);
  const spec::Allocation* allocation = allocation_at(address);
  return (block && block->tainted) || (allocation && allocation->tainted);
}

/// Where a reallocation may succeed or fail, only the vendor knows how long the block is then.
void DryRun::doubt(const Step& step, const Prospect& prospect, std::uint64_t value) {
  if (!step.call.function->reallocates) return;
  std::size_t by_effect = 0;
  for (const spec::Allowed& one : prospect.allowed)
    by_effect += one.rule && one.rule->kind == spec::Rule::Kind::effect;
  if (by_effect < 2 && !prospect.gap) return;
  auto& known = const_cast<spec::State&>(state());
  const unsigned old = step.call.function->ends;
  for (const std::uint64_t address : {value, number_of(step, old)}) {
    if (spec::Moveable* object = known.object(address)) {
      object->tainted = true;
      if (spec::Block* data = known.blocks.starting_at(object->data)) data->tainted = true;
    }
    if (spec::Block* block = known.blocks.starting_at(address)) {
      block->tainted = true;
      if (spec::Moveable* object = known.object(block->object)) object->tainted = true;
    }
  }
}

DryRun::Played DryRun::play(Step step, const Prospect& prospect) {
  const Function& function = *step.call.function;
  const std::uint32_t plays = oracle_.bindings().plays(step.call);
  const bool tells_contents = function.result == Kind::content || function.name == Text("load");
  Played played;
  const bool alone = plays == 1 || step.call.binds < 0;
  if (alone) step.call.repeat = 1;
  for (std::uint32_t play = 0; play < (alone ? plays : 1); ++play) {
    const std::uint64_t bytes =
        function.extent == no_parameter ? 0 : number_of(step, function.extent);
    Outcome outcome =
        vendor_.answer(step.call, play == 0 ? prospect.allowed : oracle_.allowed(step), bytes);
    const bool returned = outcome.kind == Outcome::Kind::returned;
    if (play == 0) {
      const std::uint64_t value = returned ? outcome.value.value.number.plain : 0;
      played.success = returned && (outcome.value.value.is_reference ||
                                    succeeded(function, value, state().system.bits));
      // What memory holds the dry vendor does not know, and to read it changes nothing.
      if (returned && tells_contents) return played;
    }
    if (!alone) {
      outcome.count = plays;
      outcome.stride = played.success ? state().system.granularity : 0;
    }
    const spec::Judgement judgement = oracle_.judge(step, {&outcome, 1});
    if (play == 0) played.verdict = judgement.verdict;
    if (returned) doubt(step, prospect, outcome.value.value.number.plain);
  }
  return played;
}

bool playable(const Draft& draft, const System& system, spec::Profile profile) {
  const Lowered lowered(draft);
  DryRun run(lowered.script(), system, profile);
  for (const Step& step : lowered.script().steps) {
    const DryRun::Prospect prospect = run.look_at(step);
    if (prospect.forbidden) return false;
    run.play(step, prospect);
  }
  return true;
}

}  // namespace winmem::fuzz
