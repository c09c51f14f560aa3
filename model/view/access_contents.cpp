// What an access finds in memory, and what it leaves there.
#include <algorithm>
#include <cstdio>

#include "model/view/access_view.h"

namespace winmem::spec {

Contents* AccessView::contents_at(std::uint64_t place, std::uint64_t& offset) const {
  if (Allocation* allocation = state.space.find(place)) {
    offset = place - allocation->base;
    return &allocation->contents;
  }
  if (Block* block = state.blocks.find(place)) {
    offset = place - block->base;
    return &block->contents;
  }
  return nullptr;
}

bool AccessView::known_at(std::uint64_t place, std::uint8_t& byte) const {
  std::uint64_t offset = 0;
  const Contents* contents = contents_at(place, offset);
  return contents && contents->at(offset, byte);
}

bool AccessView::in_one_owner() const {
  if (const Allocation* allocation = state.space.find(address)) return range().within(allocation->range());
  if (const Block* block = state.blocks.find(address)) return range().within(block->range());
  return false;
}

bool AccessView::returns() const {
  std::uint8_t byte = 0;
  return known_at(address, byte) && byte == 0xc3;
}

bool AccessView::reads_as_known(const Seen& seen) const {
  std::uint64_t offset = 0;
  Contents* contents = contents_at(address, offset);
  if (count == 0 || !contents || !in_one_owner()) return true;
  return seen.outcome->is_content && contents->reads_as(offset, count, seen.outcome->content);
}

bool AccessView::loads_as_known(const Seen& seen) const {
  for (std::uint64_t i = 0; i < count; ++i) {
    std::uint8_t byte = 0;
    if (known_at(address + i, byte) && static_cast<std::uint8_t>(seen.value >> (8 * i)) != byte) return false;
  }
  return true;
}

std::string AccessView::known_bytes() const {
  std::uint64_t offset = 0;
  const Contents* contents = contents_at(address, offset);
  std::string text;
  unsigned shown = 0;
  for (const Run& run : contents ? contents->runs(offset, count) : std::vector<Run>{}) {
    char one[80];
    if (run.is_pattern)
      (void)std::snprintf(one, sizeof one, " pattern(%u)+%#llx*%llu", run.seed,
                          static_cast<unsigned long long>(run.offset), static_cast<unsigned long long>(run.count));
    else
      (void)std::snprintf(one, sizeof one, " 0x%02x*%llu", run.byte, static_cast<unsigned long long>(run.count));
    text += ++shown > max_runs ? "" : one;
  }
  return text.empty() ? "some of these bytes are known, and others were read" : "the memory holds" + text;
}

void AccessView::write(std::uint64_t first, std::uint64_t to, Contents::Piece piece) {
  for (std::uint64_t from = first; from < to;) {
    Allocation* allocation = state.space.find(from);
    Block* block = allocation ? nullptr : state.blocks.find(from);
    if (!allocation && !block) return;
    const Range owner = allocation ? allocation->range() : block->range();
    const std::uint64_t end = std::min(to, owner.end);
    Contents& contents = allocation ? allocation->contents : block->contents;
    Contents::Piece part = piece;
    if (part.kind == Contents::Piece::Kind::pattern) part.offset += from - first;
    contents.write(from - owner.begin, end - owner.begin, part);
    if (allocation && allocation->write_watch) {
      const Range pages{std::max(state.page_down(from), owner.begin), std::min(state.page_up(end), owner.end)};
      allocation->change(pages, [](Pages& run) { run.written = Written::yes; });
    }
    from = end;
  }
}

void AccessView::spend_guards() {
  for (const std::uint64_t page : guards)
    if (Allocation* allocation = state.space.find(page)) {
      allocation->change({page, page + system().page}, [](Pages& pages) { pages.protection &= ~PAGE_GUARD; });
      // Whether the exception alone counts as a write is told of two versions only (VQ-076).
      allocation->doubt({page, page + system().page}, {Written::no});
    }
}

void AccessView::get_as_far() {
  spend_guards();
  if (is("fill")) write(address, at, Contents::byte(static_cast<std::uint8_t>(argument[2])));
  if (is("pattern")) write(address, at, Contents::pattern(dword(2)));
}

void AccessView::store() {
  if (odd_width()) return;
  spend_guards();
  for (std::uint64_t i = 0; i < count; ++i)
    write(address + i, address + i + 1, Contents::byte(static_cast<std::uint8_t>(argument[2] >> (8 * i))));
}

}  // namespace winmem::spec
