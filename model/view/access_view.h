// What an access to memory meets, page by page: shared by the pages of fill, pattern, read, load,
// store and execute.
#pragma once

#include "model/rule/clause.h"
#include "model/view/protection.h"

namespace winmem::spec {

enum class Access : std::uint8_t { read = 0, write = 1, execute = 8 };  ///< the first parameter of an access violation

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

  AccessView(View base, Access kind, std::uint64_t bytes);

  Range range() const { return range_of(address, count); }
  /// What the memory is known to hold, as text: runs.
  std::string known_bytes() const;
  /// Whether all bytes lie in one allocation or one block.
  bool in_one_owner() const;
  /// Writes `piece` over [address, to), in whatever lives there.
  void write(std::uint64_t to, Contents::Piece piece);
  /// Takes away the guards that the access met.
  void spend_guards();
  /// The contents that hold an address, and the offset of the address in them.
  static Contents* contents_at(State& state, std::uint64_t address, std::uint64_t& offset);

  bool tainted() const { return touches_taint; }
  void taint();
  bool exceptions_right(const Seen& seen) const;

 private:
  /// Meets the byte at `at`; false when the access stops there.
  bool meet(std::uint64_t& next);
  bool stop(Fault kind);
  /// Whether a block's bytes can be touched where they are: those of a moveable object while it is locked.
  bool stays(const Block& block) const;
  bool resumed(std::uint32_t status);
};

// Each access.

struct FillView : AccessView {
  explicit FillView(View base) : AccessView(base, Access::write, base.argument[1]) {}
  Contents::Piece piece() const { return Contents::byte(static_cast<std::uint8_t>(argument[2])); }
};
struct PatternView : AccessView {
  explicit PatternView(View base) : AccessView(base, Access::write, base.argument[1]) {}
  Contents::Piece piece() const { return Contents::pattern(dword(2)); }
};
struct ReadView : AccessView {
  explicit ReadView(View base) : AccessView(base, Access::read, base.argument[1]) {}
};
struct LoadView : AccessView {
  explicit LoadView(View base) : AccessView(base, Access::read, base.argument[1]) {}
};
struct StoreView : AccessView {
  explicit StoreView(View base) : AccessView(base, Access::write, base.argument[1]) {}
};
struct ExecuteView : AccessView {
  explicit ExecuteView(View base) : AccessView(base, Access::execute, 1) {}
  /// Whether the byte there is a known RET, so that running it comes back.
  bool returns() const {
    std::uint64_t offset = 0;
    std::uint8_t byte = 0;
    const Contents* contents = contents_at(state, address, offset);
    return contents && contents->at(offset, byte) && byte == 0xc3;
  }
};

}  // namespace winmem::spec
