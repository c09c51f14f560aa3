// What one script is made of: each draws a random part of the functions, flags and sizes, so that
// long runs of few functions occur, which an even mix never shows.
#pragma once

#include <string_view>
#include <vector>

#include "fuzz/script/random.h"
#include "model/language/functions.h"

namespace winmem::fuzz {

/// One way to make a call. Several may be of one function: a reservation and a commit are two.
enum class Recipe : std::uint8_t {
  reserve,
  reserve_commit,
  commit,
  recommit,
  reset,
  reserve_again,  ///< where something was just released
  release,
  decommit,
  query,
  protect,
  lock_pages,
  unlock_pages,
  get_write_watch,
  reset_write_watch,
  large_page_minimum,
  physical_allocate,
  heap_create,
  heap_destroy,
  process_heap,
  heap_allocate,
  heap_reallocate,
  heap_free,
  heap_size,
  heap_validate,
  heap_lock,
  heap_unlock,
  heap_walk,
  heap_compact,
  heap_set,
  heap_ask,
  moveable_allocate,
  moveable_reallocate,
  moveable_free,
  moveable_lock,
  moveable_unlock,
  moveable_size,
  moveable_flags,
  moveable_handle,
  get_error,
  set_error,
  system_info,
  raise,
  add_handler,
  remove_handler,
  fill,
  pattern,
  read,
  load,
  store,
  execute,
  view,
  image,
  stack,
  limit_commit,
};
constexpr std::size_t recipes = static_cast<std::size_t>(Recipe::limit_commit) + 1;

/// Whether scripts of a target may use a recipe: all of it, or a part.
enum class Theme : std::uint8_t { everything, virtual_memory, heap, moveable };
/// "virtual", "heap", "moveable"; of any other name everything.
Theme theme_named(std::string_view name);

struct Swarm {
  /// How often each recipe is drawn; 0: never in this script.
  unsigned weight[recipes] = {};
  unsigned wild = 0;   ///< of a hundred calls so many get arguments that are wrong or odd
  unsigned large = 0;  ///< of a hundred sizes so many are more than a few pages
  bool handlers = false, foreign = false, freed = false;
  std::uint32_t flags = 0;  ///< flag bits that may be added where they are not needed

  static Swarm draw(Random& random, Theme theme);
};

}  // namespace winmem::fuzz
