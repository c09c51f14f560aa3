#include "impl/test/moveable/support.h"

namespace winmem::moveable_test {
namespace {

class ReAllocMoveable : public Both {
 protected:
  // A moveable object of that size, filled with 0x5A and locked so often.
  HGLOBAL Make(SIZE_T size, int locks) {
    HGLOBAL handle = f.alloc(kMoveable, size);
    std::memset(Slot(handle), 0x5A, size);
    for (int i = 0; i < locks; ++i) f.lock(handle);
    return handle;
  }

  void ExpectUnchanged(HGLOBAL handle, SIZE_T size, void* data, UINT flags) {
    EXPECT_EQ(f.size(handle), size);
    EXPECT_EQ(Slot(handle), data);
    EXPECT_EQ(f.flags(handle), flags);
    EXPECT_TRUE(AllAre(data, size, 0x5A));
  }
};
WINMEM_BOTH_FAMILIES(ReAllocMoveable);

TEST_P(ReAllocMoveable, ZeroBytesDiscardAnUnlockedObject) {
  for (const SIZE_T size : {SIZE_T{12}, SIZE_T{0x20000}}) {
    HGLOBAL handle = Make(size, 0);
    EXPECT_EQ(f.realloc(handle, 0, kMoveable), handle);
    EXPECT_EQ(f.size(handle), 0u);
    EXPECT_EQ(Slot(handle), nullptr);
    EXPECT_EQ(StateWord(handle), 0xBu);
    EXPECT_EQ(f.realloc(handle, 0, kMoveable), handle);
    EXPECT_EQ(f.realloc(handle, 10, kMoveable | kZero), handle);  // GX-049
    EXPECT_EQ(f.size(handle), 10u);
    EXPECT_TRUE(AllAre(f.lock(handle), 10, 0));
    EXPECT_EQ(StateWord(handle), 0x10003u);
    EXPECT_EQ(TakeLastError(), kPoison);
    EXPECT_EQ(f.free(handle), nullptr);
  }
}

TEST_P(ReAllocMoveable, ZeroBytesWithoutMoveableFailAndSetNothing) {
  HGLOBAL handle = Make(12, 0);
  void* data = Slot(handle);
  EXPECT_EQ(f.realloc(handle, 0, 0), nullptr);
  EXPECT_EQ(f.realloc(handle, 0, kZero), nullptr);
  EXPECT_EQ(GetLastError(), kPoison);  // GX-718
  ExpectUnchanged(handle, 12, data, 0);
  f.free(handle);
}

TEST_P(ReAllocMoveable, ALockedObjectCannotBeDiscarded) {
  HGLOBAL handle = Make(12, 1);
  void* data = Slot(handle);
  for (const UINT flags : {0u, kZero, kMoveable, kMoveable | kZero}) {
    EXPECT_EQ(f.realloc(handle, 0, flags), nullptr);
  }
  ExpectUnchanged(handle, 12, data, 1);
  f.free(handle);
}

TEST_P(ReAllocMoveable, SmallDataMoveToGrow) {
  for (const UINT flags : {0u, kMoveable}) {
    HGLOBAL handle = Make(12, 0);
    void* data = Slot(handle);
    EXPECT_EQ(f.realloc(handle, 512, flags), handle);  // GX-053, GX-054
    EXPECT_EQ(f.size(handle), 512u);
    EXPECT_NE(Slot(handle), data);
    EXPECT_TRUE(AllAre(Slot(handle), 12, 0x5A));
    EXPECT_EQ(f.handle(Slot(handle)), handle);
    f.free(handle);
  }
  EXPECT_EQ(GetLastError(), kPoison);
}

TEST_P(ReAllocMoveable, LockedSmallDataMoveOnlyWithMoveable) {
  HGLOBAL handle = Make(12, 1);
  void* data = Slot(handle);
  EXPECT_EQ(f.realloc(handle, 512, 0), nullptr);  // GX-055
  EXPECT_EQ(TakeLastError(), ERROR_NOT_ENOUGH_MEMORY);
  ExpectUnchanged(handle, 12, data, 1);
  EXPECT_EQ(f.realloc(handle, 512, kMoveable), handle);  // GX-056
  EXPECT_NE(Slot(handle), data);
  EXPECT_EQ(f.flags(handle), 1u);
  f.free(handle);
}

TEST_P(ReAllocMoveable, ShrinkingAndTheSameSizeKeepTheAddress) {
  for (const SIZE_T size : {SIZE_T{12}, SIZE_T{0x20000}}) {
    for (const int locks : {0, 1}) {
      for (const UINT flags : {0u, kZero, kMoveable, kMoveable | kZero}) {
        HGLOBAL handle = Make(size, locks);
        void* data = Slot(handle);
        EXPECT_EQ(f.realloc(handle, size, flags), handle);
        EXPECT_EQ(f.realloc(handle, 10, flags), handle);
        EXPECT_EQ(f.size(handle), 10u);
        EXPECT_EQ(Slot(handle), data);
        EXPECT_EQ(f.flags(handle), static_cast<UINT>(locks));
        f.free(handle);
      }
    }
  }
  EXPECT_EQ(GetLastError(), kPoison);
}

TEST_P(ReAllocMoveable, LargeDataGrowALittleWhereTheyAre) {
  for (const int locks : {0, 1}) {
    for (const UINT flags : {0u, kMoveable}) {
      HGLOBAL handle = Make(0x20000, locks);
      HGLOBAL behind = Make(0x20000, 0);
      void* data = Slot(handle);
      EXPECT_EQ(f.realloc(handle, 0x20200, flags), handle);  // LX-037
      EXPECT_EQ(f.size(handle), 0x20200u);
      EXPECT_EQ(Slot(handle), data);
      f.free(handle);
      f.free(behind);
    }
  }
}

TEST_P(ReAllocMoveable, ZeroinitClearsWhatIsAdded) {
  HGLOBAL handle = Make(100000, 0);
  EXPECT_EQ(f.realloc(handle, 200000, kMoveable | kZero), handle);  // LX-058
  EXPECT_TRUE(AllAre(Slot(handle), 100000, 0x5A));
  EXPECT_TRUE(AllAre(static_cast<char*>(Slot(handle)) + 100000, 100000, 0));
  f.free(handle);
}

TEST_P(ReAllocMoveable, DiscardableWithoutModifyFails) {
  for (const int locks : {0, 1}) {
    HGLOBAL handle = Make(12, locks);
    void* data = Slot(handle);
    for (const SIZE_T size : {SIZE_T{512}, SIZE_T{10}, SIZE_T{0}}) {
      EXPECT_EQ(f.realloc(handle, size, kMoveable | f.discardable), nullptr);
      EXPECT_EQ(f.realloc(handle, size, f.all_obsolete), nullptr);
    }
    ExpectUnchanged(handle, 12, data, static_cast<UINT>(locks));
    f.free(handle);
  }
}

TEST_P(ReAllocMoveable, ModifyIgnoresTheSize) {
  for (const int locks : {0, 1}) {
    HGLOBAL handle = Make(12, locks);
    void* data = Slot(handle);
    for (const SIZE_T size : {SIZE_T{0}, SIZE_T{10}, SIZE_T{512}, kHuge}) {
      EXPECT_EQ(f.realloc(handle, size, kModify), handle);
    }
    ExpectUnchanged(handle, 12, data, static_cast<UINT>(locks));
    EXPECT_EQ(f.realloc(handle, 512, kMoveable | kModify | f.discardable), handle);  // GX-065
    ExpectUnchanged(handle, 12, data, f.discardable | static_cast<UINT>(locks));
    EXPECT_EQ(f.realloc(handle, 0, kModify), handle);
    EXPECT_EQ(f.flags(handle) & f.discardable, f.discardable);
    f.free(handle);
  }
  EXPECT_EQ(GetLastError(), kPoison);
}

TEST_P(ReAllocMoveable, AnImpossibleSizeLeavesTheObjectAsItWas) {
  for (const SIZE_T size : {SIZE_T{4}, SIZE_T{0x200000}}) {
    for (const int locks : {0, 1}) {
      HGLOBAL handle = Make(size, locks);
      void* data = Slot(handle);
      for (const UINT flags : {0u, kZero, kZero | kMoveable}) {
        EXPECT_EQ(f.realloc(handle, kHuge, flags), nullptr);
        EXPECT_EQ(TakeLastError(), ERROR_NOT_ENOUGH_MEMORY);
      }
      ExpectUnchanged(handle, size, data, static_cast<UINT>(locks));
      f.free(handle);
    }
  }
  HGLOBAL discarded = f.alloc(kMoveable, 0);
  EXPECT_EQ(f.realloc(discarded, kHuge, kMoveable), nullptr);
  EXPECT_EQ(TakeLastError(), ERROR_NOT_ENOUGH_MEMORY);
  EXPECT_EQ(f.flags(discarded), GMEM_DISCARDED);
  f.free(discarded);
}

TEST_P(ReAllocMoveable, TheAddressOfTheDataIsTakenForABlock) {
  HGLOBAL handle = Make(4, 1);
  void* data = Slot(handle);
  for (const UINT flags : {0u, kZero, kZero | kMoveable}) {
    EXPECT_EQ(f.realloc(data, 4, flags), data);  // GX-741
  }
  EXPECT_EQ(f.realloc(data, 0, 0), data);                     // GX-742
  EXPECT_NE(f.realloc(data, 0, kZero | kMoveable), nullptr);  // GX-743
  EXPECT_EQ(f.realloc(data, 10, kModify | kMoveable), data);
  HGLOBAL behind = Make(4, 0);
  void* moved = f.realloc(data, 5000, kMoveable);
  ASSERT_NE(moved, nullptr);
  EXPECT_EQ(Slot(handle), moved);
  EXPECT_EQ(f.size(handle), 5000u);
  EXPECT_EQ(GetLastError(), kPoison);
  f.free(behind);
  f.free(handle);
}

}  // namespace
}  // namespace winmem::moveable_test
