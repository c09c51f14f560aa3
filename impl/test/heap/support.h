// What the tests of this folder share.
#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "winmem/heap.h"
#include "winmem/last_error.h"

namespace winmem::heap_test {

inline constexpr DWORD kPoison = 0xDEADBEEF;
inline constexpr SIZE_T kFailed = ~SIZE_T{0};
inline constexpr SIZE_T kUnit = 0x8000 * sizeof(void*);  // the unit of the facts' sizes
inline constexpr SIZE_T kLarge = 0x20000 * sizeof(void*);

// A heap that is destroyed at the end of the test.
class PrivateHeap {
 public:
  explicit PrivateHeap(DWORD options = 0, SIZE_T initial = 0, SIZE_T maximum = 0)
      : handle_(HeapCreate(options, initial, maximum)) {
    EXPECT_NE(handle_, nullptr);
  }
  ~PrivateHeap() {
    if (handle_ != nullptr) {
      EXPECT_TRUE(HeapDestroy(handle_));
    }
  }
  PrivateHeap(const PrivateHeap&) = delete;
  PrivateHeap& operator=(const PrivateHeap&) = delete;
  operator HANDLE() const { return handle_; }

 private:
  HANDLE handle_;
};

// Whether all bytes have the value.
inline bool AllAre(const void* block, std::size_t size, unsigned char value) {
  const auto* bytes = static_cast<const unsigned char*>(block);
  return size == 0 || (*bytes == value && std::memcmp(bytes, bytes + 1, size - 1) == 0);
}

inline char* Bytes(void* block) {
  return static_cast<char*>(block);
}

inline std::uintptr_t Number(const void* pointer) {
  return reinterpret_cast<std::uintptr_t>(pointer);
}

// An address that nothing can be mapped at, as the tests on Windows use it (HX-060).
inline void* Unmapped() {
  return reinterpret_cast<void*>(static_cast<std::intptr_t>(static_cast<std::int32_t>(0xDEADBE00)));
}

}  // namespace winmem::heap_test
