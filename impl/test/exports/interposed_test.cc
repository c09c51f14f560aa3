// This program defines Win32 names of its own, and a program's names come before those of any
// library: what the library does inside must not reach them.
#include <dlfcn.h>
#include <gtest/gtest.h>

#include "winmem/windows.h"

namespace {

int calls;

}  // namespace

LPVOID VirtualAlloc(LPVOID, SIZE_T, DWORD, DWORD) {
  ++calls;
  return nullptr;
}
BOOL VirtualFree(LPVOID, SIZE_T, DWORD) {
  return ++calls, FALSE;
}
LPVOID HeapAlloc(HANDLE, DWORD, SIZE_T) {
  return ++calls, nullptr;
}
BOOL HeapFree(HANDLE, DWORD, LPVOID) {
  return ++calls, FALSE;
}
HANDLE GetProcessHeap() {
  return ++calls, nullptr;
}
VOID SetLastError(DWORD) {
  ++calls;
}
VOID RaiseException(DWORD, DWORD, DWORD, const ULONG_PTR*) {
  ++calls;
}

// What an executable for static linking might bring along by the same names as the library's own.
extern "C" void winmem_raise() {
  ++calls;
}
extern "C" DWORD winmem_guarded_copy() {
  return ++calls, 1;
}
extern "C" void winmem_dispatch_raise() {
  ++calls;
}

namespace {

class Interposed : public testing::Test {
 protected:
  void SetUp() override {
    library_ = dlopen("libwinmem.so", RTLD_NOW | RTLD_NOLOAD);
    ASSERT_NE(library_, nullptr);
    calls = 0;
  }
  void TearDown() override {
    EXPECT_EQ(calls, 0);
    dlclose(library_);
  }
  template <class Function>
  Function* TheLibrarys(const char* name, Function*) {
    return reinterpret_cast<Function*>(dlsym(library_, name));
  }
  void* library_;
};

TEST_F(Interposed, GlobalAllocUsesTheHeapOfTheLibrary) {
  HGLOBAL fixed = GlobalAlloc(GPTR, 1000);
  HGLOBAL moveable = GlobalAlloc(GHND, 0x100000);
  ASSERT_NE(fixed, nullptr);
  ASSERT_NE(GlobalLock(moveable), nullptr);
  GlobalUnlock(moveable);
  EXPECT_EQ(GlobalFree(fixed), nullptr);
  EXPECT_EQ(GlobalFree(moveable), nullptr);
}

TEST_F(Interposed, AHeapUsesTheVirtualMemoryOfTheLibrary) {
  auto* allocate = TheLibrarys("HeapAlloc", &HeapAlloc);
  ASSERT_NE(allocate, &HeapAlloc);
  const HANDLE heap = HeapCreate(0, 0, 0);
  ASSERT_NE(heap, nullptr);
  EXPECT_NE(allocate(heap, 0, 0x400000), nullptr);
  EXPECT_TRUE(HeapDestroy(heap));
}

TEST_F(Interposed, AFailureSetsTheLastErrorOfTheLibrary) {
  auto* set = TheLibrarys("SetLastError", &SetLastError);
  set(5);
  DWORD old = 0;
  EXPECT_FALSE(VirtualProtect(nullptr, 1, 0, &old));
  EXPECT_EQ(GetLastError(), ERROR_INVALID_PARAMETER);
  MEMORY_BASIC_INFORMATION info;
  EXPECT_EQ(VirtualQuery(&info, &info, sizeof info), sizeof info);
}

LONG Continue(EXCEPTION_POINTERS*) {
  return EXCEPTION_CONTINUE_EXECUTION;
}

TEST_F(Interposed, AHeapRaisesTheExceptionOfTheLibrary) {
  void* handler = AddVectoredExceptionHandler(1, Continue);
  auto* allocate = TheLibrarys("HeapAlloc", &HeapAlloc);
  const HANDLE heap = HeapCreate(HEAP_GENERATE_EXCEPTIONS, 0, 0x10000);
  EXPECT_EQ(allocate(heap, 0, 0x100000), nullptr);
  EXPECT_TRUE(HeapDestroy(heap));
  RemoveVectoredExceptionHandler(handler);
}

TEST(Exports, InternalNamesAreNotToBeHad) {
  void* library = dlopen("libwinmem.so", RTLD_NOW | RTLD_NOLOAD);
  ASSERT_NE(library, nullptr);
  for (const char* name : {"winmem_raise", "winmem_guarded_copy", "_ZN6winmem2vm6kernelE"}) {
    EXPECT_EQ(dlsym(library, name), nullptr) << name;
  }
  dlclose(library);
}

}  // namespace
