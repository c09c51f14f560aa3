#include "model/language/constants.h"

#include "model/language/lookup.h"

namespace winmem {
namespace {

constexpr Constant all[] = {
#define CONSTANT(set, name, value) {Text(#name), value, Set::set},
#define ALSO(set, name, value) {Text(#name), value, Set::set},
#include "model/language/constants.def"
#undef ALSO
#undef CONSTANT
};
constexpr std::uint16_t all_count = sizeof all / sizeof all[0];

constexpr auto make_table() {
  NameTable<1024> table;
  for (std::uint16_t i = 0; i < all_count; ++i) table.add(word_hash(all[i].name), i);
  return table;
}
constexpr auto table = make_table();

constexpr unsigned set_count = static_cast<unsigned>(Set::boolean) + 1;

struct Ranges {
  Span<const Constant> of[set_count] = {};
};

/// Where each set stands in the list. A set in two places would leave names unprinted, so that does
/// not compile.
constexpr Ranges make_ranges() {
  Ranges ranges;
  for (std::uint16_t i = 0; i < all_count; ++i) {
    Span<const Constant>& range = ranges.of[static_cast<unsigned>(all[i].set)];
    if (range.size == 0) range.data = all + i;
    ++range.size;
  }
  return ranges;
}
constexpr Ranges ranges = make_ranges();

constexpr bool sets_stand_together() {
  for (std::uint16_t i = 1; i < all_count; ++i)
    if (all[i].set != all[i - 1].set &&
        ranges.of[static_cast<unsigned>(all[i].set)].data != all + i)
      return false;
  return true;
}
static_assert(sets_stand_together());

Span<const Constant> names_of(Set set) {
  if (set == Set::none) return {};
  return ranges.of[static_cast<unsigned>(set)];
}

}  // namespace

Span<const Constant> constants() {
  return {all, all_count};
}

bool is_flags(Set set) {
  switch (set) {
    case Set::allocation_type:
    case Set::free_type:
    case Set::protection:
    case Set::heap:
    case Set::gmem:
    case Set::gmem_state:
    case Set::lmem:
    case Set::lmem_state:
    case Set::write_watch:
    case Set::walk_flags:
    case Set::exception_flags:
      return true;
    default:
      return false;
  }
}

const Constant* find_constant(Text name, std::uint32_t hash, Set preferred) {
  const Constant* first = nullptr;
  for (std::size_t slot = hash & 1023; table.slots[slot] != 0; slot = (slot + 1) & 1023) {
    const Constant* constant = all + (table.slots[slot] - 1);
    if (constant->name != name) continue;
    if (constant->set == preferred) return constant;
    if (first == nullptr) first = constant;
  }
  return first;
}

const Constant* find_constant(Text name, Set preferred) {
  return find_constant(name, word_hash(name), preferred);
}

Text name_of(Set set, std::uint64_t value) {
  for (const Constant& constant : names_of(set))
    if (constant.value == value) return constant.name;
  return {};
}

Output& print_constant(Output& out, Set set, std::uint64_t value) {
  if (const Text name = name_of(set, value); !name.empty()) return out << name;
  if (value == 0) return out << '0';
  if (!is_flags(set)) return hex(out, value);
  std::uint64_t rest = value;
  bool first = true;
  for (const Constant& constant : names_of(set)) {
    if (constant.value == 0 || (rest & constant.value) != constant.value) continue;
    if (!first) out << '|';
    out << constant.name;
    rest &= ~constant.value;
    first = false;
  }
  if (rest == 0) return out;
  if (!first) out << '|';
  return hex(out, rest);
}

}  // namespace winmem
