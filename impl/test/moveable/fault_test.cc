// Objects whose pages the program has protected.
#include <functional>

#include "impl/test/moveable/support.h"
#include "support/catching.h"
#include "winmem/exception.h"
#include "winmem/virtual.h"

namespace winmem::moveable_test {
namespace {

using test::Catch;

constexpr SIZE_T kPage = 0x1000;
constexpr SIZE_T kSize = 0x8000;

char* PageOf(void* address) {
  return reinterpret_cast<char*>((Number(address) + kPage - 1) / kPage * kPage);
}

void Protect(void* page, DWORD protect) {
  DWORD old;
  ASSERT_TRUE(VirtualProtect(page, kPage, protect, &old));
}

std::function<void()> in_handler;
int handled = 0;

LONG Handle(EXCEPTION_POINTERS*) {
  ++handled;
  in_handler();
  return EXCEPTION_CONTINUE_EXECUTION;
}

class ProtectedObject : public Both {
 protected:
  ProtectedObject() { handled = 0; }
  ~ProtectedObject() override {
    EXPECT_FALSE(HeapUnlock(GetProcessHeap()));  // no call has left it locked
    EXPECT_TRUE(HeapValidate(GetProcessHeap(), 0, nullptr));
  }

  // Makes `call` with a handler that does `then` and continues.
  template <class Call>
  static void* Handling(std::function<void()> then, Call call) {
    in_handler = std::move(then);
    PVOID handle = AddVectoredExceptionHandler(1, Handle);
    void* result = call();
    RemoveVectoredExceptionHandler(handle);
    return result;
  }

  HGLOBAL Make(UINT flags) {
    HGLOBAL memory = f.alloc(flags, kSize);
    std::memset(f.lock(memory), 0x5A, kSize);
    f.unlock(memory);
    TakeLastError();
    return memory;
  }
  void* DataOf(HGLOBAL memory) { return IsTagged(memory) ? Slot(memory) : memory; }
};
WINMEM_BOTH_FAMILIES(ProtectedObject);

TEST_P(ProtectedObject, AGuardPageRaisesOnceAndTheCallThenSucceeds) {
  for (const UINT flags : {0u, kMoveable}) {
    HGLOBAL memory = Make(flags);
    Protect(PageOf(DataOf(memory)), PAGE_READWRITE | PAGE_GUARD);
    handled = 0;
    void* result = Handling([] { EXPECT_FALSE(HeapUnlock(GetProcessHeap())); },
                            [&] { return f.realloc(memory, 64 * kSize, kMoveable | kZero); });
    EXPECT_EQ(handled, 1);
    ASSERT_NE(result, nullptr);
    EXPECT_TRUE(AllAre(DataOf(result), kSize, 0x5A));
    EXPECT_EQ(f.size(result), 64 * kSize);
    EXPECT_EQ(f.free(result), nullptr);
  }
}

TEST_P(ProtectedObject, AnAbandonedCallChangesNothing) {
  for (const UINT flags : {0u, kMoveable}) {
    HGLOBAL memory = Make(flags);
    void* data = DataOf(memory);
    Protect(PageOf(data), PAGE_NOACCESS);
    EXPECT_TRUE(Catch([&] { f.realloc(memory, 64 * kSize, kMoveable); }).raised);
    EXPECT_EQ(DataOf(memory), data);
    EXPECT_EQ(f.size(memory), kSize);
    Protect(PageOf(data), PAGE_READWRITE);
    EXPECT_TRUE(AllAre(data, kSize, 0x5A));
    EXPECT_EQ(f.free(memory), nullptr);
  }
}

TEST_P(ProtectedObject, WhatAHandlerFreesIsNoObjectForTheCallThatGoesOn) {
  for (const UINT flags : {0u, kMoveable}) {
    HGLOBAL memory = Make(flags);
    Protect(PageOf(DataOf(memory)), PAGE_READWRITE | PAGE_GUARD);
    HGLOBAL next = nullptr;
    const auto free = [&] {
      EXPECT_EQ(f.free(memory), nullptr);
      next = Make(flags);
    };
    EXPECT_EQ(Handling(free, [&] { return f.realloc(memory, 64 * kSize, kMoveable); }), nullptr);
    EXPECT_EQ(TakeLastError(), ERROR_INVALID_HANDLE);
    EXPECT_EQ(next, memory);  // which is what makes it hard
    EXPECT_EQ(f.size(next), kSize);
    EXPECT_EQ(f.free(next), nullptr);
  }
}

TEST_P(ProtectedObject, AnAllocationThatCannotBeClearedIsNone) {
  for (const UINT flags : {kZero, kZero | kMoveable}) {
    HGLOBAL memory = Make(flags);
    void* data = DataOf(memory);
    EXPECT_EQ(f.free(memory), nullptr);
    Protect(PageOf(data), PAGE_READONLY);
    EXPECT_TRUE(Catch([&] { f.alloc(flags, kSize); }).raised);
    memory = Handling([&] { Protect(PageOf(data), PAGE_READWRITE); },
                      [&] { return f.alloc(flags, kSize); });
    EXPECT_EQ(handled, 1);
    EXPECT_EQ(DataOf(memory), data);
    EXPECT_TRUE(AllAre(data, kSize, 0));
    EXPECT_EQ(f.free(memory), nullptr);
    handled = 0;
  }
}

TEST(ProtectedFixedObject, DoesNotBecomeMoveableWhenItCannotBeRead) {
  void* block = GlobalAlloc(0, kSize);
  std::memset(block, 0x5A, kSize);
  Protect(PageOf(block), PAGE_NOACCESS);
  const auto change = [block] { return GlobalReAlloc(block, 0, kModify | kMoveable); };
  EXPECT_TRUE(Catch([&] { change(); }).raised);
  EXPECT_FALSE(HeapUnlock(GetProcessHeap()));
  EXPECT_EQ(GlobalHandle(block), block);
  Protect(PageOf(block), PAGE_READWRITE);
  HGLOBAL memory = change();
  EXPECT_TRUE(AllAre(GlobalLock(memory), kSize, 0x5A));
  EXPECT_EQ(GlobalFree(memory), nullptr);
}

TEST(HandleTable, CountsGoOnWhenItIsMadeUnwritable) {
  HGLOBAL memory = GlobalAlloc(kMoveable, 10);
  void* page = reinterpret_cast<void*>(Number(memory) & ~(kPage - 1));
  for (const DWORD protect : {PAGE_READONLY, PAGE_NOACCESS, PAGE_READWRITE | PAGE_GUARD}) {
    Protect(page, protect);
    EXPECT_NE(GlobalLock(memory), nullptr);
    EXPECT_EQ(GlobalFlags(memory), 1u);
    EXPECT_FALSE(GlobalUnlock(memory));
  }
  EXPECT_NE(GlobalLock(memory), nullptr);
  EXPECT_EQ(StateWord(memory) >> 16 & 0xFF, 1u);  // the guard page went unheard
  EXPECT_EQ(GlobalFree(memory), nullptr);
}

}  // namespace
}  // namespace winmem::moveable_test
