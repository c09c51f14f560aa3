#include "impl/test/moveable/support.h"

namespace winmem::moveable_test {
namespace {

class ReAllocFixed : public Both {
 protected:
  void* Make(SIZE_T size) {
    void* block = f.alloc(0, size);
    std::memset(block, 0x5A, size);
    return block;
  }

  // The block moves to a new address without becoming moveable; returns that.
  void* ExpectMoves(void* block, SIZE_T size) {
    void* moved = f.realloc(block, size, kMoveable);
    EXPECT_NE(moved, nullptr);
    EXPECT_NE(moved, block);
    EXPECT_FALSE(IsTagged(moved));
    EXPECT_EQ(f.size(moved), size);
    EXPECT_EQ(f.lock(moved), moved);
    return moved;
  }
};
WINMEM_BOTH_FAMILIES(ReAllocFixed);

TEST_P(ReAllocFixed, NullIsNoAllocation) {
  for (const SIZE_T size : {SIZE_T{0}, SIZE_T{4}, SIZE_T{10}, kHuge}) {
    for (const UINT flags : {0u, kZero, kMoveable, kZero | kMoveable, kModify}) {
      EXPECT_EQ(f.realloc(nullptr, size, flags), nullptr);
      EXPECT_EQ(TakeLastError(), ERROR_NOT_ENOUGH_MEMORY);
    }
  }
}

TEST_P(ReAllocFixed, ASmallBlockIsNeverResizedInPlace) {
  for (const SIZE_T old : {SIZE_T{0}, SIZE_T{10}, SIZE_T{12}}) {
    void* block = Make(old);
    const SIZE_T was = f.size(block);
    for (const SIZE_T size : {SIZE_T{0}, SIZE_T{10}, SIZE_T{12}, SIZE_T{512}, kHuge}) {
      EXPECT_EQ(f.realloc(block, size, 0), nullptr);  // GX-071, LX-047
      EXPECT_EQ(TakeLastError(), ERROR_NOT_ENOUGH_MEMORY);
    }
    EXPECT_EQ(f.size(block), was);
    f.free(block);
  }
}

TEST_P(ReAllocFixed, ASmallBlockMovesWithMoveable) {
  for (const SIZE_T size : {SIZE_T{13}, SIZE_T{512}, SIZE_T{12}, SIZE_T{10}, SIZE_T{0}}) {
    void* moved = ExpectMoves(Make(12), size);
    EXPECT_TRUE(AllAre(moved, size < 12 ? size : 12, 0x5A));
    EXPECT_EQ(f.free(moved), nullptr);
  }
  EXPECT_EQ(GetLastError(), kPoison);
}

TEST_P(ReAllocFixed, ALargeBlockGrowsALittleAndShrinksInPlace) {
  for (const UINT flags : {0u, kMoveable}) {
    void* block = Make(0x20000);
    void* behind = Make(0x20000);
    EXPECT_EQ(f.realloc(block, 0x20200, flags), block);  // GX-077
    EXPECT_EQ(f.size(block), 0x20200u);
    EXPECT_EQ(f.realloc(block, 10, flags), block);  // GX-078
    EXPECT_EQ(f.size(block), 10u);
    EXPECT_EQ(f.realloc(block, 0, flags), block);  // GX-081
    EXPECT_EQ(f.size(block), 0u);
    EXPECT_EQ(f.realloc(block, 0, flags), block);  // LX-064
    f.free(behind);
    f.free(block);
  }
  EXPECT_EQ(GetLastError(), kPoison);
}

TEST_P(ReAllocFixed, ZeroinitClearsWhatIsAdded) {
  void* block = Make(100000);
  void* grown = f.realloc(block, 200000, kMoveable | kZero);  // LX-057
  EXPECT_EQ(f.lock(grown), grown);
  EXPECT_TRUE(AllAre(grown, 100000, 0x5A));
  EXPECT_TRUE(AllAre(static_cast<char*>(grown) + 100000, 100000, 0));
  f.free(grown);
  void* small = f.realloc(Make(3), 300, kMoveable | kZero);
  EXPECT_TRUE(AllAre(small, 3, 0x5A));
  EXPECT_TRUE(AllAre(static_cast<char*>(small) + 3, 297, 0));
  f.free(small);
}

TEST_P(ReAllocFixed, DiscardableWithoutModifyFails) {
  for (const SIZE_T old : {SIZE_T{12}, SIZE_T{0x20000}}) {
    void* block = Make(old);
    for (const SIZE_T size : {SIZE_T{512}, SIZE_T{10}, SIZE_T{0}}) {
      EXPECT_EQ(f.realloc(block, size, kMoveable | f.discardable), nullptr);  // LX-042
    }
    EXPECT_EQ(f.size(block), old);
    f.free(block);
  }
}

TEST_P(ReAllocFixed, ModifyIgnoresTheSize) {
  for (const SIZE_T old : {SIZE_T{12}, SIZE_T{0x20000}}) {
    void* block = Make(old);
    for (const SIZE_T size : {SIZE_T{11}, SIZE_T{1048576}, SIZE_T{0}, kHuge}) {
      EXPECT_EQ(f.realloc(block, size, kModify), block);  // GX-066
    }
    EXPECT_EQ(f.size(block), old);
    f.free(block);
  }
  EXPECT_EQ(GetLastError(), kPoison);
}

TEST_P(ReAllocFixed, AnImpossibleSizeLeavesTheBlockAsItWas) {
  for (const SIZE_T old : {SIZE_T{1}, SIZE_T{0x20000}, SIZE_T{0x200000}}) {
    void* block = Make(old);
    EXPECT_EQ(f.realloc(block, kHuge, kMoveable), nullptr);  // LX-062
    EXPECT_EQ(TakeLastError(), ERROR_NOT_ENOUGH_MEMORY);
    EXPECT_TRUE(AllAre(block, old, 0x5A));
    EXPECT_EQ(f.free(block), nullptr);
  }
}

TEST(GlobalReAlloc, ModifyWithMoveableMakesAFixedBlockMoveable) {
  for (const SIZE_T size : {SIZE_T{12}, SIZE_T{0x20000}, SIZE_T{0x200000}}) {
    for (const UINT more : {0u, GMEM_DISCARDABLE}) {
      void* block = GlobalAlloc(GMEM_FIXED, size);
      std::memset(block, 0x5A, size);
      SetLastError(kPoison);
      HGLOBAL handle = GlobalReAlloc(block, 512, GMEM_MODIFY | GMEM_MOVEABLE | more);
      EXPECT_TRUE(IsTagged(handle));
      EXPECT_EQ(StateWord(handle), more != 0 ? 7u : 3u);  // GX-068, GX-069
      EXPECT_EQ(GlobalSize(handle), size);
      EXPECT_NE(Slot(handle), block);  // GX-070
      EXPECT_TRUE(AllAre(GlobalLock(handle), size, 0x5A));
      EXPECT_EQ(GlobalHandle(Slot(handle)), handle);
      EXPECT_EQ(TakeLastError(), kPoison);
      EXPECT_FALSE(GlobalUnlock(handle));
      EXPECT_EQ(GetLastError(), NO_ERROR);
      EXPECT_FALSE(HeapValidate(GetProcessHeap(), 0, block));
      EXPECT_EQ(GlobalFree(handle), nullptr);
    }
  }
}

TEST(LocalReAlloc, ModifyWithMoveableLeavesAFixedBlockFixed) {
  void* block = LocalAlloc(LMEM_FIXED, 12);
  const UINT every = LMEM_MOVEABLE | LMEM_DISCARDABLE | LMEM_NOCOMPACT | LMEM_NODISCARD;
  for (const UINT more : {UINT{LMEM_MOVEABLE}, every}) {
    EXPECT_EQ(LocalReAlloc(block, 512, LMEM_MODIFY | more), block);  // LX-045, LX-046
  }
  EXPECT_EQ(LocalSize(block), 12u);
  EXPECT_EQ(LocalFree(block), nullptr);
}

}  // namespace
}  // namespace winmem::moveable_test
