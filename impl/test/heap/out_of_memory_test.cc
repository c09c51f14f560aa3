// What heaps do when the kernel has no more: the n-th mapping or protecting fails, for every n
// until the work succeeds.
#include <cerrno>
#include <vector>

#include "impl/test/heap/support.h"
#include "virtual/kernel.h"

namespace winmem::heap_test {
namespace {

vm::Kernel real;
int calls_left = 0;

bool Spent() {
  return calls_left-- <= 0;
}

int Map(std::uintptr_t* where, std::size_t size, int protection) {
  return Spent() ? ENOMEM : real.map(where, size, protection);
}

int Protect(std::uintptr_t where, std::size_t size, int protection) {
  return Spent() ? ENOMEM : real.protect(where, size, protection);
}

// Lets so many calls succeed while it lives, and no more.
class Limit {
 public:
  explicit Limit(int calls) {
    real = vm::kernel;
    calls_left = calls;
    vm::kernel.map = Map;
    vm::kernel.protect = Protect;
  }
  ~Limit() { vm::kernel = real; }
};

// Calls `work` with 0, 1, 2, ... calls to the kernel allowed until it succeeds; each failure must
// leave ERROR_NOT_ENOUGH_MEMORY. Returns how many failed.
template <typename Work>
int FailEveryCall(Work work) {
  for (int allowed = 0; allowed < 1000; ++allowed) {
    SetLastError(kPoison);
    bool done;
    {
      const Limit limit(allowed);
      done = work();
    }
    if (done) return allowed;
    EXPECT_EQ(GetLastError(), ERROR_NOT_ENOUGH_MEMORY);
  }
  ADD_FAILURE() << "it never succeeded";
  return 0;
}

TEST(OutOfMemory, HeapCreateFailsCleanlyAtEveryStep) {
  for (const SIZE_T maximum : {SIZE_T{0}, SIZE_T{0x20000}, SIZE_T{0x3000000}}) {
    const int failed = FailEveryCall([&] {
      HANDLE heap = HeapCreate(0, 0x5000, maximum);
      if (heap == nullptr) return false;
      const bool works = HeapAlloc(heap, 0, 0x6000) != nullptr;
      EXPECT_TRUE(HeapDestroy(heap));
      return works;
    });
    EXPECT_GT(failed, 1);
  }
}

TEST(OutOfMemory, HeapAllocFailsCleanlyAtEveryStep) {
  for (const SIZE_T size : {SIZE_T{0x8000}, SIZE_T{0x60000}, kLarge}) {
    const PrivateHeap heap;
    void* old = HeapAlloc(heap, 0, 5000);
    std::memset(old, 0x21, 5000);
    std::vector<void*> blocks;
    const int failed = FailEveryCall([&] {
      for (int i = 0; i < 8; ++i) {
        void* block = HeapAlloc(heap, 0, size);
        if (block == nullptr) return false;
        blocks.push_back(block);
      }
      return true;
    });
    EXPECT_GT(failed, 0);
    EXPECT_TRUE(HeapValidate(heap, 0, nullptr));
    EXPECT_TRUE(AllAre(old, 5000, 0x21));
    for (void* block : blocks) {
      std::memset(block, 1, size);
      EXPECT_TRUE(HeapFree(heap, 0, block));
    }
  }
}

TEST(OutOfMemory, AFailedHeapReAllocKeepsTheBlock) {
  const PrivateHeap heap;
  for (const SIZE_T size : {SIZE_T{0x60000}, 2 * kLarge}) {
    void* block = HeapAlloc(heap, 0, 100);
    HeapAlloc(heap, 0, 100);
    std::memset(block, 0x37, 100);
    const int failed = FailEveryCall([&] {
      void* grown = HeapReAlloc(heap, 0, block, size);
      if (grown == nullptr) {
        EXPECT_EQ(HeapSize(heap, 0, block), 100u);
        EXPECT_TRUE(AllAre(block, 100, 0x37));
        return false;
      }
      EXPECT_TRUE(AllAre(grown, 100, 0x37));
      return true;
    });
    EXPECT_GT(failed, 0);
    EXPECT_TRUE(HeapValidate(heap, 0, nullptr));
  }
}

TEST(OutOfMemory, ABlockThatCannotGrowWhereItIsStaysAsItWas) {
  const PrivateHeap heap;
  void* block = HeapAlloc(heap, 0, 100);
  std::memset(block, 0x37, 100);
  const int failed = FailEveryCall(
      [&] { return HeapReAlloc(heap, HEAP_REALLOC_IN_PLACE_ONLY, block, 0xC000) == block; });
  EXPECT_GT(failed, 0);
  EXPECT_TRUE(AllAre(block, 100, 0x37));
  EXPECT_EQ(HeapSize(heap, 0, block), 0xC000u);
  EXPECT_TRUE(HeapValidate(heap, 0, nullptr));
}

// Blocks that need a descriptor each: those of some pages are used up, and new ones are needed.
TEST(OutOfMemory, SoManyLargeBlocksThatTheirDescriptorsTakeMemory) {
  const PrivateHeap heap;
  std::vector<void*> blocks;
  const int failed = FailEveryCall([&] {
    while (blocks.size() < 900) {
      void* block = HeapAlloc(heap, 0, kLarge);
      if (block == nullptr) return false;
      blocks.push_back(block);
    }
    // The next region needs a descriptor as well.
    for (int i = 0; i < 40; ++i) {
      void* block = HeapAlloc(heap, 0, 0x8000);
      if (block == nullptr) return false;
      blocks.push_back(block);
    }
    return true;
  });
  EXPECT_GT(failed, 1);
  EXPECT_TRUE(HeapValidate(heap, 0, nullptr));
  for (void* block : blocks) EXPECT_TRUE(HeapFree(heap, 0, block));
}

// Fails what is larger than this.
std::size_t most = 0;

int MapSmall(std::uintptr_t* where, std::size_t size, int protection) {
  return size > most ? ENOMEM : real.map(where, size, protection);
}

int ProtectSmall(std::uintptr_t where, std::size_t size, int protection) {
  return size > most ? ENOMEM : real.protect(where, size, protection);
}

TEST(OutOfMemory, WhereALargeRegionCannotBeHadASmallerOneIsTaken) {
  const PrivateHeap heap;
  real = vm::kernel;
  most = 0x40000;
  vm::kernel.map = MapSmall;
  std::vector<void*> blocks;
  for (int i = 0; i < 20; ++i) blocks.push_back(HeapAlloc(heap, 0, 0x8000));
  vm::kernel = real;
  for (void* block : blocks) EXPECT_NE(block, nullptr);
  EXPECT_TRUE(HeapValidate(heap, 0, nullptr));
}

TEST(OutOfMemory, WhereMuchCannotBeCommittedAheadOnlyWhatIsNeededIs) {
  const PrivateHeap heap;
  real = vm::kernel;
  most = 0x4000;
  vm::kernel.protect = ProtectSmall;
  void* block = HeapAlloc(heap, 0, 0x3000);
  vm::kernel = real;
  ASSERT_NE(block, nullptr);
  std::memset(block, 1, 0x3000);
  EXPECT_TRUE(HeapValidate(heap, 0, nullptr));
}

}  // namespace
}  // namespace winmem::heap_test
