#include "model/state/contents.h"

#include <algorithm>

namespace winmem::spec {
namespace {

using Piece = Contents::Piece;

Piece moved_to(Piece piece, std::uint64_t offset) {
  piece.offset += offset - piece.start;
  piece.start = offset;
  return piece;
}

std::uint8_t byte_at(const Piece& piece, std::uint64_t offset) {
  return piece.kind == Piece::Kind::pattern
             ? pattern_byte(piece.value, piece.offset + (offset - piece.start))
             : static_cast<std::uint8_t>(piece.value);
}

bool same_bytes(const Piece& piece, std::uint64_t offset, const Run& run, std::uint64_t index,
                std::uint64_t count) {
  if (!run.is_pattern && piece.kind == Piece::Kind::byte)
    return run.byte == static_cast<std::uint8_t>(piece.value);
  if (run.is_pattern && piece.kind == Piece::Kind::pattern && run.seed == piece.value &&
      run.offset + index == piece.offset + (offset - piece.start))
    return true;
  for (std::uint64_t i = 0; i < count; ++i)
    if (byte_of(run, index + i) != byte_at(piece, offset + i)) return false;
  return true;
}

}  // namespace

Piece Contents::piece_at(std::uint64_t offset) const {
  auto after =
      std::upper_bound(pieces_.begin(), pieces_.end(), offset,
                       [](std::uint64_t at, const Piece& piece) { return at < piece.start; });
  return after == pieces_.begin() ? background_ : *(after - 1);
}

std::uint64_t Contents::next_start(std::uint64_t offset) const {
  auto after =
      std::upper_bound(pieces_.begin(), pieces_.end(), offset,
                       [](std::uint64_t at, const Piece& piece) { return at < piece.start; });
  return after == pieces_.end() ? ~std::uint64_t{0} : after->start;
}

void Contents::write(std::uint64_t begin, std::uint64_t end, Piece piece) {
  if (begin >= end) return;
  const Piece behind = moved_to(piece_at(end), end);
  auto by_start = [](const Piece& a, std::uint64_t at) { return a.start < at; };
  auto first = std::lower_bound(pieces_.begin(), pieces_.end(), begin, by_start);
  auto last = std::lower_bound(first, pieces_.end(), end, by_start);
  const bool cut_there = last != pieces_.end() && last->start == end;
  piece.start = begin;
  first = pieces_.erase(first, last);
  first = pieces_.insert(first, piece);
  if (!cut_there) pieces_.insert(first + 1, behind);
}

bool Contents::at(std::uint64_t offset, std::uint8_t& byte) const {
  const Piece piece = piece_at(offset);
  if (!piece.known()) return false;
  byte = byte_at(piece, offset);
  return true;
}

bool Contents::reads_as(std::uint64_t begin, std::uint64_t count, const Content& seen) {
  std::uint64_t told = 0;
  for (const Run& run : seen.runs) {
    if (run.count > count - told) return false;
    told += run.count;
  }
  if (count - told != seen.rest) return false;
  std::uint64_t at = begin;
  for (const Run& run : seen.runs) {
    for (std::uint64_t index = 0; index < run.count;) {
      const Piece piece = piece_at(at);
      const std::uint64_t length = std::min(run.count - index, next_start(at) - at);
      if (piece.known() && !same_bytes(piece, at, run, index, length)) return false;
      if (piece.kind == Piece::Kind::unknown) {
        Piece learnt = run.is_pattern ? pattern(run.seed) : byte(run.byte);
        learnt.offset = run.is_pattern ? run.offset + index : 0;
        write(at, at + length, learnt);
      }
      index += length;
      at += length;
    }
  }
  return seen.rest == 0 || hashes_to(at, begin + count, seen.hash);
}

bool Contents::hashes_to(std::uint64_t begin, std::uint64_t end, std::uint64_t hash) const {
  for (std::uint64_t at = begin; at < end; at = next_start(at))
    if (!piece_at(at).known()) return true;  // cannot be told from a hash
  std::uint64_t known = content_hash_start;
  for (std::uint64_t at = begin; at < end;) {
    const Piece piece = piece_at(at);
    for (const std::uint64_t stop = std::min(end, next_start(at)); at < stop; ++at)
      known = hash_byte(known, byte_at(piece, at));
  }
  return known == hash;
}

std::vector<Run> Contents::runs(std::uint64_t begin, std::uint64_t count) const {
  std::vector<Run> result;
  for (std::uint64_t at = begin; at < begin + count;) {
    const Piece piece = piece_at(at);
    if (!piece.known()) return {};
    const std::uint64_t length = std::min(begin + count - at, next_start(at) - at);
    Run run;
    run.is_pattern = piece.kind == Piece::Kind::pattern;
    run.byte = static_cast<std::uint8_t>(run.is_pattern ? 0 : piece.value);
    run.seed = run.is_pattern ? piece.value : 0;
    run.offset = run.is_pattern ? piece.offset + (at - piece.start) : 0;
    run.count = length;
    const bool joins = !result.empty() && !run.is_pattern && !result.back().is_pattern &&
                       result.back().byte == run.byte;
    if (joins)
      result.back().count += length;
    else
      result.push_back(run);
    at += length;
  }
  return result;
}

void Contents::resize(std::uint64_t old_size, std::uint64_t size, Piece grown) {
  if (size > old_size)
    write(old_size, size, grown);
  else if (size < old_size)
    write(size, old_size, unknown());
}

}  // namespace winmem::spec
