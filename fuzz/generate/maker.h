// Makes one script, call by call. Inside fuzz/generate only.
#pragma once

#include <initializer_list>

#include "fuzz/generate/dry_run.h"
#include "fuzz/generate/generator.h"
#include "model/language/names.h"

namespace winmem::fuzz {

/// What a name of the script stands for, as far as the generator has a use for it.
struct Thing {
  enum class Kind : std::uint8_t { pages, heap, block, object, pointer, foreign, handler };
  Kind kind;
  std::uint32_t name;
  std::uint64_t value;
  bool takes_offsets;  ///< the language lets `name+8` stand: its call gives an address
};

class Maker {
 public:
  Maker(const GeneratorOptions& options, Random& random, Health& health);
  Draft make();

 private:
  using Arguments = std::vector<Argument>;
  using Kinds = std::initializer_list<Thing::Kind>;

  const GeneratorOptions& options_;
  Random& random_;
  Health& health_;
  Swarm swarm_;
  Draft draft_;
  std::vector<Text> slots_;  ///< the names that the oracle has room for
  Script skeleton_;
  DryRun run_;
  std::vector<Thing> things_;
  std::vector<Thing> gone_;  ///< pages that were released
  std::uint64_t total_weight_ = 0;

  // maker.cpp
  Recipe choose();
  bool step();
  bool take(Line line);
  void remember(const Line& line);
  void forget_dead();
  bool lives(const Thing& thing) const;

  // arguments.cpp
  Argument number(std::uint64_t plain) const;
  Argument constant(std::uint32_t value) const { return number(value); }
  Argument size_of() const;
  Argument out() const;
  Argument list_of(std::uint64_t count) const;
  Argument going_in(std::uint64_t value) const;
  Argument name(const Thing& thing, std::uint64_t offset = 0) const;
  Argument any_place();
  std::uint64_t page_offset(std::uint64_t size);
  std::uint64_t small_size();
  std::uint64_t page_bytes(std::uint64_t most);
  std::uint64_t odd_number();
  const Thing* any(Kinds kinds);
  std::uint32_t protection();
  std::uint32_t extra_flags(Set set, std::uint32_t allowed);
  Line line(Text function, Arguments arguments) const;

  // wild.cpp
  void spoil(Line& line);
  Argument odd_pointer(Kind kind);
  Argument odd_handle();
  void spoil_constant(Argument& argument, Set set);

  // recipes_*.cpp: false where there is nothing to work on
  bool make_call(Recipe recipe, Line& result);
  bool virtual_call(Recipe recipe, Line& result);
  bool page_call(Recipe recipe, Line& result);
  bool watch_call(Recipe recipe, const Thing& thing, std::uint64_t offset, std::uint64_t bytes,
                  Line& result);
  bool heap_call(Recipe recipe, Line& result);
  bool heap_state_call(Recipe recipe, Line& result);
  bool moveable_call(Recipe recipe, Line& result);
  bool other_call(Recipe recipe, Line& result);
  bool access_call(Recipe recipe, Line& result);
  const Thing* readable(std::uint64_t& bytes);
  const spec::Allocation* allocation(const Thing& thing) const;
  Line reserve(std::uint32_t type, Argument address);
};

}  // namespace winmem::fuzz
