#include "winmem/exception.h"
#include "impl/test/heap/support.h"

namespace winmem::heap_test {
namespace {

int raised = 0;
EXCEPTION_RECORD seen;
HANDLE used_by_handler = nullptr;

// Notes the exception, uses the heap, and lets the call return.
LONG NTAPI Note(EXCEPTION_POINTERS* exception) {
  if (exception->ExceptionRecord->ExceptionCode != STATUS_NO_MEMORY) {
    return EXCEPTION_CONTINUE_SEARCH;
  }
  ++raised;
  seen = *exception->ExceptionRecord;
  void* block = HeapAlloc(used_by_handler, 0, 16);
  EXPECT_TRUE(HeapFree(used_by_handler, 0, block));
  return EXCEPTION_CONTINUE_EXECUTION;
}

class GenerateExceptions : public testing::Test {
 public:
  GenerateExceptions() {
    raised = 0;
    used_by_handler = GetProcessHeap();
    handler_ = AddVectoredExceptionHandler(1, Note);
  }
  ~GenerateExceptions() override { RemoveVectoredExceptionHandler(handler_); }

 protected:
  void ExpectRaised(SIZE_T size) {
    EXPECT_EQ(raised, 1);
    EXPECT_EQ(seen.ExceptionFlags, 0u);
    EXPECT_EQ(seen.NumberParameters, 1u);  // HA-041
    EXPECT_EQ(seen.ExceptionInformation[0], size);
    EXPECT_EQ(GetLastError(), ERROR_NOT_ENOUGH_MEMORY);
    raised = 0;
  }

 private:
  PVOID handler_;
};

TEST_F(GenerateExceptions, OnTheCallRaisesNoMemory) {
  const PrivateHeap heap;
  used_by_handler = heap;
  EXPECT_EQ(HeapAlloc(heap, HEAP_GENERATE_EXCEPTIONS, kFailed), nullptr);
  ExpectRaised(kFailed);
  void* block = HeapAlloc(heap, HEAP_GENERATE_EXCEPTIONS, 10);
  EXPECT_EQ(HeapReAlloc(heap, HEAP_GENERATE_EXCEPTIONS, block, kFailed), nullptr);
  ExpectRaised(kFailed);
  EXPECT_EQ(HeapSize(heap, 0, block), 10u);
}

TEST_F(GenerateExceptions, OnTheHeapRaisesWithoutRepeatingTheFlag) {
  const PrivateHeap heap(HEAP_GENERATE_EXCEPTIONS, 0, 0x10000);
  used_by_handler = heap;
  EXPECT_EQ(HeapAlloc(heap, 0, 0x20000), nullptr);
  ExpectRaised(0x20000);
  void* block = HeapAlloc(heap, 0, 10);
  EXPECT_EQ(HeapReAlloc(heap, 0, block, 0x20000), nullptr);
  ExpectRaised(0x20000);
  HeapAlloc(heap, 0, 10);
  EXPECT_EQ(HeapReAlloc(heap, HEAP_REALLOC_IN_PLACE_ONLY, block, 1000), nullptr);
  ExpectRaised(1000);
}

TEST_F(GenerateExceptions, OtherFailuresDoNotRaise) {
  const PrivateHeap heap(HEAP_GENERATE_EXCEPTIONS);
  EXPECT_FALSE(HeapFree(heap, HEAP_GENERATE_EXCEPTIONS, reinterpret_cast<void*>(2)));  // HF-016
  EXPECT_EQ(HeapReAlloc(heap, 0, nullptr, 1), nullptr);
  EXPECT_EQ(HeapReAlloc(heap, 0, &raised, 1), nullptr);
  const PrivateHeap plain;
  EXPECT_EQ(HeapAlloc(plain, 0, kFailed), nullptr);
  EXPECT_EQ(raised, 0);
}

TEST_F(GenerateExceptions, TheHeapIsNotLockedMeanwhile) {
  const PrivateHeap heap(HEAP_GENERATE_EXCEPTIONS);
  used_by_handler = heap;
  EXPECT_EQ(HeapAlloc(heap, 0, kFailed), nullptr);
  EXPECT_FALSE(HeapUnlock(heap));  // would succeed if the call had kept it
}

}  // namespace
}  // namespace winmem::heap_test
