// Memory that somebody else has mapped.
#pragma once

#include <gtest/gtest.h>
#include <sys/mman.h>

#include "support/machine.h"

namespace winmem::test {

// Where mmap shall look first. By itself it would choose addresses on 32 bits that no program has
// on Windows.
inline void* PlaceForStrangers(std::size_t size) {
  if (k64Bit) return nullptr;
  constexpr int kKind = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE;
  void* got = MAP_FAILED;
  for (ULONG_PTR at = 0x60000000; got == MAP_FAILED && at < 0x70000000; at += 0x100000) {
    got = mmap(reinterpret_cast<void*>(at), size, PROT_NONE, kKind, -1, 0);
  }
  EXPECT_EQ(munmap(got, size), 0);
  return got;
}

class Stranger {
 public:
  explicit Stranger(std::size_t size, int protection = PROT_READ | PROT_WRITE,
                    int flags = MAP_PRIVATE | MAP_ANONYMOUS, int file = -1)
      : size_(size) {
    void* got = mmap(PlaceForStrangers(size), size, protection, flags, file, 0);
    EXPECT_NE(got, MAP_FAILED);
    base = static_cast<char*>(got);
  }
  ~Stranger() { munmap(base, size_); }
  Stranger(const Stranger&) = delete;
  Stranger& operator=(const Stranger&) = delete;

  char* base;

 private:
  std::size_t size_;
};

}  // namespace winmem::test
