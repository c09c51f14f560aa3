// What the model knows of the bytes of a region or a block.
#pragma once

#include <cstdint>
#include <vector>

#include "model/language/content.h"

namespace winmem::spec {

/// Known bytes as pieces: each from its start to the next one's. Offsets are from the start of the
/// region or block.
class Contents {
 public:
  struct Piece {
    enum class Kind : std::uint8_t {
      unknown,   ///< told by nobody yet: what it reads as first it keeps
      given_up,  ///< by MEM_RESET: it may become zero at any time until it is written
      byte,
      pattern
    };
    std::uint64_t start = 0;
    Kind kind = Kind::unknown;
    bool known() const { return kind == Kind::byte || kind == Kind::pattern; }
    std::uint32_t value = 0;   ///< the byte, or the seed
    std::uint64_t offset = 0;  ///< of a pattern: at `start`
  };

  static Piece unknown() { return {}; }
  static Piece given_up() { return {0, Piece::Kind::given_up, 0, 0}; }
  static Piece byte(std::uint8_t value) { return {0, Piece::Kind::byte, value, 0}; }
  static Piece pattern(std::uint32_t seed) { return {0, Piece::Kind::pattern, seed, 0}; }

  Contents() = default;
  explicit Contents(Piece background) : background_(background) {}

  /// [begin, end) holds `piece` from now on; piece.offset counts from begin.
  void write(std::uint64_t begin, std::uint64_t end, Piece piece);
  /// A byte and whether it is known.
  bool at(std::uint64_t offset, std::uint8_t& byte) const;
  /// Whether `seen` is what may be read at [begin, begin+count); what was unknown is known
  /// afterwards.
  bool reads_as(std::uint64_t begin, std::uint64_t count, const Content& seen);
  /// What is known of [begin, begin+count), for reports: runs, or nothing when a byte is unknown.
  std::vector<Run> runs(std::uint64_t begin, std::uint64_t count) const;
  /// The same bytes cut off at `size`, or continued with `grown`.
  void resize(std::uint64_t old_size, std::uint64_t size, Piece grown);

 private:
  Piece background_;
  std::vector<Piece> pieces_;  ///< sorted by start; before the first, the background

  Piece piece_at(std::uint64_t offset) const;
  std::uint64_t next_start(std::uint64_t offset) const;
  bool hashes_to(std::uint64_t begin, std::uint64_t end, std::uint64_t hash) const;
};

}  // namespace winmem::spec
