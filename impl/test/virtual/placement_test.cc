// Where reservations go when the place that is looked at first is not free, or the kernel objects.
#include "virtual/placement.h"

#include <gtest/gtest.h>
#include <sys/mman.h>

#include <cerrno>
#include <optional>

#include "pages.h"
#include "virtual/address_space.h"
#include "virtual/kernel.h"

namespace {

using namespace winmem;
using namespace winmem::test;

// A kernel whose answer to a mapping at a given place, and whose choice of one, the tests give.
class Placement : public testing::Test {
 protected:
  Placement() {
    saved_ = vm::kernel;
    answer_.reset();
    vm::kernel.map = [](std::uintptr_t* where, std::size_t size, int protection) {
      if (*where != 0 && answer_) return *answer_;
      return saved_.map(where, size, protection);
    };
  }
  ~Placement() override { vm::kernel = saved_; }

  static inline vm::Kernel saved_;
  static inline std::optional<int> answer_;
};

void* ReserveAt(void* place) {
  return VirtualAlloc(place, 0x10000, MEM_RESERVE, PAGE_NOACCESS);
}

TEST_F(Placement, APlaceThatTheKernelRefusesIsAnInvalidAddress) {
  char* place = FreePlace(0x10000);
  for (const int code : {EEXIST, EPERM, EINVAL}) {
    answer_ = code;
    ExpectAllocError(ERROR_INVALID_ADDRESS, [=] { return ReserveAt(place); });
  }
  answer_ = ENOMEM;
  ExpectAllocError(ERROR_NOT_ENOUGH_MEMORY, [=] { return ReserveAt(place); });
}

TEST_F(Placement, ReservationsGoAroundOneThatWasPutInTheirWay) {
  char* place = FreePlace(0x40000);
  ASSERT_EQ(ReserveAt(place + 0x10000), place + 0x10000);
  char* first = Reserve(0x10000);
  char* second = Reserve(0x10000);
  EXPECT_EQ(first, place);
  EXPECT_EQ(second, place + 0x20000);
  for (char* p : {first, place + 0x10000, second}) EXPECT_TRUE(Release(p));
}

TEST_F(Placement, ReservationsGoAroundAStranger) {
  char* place = FreePlace(0x40000);
  void* stranger =
      mmap(place, 0x10000, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
  ASSERT_EQ(stranger, place);
  char* p = Reserve(0x10000);
  EXPECT_GT(p, place);
  EXPECT_TRUE(Release(p));
  munmap(stranger, 0x10000);
}

TEST_F(Placement, BehindTheEndReservationsBeginFromTheStartAgain) {
  std::uintptr_t next = 0;
  {
    const vm::LockedSpace space;
    next = space->next;
    space->next = system::kHighestAddress + 1 - system::kGranularity;
  }
  char* p = Reserve(0x10000);
  ExpectRegion(p, p, 0x10000, MEM_RESERVE, 0);
  EXPECT_LT(reinterpret_cast<std::uintptr_t>(p),
            system::kHighestAddress + 1 - system::kGranularity);
  EXPECT_TRUE(Release(p));
  const vm::LockedSpace space;
  space->next = next;
}

#if UINTPTR_MAX > 0xFFFFFFFFu  // elsewhere the library has to choose itself

TEST_F(Placement, WhereEveryPlaceIsTakenTheKernelChooses) {
  Release(Reserve(0x10000));
  answer_ = EEXIST;
  void* p = VirtualAlloc(nullptr, 0x10000, MEM_RESERVE, PAGE_NOACCESS);
  answer_.reset();
  ASSERT_NE(p, nullptr);
  ExpectRegion(p, p, 0x10000, MEM_RESERVE, 0);
  EXPECT_TRUE(Release(static_cast<char*>(p)));
}

TEST_F(Placement, WhatTheKernelChoseIsCutToTheGranularity) {
  char* place = FreePlace(0x40000);
  for (const std::size_t head : {0u, 0x1000u, 0x8000u, 0xF000u}) {
    static std::uintptr_t chosen;
    chosen = reinterpret_cast<std::uintptr_t>(place) + head;
    vm::kernel.map = [](std::uintptr_t* where, std::size_t size, int protection) {
      if (*where == 0 && size == 0x1F000) *where = chosen;  // and no memory for the books
      return saved_.map(where, size, protection);
    };
    void* p = VirtualAlloc(nullptr, 0x10000, MEM_RESERVE | MEM_TOP_DOWN, PAGE_NOACCESS);
    EXPECT_EQ(p, head == 0 ? place : place + 0x10000);
    ExpectRegion(p, p, 0x10000, MEM_RESERVE, 0);
    EXPECT_TRUE(Release(static_cast<char*>(p)));
    for (char* at = place; at < place + 0x40000; at += 0x1000)
      ASSERT_EQ(Describe(at).State, MEM_FREE);
  }
}

#endif

}  // namespace
