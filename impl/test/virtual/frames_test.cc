// The physical pages of a process that has none yet.
#include "virtual/frames.h"

#include <gtest/gtest.h>

#include <initializer_list>

#include "failing_kernel.h"
#include "pages.h"

namespace winmem::vm {
namespace {

using test::FailingKernel;

class Frames_ : public testing::Test {
 protected:
  ~Frames_() override { EXPECT_TRUE(test::Release(window_)); }

  static void Fill(NumberList* list, std::initializer_list<std::uintptr_t> numbers) {
    for (const std::uintptr_t number : numbers) list->Add(number);
  }

  // Makes so many pages, whose numbers count from 1.
  void Make(std::size_t count) {
    NumberList made;
    ASSERT_EQ(frames_.Allocate(count, &made), ERROR_SUCCESS);
    ASSERT_EQ(made.count(), count);
    ASSERT_EQ(made[0], 1u);
  }

  DWORD Map(char* where, std::initializer_list<std::uintptr_t> numbers) {
    NumberList list, before;
    Fill(&list, numbers);
    return frames_.Map(reinterpret_cast<std::uintptr_t>(where), numbers.size(), &list, &before);
  }

  DWORD Free(std::initializer_list<std::uintptr_t> numbers, std::size_t* freed) {
    NumberList list;
    Fill(&list, numbers);
    return frames_.Free(list, freed);
  }

  Frames frames_;
  char* window_ =
      static_cast<char*>(VirtualAlloc(nullptr, 0x8000, MEM_RESERVE | MEM_PHYSICAL, PAGE_READWRITE));
};

TEST_F(Frames_, WithoutATableOrAFileThereIsNoPage) {
  for (const FailingKernel::Call call :
       {FailingKernel::kMap, FailingKernel::kMakeFile, FailingKernel::kSizeFile}) {
    const FailingKernel kernel(call, 1);
    NumberList made;
    EXPECT_EQ(frames_.Allocate(1, &made), ERROR_NOT_ENOUGH_MEMORY);
    EXPECT_EQ(made.count(), 0u);
    EXPECT_TRUE(kernel.failed());
  }
  Make(1);
}

TEST_F(Frames_, PagesThatWereFreedComeFirstAndNoMoreThanAreWanted) {
  Make(3);
  std::size_t freed = 0;
  ASSERT_EQ(Free({1, 2, 3}, &freed), ERROR_SUCCESS);
  NumberList made;
  ASSERT_EQ(frames_.Allocate(2, &made), ERROR_SUCCESS);
  ASSERT_EQ(made.count(), 2u);
  EXPECT_EQ(made[0], 1u);
  EXPECT_EQ(made[1], 2u);
}

TEST_F(Frames_, ThereAreNoMoreThanTheTableHasPlaces) {
  NumberList made;
  ASSERT_TRUE(made.Ensure(Frames::kMost));
  ASSERT_EQ(frames_.Allocate(Frames::kMost - 1, &made), ERROR_SUCCESS);
  NumberList last, none;
  EXPECT_EQ(frames_.Allocate(2, &last), ERROR_SUCCESS);
  EXPECT_EQ(last.count(), 1u);
  EXPECT_EQ(frames_.Allocate(1, &none), ERROR_NOT_ENOUGH_MEMORY);
}

TEST_F(Frames_, APageThatIsMappedBehindTheRangeIsNotMappedAgain) {
  Make(2);
  ASSERT_EQ(Map(window_ + 0x4000, {1}), ERROR_SUCCESS);
  window_[0x4000] = 4;
  EXPECT_EQ(Map(window_, {2, 1}), ERROR_INVALID_PARAMETER);
  EXPECT_EQ(window_[0x4000], 4);
  ASSERT_EQ(Map(window_, {2}), ERROR_SUCCESS);
}

TEST_F(Frames_, WhatWasInThePlaceOfPagesThatCannotBeShownComesBack) {
  Make(3);
  ASSERT_EQ(Map(window_ + 0x3000, {1}), ERROR_SUCCESS);
  window_[0x3000] = 5;
  {
    const FailingKernel kernel(FailingKernel::kShow, 2);
    EXPECT_EQ(Map(window_, {2, 1, 3}), ERROR_INVALID_PARAMETER);
    EXPECT_EQ(Map(window_ + 0x1000, {3, 2, 1}), ERROR_NOT_ENOUGH_MEMORY);
  }
  EXPECT_EQ(window_[0x3000], 5);
  EXPECT_EQ(Map(window_ + 0x1000, {3, 2, 1}), ERROR_SUCCESS);
  EXPECT_EQ(window_[0x3000], 5);
}

TEST_F(Frames_, WhatIsNoPageOrHasBecomeNoneCannotBeFreed) {
  Make(2);
  std::size_t freed = 7;
  EXPECT_EQ(Free({0}, &freed), ERROR_INVALID_PARAMETER);
  EXPECT_EQ(Free({3}, &freed), ERROR_INVALID_PARAMETER);
  EXPECT_EQ(freed, 0u);
  {
    const FailingKernel kernel(FailingKernel::kEmptyFile, 1);
    EXPECT_EQ(Free({1}, &freed), ERROR_SUCCESS);
  }
  EXPECT_EQ(Free({2, 1}, &freed), ERROR_INVALID_PARAMETER);
  EXPECT_EQ(freed, 1u);
}

}  // namespace
}  // namespace winmem::vm
