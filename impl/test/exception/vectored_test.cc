#include <gtest/gtest.h>

#include <cerrno>
#include <string>
#include <vector>

#include "virtual/kernel.h"
#include "winmem/exception.h"
#include "winmem/last_error.h"

namespace {

std::string calls;
void* self;

LONG Search(char name) {
  calls += name;
  return EXCEPTION_CONTINUE_SEARCH;
}
LONG A(EXCEPTION_POINTERS*) {
  return Search('a');
}
LONG B(EXCEPTION_POINTERS*) {
  return Search('b');
}
LONG Last(EXCEPTION_POINTERS*) {
  Search('.');
  return EXCEPTION_CONTINUE_EXECUTION;
}
LONG RemovesItself(EXCEPTION_POINTERS*) {
  EXPECT_NE(RemoveVectoredExceptionHandler(self), 0u);
  EXPECT_EQ(RemoveVectoredExceptionHandler(self), 0u);
  return Search('x');
}
LONG RaisesInside(EXCEPTION_POINTERS* exception) {
  Search('r');
  if (exception->ExceptionRecord->ExceptionCode == 1) RaiseException(2, 0, 0, nullptr);
  return EXCEPTION_CONTINUE_SEARCH;
}

class Vectored : public testing::Test {
 protected:
  void SetUp() override {
    calls.clear();
    last_ = AddVectoredExceptionHandler(0, Last);
  }
  void TearDown() override { RemoveVectoredExceptionHandler(last_); }
  std::string Raised() {
    calls.clear();
    RaiseException(1, 0, 0, nullptr);
    return calls;
  }

 protected:
  const winmem::vm::Kernel kernel_ = winmem::vm::kernel;

 private:
  void* last_;
};

TEST_F(Vectored, AHandlerThatIsAddedFirstIsCalledFirst) {
  void* a = AddVectoredExceptionHandler(1, A);
  void* b = AddVectoredExceptionHandler(1, B);
  EXPECT_EQ(Raised(), "ba.");
  EXPECT_NE(RemoveVectoredExceptionHandler(b), 0u);
  EXPECT_EQ(Raised(), "a.");
  EXPECT_NE(RemoveVectoredExceptionHandler(a), 0u);
}

TEST_F(Vectored, NobodyIsCalledAfterTheOneThatContinues) {
  void* behind = AddVectoredExceptionHandler(0, A);
  EXPECT_EQ(Raised(), ".");
  RemoveVectoredExceptionHandler(behind);
}

TEST_F(Vectored, AHandlerMayRemoveItself) {
  self = AddVectoredExceptionHandler(1, RemovesItself);
  EXPECT_EQ(Raised(), "x.");
  EXPECT_EQ(Raised(), ".");
}

TEST_F(Vectored, TheSameFunctionMayBeAddedTwice) {
  void* a = AddVectoredExceptionHandler(1, A);
  void* again = AddVectoredExceptionHandler(1, A);
  EXPECT_NE(a, again);
  EXPECT_EQ(Raised(), "aa.");
  RemoveVectoredExceptionHandler(a);
  RemoveVectoredExceptionHandler(again);
}

TEST_F(Vectored, AHandlerMayRaiseInItsTurn) {
  void* inner = AddVectoredExceptionHandler(1, RaisesInside);
  EXPECT_EQ(Raised(), "rr..");
  RemoveVectoredExceptionHandler(inner);
}

// Raised by the handler whose removal is under test, while it runs.
LONG RemovesTheNextThatRuns(EXCEPTION_POINTERS* exception) {
  if (exception->ExceptionRecord->ExceptionCode == 2) {
    EXPECT_NE(RemoveVectoredExceptionHandler(self), 0u);
  }
  return Search('a');
}

TEST_F(Vectored, AHandlerThatIsRemovedWhileItRunsIsNotCalledAgain) {
  self = AddVectoredExceptionHandler(1, RaisesInside);
  void* first = AddVectoredExceptionHandler(1, RemovesTheNextThatRuns);
  EXPECT_EQ(Raised(), "ara..");
  EXPECT_EQ(Raised(), "a.");
  EXPECT_NE(RemoveVectoredExceptionHandler(first), 0u);
}

TEST_F(Vectored, WithoutMemoryAHandlerIsNotAdded) {
  std::vector<void*> handles;
  winmem::vm::kernel.map = [](std::uintptr_t*, std::size_t, int) { return ENOMEM; };
  SetLastError(0);
  do {
    handles.push_back(AddVectoredExceptionHandler(1, A));
  } while (handles.back() != nullptr && handles.size() < 100000);
  winmem::vm::kernel = kernel_;
  EXPECT_EQ(handles.back(), nullptr);
  EXPECT_EQ(GetLastError(), ERROR_NOT_ENOUGH_MEMORY);
  handles.pop_back();
  EXPECT_EQ(Raised(), std::string(handles.size(), 'a') + '.');
  for (void* handle : handles) EXPECT_NE(RemoveVectoredExceptionHandler(handle), 0u);
}

TEST_F(Vectored, RemovingWhatIsNoHandleIsRefused) {
  int other;
  SetLastError(77);
  EXPECT_EQ(RemoveVectoredExceptionHandler(&other), 0u);
  EXPECT_EQ(RemoveVectoredExceptionHandler(nullptr), 0u);
  EXPECT_EQ(GetLastError(), 77u);
}

}  // namespace
