// The arguments of calls: numbers, names, sizes.
#include "fuzz/generate/maker.h"

namespace winmem::fuzz {

Argument Maker::number(std::uint64_t plain) const {
  Argument argument;
  argument.value.number.plain = plain;
  return argument;
}

Argument Maker::size_of() const {
  Argument argument;
  argument.value.number.form = Number::Form::size_of;
  return argument;
}

Argument Maker::out() const {
  Argument argument;
  argument.form = Argument::Form::out;
  return argument;
}

Argument Maker::list_of(std::uint64_t count) const {
  Argument argument = number(count);
  argument.form = Argument::Form::out_list;
  return argument;
}

Argument Maker::going_in(std::uint64_t value) const {
  Argument argument = number(value);
  argument.form = Argument::Form::inout_value;
  return argument;
}

Argument Maker::name(const Thing& thing, std::uint64_t offset) const {
  Argument argument;
  argument.value.is_reference = true;
  argument.value.reference.name = thing.name;
  argument.value.reference.offset.plain = offset;
  return argument;
}

Line Maker::line(Text function, Arguments arguments) const {
  Line line;
  line.call.function = find_function(function);
  line.arguments = std::move(arguments);
  return line;
}

/// One of the living things of these kinds; the youngest ones more often.
const Thing* Maker::any(Kinds kinds) {
  std::vector<const Thing*> found;
  for (const Thing& thing : things_)
    for (const Thing::Kind kind : kinds)
      if (thing.kind == kind && lives(thing)) found.push_back(&thing);
  if (found.empty()) return nullptr;
  if (random_.one_in(2) && found.size() > 3) return found[found.size() - 1 - random_.below(3)];
  return random_.pick(found);
}

/// An offset in so many bytes: mostly of a page, now and then inside one.
std::uint64_t Maker::page_offset(std::uint64_t size) {
  const std::uint64_t page = options_.system.page;
  const std::uint64_t pages = size / page;
  const std::uint64_t offset = pages > 0 ? random_.below(pages) * page : 0;
  if (!random_.one_in(4) || size == 0) return offset;
  const std::uint64_t inner[] = {1, 8, page / 2, page - 1};
  return offset + random_.pick(inner) < size ? offset + random_.pick(inner) % (size - offset)
                                             : offset;
}

/// Of a block: the sizes at which allocators change their ways, and those beside them.
std::uint64_t Maker::small_size() {
  constexpr std::uint64_t edges[] = {0,      1,       8,       16,      24,      32,     100,
                                     256,    512,     1000,    0x1000,  0x3ff0,  0x4000, 0x7fff,
                                     0xfff8, 0x10000, 0x7f000, 0x80000, 0x100000};
  if (random_.one_in(3)) return random_.below(200);
  const std::uint64_t edge =
      edges[random_.below(random_.percent(swarm_.large) ? std::size(edges) : 10)];
  if (random_.one_in(2)) return edge;
  return edge + random_.below(3) + (edge == 0 ? 0 : ~std::uint64_t{0});
}

/// Of pages: from one byte to `most`, with the bytes beside page ends and granule ends.
std::uint64_t Maker::page_bytes(std::uint64_t most) {
  const std::uint64_t page = options_.system.page, granule = options_.system.granularity;
  if (most == 0) return 1;
  std::uint64_t bytes = page * (1 + random_.below(random_.percent(swarm_.large) ? 40 : 6));
  if (random_.one_in(6)) bytes = granule * (1 + random_.below(2));
  if (random_.one_in(8)) bytes = 1 + random_.below(page);
  if (random_.one_in(5)) bytes += random_.one_in(2) ? 1 : ~std::uint64_t{0};
  return bytes == 0 ? 1 : bytes > most ? most : bytes;
}

/// Where implementations go wrong.
std::uint64_t Maker::odd_number() {
  constexpr std::uint64_t anchors[] = {0,
                                       1,
                                       0x1000,
                                       0x10000,
                                       0x80000000,
                                       0x100000000,
                                       0x7ffffffe0000,
                                       0x800000000000,
                                       0x8000000000000000,
                                       0};
  std::uint64_t number = random_.pick(anchors);
  switch (random_.below(5)) {
    case 0:
      --number;
      break;
    case 1:
      ++number;
      break;
    case 2:
      number -= random_.below(0x10000);
      break;
    default:
      break;
  }
  return number & options_.system.pointer_mask();
}

std::uint32_t Maker::protection() {
  using namespace win;
  constexpr std::uint32_t usual[] = {PAGE_READWRITE,   PAGE_READWRITE, PAGE_READWRITE,
                                     PAGE_READONLY,    PAGE_NOACCESS,  PAGE_EXECUTE_READWRITE,
                                     PAGE_EXECUTE_READ};
  constexpr std::uint32_t rare[] = {PAGE_EXECUTE, PAGE_WRITECOPY, PAGE_EXECUTE_WRITECOPY};
  std::uint32_t result = random_.one_in(12) ? random_.pick(rare) : random_.pick(usual);
  if (random_.one_in(7) && result != PAGE_NOACCESS) result |= PAGE_GUARD;
  if (random_.one_in(16)) result |= random_.one_in(2) ? PAGE_NOCACHE : PAGE_WRITECOMBINE;
  return result;
}

/// Of the bits that may be there as well those that this script uses, each now and then.
std::uint32_t Maker::extra_flags(Set, std::uint32_t allowed) {
  return random_.one_in(2) ? 0
                           : static_cast<std::uint32_t>(random_.next()) & allowed & swarm_.flags;
}

/// An address for a query or a lookup.
Argument Maker::any_place() {
  using Kind = Thing::Kind;
  const Thing* thing = any({Kind::pages, Kind::pages, Kind::foreign, Kind::block, Kind::heap});
  if (!thing || random_.one_in(20)) return number(odd_number());
  const spec::Allocation* found = allocation(*thing);
  return name(*thing, found ? page_offset(found->size) : 0);
}

}  // namespace winmem::fuzz
