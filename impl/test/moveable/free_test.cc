#include "impl/test/moveable/support.h"

namespace winmem::moveable_test {
namespace {

class Free : public Both {};
WINMEM_BOTH_FAMILIES(Free);

TEST_P(Free, NullSucceeds) {
  EXPECT_EQ(f.free(nullptr), nullptr);
  EXPECT_EQ(GetLastError(), kPoison);
}

TEST_P(Free, LocksDoNotProtect) {
  HGLOBAL handle = f.alloc(kMoveable, 4);
  f.lock(handle);
  f.lock(handle);
  EXPECT_EQ(f.free(handle), nullptr);
  void* fixed = f.alloc(0, 4);
  f.lock(fixed);
  EXPECT_EQ(f.free(fixed), nullptr);
  EXPECT_EQ(GetLastError(), kPoison);
}

TEST_P(Free, AFreedHandleIsKnownAsSuch) {
  HGLOBAL handle = f.alloc(kMoveable, 256);
  void* data = f.lock(handle);
  ASSERT_EQ(f.free(handle), nullptr);
  EXPECT_EQ(Slot(handle), nullptr);  // GF-020
  EXPECT_NE(StateWord(handle), 0u);
  EXPECT_EQ(StateWord(handle) % (2 * sizeof(void*)), 0u);
  EXPECT_EQ(f.free(handle), handle);
  EXPECT_EQ(TakeLastError(), ERROR_INVALID_HANDLE);
  EXPECT_EQ(f.lock(handle), nullptr);
  EXPECT_EQ(TakeLastError(), ERROR_INVALID_HANDLE);
  EXPECT_EQ(f.unlock(handle), f.global ? TRUE : FALSE);  // GX-019, LX-012
  EXPECT_EQ(TakeLastError(), ERROR_INVALID_HANDLE);
  EXPECT_EQ(f.size(handle), 0u);
  EXPECT_EQ(TakeLastError(), ERROR_INVALID_HANDLE);
  EXPECT_EQ(f.flags(handle), GMEM_INVALID_HANDLE);
  EXPECT_EQ(TakeLastError(), ERROR_INVALID_HANDLE);
  EXPECT_EQ(f.realloc(handle, 0, kMoveable), nullptr);
  EXPECT_EQ(TakeLastError(), ERROR_INVALID_HANDLE);
  EXPECT_EQ(f.handle(handle), nullptr);
  EXPECT_EQ(TakeLastError(), ERROR_INVALID_HANDLE);
  EXPECT_FALSE(HeapValidate(GetProcessHeap(), 0, data));
}

TEST_P(Free, AFreedFixedBlockIsRefused) {
  void* block = f.alloc(0, 100);
  ASSERT_EQ(f.free(block), nullptr);
  EXPECT_EQ(f.free(block), block);  // undefined on Windows (GF-013)
  EXPECT_EQ(GetLastError(), ERROR_INVALID_HANDLE);
}

TEST_P(Free, WhatIsShapedLikeNoAddressIsAnInvalidHandle) {
  for (HGLOBAL value : {MadeUpHandle(), MadeUp(0xDEADBEEF), MadeUp(0xFFFFFFFF)}) {
    EXPECT_EQ(f.free(value), value);
    EXPECT_EQ(TakeLastError(), ERROR_INVALID_HANDLE);
    EXPECT_EQ(f.lock(value), nullptr);
    EXPECT_EQ(TakeLastError(), ERROR_INVALID_HANDLE);
    EXPECT_EQ(f.unlock(value), f.global ? TRUE : FALSE);
    EXPECT_EQ(TakeLastError(), ERROR_INVALID_HANDLE);
    EXPECT_EQ(f.size(value), 0u);
    EXPECT_EQ(TakeLastError(), ERROR_INVALID_HANDLE);
    EXPECT_EQ(f.flags(value), GMEM_INVALID_HANDLE);
    EXPECT_EQ(TakeLastError(), ERROR_INVALID_HANDLE);
    EXPECT_EQ(f.realloc(value, 0, kMoveable), nullptr);
    EXPECT_EQ(TakeLastError(), ERROR_INVALID_HANDLE);
  }
}

// Each function has its own error for it: contradiction 12 of the notes on the evidence.
TEST_P(Free, AnAddressThatCannotBeReadHasTheErrorOfItsFunction) {
  HGLOBAL address = UnmappedAddress();
  EXPECT_EQ(f.free(address), address);  // GF-018, LF-013
  EXPECT_EQ(TakeLastError(), ERROR_NOACCESS);
  EXPECT_EQ(f.realloc(address, 0, kMoveable), nullptr);  // GX-086, LX-061
  EXPECT_EQ(TakeLastError(), ERROR_NOACCESS);
  EXPECT_EQ(f.size(address), 0u);  // GX-033, LX-023
  EXPECT_EQ(TakeLastError(), ERROR_INVALID_HANDLE);
  EXPECT_EQ(f.flags(address), GMEM_INVALID_HANDLE);  // GX-030, LX-018
  EXPECT_EQ(TakeLastError(), f.global ? ERROR_INVALID_HANDLE : ERROR_NOACCESS);
  EXPECT_EQ(f.handle(address), nullptr);  // LX-029
  EXPECT_EQ(TakeLastError(), f.global ? ERROR_INVALID_HANDLE : ERROR_NOACCESS);
  EXPECT_EQ(f.lock(address), nullptr);  // GX-010, LX-006
  EXPECT_EQ(TakeLastError(), f.global ? ERROR_INVALID_HANDLE : kPoison);
  EXPECT_EQ(f.unlock(address), f.global ? TRUE : FALSE);  // LX-014
  EXPECT_EQ(TakeLastError(), f.global ? kPoison : ERROR_NOT_LOCKED);
}

TEST_P(Free, ReadableMemoryThatIsNoBlockIsRefused) {
  alignas(16) static char array[64];
  HANDLE other = HeapCreate(0, 0, 0);
  void* foreign = HeapAlloc(other, 0, 100);
  char* block = static_cast<char*>(f.alloc(0, 100));
  for (void* value : {static_cast<void*>(array), foreign, static_cast<void*>(block + 16)}) {
    EXPECT_EQ(f.free(value), value);
    EXPECT_EQ(TakeLastError(), ERROR_INVALID_HANDLE);
    EXPECT_EQ(f.realloc(value, 10, kMoveable), nullptr);
    EXPECT_EQ(TakeLastError(), ERROR_INVALID_HANDLE);
    EXPECT_EQ(f.size(value), 0u);
    EXPECT_EQ(TakeLastError(), ERROR_INVALID_HANDLE);
  }
  EXPECT_EQ(HeapSize(other, 0, foreign), 100u);
  EXPECT_EQ(f.free(block), nullptr);
  HeapDestroy(other);
}

TEST_P(Free, TheAddressOfTheDataFreesThem) {
  HGLOBAL handle = f.alloc(kMoveable, 4);
  void* data = f.lock(handle);
  EXPECT_EQ(f.free(data), nullptr);  // GF-010, GF-704
  EXPECT_EQ(GetLastError(), kPoison);
  EXPECT_FALSE(HeapValidate(GetProcessHeap(), 0, data));
  EXPECT_EQ(f.size(handle), 0u);
  EXPECT_EQ(f.flags(handle), GMEM_DISCARDED);
  EXPECT_EQ(f.free(handle), nullptr);
}

TEST_P(Free, TheOtherFamilysObjectsAreFreedToo) {
  const Family& other = f.global ? kLocal : kGlobal;
  EXPECT_EQ(f.free(other.alloc(0, 10)), nullptr);
  EXPECT_EQ(f.free(other.alloc(kMoveable, 10)), nullptr);
  EXPECT_EQ(f.free(HeapAlloc(GetProcessHeap(), 0, 10)), nullptr);
  EXPECT_EQ(GetLastError(), kPoison);
}

// A program can free the data behind the object's back; what lies there later is not the object's.
TEST_P(Free, DataFreedThroughHeapFreeAreNotFreedAgain) {
  HGLOBAL handle = f.alloc(kMoveable, 40);
  void* data = f.lock(handle);
  ASSERT_TRUE(HeapFree(GetProcessHeap(), 0, data));
  void* block = HeapAlloc(GetProcessHeap(), 0, 40);
  EXPECT_EQ(f.size(handle), 0u);
  EXPECT_EQ(f.free(handle), nullptr);
  EXPECT_EQ(HeapSize(GetProcessHeap(), 0, block), 40u);
  HeapFree(GetProcessHeap(), 0, block);
}

TEST_P(Free, DataMovedThroughHeapReAllocAreABlockLikeOthers) {
  HGLOBAL handle = f.alloc(kMoveable, 40);
  void* data = f.lock(handle);
  void* moved = HeapReAlloc(GetProcessHeap(), 0, data, 100000);
  ASSERT_NE(moved, nullptr);
  ASSERT_NE(moved, data);
  EXPECT_EQ(f.handle(moved), moved);
  EXPECT_EQ(f.size(handle), 0u);
  EXPECT_EQ(f.free(handle), nullptr);
  EXPECT_EQ(f.handle(moved), moved);
  EXPECT_EQ(f.size(moved), 100000u);
  EXPECT_EQ(f.free(moved), nullptr);
}

TEST_P(Free, WhatAProgramWritesBehindAHandleMisleadsNobody) {
  HGLOBAL handle = f.alloc(kMoveable, 40);
  static_cast<std::uintptr_t*>(handle)[-1] = ~std::uintptr_t{0};
  *static_cast<void**>(handle) = MadeUp(0xDEADBEEF);
  EXPECT_EQ(f.size(handle), 40u);
  EXPECT_EQ(f.flags(handle), 0u);
  EXPECT_EQ(f.free(handle), nullptr);
}

}  // namespace
}  // namespace winmem::moveable_test
