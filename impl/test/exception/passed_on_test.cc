// What nobody handles goes to the signal handlers that were there before the library. They come
// first because their constructor has a priority.
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

#include "virtual/kernel.h"
#include "winmem/exception.h"
#include "winmem/virtual.h"

namespace {

using namespace winmem;

int segv_seen, bus_seen;
void* page;     // what the handler of SIGSEGV opens
int file = -1;  // what the handler of SIGBUS makes one page long

void OnSegv(int, siginfo_t*, void*) {
  ++segv_seen;
  if (page != nullptr) mprotect(page, 0x1000, PROT_READ | PROT_WRITE);
}

void OnBus(int) {
  ++bus_seen;
  if (file >= 0 && ftruncate(file, 0x1000) != 0) _exit(1);
}

__attribute__((constructor(101))) void Before() {
  struct sigaction action = {};
  action.sa_sigaction = OnSegv;
  action.sa_flags = SA_SIGINFO;
  sigaction(SIGSEGV, &action, nullptr);
  action.sa_handler = OnBus;
  action.sa_flags = 0;
  sigaction(SIGBUS, &action, nullptr);
}

class PassedOn : public testing::Test {
 protected:
  PassedOn() { segv_seen = bus_seen = 0; }
  ~PassedOn() override {
    page = nullptr;
    file = -1;
  }
};

char* Commit(DWORD protect) {
  return static_cast<char*>(VirtualAlloc(nullptr, 0x1000, MEM_RESERVE | MEM_COMMIT, protect));
}

TEST_F(PassedOn, AFaultThatNobodyHandles) {
  char* p = Commit(PAGE_NOACCESS);
  page = p;
  *static_cast<volatile char*>(p) = 5;
  EXPECT_EQ(segv_seen, 1);
  EXPECT_EQ(*p, 5);
  EXPECT_TRUE(VirtualFree(p, 0, MEM_RELEASE));
}

TEST_F(PassedOn, AFaultToAHandlerThatTakesNoInformation) {
  FILE* empty = std::tmpfile();
  ASSERT_NE(empty, nullptr);
  file = fileno(empty);
  void* view = mmap(nullptr, 0x1000, PROT_READ, MAP_SHARED, file, 0);
  ASSERT_NE(view, MAP_FAILED);
  EXPECT_EQ(*static_cast<const volatile char*>(view), 0);
  EXPECT_EQ(bus_seen, 1);
  munmap(view, 0x1000);
  EXPECT_EQ(std::fclose(empty), 0);
}

TEST_F(PassedOn, ASignalThatSomebodySent) {
  static_cast<void>(raise(SIGSEGV));
  static_cast<void>(raise(SIGBUS));
  EXPECT_EQ(segv_seen, 1);
  EXPECT_EQ(bus_seen, 1);
}

LONG Continue(EXCEPTION_POINTERS* exception) {
  mprotect(page, 0x1000, PROT_READ | PROT_WRITE);
  return exception->ExceptionRecord->ExceptionCode == STATUS_ACCESS_VIOLATION
             ? EXCEPTION_CONTINUE_EXECUTION
             : EXCEPTION_CONTINUE_SEARCH;
}

TEST_F(PassedOn, NothingThatAHandlerOfTheProgramContinues) {
  char* p = Commit(PAGE_READONLY);
  page = p;
  void* handle = AddVectoredExceptionHandler(1, Continue);
  *static_cast<volatile char*>(p) = 5;
  RemoveVectoredExceptionHandler(handle);
  EXPECT_EQ(segv_seen, 0);
  EXPECT_TRUE(VirtualFree(p, 0, MEM_RELEASE));
}

int (*map_as_it_was)(std::uintptr_t*, std::size_t, int);

// The kernel's part of a call, in which a signal comes whose handler touches the page.
int MapInterrupted(std::uintptr_t* where, std::size_t size, int protection) {
  *static_cast<volatile char*>(page) = 7;
  return map_as_it_was(where, size, protection);
}

TEST_F(PassedOn, AFaultAmongTheBooksOfTheLibrary) {
  char* p = Commit(PAGE_READWRITE | PAGE_GUARD);
  page = p;
  map_as_it_was = vm::kernel.map;
  vm::kernel.map = MapInterrupted;
  void* other = VirtualAlloc(nullptr, 0x10000, MEM_RESERVE, PAGE_NOACCESS);
  vm::kernel.map = map_as_it_was;
  EXPECT_EQ(segv_seen, 1);
  EXPECT_EQ(*p, 7);
  EXPECT_TRUE(VirtualFree(other, 0, MEM_RELEASE));
  EXPECT_TRUE(VirtualFree(p, 0, MEM_RELEASE));
}

}  // namespace
