#include <vector>

#include "heap/layout.h"
#include "impl/test/moveable/support.h"
#include "winmem/winmem.h"

namespace winmem::moveable_test {
namespace {

class Alloc : public Both {};
WINMEM_BOTH_FAMILIES(Alloc);

// The last but two is the largest for which a heap maps no pages of their own.
constexpr SIZE_T kSizes[] = {1,        0x20,     0x123, 0x400, 0x4001, 0x8000, heap::kLargeFrom - 1,
                             0x100000, 0x2000000};

TEST_P(Alloc, AFixedBlockIsABlockOfTheProcessHeap) {
  for (const SIZE_T size : kSizes) {
    void* block = f.alloc(0, size);
    ASSERT_NE(block, nullptr);
    EXPECT_EQ(Number(block) % (2 * sizeof(void*)), 0u);
    EXPECT_TRUE(HeapValidate(GetProcessHeap(), 0, block));
    EXPECT_EQ(f.size(block), size);
    EXPECT_EQ(f.flags(block), 0u);
    EXPECT_EQ(f.handle(block), block);
    EXPECT_EQ(f.lock(block), block);
    EXPECT_EQ(f.flags(block), 0u);  // fixed blocks never count locks (GX-025)
    EXPECT_EQ(f.free(block), nullptr);
  }
  EXPECT_EQ(GetLastError(), kPoison);
}

TEST_P(Alloc, AMoveableObjectHasAHandleApartFromItsData) {
  for (const SIZE_T size : kSizes) {
    HGLOBAL handle = f.alloc(kMoveable, size);
    EXPECT_TRUE(IsTagged(handle));
    EXPECT_EQ(StateWord(handle), 3u);
    EXPECT_EQ(f.size(handle), size);
    EXPECT_EQ(f.flags(handle), 0u);
    void* data = f.lock(handle);
    EXPECT_EQ(data, Slot(handle));
    EXPECT_NE(data, handle);
    EXPECT_EQ(f.flags(handle), 1u);
    EXPECT_EQ(f.handle(data), handle);
    EXPECT_EQ(HeapSize(GetProcessHeap(), 0, data), size);
    EXPECT_TRUE(HeapValidate(GetProcessHeap(), 0, data));
    EXPECT_FALSE(
        HeapValidate(GetProcessHeap(), 0, static_cast<char*>(handle) - sizeof(void*)));  // GA-022
    EXPECT_EQ(f.free(handle), nullptr);
  }
  EXPECT_EQ(GetLastError(), kPoison);
}

TEST_P(Alloc, ZeroinitClearsEveryByte) {
  void* used = f.alloc(0, 100000);
  std::memset(used, 0xCC, 100000);
  f.free(used);
  void* block = f.alloc(kZero, 100000);
  EXPECT_TRUE(AllAre(block, 100000, 0));
  std::memset(block, 0xCC, 100000);
  f.free(block);
  HGLOBAL handle = f.alloc(kMoveable | kZero, 100000);
  EXPECT_TRUE(AllAre(f.lock(handle), 100000, 0));
  f.free(handle);
}

TEST_P(Alloc, ZeroMoveableBytesGiveADiscardedObject) {
  HGLOBAL plain = f.alloc(kMoveable, 0);
  HGLOBAL discardable = f.alloc(kMoveable | f.discardable, 0);
  EXPECT_EQ(StateWord(plain), 0xBu);
  EXPECT_EQ(StateWord(discardable), 0xFu);
  EXPECT_EQ(Slot(plain), nullptr);
  EXPECT_EQ(f.flags(plain), GMEM_DISCARDED);
  EXPECT_EQ(f.flags(discardable), GMEM_DISCARDED | f.discardable);
  EXPECT_EQ(f.size(plain), 0u);
  EXPECT_EQ(TakeLastError(), kPoison);
  EXPECT_EQ(f.lock(plain), nullptr);
  EXPECT_EQ(GetLastError(), ERROR_DISCARDED);
  EXPECT_EQ(f.free(plain), nullptr);
  EXPECT_EQ(f.free(discardable), nullptr);
}

TEST_P(Alloc, ZeroFixedBytesGiveABlock) {
  for (const UINT flags : {0u, kZero, f.discardable}) {
    void* block = f.alloc(flags, 0);
    ASSERT_NE(block, nullptr);
    EXPECT_FALSE(IsTagged(block));
    EXPECT_EQ(f.size(block), f.global ? 1u : 0u);  // GA-011, LA-006
    EXPECT_EQ(f.free(block), nullptr);
  }
  EXPECT_EQ(GetLastError(), kPoison);
}

TEST_P(Alloc, ZeroFixedBytesGiveNullByTheLetterOfThePage) {
  WinmemSetProfile(WINMEM_PROFILE_DOCUMENTED);
  EXPECT_EQ(f.alloc(0, 0), nullptr);
  EXPECT_EQ(f.alloc(kZero, 0), nullptr);
  HGLOBAL handle = f.alloc(kMoveable, 0);
  EXPECT_NE(handle, nullptr);
  WinmemSetProfile(WINMEM_PROFILE_WINDOWS);
  f.free(handle);
}

TEST_P(Alloc, AnImpossibleSizeFailsAndLeaksNoHandle) {
  for (const UINT flags : {0u, kZero, kMoveable, kMoveable | kZero}) {
    for (const SIZE_T size : {kHuge, kHuge - 7, kHuge / 2}) {
      EXPECT_EQ(f.alloc(flags, size), nullptr);
      EXPECT_EQ(TakeLastError(), ERROR_NOT_ENOUGH_MEMORY);
    }
  }
  HGLOBAL first = f.alloc(kMoveable, 1);
  f.alloc(kMoveable, kHuge);
  f.free(first);
  EXPECT_EQ(f.alloc(kMoveable, 1), first);
  f.free(first);
}

TEST_P(Alloc, ObsoleteFlagsAreAcceptedAndSomeRemembered) {
  HGLOBAL all = f.alloc(f.all_obsolete, 4);
  EXPECT_TRUE(IsTagged(all));
  EXPECT_EQ(f.flags(all), f.global ? GMEM_DDESHARE | GMEM_DISCARDABLE : LMEM_DISCARDABLE);
  f.free(all);
  HGLOBAL discardable = f.alloc(kMoveable | f.discardable, 1);
  EXPECT_EQ(StateWord(discardable), 7u);
  EXPECT_EQ(f.flags(discardable), f.discardable);
  f.free(discardable);
  void* fixed = f.alloc(f.discardable, 4);
  EXPECT_FALSE(IsTagged(fixed));
  EXPECT_EQ(f.flags(fixed), 0u);
  f.free(fixed);
}

TEST(GlobalAlloc, RemembersDdeShareAndForgetsTheOthers) {
  const struct {
    UINT flags;
    UINT remembered;
  } kCases[] = {{GMEM_DDESHARE, GMEM_DDESHARE},
                {GMEM_NOTIFY, 0},
                {GMEM_NOT_BANKED, 0},
                {GMEM_NOCOMPACT, 0},
                {GMEM_NODISCARD, 0},
                {GMEM_DISCARDABLE, 0x100}};
  for (const auto& c : kCases) {
    HGLOBAL handle = GlobalAlloc(GMEM_MOVEABLE | c.flags, 4);
    EXPECT_EQ(GlobalFlags(handle), c.remembered) << c.flags;
    GlobalFree(handle);
    void* fixed = GlobalAlloc(c.flags, 4);
    EXPECT_EQ(GlobalFlags(fixed), 0u) << c.flags;
    GlobalFree(fixed);
  }
  HGLOBAL shared = GlobalAlloc(GMEM_MOVEABLE | GMEM_DISCARDABLE | GMEM_DDESHARE, 1);
  EXPECT_EQ(StateWord(shared), 0x8007u);  // GA-021
  GlobalFree(shared);
}

TEST_P(Alloc, FlagsThatDoNotExistAreRefused) {
  for (const UINT flags : {0x1u, 0x4u, 0x8u, 0x80u, 0x8000u, 0x10000u, 0x80000000u}) {
    EXPECT_EQ(f.alloc(flags, 4), nullptr) << flags;
    EXPECT_EQ(TakeLastError(), ERROR_INVALID_PARAMETER) << flags;
  }
}

TEST_P(Alloc, BothFamiliesTogetherHave65536Handles) {
  std::vector<HGLOBAL> handles;
  while (HGLOBAL handle = f.alloc(kMoveable | f.discardable, 0)) handles.push_back(handle);
  EXPECT_EQ(TakeLastError(), ERROR_NOT_ENOUGH_MEMORY);
  EXPECT_EQ(handles.size(), 65536u);
  EXPECT_EQ(GlobalAlloc(GMEM_MOVEABLE, 1), nullptr);
  EXPECT_EQ(TakeLastError(), ERROR_NOT_ENOUGH_MEMORY);
  EXPECT_EQ(LocalAlloc(LMEM_MOVEABLE, 0), nullptr);
  EXPECT_EQ(TakeLastError(), ERROR_NOT_ENOUGH_MEMORY);
  void* fixed = f.alloc(f.discardable, 0);  // needs no handle (GA-013)
  EXPECT_NE(fixed, nullptr);
  f.free(fixed);
  for (HGLOBAL handle : handles) ASSERT_EQ(f.free(handle), nullptr);
  HGLOBAL again = f.alloc(kMoveable, 0);
  EXPECT_NE(again, nullptr);
  f.free(again);
}

}  // namespace
}  // namespace winmem::moveable_test
