#include <gtest/gtest.h>

#include <string>

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

TEST_F(Vectored, RemovingWhatIsNoHandleIsRefused) {
  int other;
  SetLastError(77);
  EXPECT_EQ(RemoveVectoredExceptionHandler(&other), 0u);
  EXPECT_EQ(RemoveVectoredExceptionHandler(nullptr), 0u);
  EXPECT_EQ(GetLastError(), 77u);
}

}  // namespace
