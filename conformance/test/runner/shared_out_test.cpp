#include "conformance/runner/shared_out.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "conformance/runner/error.h"

namespace winmem::conformance {
namespace {

TEST(SharedOut, EachPieceOfWorkIsDoneOnceAndItsResultIsInItsPlace) {
  std::size_t told = 0;
  const auto results = shared_out(
      100, 3, [](std::size_t i) { return static_cast<std::uint8_t>(i + 1); },
      [&](std::size_t done) { told = done; });
  ASSERT_EQ(results.size(), 100u);
  for (std::size_t i = 0; i < results.size(); ++i) EXPECT_EQ(results[i], i + 1);
  EXPECT_EQ(told, 100u);
}

TEST(SharedOut, WhatAChildChangesStaysInTheChild) {
  int changed = 0;
  shared_out(
      4, 2, [&](std::size_t) { return static_cast<std::uint8_t>(++changed); }, [](std::size_t) {});
  EXPECT_EQ(changed, 0);
}

TEST(SharedOut, AChildThatEndsBeforeItsWorkIsAnError) {
  const auto work = [](std::size_t i) -> std::uint8_t {
    if (i == 1) _exit(3);
    return 0;
  };
  EXPECT_THROW(shared_out(4, 2, work, [](std::size_t) {}), CannotRun);
}

}  // namespace
}  // namespace winmem::conformance
