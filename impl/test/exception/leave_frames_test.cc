// Functions that are left without a word: AddressSanitizer hears of it where it is. Here it is
// played, so the tests are for builds without it.
#include <gtest/gtest.h>

#include <cstdint>

#include "exception/dispatch.h"
#include "support/sanitizer.h"

#if !WINMEM_UNDER_SANITIZER

namespace {
std::uintptr_t unmarked_from;
std::size_t unmarked;
}  // namespace

// NOLINTNEXTLINE(bugprone-reserved-identifier): the name is the sanitizer's
extern "C" void __asan_unpoison_memory_region(const volatile void* begin, std::size_t size);
// NOLINTNEXTLINE(bugprone-reserved-identifier)
extern "C" void __asan_unpoison_memory_region(const volatile void* begin, std::size_t size) {
  unmarked_from = reinterpret_cast<std::uintptr_t>(begin);
  unmarked = size;
}

namespace {

// How many bytes were unmarked when the stack pointer went from `before` to `after`.
std::size_t Unmarked(std::uintptr_t before, std::uintptr_t after) {
  unmarked = 0;
  winmem::exception::LeaveFrames(before, after);
  return unmarked;
}

TEST(LeaveFrames, TheStackOfTheFunctionsThatAreLeftIsUnmarked) {
  EXPECT_EQ(Unmarked(0x7000, 0x7400), 0x400u);
  EXPECT_EQ(unmarked_from, 0x7000u);
}

TEST(LeaveFrames, NothingIsLeftByGoingOnInTheSameFunctionOrInAnInnerOne) {
  EXPECT_EQ(Unmarked(0x7000, 0x7000), 0u);
  EXPECT_EQ(Unmarked(0x7000, 0x6000), 0u);
}

TEST(LeaveFrames, FarAwayIsAnotherStackWhoseMarksStay) {
  EXPECT_EQ(Unmarked(0x10000, 0x10000 + (64 << 20)), std::size_t{64} << 20);
  EXPECT_EQ(Unmarked(0x10000, 0x10001 + (64 << 20)), 0u);
}

}  // namespace

#endif
