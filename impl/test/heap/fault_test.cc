// Blocks whose pages the program has protected: what a heap does with their bytes raises like any
// other access, with no lock held and nothing changed.
#include <atomic>
#include <chrono>
#include <csignal>
#include <functional>
#include <thread>
#include <utility>
#include <vector>

#include "impl/test/heap/support.h"
#include "support/catching.h"
#include "winmem/exception.h"
#include "winmem/virtual.h"

namespace winmem::heap_test {
namespace {

using test::Catch;
using test::Caught;

constexpr SIZE_T kPage = 0x1000;
constexpr SIZE_T kSize = 0x8000;
constexpr DWORD kInPlace = HEAP_REALLOC_IN_PLACE_ONLY;

// The first page that lies in the block as a whole.
char* PageOf(void* block) {
  return reinterpret_cast<char*>((Number(block) + kPage - 1) / kPage * kPage);
}

void Protect(void* page, DWORD protect) {
  DWORD old;
  ASSERT_TRUE(VirtualProtect(page, kPage, protect, &old));
}

// Where the heap's living blocks are and how large, as a walk tells.
std::vector<std::pair<void*, DWORD>> Blocks(HANDLE heap) {
  std::vector<std::pair<void*, DWORD>> blocks;
  PROCESS_HEAP_ENTRY entry = {};
  while (HeapWalk(heap, &entry)) {
    if ((entry.wFlags & PROCESS_HEAP_ENTRY_BUSY) != 0) {
      blocks.emplace_back(entry.lpData, entry.cbData);
    }
  }
  return blocks;
}

void ExpectException(const EXCEPTION_RECORD& record, DWORD code, ULONG_PTR access,
                     const void* place) {
  EXPECT_EQ(record.ExceptionCode, code);
  EXPECT_EQ(record.ExceptionFlags, 0u);
  ASSERT_EQ(record.NumberParameters, 2u);
  EXPECT_EQ(record.ExceptionInformation[0], access);
  EXPECT_EQ(record.ExceptionInformation[1], Number(place));
}

// Runs `then` in a vectored handler for every exception, and continues.
class Handling {
 public:
  explicit Handling(std::function<void(const EXCEPTION_RECORD&)> then) {
    count = 0;
    handle_with = std::move(then);
    handle_ = AddVectoredExceptionHandler(1, Handle);
  }
  ~Handling() { RemoveVectoredExceptionHandler(handle_); }
  Handling(const Handling&) = delete;
  Handling& operator=(const Handling&) = delete;

  static inline int count = 0;

 private:
  static LONG Handle(EXCEPTION_POINTERS* exception) {
    ++count;
    handle_with(*exception->ExceptionRecord);
    return EXCEPTION_CONTINUE_EXECUTION;
  }
  static inline std::function<void(const EXCEPTION_RECORD&)> handle_with;
  PVOID handle_;
};

// Whether another thread gets a block within ten seconds; it is waited for at the end.
class OtherThread {
 public:
  ~OtherThread() {
    if (thread_.joinable()) thread_.join();
  }
  bool CanAllocate(HANDLE heap) {
    thread_ = std::thread([this, heap] {
      HeapFree(heap, 0, HeapAlloc(heap, 0, 16));
      done_ = true;
    });
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!done_ && std::chrono::steady_clock::now() < end) std::this_thread::yield();
    return done_;
  }

