// What an access to memory meets, page by page: shared by the pages of fill, pattern, read, load,
// store and execute.
#pragma once

#include "model/rule/clause.h"
#include "model/view/protection.h"

namespace winmem::spec {

enum class Access : std::uint8_t { read = 0, write = 1, execute = 8 };  ///< the first parameter of an access violation

/// One access: which kind, and of how many bytes, its function says.
struct AccessView : View {
  enum class Fault : std::uint8_t { none, guard, violation };
  struct Exception {
    std::uint64_t token;  ///< of the handler that saw it
    std::uint32_t status;
    std::uint64_t address;
  };

  Access access;
  std::uint64_t address, count;
  Fault fault = Fault::none;
  std::uint64_t at = 0;   ///< where the access stops: the faulting byte, or the end
  bool open = false;      ///< it meets something that the evidence or the script does not tell
  bool for_ever = false;  ///< a handler resumes an access that faults again
  bool touches_taint = false;
  bool address_told = true;  ///< for addresses that no 64-bit pointer has, the processor does not tell which
  std::vector<Exception> sightings;
  std::vector<std::uint64_t> guards;  ///< pages whose guard the access takes away

  explicit AccessView(View base);

  Range range() const { return range_of(address, count); }
  /// No number of bytes that one instruction moves.
  bool odd_width() const { return count != 1 && count != 2 && count != 4 && count != 8; }
  /// Whether the byte that is to be run is a known RET, so that running it comes back.
  bool returns() const;

  // What an access finds in memory.
  /// Whether a read told what is known; what was not is learnt: memory keeps what it showed once.
  bool reads_as_known(const Seen& seen) const;
  bool loads_as_known(const Seen& seen) const;
  /// What the memory is known to hold, as text: runs.
  std::string known_bytes() const;

  // What it leaves behind.
  /// As far as it got: the guards that it met are gone, and `fill` and `pattern` wrote the bytes before.
  void get_as_far();
  /// All bytes of a number at once, the lowest first.
  void store();

  bool tainted() const { return touches_taint; }
  /// It has no value with which to tell failure.
  bool raises_instead() const { return true; }
  void taint();
  bool exceptions_right(const Seen& seen) const;

 private:
  /// Meets the byte at `at`; false when the access stops there.
  bool meet(std::uint64_t& next);
  bool stop(Fault kind);
  /// Whether a block's bytes can be touched where they are: those of a moveable object while it is locked.
  bool stays(const Block& block) const;
  bool resumed(std::uint32_t status);
  bool is(Text name) const { return function.name == name; }
  /// Whether all bytes lie in one allocation or one block.
  bool in_one_owner() const;
  /// The contents that hold an address, and the offset of the address in them.
  Contents* contents_at(std::uint64_t place, std::uint64_t& offset) const;
  /// Whether the byte there is known.
  bool known_at(std::uint64_t place, std::uint8_t& byte) const;
  /// Writes `piece` over [from, to), in whatever lives there.
  void write(std::uint64_t from, std::uint64_t to, Contents::Piece piece);
  void spend_guards();
};

}  // namespace winmem::spec
