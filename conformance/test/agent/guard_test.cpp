// Guarded calls: what a call gives, and how it is left.
#include "conformance/agent/core/guard.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <csignal>

#include "conformance/agent/core/platform.h"
#include "conformance/agent/core/primitives.h"

namespace winmem::agent {
namespace {

class Guard : public ::testing::Test {
 protected:
  /// Somebody has a handler for faults before the agent: it makes the page readable that it is told
  /// of.
  static void SetUpTestSuite() {
    struct sigaction action = {};
    action.sa_sigaction = [](int, siginfo_t* info, void*) {
      ++handled_;
      if (info->si_addr != closed_ || mprotect(closed_, 0x1000, PROT_READ) != 0) _exit(1);
    };
    action.sa_flags = SA_SIGINFO;
    sigaction(SIGSEGV, &action, nullptr);
    platform::prepare_guarding();
  }

  template <typename Function>
  bool Call(Function function, std::uintptr_t a = 0, std::uintptr_t b = 0, std::uintptr_t c = 0,
            std::uintptr_t d = 0, std::uintptr_t e = 0, std::uintptr_t f = 0) {
    const std::uintptr_t arguments[call_arguments] = {a, b, c, d, e, f};
    return guarded(reinterpret_cast<void*>(function), arguments, value_, raised_);
  }

  static inline void* closed_ = nullptr;
  static inline int handled_ = 0;
  std::uintptr_t value_ = 0;
  Raised raised_ = {};
};

std::uintptr_t Digits(std::uintptr_t a, std::uintptr_t b, std::uintptr_t c, std::uintptr_t d,
                      std::uintptr_t e, std::uintptr_t f) {
  return a * 100000 + b * 10000 + c * 1000 + d * 100 + e * 10 + f;
}

TEST_F(Guard, PassesSixArgumentsAndTheValue) {
  EXPECT_TRUE(Call(Digits, 1, 2, 3, 4, 5, 6));
  EXPECT_EQ(value_, 123456u);
  EXPECT_FALSE(guarding());
}

TEST_F(Guard, AFaultEndsTheCallAndIsToldWithItsParameters) {
  std::uint64_t loaded = 0;
  EXPECT_FALSE(Call(primitive::load4, 0x18, reinterpret_cast<std::uintptr_t>(&loaded)));
  EXPECT_EQ(raised_.status, 0xc0000005u);
  ASSERT_EQ(raised_.count, 2u);
  EXPECT_EQ(raised_.parameters[0], 0u);
  EXPECT_EQ(raised_.parameters[1], 0x18u);
  EXPECT_FALSE(guarding());
}

// A filter is called like this by an implementation whose exceptions are Windows'.
void RaiseThroughFilter(std::uintptr_t flags) {
  ExceptionRecord record = {};
  record.code = 0xe0001234;
  record.flags = static_cast<std::uint32_t>(flags);
  record.count = 1;
  record.information[0] = 7;
  alignas(16) unsigned char context[0x500] = {};
  ExceptionPointers exception = {&record, context};
  top_level_filter(&exception);
}

TEST_F(Guard, ANoncontinuableExceptionLeavesTheCallAtOnce) {
  EXPECT_FALSE(Call(RaiseThroughFilter, noncontinuable));
  EXPECT_EQ(raised_.status, 0xe0001234u);
  ASSERT_EQ(raised_.count, 1u);
  EXPECT_EQ(raised_.parameters[0], 7u);
}

TEST_F(Guard, AContinuableExceptionGoesOnWhereTheContextSays) {
  // Nobody takes the context here, so the function returns; the exception counts all the same.
  EXPECT_FALSE(Call(RaiseThroughFilter, 0));
  EXPECT_EQ(raised_.status, 0xe0001234u);
}

TEST_F(Guard, TheFilterTakesNothingOutsideAGuardedCall) {
  ExceptionRecord record = {};
  record.code = 0xe0001234;
  unsigned char context[0x500] = {};
  ExceptionPointers exception = {&record, context};
  EXPECT_EQ(top_level_filter(&exception), continue_search);
}

void TooManyParameters() {
  ExceptionRecord record = {};
  record.code = 1;
  record.flags = noncontinuable;
  record.count = 100;
  ExceptionPointers exception = {&record, nullptr};
  top_level_filter(&exception);
}

TEST_F(Guard, TakesNoMoreThanFifteenParameters) {
  EXPECT_FALSE(Call(TooManyParameters));
  EXPECT_EQ(raised_.count, 15u);
}

TEST_F(Guard, AFillThatFaultsHasDoneWhatLiesBefore) {
  constexpr std::size_t page = 0x1000;
  void* pages = mmap(nullptr, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  ASSERT_NE(pages, MAP_FAILED);
  auto* bytes = static_cast<unsigned char*>(pages);
  ASSERT_EQ(mprotect(bytes + page, page, PROT_NONE), 0);
  const std::uintptr_t begin = reinterpret_cast<std::uintptr_t>(bytes) + page - 3;
  EXPECT_FALSE(Call(primitive::fill, begin, 10, 0xa5));
  EXPECT_EQ(raised_.parameters[0], 1u);
  EXPECT_EQ(raised_.parameters[1], begin + 3);
  EXPECT_EQ(bytes[page - 4], 0);
  for (std::size_t i = page - 3; i < page; ++i) EXPECT_EQ(bytes[i], 0xa5);
  munmap(pages, 2 * page);
}

TEST_F(Guard, AFaultOutsideAGuardedCallGoesToTheHandlerThatWasThereBefore) {
  closed_ = mmap(nullptr, 0x1000, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  ASSERT_NE(closed_, MAP_FAILED);
  std::uint64_t loaded = 1;
  EXPECT_FALSE(Call(primitive::load1, reinterpret_cast<std::uintptr_t>(closed_),
                    reinterpret_cast<std::uintptr_t>(&loaded)));
  EXPECT_EQ(handled_, 0);
  primitive::load1(reinterpret_cast<std::uintptr_t>(closed_), &loaded);
  EXPECT_EQ(handled_, 1);
  EXPECT_EQ(loaded, 0u);
  munmap(closed_, 0x1000);
}

TEST_F(Guard, LocalsSurviveACallThatIsLeft) {
  // Registers that a function must preserve come back even from a call that did not return.
  std::uint64_t sum = 0;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    std::uint64_t loaded = 0;
    EXPECT_FALSE(Call(primitive::load8, 0x10, reinterpret_cast<std::uintptr_t>(&loaded)));
    sum += i * i;
  }
  EXPECT_EQ(sum, 332833500u);
}

}  // namespace
}  // namespace winmem::agent
