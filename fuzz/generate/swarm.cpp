#include "fuzz/generate/swarm.h"

namespace winmem::fuzz {
namespace {

struct Entry {
  Recipe recipe;
  unsigned weight;  ///< where it is drawn at all
  unsigned rarity;  ///< one in so many scripts has it
};

// Producers are in nearly every script: without them the rest has nothing to work on.
constexpr Entry entries[] = {
    {Recipe::reserve, 4, 1},
    {Recipe::reserve_commit, 5, 1},
    {Recipe::commit, 8, 2},
    {Recipe::recommit, 3, 3},
    {Recipe::reset, 3, 4},
    {Recipe::reserve_again, 3, 3},
    {Recipe::release, 4, 1},
    {Recipe::decommit, 5, 2},
    {Recipe::query, 8, 2},
    {Recipe::protect, 7, 2},
    {Recipe::lock_pages, 4, 4},
    {Recipe::unlock_pages, 4, 4},
    {Recipe::get_write_watch, 6, 6},
    {Recipe::reset_write_watch, 3, 6},
    {Recipe::large_page_minimum, 1, 20},
    {Recipe::physical_allocate, 2, 30},
    {Recipe::heap_create, 3, 1},
    {Recipe::heap_destroy, 1, 2},
    {Recipe::process_heap, 2, 2},
    {Recipe::heap_allocate, 9, 1},
    {Recipe::heap_reallocate, 6, 2},
    {Recipe::heap_free, 6, 1},
    {Recipe::heap_size, 6, 2},
    {Recipe::heap_validate, 3, 3},
    {Recipe::heap_lock, 2, 4},
    {Recipe::heap_unlock, 2, 4},
    {Recipe::heap_walk, 1, 8},
    {Recipe::heap_compact, 1, 8},
    {Recipe::heap_set, 2, 6},
    {Recipe::heap_ask, 3, 6},
    {Recipe::moveable_allocate, 9, 1},
    {Recipe::moveable_reallocate, 6, 2},
    {Recipe::moveable_free, 6, 1},
    {Recipe::moveable_lock, 6, 1},
    {Recipe::moveable_unlock, 6, 2},
    {Recipe::moveable_size, 5, 2},
    {Recipe::moveable_flags, 5, 2},
    {Recipe::moveable_handle, 4, 2},
    {Recipe::get_error, 2, 3},
    {Recipe::set_error, 2, 4},
    {Recipe::system_info, 1, 20},
    {Recipe::raise, 1, 12},
    {Recipe::add_handler, 2, 8},
    {Recipe::remove_handler, 2, 2},
    {Recipe::fill, 6, 2},
    {Recipe::pattern, 6, 1},
    {Recipe::read, 8, 1},
    {Recipe::load, 3, 2},
    {Recipe::store, 4, 2},
    {Recipe::execute, 1, 6},
    {Recipe::view, 2, 10},
    {Recipe::image, 1, 20},
    {Recipe::stack, 1, 20},
    {Recipe::limit_commit, 1, 20},
};

bool between(Recipe recipe, Recipe first, Recipe last) {
  return recipe >= first && recipe <= last;
}

bool suits(Recipe recipe, Theme theme) {
  const bool any = recipe >= Recipe::get_error && recipe <= Recipe::execute;
  switch (theme) {
    case Theme::virtual_memory:
      return any || recipe <= Recipe::physical_allocate || recipe >= Recipe::view;
    case Theme::heap:
      return any || between(recipe, Recipe::heap_create, Recipe::heap_ask);
    case Theme::moveable:
      return any || recipe == Recipe::process_heap ||
             between(recipe, Recipe::moveable_allocate, Recipe::moveable_handle);
    case Theme::everything:
      break;
  }
  return true;
}

}  // namespace

Theme theme_named(std::string_view name) {
  if (name == "virtual") return Theme::virtual_memory;
  if (name == "heap") return Theme::heap;
  if (name == "moveable") return Theme::moveable;
  return Theme::everything;
}

Swarm Swarm::draw(Random& random, Theme theme) {
  Swarm swarm;
  // Half of the scripts about everything are about one family all the same: its sequences get long.
  if (theme == Theme::everything && random.one_in(2))
    theme = static_cast<Theme>(1 + random.below(3));
  for (const Entry& entry : entries)
    if (suits(entry.recipe, theme) && random.one_in(entry.rarity))
      swarm.weight[static_cast<std::size_t>(entry.recipe)] =
          entry.weight * static_cast<unsigned>(1 + random.below(3));
  constexpr unsigned wild[] = {60, 90, 98};
  swarm.wild = random.pick(wild);
  swarm.large = random.one_in(3) ? 30 : 5;
  swarm.handlers = random.one_in(8);
  swarm.foreign = random.one_in(4);
  swarm.freed = random.one_in(2);
  swarm.flags =
      static_cast<std::uint32_t>(random.next()) & static_cast<std::uint32_t>(random.next());
  return swarm;
}

}  // namespace winmem::fuzz
