// VirtualQuery of memory that is not the library's asks the kernel, which takes long: other threads
// go on meanwhile, and what they change is not told wrongly.
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <functional>
#include <future>
#include <thread>
#include <utility>

#include "pages.h"
#include "stranger.h"
#include "virtual/address_space.h"
#include "virtual/kernel.h"

namespace {

using namespace winmem::test;
using winmem::vm::kernel;
using winmem::vm::LockedSpace;

// A copy of /proc/self/maps as it is now, to be read from the beginning.
int CopyOfMaps(int maps) {
  const int copy = memfd_create("maps", 0);
  std::array<char, 4096> bytes;
  for (ssize_t got; (got = read(maps, bytes.data(), bytes.size())) > 0;) {
    EXPECT_EQ(write(copy, bytes.data(), static_cast<std::size_t>(got)), got);
  }
  EXPECT_EQ(lseek(copy, 0, SEEK_SET), 0);
  close(maps);
  return copy;
}

// While one lives, something happens each time that the mappings are read: `before` comes just
// before the kernel tells them, `after` before anybody has read them.
class WatchedMaps {
 public:
  using Event = std::function<void()>;

  explicit WatchedMaps(Event before, Event after = nullptr)
      : before_(std::move(before)), after_(std::move(after)), saved_(kernel) {
    current_ = this;
    kernel.open_maps = [](int* file) {
      const int error = current_->saved_.open_maps(file);
      current_->Read(file);
      return error;
    };
  }
  ~WatchedMaps() { kernel = saved_; }
  WatchedMaps(const WatchedMaps&) = delete;
  WatchedMaps& operator=(const WatchedMaps&) = delete;

  int times() const { return times_; }
  int times_locked() const { return times_locked_; }

 private:
  // With the lock held nothing can happen: an event would wait for ever.
  void Read(int* file) {
    ++times_;
    if (LockedSpace::HeldByThisThread()) {
      ++times_locked_;
      return;
    }
    if (before_) before_();
    *file = CopyOfMaps(*file);
    if (after_) after_();
  }

  static inline WatchedMaps* current_ = nullptr;
  Event before_, after_;
  winmem::vm::Kernel saved_;
  int times_ = 0, times_locked_ = 0;
};

void Take(char* place) {
  ASSERT_EQ(VirtualAlloc(place, 0x10000, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE), place);
}

TEST(UnlockedQuery, OthersAllocateWhileTheKernelIsAsked) {
  const Stranger stranger(0x1000);
  bool went_on = false;
  WatchedMaps maps([&] {
    std::promise<void> done;
    std::thread other([&] {
      Release(Commit(0x1000));
      done.set_value();
    });
    went_on = done.get_future().wait_for(std::chrono::seconds(20)) == std::future_status::ready;
    other.join();
  });
  EXPECT_EQ(Describe(stranger.base).Type, MEM_PRIVATE);
  EXPECT_TRUE(went_on);
  EXPECT_EQ(maps.times_locked(), 0);
}

TEST(UnlockedQuery, NeitherFreeNorCommitHoldTheLockWhileTheyAskWhoseMemoryItIs) {
  const Stranger stranger(0x10000, PROT_READ);
  WatchedMaps maps(nullptr);
  ExpectFalse(ERROR_INVALID_ADDRESS, [&] { return VirtualFree(stranger.base, 0, MEM_RELEASE); });
  ExpectAllocError(ERROR_INVALID_ADDRESS,
                   [&] { return VirtualAlloc(stranger.base, 0x1000, MEM_COMMIT, PAGE_READWRITE); });
  EXPECT_EQ(maps.times(), 2);
  EXPECT_EQ(maps.times_locked(), 0);
}

TEST(UnlockedQuery, TellsAReservationThatCameMeanwhile) {
  char* place = FreePlace(0x10000);
  WatchedMaps maps(nullptr, [&] { Take(place); });
  ExpectRegion(place, place, 0x10000, MEM_COMMIT, PAGE_READWRITE);
  EXPECT_EQ(maps.times(), 1);
  EXPECT_TRUE(Release(place));
}

TEST(UnlockedQuery, DoesNotTakeAReservationThatCameAndWentForSomebodyElses) {
  char* place = FreePlace(0x10000);
  bool first = true;
  WatchedMaps maps(
      [&] {
        if (first) Take(place);
      },
      [&] {
        if (first) Release(place);
        first = false;
      });
  ExpectFree(place);
  EXPECT_EQ(maps.times(), 2);
}

TEST(UnlockedQuery, SeesThatAFreeRegionEndsEarlierNow) {
  char* place = FreePlace(0x30000);
  char* neighbour = place + 0x20000;
  bool first = true;
  WatchedMaps maps(nullptr, [&] {
    if (first) Take(neighbour);
    first = false;
  });
  const MEMORY_BASIC_INFORMATION info = Describe(place);
  EXPECT_EQ(info.State, MEM_FREE);
  EXPECT_EQ(info.RegionSize, 0x20000u);
  EXPECT_EQ(maps.times(), 2);
  EXPECT_TRUE(Release(neighbour));
}

TEST(UnlockedQuery, WhereTheBooksChangeEveryTimeItHoldsTheLockInTheEnd) {
  char* place = FreePlace(0x30000);
  char* neighbour = place + 0x20000;
  bool taken = false;
  WatchedMaps maps(nullptr, [&] {
    taken ? static_cast<void>(Release(neighbour)) : Take(neighbour);
    taken = !taken;
  });
  ExpectFree(place);
  EXPECT_EQ(maps.times_locked(), 1);
  EXPECT_LE(maps.times(), 5);
  if (taken) {
    EXPECT_TRUE(Release(neighbour));
  }
}

TEST(UnlockedQuery, WhenTheKernelTellsNothingEverythingElseIsAGap) {
  const Stranger stranger(0x1000);
  const winmem::vm::Kernel saved = kernel;
  kernel.open_maps = [](int*) { return EMFILE; };
  ExpectFree(stranger.base);
  kernel = saved;
}

// What two threads reserve and release all the time is theirs or free, and nobody else's.
TEST(UnlockedQuery, AmongThreadsNeverTellsOurMemoryAsForeign) {
  static char* place;
  static std::atomic<bool> stop;
  place = FreePlace(0x40000);
  stop = false;
  std::array<std::thread, 2> owners;
  for (std::size_t i = 0; i < owners.size(); ++i) {
    owners[i] = std::thread([mine = place + i * 0x20000] {
      while (!stop) {
        void* p = VirtualAlloc(mine, 0x10000, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
        if (p != nullptr) Release(p);
      }
    });
  }
  const Stranger stranger(0x1000);
  int seen[2] = {0, 0};
  for (int i = 0; i < 300; ++i) {
    const MEMORY_BASIC_INFORMATION info = Describe(place + 0x20000);
    const bool reserved = info.State != MEM_FREE;
    ++seen[reserved ? 1 : 0];
    EXPECT_EQ(info.AllocationBase, reserved ? place + 0x20000 : nullptr);
    EXPECT_GE(info.RegionSize, 0x10000u);
    EXPECT_EQ(Describe(stranger.base).Type, MEM_PRIVATE);
    EXPECT_EQ(Describe(reinterpret_cast<void*>(&Reserve)).Type, MEM_IMAGE);
  }
  stop = true;
  for (std::thread& owner : owners) owner.join();
  EXPECT_EQ(seen[0] + seen[1], 300);
}

}  // namespace
