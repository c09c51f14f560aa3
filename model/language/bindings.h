// What the names of a script stand for while it is played: from names to numbers for a call, and from the numbers of an
// outcome back to names for people.
#pragma once

#include "model/language/script.h"
#include "model/language/system.h"

namespace winmem {

/// One living or ended value of a name.
struct Binding {
  enum class State : std::uint8_t {
    unbound,  ///< its call has not been played
    failed,   ///< its call gave no pointer: calls that use it still go out with the value, accesses are skipped
    living,
    ended,    ///< released, freed, destroyed: never printed again, but still the number that it was
  };
  State state = State::unbound;
  std::uint64_t value = 0;
  std::uint64_t extent = 0;  ///< requested bytes
  std::uint64_t owner = 0;   ///< the heap that the block belongs to, or 0
};

/// The bindings of one script. Holds no memory of its own.
class Bindings {
 public:
  Bindings(const Script& script, const System& system, Arena& arena);

  /// False when the arena was too small.
  bool valid() const { return valid_; }
  /// How many times a call is played: its count, or the length of the list that an `each` names.
  std::uint32_t plays(const Call& call) const;
  /// The number that a value stands for in play `play` of its call.
  std::uint64_t resolve(const Call& call, const Value& value, std::uint32_t play) const;
  /// Whether every name that the call uses was bound by a call that gave a pointer.
  bool usable(const Call& call, std::uint32_t play) const;
  /// Takes up what came of play `play`: binds, ends, keeps fields. `arguments` are the resolved numbers.
  void record(const Call& call, std::uint32_t play, Span<const std::uint64_t> arguments, const Outcome& outcome);
  /// A number as people read it: a name of this call, else the latest living name whose extent holds it, else itself.
  Value describe(const Call& call, std::uint64_t number) const;
  /// All of an outcome's addresses and handles described; lists and fields are copied into the arena.
  Outcome describe(const Call& call, const Outcome& outcome, Arena& arena) const;

  const System& system() const { return system_; }
  /// Binding of element `element` of a name.
  const Binding& at(std::uint32_t name, std::uint32_t element = 0) const;

 private:
  struct Name {
    Binding single;
    Binding* list = nullptr;
    std::uint32_t count = 0;
    const Function* function = nullptr;
    Span<std::uint64_t> fields;  ///< by field index; values of the last outcome
    std::uint32_t order = 0;     ///< when it was bound: later ones are looked at first
  };
  const Script& script_;
  System system_;
  Arena& arena_;
  Name* names_ = nullptr;
  std::uint32_t bound_ = 0;
  bool valid_ = true;

  void end(std::uint64_t value, const Function& function);
};

}  // namespace winmem
