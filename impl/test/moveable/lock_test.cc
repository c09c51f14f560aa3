#include "impl/test/moveable/support.h"

namespace winmem::moveable_test {
namespace {

class Lock : public Both {};
WINMEM_BOTH_FAMILIES(Lock);

TEST_P(Lock, CountsLocksAndTheLastUnlockIsFalseWithNoError) {
  HGLOBAL handle = f.alloc(kMoveable, 256);
  void* data = f.lock(handle);
  EXPECT_EQ(f.lock(handle), data);
  EXPECT_EQ(f.flags(handle), 2u);
  EXPECT_TRUE(f.unlock(handle));
  EXPECT_EQ(f.flags(handle), 1u);
  EXPECT_EQ(TakeLastError(), kPoison);
  EXPECT_FALSE(f.unlock(handle));
  EXPECT_EQ(TakeLastError(), NO_ERROR);
  EXPECT_EQ(f.flags(handle), 0u);
  EXPECT_FALSE(f.unlock(handle));
  EXPECT_EQ(TakeLastError(), ERROR_NOT_LOCKED);
  EXPECT_EQ(StateWord(handle), 3u);
  f.free(handle);
}

TEST_P(Lock, CountsTo255) {
  HGLOBAL handle = f.alloc(kMoveable, 1);
  for (int i = 0; i < 256; ++i) ASSERT_NE(f.lock(handle), nullptr);
  EXPECT_EQ(f.flags(handle), 255u);
  for (int i = 0; i < 254; ++i) ASSERT_TRUE(f.unlock(handle));
  EXPECT_FALSE(f.unlock(handle));
  EXPECT_EQ(StateWord(handle), 3u);
  f.free(handle);
}

TEST_P(Lock, AFixedBlockIsItsOwnDataAndIsNeverLocked) {
  void* block = f.alloc(0, 100);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(f.lock(block), block);
    EXPECT_EQ(TakeLastError(), kPoison);
    EXPECT_EQ(f.unlock(block), f.global ? TRUE : FALSE);  // GX-017, LX-010
    EXPECT_EQ(TakeLastError(), f.global ? kPoison : ERROR_NOT_LOCKED);
  }
  f.free(block);
}

TEST_P(Lock, TheAddressOfTheDataCountsNothing) {
  HGLOBAL handle = f.alloc(kMoveable, 4);
  void* data = f.lock(handle);
  EXPECT_EQ(f.lock(data), data);
  EXPECT_EQ(f.flags(handle), 1u);
  EXPECT_EQ(f.unlock(data), f.global ? TRUE : FALSE);  // GX-023, LX-014
  EXPECT_EQ(f.flags(handle), 1u);
  EXPECT_EQ(f.size(data), 4u);
  EXPECT_EQ(f.flags(data), 0u);
  TakeLastError();
  EXPECT_FALSE(f.unlock(handle));
  EXPECT_EQ(GetLastError(), NO_ERROR);
  f.free(handle);
}

TEST_P(Lock, NullIsNoObject) {
  EXPECT_EQ(f.lock(nullptr), nullptr);
  EXPECT_EQ(TakeLastError(), ERROR_INVALID_HANDLE);
  EXPECT_TRUE(f.unlock(nullptr));  // GX-022, LX-709
  EXPECT_EQ(TakeLastError(), kPoison);
  EXPECT_EQ(f.size(nullptr), 0u);
  EXPECT_EQ(TakeLastError(), ERROR_INVALID_HANDLE);
  EXPECT_EQ(f.handle(nullptr), nullptr);
  EXPECT_EQ(TakeLastError(), ERROR_INVALID_HANDLE);
  EXPECT_EQ(f.flags(nullptr), GMEM_INVALID_HANDLE);
  EXPECT_EQ(TakeLastError(), ERROR_INVALID_HANDLE);
}

TEST(LocalFlags, SaysNothingOfDdeShare) {
  HGLOBAL handle = GlobalAlloc(GMEM_MOVEABLE | GMEM_DDESHARE, 4);
  EXPECT_EQ(GlobalFlags(handle), GMEM_DDESHARE);
  EXPECT_EQ(LocalFlags(handle), 0u);
  GlobalFree(handle);
}

TEST_P(Lock, AHandleIsNotTheAddressOfData) {
  HGLOBAL handle = f.alloc(kMoveable, 4);
  EXPECT_EQ(f.handle(handle), nullptr);  // GX-744
  EXPECT_EQ(GetLastError(), ERROR_INVALID_HANDLE);
  f.free(handle);
}

TEST_P(Lock, ABlockOfTheProcessHeapIsItsOwnHandle) {
  void* block = HeapAlloc(GetProcessHeap(), 0, 16);
  EXPECT_EQ(f.handle(block), block);  // LX-028
  HeapFree(GetProcessHeap(), 0, block);
}

}  // namespace
}  // namespace winmem::moveable_test
