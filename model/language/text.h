// Text, memory and output for code that has no C++ runtime: the agent plays scripts inside
// processes whose heap is under test, so nothing in model/language allocates, throws or does input
// and output. The caller brings the memory.
#pragma once

#include <cstddef>
#include <cstdint>

namespace winmem {

/// A piece of text that somebody else keeps alive. Not terminated.
struct Text {
  const char* data = nullptr;
  std::size_t size = 0;

  constexpr Text() = default;
  constexpr Text(const char* begin, std::size_t count) : data(begin), size(count) {}
  /// From a literal: takes its length at compile time.
  template <std::size_t N>
  constexpr Text(const char (&literal)[N])
      : data(literal), size(N - 1) {}  // NOLINT(google-explicit-constructor)

  constexpr char operator[](std::size_t i) const { return data[i]; }
  constexpr bool empty() const { return size == 0; }
  constexpr const char* begin() const { return data; }
  constexpr const char* end() const { return data + size; }
};

constexpr bool operator==(Text a, Text b) {
  if (a.size != b.size) return false;
  for (std::size_t i = 0; i < a.size; ++i)
    if (a.data[i] != b.data[i]) return false;
  return true;
}
constexpr bool operator!=(Text a, Text b) {
  return !(a == b);
}

/// A run of elements that somebody else keeps alive.
template <typename T>
struct Span {
  T* data = nullptr;
  std::uint32_t size = 0;

  constexpr T* begin() const { return data; }
  constexpr T* end() const { return data + size; }
  constexpr T& operator[](std::size_t i) const { return data[i]; }
  constexpr bool empty() const { return size == 0; }
};

/// Hands out pieces of one block of the caller's memory, in order; all go at once by `reset`.
class Arena {
 public:
  Arena(void* memory, std::size_t size) : base_(static_cast<char*>(memory)), size_(size) {}

  /// Zeroed room for `count` objects of a trivial type, or null when the block is used up.
  template <typename T>
  T* take(std::size_t count) {
    static_assert(alignof(T) <= 16);
    const std::size_t at = (used_ + alignof(T) - 1) & ~(alignof(T) - 1);
    if (at > size_ || count > (size_ - at) / sizeof(T)) return nullptr;
    used_ = at + count * sizeof(T);
    T* result = reinterpret_cast<T*>(base_ + at);
    for (std::size_t i = 0; i < count; ++i) result[i] = T{};
    return result;
  }
  void reset(std::size_t used = 0) { used_ = used; }
  std::size_t used() const { return used_; }

 private:
  char* base_;
  std::size_t size_;
  std::size_t used_ = 0;
};

/// Text being written into the caller's memory. What does not fit is dropped and remembered as
/// `overflow`.
struct Output {
  char* data;
  std::size_t capacity;
  std::size_t size = 0;
  bool overflow = false;

  Output(char* memory, std::size_t count) : data(memory), capacity(count) {}
  Text text() const { return Text(data, size); }
  Output& operator<<(char c) {
    if (size < capacity)
      data[size++] = c;
    else
      overflow = true;
    return *this;
  }
  Output& operator<<(Text t) {
    for (const char c : t) *this << c;
    return *this;
  }
};

/// `0x` and the digits of `number`, no leading zeros.
Output& hex(Output& out, std::uint64_t number);
/// Decimal digits of `number`.
Output& decimal(Output& out, std::uint64_t number);

}  // namespace winmem
