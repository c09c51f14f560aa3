// What the names of a script stand for while it is played: from names to numbers for a call, and
// from the numbers of an outcome back to names for people.
#pragma once

#include "model/language/script.h"
#include "model/language/system.h"

namespace winmem {

/// One living or ended value of a name.
struct Binding {
  enum class State : std::uint8_t {
    unbound,  ///< its call has not been played, or the vendor lacks the function
    failed,   ///< its call gave no pointer: calls that use it still go out with the value, accesses
              ///< are skipped
    living,
    ended,  ///< released, freed, destroyed: never printed again, but still the number that it was
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
  /// Takes up the name that a call binds, which no step of the script did: for a script that grows.
  /// False when the arena is too small.
  bool declare(const Call& call, Arena& arena);
  /// How many times a call is played: its count, or the length of the list that an `each` names.
  std::uint32_t plays(const Call& call) const;
  /// The number that a value stands for in play `play` of its call.
  std::uint64_t resolve(const Call& call, const Value& value, std::uint32_t play) const;
  /// Whether every name that the call uses is of a call that was made.
  bool made(const Call& call, std::uint32_t play) const;
  /// Whether every name that the call uses was bound by a call that gave a pointer, and every field
  /// was told of in its outcome.
  bool usable(const Call& call, std::uint32_t play) const;
  /// Takes up what came of play `play`: binds, ends, keeps fields. `arguments` are the resolved
  /// numbers, the outcome's value is that of this play (its count and stride are not looked at).
  void record(const Call& call, std::uint32_t play, Span<const std::uint64_t> arguments,
              const Outcome& outcome);
  /// A number as people read it: a name of this call, else the latest living name whose extent
  /// holds it, else itself.
  Value describe(const Call& call, std::uint64_t number) const;
  /// All of an outcome's addresses and handles described; lists and fields are copied into the
  /// arena.
  Outcome describe(const Call& call, const Outcome& outcome, Arena& arena) const;

  const System& system() const { return system_; }
  /// Binding of element `element` of a name.
  const Binding& at(std::uint32_t name, std::uint32_t element = 0) const;

 private:
  struct Name {
    const Function* function = nullptr;  ///< of the call that binds it; null where no call does
    std::uint32_t first = 0;             ///< its first slot
    std::uint32_t count = 1;
    bool list = false;
    Span<std::uint64_t> fields;                ///< by field index; values of the last outcome
    std::uint64_t told = 0;                    ///< bit i: the last outcome gave fields[i]
    std::uint64_t lowest = ~std::uint64_t{0};  ///< of its elements: nothing of it lies outside
    std::uint64_t highest = 0;
  };
  /// Chains of living slots: those with the same key of address, those with the same owner. A slot
  /// plus one; 0 ends a chain.
  struct Links {
    std::uint32_t next = 0, previous = 0;
    std::uint32_t next_owned = 0, previous_owned = 0;
    std::uint32_t bucket = 0;
    bool pages = false;
  };
  const Script& script_;
  System system_;
  Name* names_ = nullptr;
  Binding* slots_ = nullptr;
  Links* links_ = nullptr;
  std::uint32_t* by_address_ = nullptr;
  std::uint32_t* by_owner_ = nullptr;
  std::uint32_t slot_count_ = 0;
  unsigned bucket_shift_ = 0;
  bool valid_ = true;

  bool place(const Call& call, Arena& arena);
  std::uint32_t slot_of(const Reference& reference, std::uint32_t play) const;
  bool field_told(const Reference& reference) const;
  std::uint32_t bucket(std::uint64_t key) const;
  std::uint32_t page_bucket(std::uint64_t value) const;
  std::uint32_t value_bucket(std::uint64_t value) const;
  void link(std::uint32_t slot, bool pages);
  void end_slot(std::uint32_t slot);
  void bind(const Call& call, std::uint32_t play, Span<const std::uint64_t> arguments,
            std::uint64_t value, bool success);
  void end(const Call& call, Span<const std::uint64_t> arguments, std::uint64_t result);
  void end_value(std::uint64_t value);
  void end_owned(std::uint64_t owner);
  void end_pages(std::uint64_t address);
  void end_pages_between(std::uint32_t bucket, std::uint64_t begin, std::uint64_t last);
  void resize(std::uint64_t value, std::uint64_t extent);
  std::uint64_t extent_of(const Call& call, Span<const std::uint64_t> arguments,
                          std::uint64_t value) const;
  std::uint64_t living_extent(std::uint64_t value) const;
  std::uint64_t owner_of(const Call& call, Span<const std::uint64_t> arguments) const;
  void keep_fields(const Call& call, std::uint32_t play, const Outcome& outcome);
  std::uint64_t reach_of(const Call& call, std::uint32_t argument) const;
  bool describe_by_call(const Call& call, std::uint64_t number, Reference& result) const;
  bool describe_by_any(std::uint64_t number, Reference& result) const;
  void describe(const Call& call, Kind kind, Pattern& pattern, Arena& arena) const;
  void describe(const Call& call, Exception& exception, Arena& arena) const;
  void describe_fields(const Call& call, Outcome& outcome, Arena& arena) const;
  void describe_sightings(const Call& call, Outcome& outcome, Arena& arena) const;
};

}  // namespace winmem
