// Finding names in tables that are made at compile time. Inside model/language only.
#pragma once

#include "model/language/functions.h"

namespace winmem {

/// Hash of a name, made up byte by byte so that the lexer can have it ready at the end of a word.
constexpr std::uint32_t word_hash_start = 0x811c9dc5u;
constexpr std::uint32_t word_hash_add(std::uint32_t hash, char c) {
  return (hash ^ static_cast<unsigned char>(c)) * 0x01000193u;
}
constexpr std::uint32_t word_hash(Text name) {
  std::uint32_t hash = word_hash_start;
  for (const char c : name) hash = word_hash_add(hash, c);
  return hash;
}

/// Indexes of entries by the hash of their names, with open addressing; 0 is empty, else the index
/// plus one.
template <std::size_t Size>
struct NameTable {
  static_assert((Size & (Size - 1)) == 0);
  std::uint16_t slots[Size] = {};

  constexpr void add(std::uint32_t hash, std::uint16_t index) {
    std::size_t slot = hash & (Size - 1);
    while (slots[slot] != 0) slot = (slot + 1) & (Size - 1);
    slots[slot] = static_cast<std::uint16_t>(index + 1);
  }
};

/// As find_function and find_constant, with the hash at hand.
const Function* find_function(Text name, std::uint32_t hash);
const Constant* find_constant(Text name, std::uint32_t hash, Set preferred);

}  // namespace winmem