 private:
  std::atomic<bool> done_{false};
  std::thread thread_;
};

class ProtectedBlock : public testing::Test {
 protected:
  ProtectedBlock() {
    std::memset(block_, 0x5A, kSize);
    HeapAlloc(heap_, 0, 16);  // what keeps it from growing where it is
  }
  const PrivateHeap heap_;
  char* block_ = Bytes(HeapAlloc(heap_, 0, kSize));
};

TEST_F(ProtectedBlock, AGuardPageRaisesOnceAndTheCallThenSucceeds) {
  Protect(PageOf(block_), PAGE_READWRITE | PAGE_GUARD);
  Protect(PageOf(block_) + 2 * kPage, PAGE_READWRITE | PAGE_GUARD);
  std::vector<EXCEPTION_RECORD> seen;
  void* moved = nullptr;
  {
    const Handling handling([&](const EXCEPTION_RECORD& record) { seen.push_back(record); });
    moved = HeapReAlloc(heap_, 0, block_, 2 * kSize);
  }
  ASSERT_EQ(seen.size(), 2u);
  ExpectException(seen[0], STATUS_GUARD_PAGE_VIOLATION, 0, PageOf(block_));
  ExpectException(seen[1], STATUS_GUARD_PAGE_VIOLATION, 0, PageOf(block_) + 2 * kPage);
  ASSERT_NE(moved, nullptr);
  EXPECT_TRUE(AllAre(moved, kSize, 0x5A));
  EXPECT_EQ(HeapSize(heap_, 0, block_), kFailed);
}

TEST_F(ProtectedBlock, AHandlerFindsTheHeapUnlocked) {
  Protect(PageOf(block_), PAGE_READWRITE | PAGE_GUARD);
  OtherThread other;
  const Handling handling([&](const EXCEPTION_RECORD&) {
    EXPECT_FALSE(HeapUnlock(heap_));
    EXPECT_TRUE(other.CanAllocate(heap_));
  });
  EXPECT_NE(HeapReAlloc(heap_, 0, block_, 2 * kSize), nullptr);
  EXPECT_EQ(Handling::count, 1);
}

TEST_F(ProtectedBlock, ABlockThatAHandlerFreesIsNoBlockForTheCallThatGoesOn) {
  Protect(PageOf(block_), PAGE_READWRITE | PAGE_GUARD);
  void* next = nullptr;
  const Handling handling([&](const EXCEPTION_RECORD&) {
    EXPECT_TRUE(HeapFree(heap_, 0, block_));
    next = HeapAlloc(heap_, 0, kSize);
  });
  SetLastError(kPoison);
  EXPECT_EQ(HeapReAlloc(heap_, 0, block_, 2 * kSize), nullptr);
  EXPECT_EQ(GetLastError(), ERROR_INVALID_PARAMETER);
  EXPECT_EQ(Handling::count, 1);
  EXPECT_EQ(next, block_);  // which is what makes it hard
  EXPECT_EQ(HeapSize(heap_, 0, next), kSize);
  EXPECT_NE(HeapAlloc(heap_, 0, kSize), next);
  EXPECT_TRUE(HeapValidate(heap_, 0, nullptr));
}

TEST_F(ProtectedBlock, AHandlerMayResizeTheBlockItselfWhereItIs) {
  Protect(PageOf(block_) + kPage, PAGE_READWRITE | PAGE_GUARD);
  const Handling handling([&](const EXCEPTION_RECORD&) {
    EXPECT_EQ(HeapReAlloc(heap_, kInPlace, block_, kSize / 2), block_);
  });
  void* moved = HeapReAlloc(heap_, 0, block_, 2 * kSize);
  ASSERT_NE(moved, nullptr);
  EXPECT_EQ(HeapSize(heap_, 0, moved), 2 * kSize);
  EXPECT_TRUE(AllAre(moved, kSize / 2, 0x5A));
}

TEST_F(ProtectedBlock, AHandlerMayDestroyTheHeap) {
  HANDLE heap = HeapCreate(0, 0, 0);
  void* block = HeapAlloc(heap, 0, kSize);
  HeapAlloc(heap, 0, 16);
  Protect(PageOf(block), PAGE_READWRITE | PAGE_GUARD);
  const Handling handling([heap](const EXCEPTION_RECORD&) { EXPECT_TRUE(HeapDestroy(heap)); });
  EXPECT_EQ(HeapReAlloc(heap, 0, block, 2 * kSize), nullptr);
  EXPECT_EQ(GetLastError(), ERROR_INVALID_HANDLE);
}

TEST_F(ProtectedBlock, AnAbandonedCallLeavesNoLockAndNoBlockBehind) {
  char* page = PageOf(block_) + kPage;
  Protect(page, PAGE_NOACCESS);
  const auto before = Blocks(heap_);
  const Caught caught = Catch([this] { HeapReAlloc(heap_, 0, block_, 2 * kSize); });
  ASSERT_TRUE(caught.raised);
  ExpectException(caught.record, STATUS_ACCESS_VIOLATION, 0, page);
  EXPECT_FALSE(HeapUnlock(heap_));
  EXPECT_TRUE(OtherThread().CanAllocate(heap_));
  EXPECT_EQ(Blocks(heap_), before);
  EXPECT_EQ(HeapSize(heap_, 0, block_), kSize);
  EXPECT_TRUE(HeapValidate(heap_, 0, nullptr));
  Protect(page, PAGE_READWRITE);
  EXPECT_TRUE(AllAre(block_, kSize, 0x5A));
  EXPECT_TRUE(AllAre(HeapReAlloc(heap_, 0, block_, 2 * kSize), kSize, 0x5A));
}

TEST_F(ProtectedBlock, ALargeBlockThatCannotBeReadLeavesNoneBehindEither) {
  char* block = Bytes(HeapAlloc(heap_, 0, kLarge));
  Protect(PageOf(block), PAGE_NOACCESS);
  const auto before = Blocks(heap_);
  EXPECT_TRUE(Catch([&] { HeapReAlloc(heap_, 0, block, 2 * kLarge); }).raised);
  EXPECT_EQ(Blocks(heap_), before);
  EXPECT_TRUE(HeapValidate(heap_, 0, nullptr));
}

TEST_F(ProtectedBlock, GrowingInPlaceIsUndoneWhenWhatIsAddedCannotBeCleared) {
  char* block = Bytes(HeapAlloc(heap_, 0, 4 * kSize));
  HeapAlloc(heap_, 0, 16);
  ASSERT_EQ(HeapReAlloc(heap_, kInPlace, block, kSize), block);
  const auto before = Blocks(heap_);
  char* page = PageOf(block + kSize);
  Protect(page, PAGE_READONLY);
  const auto grow = [&] { return HeapReAlloc(heap_, HEAP_ZERO_MEMORY, block, 3 * kSize); };
  const Caught caught = Catch([&] { grow(); });
  ASSERT_TRUE(caught.raised);
  ExpectException(caught.record, STATUS_ACCESS_VIOLATION, 1, page);
  EXPECT_EQ(Blocks(heap_), before);
  EXPECT_TRUE(HeapValidate(heap_, 0, nullptr));
  const Handling handling([&](const EXCEPTION_RECORD&) { Protect(page, PAGE_READWRITE); });
  std::memset(block, 0x5A, kSize);
  EXPECT_EQ(grow(), block);
  EXPECT_EQ(Handling::count, 1);
  EXPECT_TRUE(AllAre(block, kSize, 0x5A));
  EXPECT_TRUE(AllAre(block + kSize, 2 * kSize, 0));
}

TEST_F(ProtectedBlock, ALargeBlockKeepsItsSizeWhenWhatIsAddedCannotBeCleared) {
  constexpr SIZE_T kMiddle = kLarge - kPage / 2;  // of its last page
  char* block = Bytes(HeapAlloc(heap_, 0, kMiddle));
  ASSERT_EQ(HeapReAlloc(heap_, kInPlace, block, kMiddle - 100), block);
  Protect(PageOf(block + kMiddle - kPage), PAGE_READONLY);
  const Caught caught =
      Catch([&] { HeapReAlloc(heap_, kInPlace | HEAP_ZERO_MEMORY, block, kMiddle); });
  ASSERT_TRUE(caught.raised);
  ExpectException(caught.record, STATUS_ACCESS_VIOLATION, 1, block + kMiddle - 100);
  EXPECT_EQ(HeapSize(heap_, 0, block), kMiddle - 100);
}

TEST_F(ProtectedBlock, AnAllocationThatCannotBeClearedIsNone) {
  ASSERT_TRUE(HeapFree(heap_, 0, block_));
  char* page = PageOf(block_) + kPage;
  Protect(page, PAGE_READONLY);
  const auto before = Blocks(heap_);
  const auto allocate = [this] { return HeapAlloc(heap_, HEAP_ZERO_MEMORY, kSize); };
  const Caught caught = Catch([&] { allocate(); });
  ASSERT_TRUE(caught.raised);
  ExpectException(caught.record, STATUS_ACCESS_VIOLATION, 1, page);
  EXPECT_EQ(Blocks(heap_), before);
  EXPECT_TRUE(HeapValidate(heap_, 0, nullptr));
  OtherThread other;
  const Handling handling([&](const EXCEPTION_RECORD&) {
    EXPECT_TRUE(other.CanAllocate(heap_));
    Protect(page, PAGE_READWRITE);
  });
  EXPECT_TRUE(AllAre(allocate(), kSize, 0));
  EXPECT_EQ(Handling::count, 1);
}

TEST(ProtectedBlockDeathTest, AFaultThatNobodyHandlesEndsTheProcessAsAnyOther) {
  HANDLE heap = GetProcessHeap();
  void* block = HeapAlloc(heap, 0, kLarge);
  Protect(PageOf(block), PAGE_NOACCESS);
  EXPECT_EXIT(HeapReAlloc(heap, 0, block, 2 * kLarge), testing::KilledBySignal(SIGSEGV),
              "winmem: unhandled exception 0xC0000005 at 0x.*: read of 0x");
  Protect(PageOf(block), PAGE_READWRITE);
  EXPECT_TRUE(HeapFree(heap, 0, block));
}

}  // namespace
}  // namespace winmem::heap_test
