// Random calls on several heaps, compared with the plainest possible book-keeping.
#include <map>
#include <random>
#include <vector>

#include "impl/test/heap/support.h"

namespace winmem::heap_test {
namespace {

struct Block {
  SIZE_T size;
  unsigned char fill;
};

class Player {
 public:
  Player(unsigned seed, SIZE_T maximum) : heap_(0, 0, maximum), random_(seed) {}

  void Step() {
    const auto choice = random_() % 100;
    if (choice < 45 || blocks_.empty()) return Allocate();
    if (choice < 75) return Free();
    if (choice < 95) return Resize();
    EXPECT_TRUE(HeapValidate(heap_, 0, nullptr));
  }

  void End() {
    while (!blocks_.empty()) Free();
    EXPECT_TRUE(HeapValidate(heap_, 0, nullptr));
  }

 private:
  // Mostly small, at times across the threshold of large blocks.
  SIZE_T AnySize() {
    static constexpr SIZE_T kLimits[] = {16, 100, 100, 600, 600, 600, 5000};
    const auto choice = random_() % 256;
    if (choice < 2) return random_() % (2 * kLarge);
    if (choice < 12) return random_() % 70000;
    return random_() % kLimits[choice % std::size(kLimits)];
  }

  std::map<char*, Block>::iterator AnyBlock() {
    auto it = blocks_.lower_bound(reinterpret_cast<char*>(last_ + random_() % 0x100000));
    if (it == blocks_.end()) it = blocks_.begin();
    last_ = Number(it->first);
    return it;
  }

  // Nothing may overlap a block; it is filled with a value of its own.
  void Add(void* pointer, SIZE_T size) {
    char* block = Bytes(pointer);
    const auto next = blocks_.lower_bound(block);
    if (next != blocks_.end()) {
      ASSERT_LE(block + size, next->first);
    }
    if (next != blocks_.begin()) {
      const auto prior = std::prev(next);
      ASSERT_LE(prior->first + prior->second.size, block);
      ASSERT_NE(prior->first, block);
    }
    const auto fill = static_cast<unsigned char>(random_());
    std::memset(block, fill, size);
    blocks_[block] = {size, fill};
  }

  void Allocate() {
    const SIZE_T size = AnySize();
    const bool zero = random_() % 2 == 0;
    void* block = HeapAlloc(heap_, zero ? HEAP_ZERO_MEMORY : 0, size);
    if (block == nullptr) return;
    if (zero) {
      ASSERT_TRUE(AllAre(block, size, 0));
    }
    Add(block, size);
  }

  void Free() {
    const auto it = AnyBlock();
    ASSERT_TRUE(AllAre(it->first, it->second.size, it->second.fill));
    ASSERT_EQ(HeapSize(heap_, 0, it->first), it->second.size);
    ASSERT_TRUE(HeapFree(heap_, 0, it->first));
    ASSERT_EQ(HeapSize(heap_, 0, it->first), kFailed);
    blocks_.erase(it);
  }

  void Resize() {
    const auto it = AnyBlock();
    const Block old = it->second;
    const SIZE_T size = AnySize();
    const DWORD flags = random_() % 32 & (HEAP_ZERO_MEMORY | HEAP_REALLOC_IN_PLACE_ONLY);
    void* block = HeapReAlloc(heap_, flags, it->first, size);
    if (block == nullptr) {
      ASSERT_TRUE(AllAre(it->first, old.size, old.fill));
      return;
    }
    if ((flags & HEAP_REALLOC_IN_PLACE_ONLY) != 0) {
      ASSERT_EQ(block, it->first);
    }
    ASSERT_TRUE(AllAre(block, size < old.size ? size : old.size, old.fill));
    if ((flags & HEAP_ZERO_MEMORY) != 0 && size > old.size) {
      ASSERT_TRUE(AllAre(Bytes(block) + old.size, size - old.size, 0));
    }
    blocks_.erase(it);
    Add(block, size);
  }

  PrivateHeap heap_;
  std::mt19937 random_;
  std::map<char*, Block> blocks_;
  std::uintptr_t last_ = 0;
};

TEST(RandomCalls, KeepEveryBlockWhole) {
  for (unsigned seed = 1; seed <= 8; ++seed) {
    Player growing(seed, 0);
    Player fixed(seed + 100, 0x100000);
    for (int i = 0; i < 2500 && !testing::Test::HasFailure(); ++i) {
      growing.Step();
      fixed.Step();
    }
    growing.End();
    fixed.End();
  }
}

}  // namespace
}  // namespace winmem::heap_test
