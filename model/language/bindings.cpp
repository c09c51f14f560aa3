// From names to numbers, and the lives of names. A call costs the same however many names there
// are: living names hang in chains by address and by owner, so that an end finds those that it
// ends.
#include "model/language/bindings.h"

#include "model/language/kinds.h"

namespace winmem {
namespace {

constexpr std::uint64_t modify =
    0x80;  // GMEM_MODIFY, LMEM_MODIFY: a reallocation that ignores its size
constexpr unsigned granule_bits = 16;

/// Names of page memory are found by their granule (a release ends all inside), others by their
/// exact value.
bool holds_pages(const Function& function) {
  return function.family == Family::virtual_memory || function.family == Family::setup;
}

bool is_each(const Value& value) {
  return value.is_reference && (value.reference.reach == Reference::Reach::each ||
                                value.reference.reach == Reference::Reach::each_reversed);
}

}  // namespace

Bindings::Bindings(const Script& script, const System& system, Arena& arena)
    : script_(script), system_(system) {
  names_ = arena.take<Name>(script.names.size);
  valid_ = names_ != nullptr;
  for (std::uint32_t i = 0; valid_ && i < script.steps.size; ++i)
    valid_ = script.steps[i].returns || place(script.steps[i].call, arena);
  if (!valid_) return;
  for (std::uint32_t i = 0; i < script.names.size; ++i) {
    names_[i].first = slot_count_;
    slot_count_ += names_[i].count;
  }
  unsigned bits = 3;
  while (bits < 31 && (std::uint32_t{1} << bits) < slot_count_) ++bits;
  bucket_shift_ = 64 - bits;
  slots_ = arena.take<Binding>(slot_count_);
  links_ = arena.take<Links>(slot_count_);
  by_address_ = arena.take<std::uint32_t>(std::size_t{1} << bits);
  by_owner_ = arena.take<std::uint32_t>(std::size_t{1} << bits);
  valid_ = slots_ != nullptr && links_ != nullptr && by_address_ != nullptr && by_owner_ != nullptr;
}

/// Makes room for the name that a call binds.
bool Bindings::place(const Call& call, Arena& arena) {
  if (call.binds < 0) return true;
  Name& name = names_[call.binds];
  name.function = call.function;
  name.count = plays(call);
  name.list = call.repeated;
  for (const Argument& argument : call.arguments) name.list = name.list || is_each(argument.value);
  name.fields.size = call.function->field_count;
  name.fields.data = arena.take<std::uint64_t>(name.fields.size);
  return name.fields.data != nullptr;
}

bool Bindings::declare(const Call& call, Arena& arena) {
  return call.binds < 0 || (plays(call) == 1 && place(call, arena));
}

std::uint32_t Bindings::plays(const Call& call) const {
  for (const Argument& argument : call.arguments) {
    if (!is_each(argument.value)) continue;
    const Reference& list = argument.value.reference;
    return list.sliced ? list.end - list.first : names_[list.name].count;
  }
  return call.repeat;
}

std::uint32_t Bindings::slot_of(const Reference& reference, std::uint32_t play) const {
  const Name& name = names_[reference.name];
  switch (reference.reach) {
    case Reference::Reach::whole:
      return name.first;
    case Reference::Reach::element:
      return name.first + reference.first;
    case Reference::Reach::each:
      return name.first + (reference.sliced ? reference.first : 0) + play;
    case Reference::Reach::each_reversed:
      return name.first + (reference.sliced ? reference.end : name.count) - 1 - play;
  }
  return name.first;
}

std::uint64_t Bindings::resolve(const Call& call, const Value& value, std::uint32_t play) const {
  if (!value.is_reference) {
    if (value.number.form == Number::Form::plain) return value.number.plain;
    return winmem::resolve(value.number, call.function, system_.bits);
  }
  const Reference& reference = value.reference;
  std::uint64_t base = 0;
  if (reference.field.empty()) {
    base = slots_[slot_of(reference, play)].value;
  } else {
    const Name& name = names_[reference.name];
    for (std::uint32_t i = 0; i < name.fields.size; ++i)
      if (name.function->fields[i].name == reference.field) base = name.fields[i];
  }
  std::uint64_t offset = reference.offset.plain;
  if (reference.offset.form != Number::Form::plain)
    offset += static_cast<std::uint64_t>(reference.offset.pointers) * system_.pointer_size();
  // A value without an offset is handed on as it is: what `load` gave may be wider than a pointer.
  return offset == 0 ? base : (base + offset) & system_.pointer_mask();
}

bool Bindings::made(const Call& call, std::uint32_t play) const {
  for (const Argument& argument : call.arguments)
    if (argument.value.is_reference &&
        slots_[slot_of(argument.value.reference, play)].state == Binding::State::unbound)
      return false;
  return true;
}

bool Bindings::usable(const Call& call, std::uint32_t play) const {
  for (const Argument& argument : call.arguments) {
    if (!argument.value.is_reference) continue;
    const Reference& reference = argument.value.reference;
    const Binding::State state = slots_[slot_of(reference, play)].state;
    if (state == Binding::State::unbound || state == Binding::State::failed) return false;
    if (!reference.field.empty() && !field_told(reference)) return false;
  }
  return true;
}

bool Bindings::field_told(const Reference& reference) const {
  const Name& name = names_[reference.name];
  for (std::uint32_t i = 0; i < name.fields.size; ++i)
    if (name.function->fields[i].name == reference.field) return (name.told >> i) & 1;
  return false;
}

const Binding& Bindings::at(std::uint32_t name, std::uint32_t element) const {
  return slots_[names_[name].first + element];
}

std::uint32_t Bindings::bucket(std::uint64_t key) const {
  return static_cast<std::uint32_t>((key * 0x9e3779b97f4a7c15u) >> bucket_shift_);
}

std::uint32_t Bindings::page_bucket(std::uint64_t value) const {
  return bucket(value >> granule_bits);
}

std::uint32_t Bindings::value_bucket(std::uint64_t value) const {
  return bucket(~value);
}

void Bindings::link(std::uint32_t slot, bool pages) {
  Links& links = links_[slot];
  links.pages = pages;
  links.bucket = pages ? page_bucket(slots_[slot].value) : value_bucket(slots_[slot].value);
  std::uint32_t& head = by_address_[links.bucket];
  links.previous = 0;
  links.next = head;
  if (head != 0) links_[head - 1].previous = slot + 1;
  head = slot + 1;
  if (slots_[slot].owner == 0) return;
  std::uint32_t& owned = by_owner_[bucket(slots_[slot].owner)];
  links.previous_owned = 0;
  links.next_owned = owned;
  if (owned != 0) links_[owned - 1].previous_owned = slot + 1;
  owned = slot + 1;
}

/// Takes a living slot out of its chains.
void Bindings::end_slot(std::uint32_t slot) {
  slots_[slot].state = Binding::State::ended;
  const Links& links = links_[slot];
  if (links.next != 0) links_[links.next - 1].previous = links.previous;
  if (links.previous != 0)
    links_[links.previous - 1].next = links.next;
  else
    by_address_[links.bucket] = links.next;
  if (slots_[slot].owner == 0) return;
  if (links.next_owned != 0) links_[links.next_owned - 1].previous_owned = links.previous_owned;
  if (links.previous_owned != 0)
    links_[links.previous_owned - 1].next_owned = links.next_owned;
  else
    by_owner_[bucket(slots_[slot].owner)] = links.next_owned;
}

/// Ends the names with this value, and what is owned by what they name: blocks of a heap, pointers
/// of a lock.
void Bindings::end_value(std::uint64_t value) {
  for (std::uint32_t at = by_address_[value_bucket(value)]; at != 0;) {
    const std::uint32_t slot = at - 1;
    at = links_[slot].next;
    if (slots_[slot].value == value && !links_[slot].pages) end_slot(slot);
  }
  end_owned(value);
}

void Bindings::end_owned(std::uint64_t owner) {
  for (std::uint32_t at = by_owner_[bucket(owner)]; at != 0;) {
    const std::uint32_t slot = at - 1;
    at = links_[slot].next_owned;
    if (slots_[slot].owner == owner) end_slot(slot);
  }
}

void Bindings::end_pages_between(std::uint32_t bucket, std::uint64_t begin, std::uint64_t last) {
  for (std::uint32_t at = by_address_[bucket]; at != 0;) {
    const std::uint32_t slot = at - 1;
    at = links_[slot].next;
    const bool inside = slots_[slot].value >= begin && slots_[slot].value <= last;
    if (inside && links_[slot].pages) end_slot(slot);
  }
}

/// A release ends every name inside the allocation. Any byte of its first page names the allocation
/// (VF-* facts).
void Bindings::end_pages(std::uint64_t address) {
  const std::uint64_t page = system_.page;
  const std::uint64_t base = address & ~(page - 1);
  std::uint64_t last = base + page - 1;
  for (std::uint32_t at = by_address_[page_bucket(base)]; at != 0; at = links_[at - 1].next) {
    const Binding& binding = slots_[at - 1];
    if (!links_[at - 1].pages || binding.value - base >= page || binding.extent == 0) continue;
    const std::uint64_t end = binding.value + (binding.extent - 1);
    if (end >= binding.value && (end | (page - 1)) > last) last = end | (page - 1);
  }
  const std::uint64_t granules = (last >> granule_bits) - (base >> granule_bits);
  const std::uint32_t buckets = std::uint32_t{1} << (64 - bucket_shift_);
  if (granules >= buckets) {
    for (std::uint32_t i = 0; i < buckets; ++i) end_pages_between(i, base, last);
    return;
  }
  for (std::uint64_t i = 0; i <= granules; ++i)
    end_pages_between(page_bucket(base + (i << granule_bits)), base, last);
}

/// After a reallocation in place its names hold so many bytes.
void Bindings::resize(std::uint64_t value, std::uint64_t extent) {
  for (std::uint32_t at = by_address_[value_bucket(value)]; at != 0; at = links_[at - 1].next)
    if (slots_[at - 1].value == value && !links_[at - 1].pages) slots_[at - 1].extent = extent;
}

std::uint64_t Bindings::living_extent(std::uint64_t value) const {
  for (std::uint32_t at = by_address_[value_bucket(value)]; at != 0; at = links_[at - 1].next)
    if (slots_[at - 1].value == value && !links_[at - 1].pages) return slots_[at - 1].extent;
  return 0;
}

/// The bytes that the result names: requested, or those of the object that was locked or found.
std::uint64_t Bindings::extent_of(const Call& call, Span<const std::uint64_t> arguments,
                                  std::uint64_t value) const {
  const Function& function = *call.function;
  const bool moveable = function.family == Family::global || function.family == Family::local;
  if (function.extent != no_parameter) {
    const bool modifies = moveable && function.reallocates && (arguments[2] & modify) != 0;
    return modifies ? living_extent(arguments[0]) : arguments[function.extent];
  }
  if (!moveable || arguments.size == 0) return 0;
  return living_extent(function.result == Kind::address ? arguments[0] : value);
}

/// The heap of a block, the handle of a locked pointer.
std::uint64_t Bindings::owner_of(const Call& call, Span<const std::uint64_t> arguments) const {
  const Function& function = *call.function;
  if (function.result != Kind::address || arguments.size == 0 || holds_pages(function)) return 0;
  return arguments[0];
}

void Bindings::bind(const Call& call, std::uint32_t play, Span<const std::uint64_t> arguments,
                    std::uint64_t value, bool success) {
  Name& name = names_[call.binds];
  const std::uint32_t slot = name.first + play;
  Binding& binding = slots_[slot];
  const bool pages = holds_pages(*call.function);
  const bool points = is_pointer(call.function->result);
  if (binding.state == Binding::State::living && points && binding.value != 0) end_slot(slot);
  binding = Binding{};
  binding.value = value;
  binding.state = success ? Binding::State::living : Binding::State::failed;
  if (!success || !points || value == 0) return;
  binding.extent = extent_of(call, arguments, value);
  binding.owner = owner_of(call, arguments);
  if (binding.owner == value) binding.owner = 0;  // locked fixed memory is its own handle
  link(slot, pages);
  const std::uint64_t last = binding.extent == 0 ? value : value + (binding.extent - 1);
  if (value < name.lowest) name.lowest = value;
  if (last > name.highest) name.highest = last < value ? ~std::uint64_t{0} : last;
}

void Bindings::end(const Call& call, Span<const std::uint64_t> arguments, std::uint64_t result) {
  const Function& function = *call.function;
  if (function.ends == no_parameter || arguments[function.ends] == 0) return;
  if (function.ends_if != 0 && arguments[arguments.size - 1] != function.ends_if) return;
  const std::uint64_t value = arguments[function.ends];
  if (holds_pages(function)) return end_pages(value);
  if (!function.reallocates || result != value) return end_value(value);
  resize(value, extent_of(call, arguments, value));
}

void Bindings::keep_fields(const Call& call, std::uint32_t play, const Outcome& outcome) {
  Name& name = names_[call.binds];
  name.told = 0;
  for (const FieldPattern& field : outcome.fields) {
    if (field.pattern.op != Pattern::Op::equal || field.field >= name.fields.size) continue;
    name.fields[field.field] = resolve(call, field.pattern.value, play);
    name.told |= std::uint64_t{1} << field.field;
  }
}

void Bindings::record(const Call& call, std::uint32_t play, Span<const std::uint64_t> arguments,
                      const Outcome& outcome) {
  const Function& function = *call.function;
  if (outcome.kind == Outcome::Kind::unsupported || outcome.kind == Outcome::Kind::skipped) return;
  bool success = false;
  std::uint64_t value = 0;
  if (outcome.kind == Outcome::Kind::returned) {
    switch (outcome.value.op) {
      case Pattern::Op::equal:
        value = resolve(call, outcome.value.value, play);
        success = succeeded(function, value, system_.bits);
        break;
      case Pattern::Op::poison:
        value = poison;
        success = true;
        break;
      default:
        // `ok` of a call without a value, or bytes. Of any other call a trace says the value.
        success = function.result == Kind::nothing || function.result == Kind::content;
    }
  }
  if (success) end(call, arguments, value);
  if (call.binds < 0) return;
  bind(call, play, arguments, value, success);
  keep_fields(call, play, outcome);
}

}  // namespace winmem
