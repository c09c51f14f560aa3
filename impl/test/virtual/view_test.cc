// Views that others have mapped: what the functions tell of them and do to them.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "failing_kernel.h"
#include "pages.h"
#include "stranger.h"
#include "support/catching.h"
#include "winmem/exception.h"

namespace winmem::test {
namespace {

// A view of memory that has no file on a disk, of four pages unless told otherwise.
class View {
 public:
  View(int protection, int flags, std::size_t size = 0x4000) : size_(size) {
    const int file = memfd_create("view_test", MFD_CLOEXEC);
    EXPECT_EQ(ftruncate(file, static_cast<off_t>(size)), 0);
    void* got = mmap(PlaceForStrangers(size), size, protection, flags, file, 0);
    EXPECT_NE(got, MAP_FAILED);
    close(file);
    base = static_cast<char*>(got);
  }
  ~View() { munmap(base, size_); }
  View(const View&) = delete;
  View& operator=(const View&) = delete;

  char* base;

 private:
  std::size_t size_;
};

void ExpectView(const char* address, const View& view, SIZE_T size, DWORD protect, DWORD all) {
  const MEMORY_BASIC_INFORMATION info = Describe(address);
  EXPECT_EQ(info.AllocationBase, view.base);
  EXPECT_EQ(info.RegionSize, size);
  EXPECT_EQ(info.State, MEM_COMMIT);
  EXPECT_EQ(info.Protect, protect);
  EXPECT_EQ(info.AllocationProtect, all);
  EXPECT_EQ(info.Type, MEM_MAPPED);
}

TEST(View, IsMappedMemoryOfItsProtection) {  // VQ-711
  const View reading(PROT_READ, MAP_PRIVATE), writing(PROT_READ | PROT_WRITE, MAP_SHARED);
  const View copying(PROT_READ | PROT_WRITE, MAP_PRIVATE);
  const View running(PROT_READ | PROT_EXEC, MAP_PRIVATE);
  ExpectView(reading.base, reading, 0x4000, PAGE_READONLY, PAGE_READONLY);
  ExpectView(writing.base + 0x1000, writing, 0x3000, PAGE_READWRITE, PAGE_READWRITE);
  ExpectView(copying.base, copying, 0x4000, PAGE_WRITECOPY, PAGE_WRITECOPY);
  ExpectView(running.base, running, 0x4000, PAGE_EXECUTE_READ, PAGE_EXECUTE_READ);
}

TEST(View, OpenedForReadingNeverBecomesWritable) {  // VQ-048, VA-134
  const View view(PROT_READ, MAP_PRIVATE);
  DWORD old = 77;
  ExpectFalse(ERROR_INVALID_PARAMETER,
              [&] { return VirtualProtect(view.base, 0x1000, PAGE_READWRITE, &old); });
  EXPECT_EQ(old, 77u);
  ExpectAllocError(ERROR_INVALID_PARAMETER,
                   [&] { return VirtualAlloc(view.base, 0x1000, MEM_COMMIT, PAGE_READWRITE); });
  ExpectView(view.base, view, 0x4000, PAGE_READONLY, PAGE_READONLY);
}

TEST(View, WhoseFileCannotBeWrittenDoesNotBecomeWritable) {  // VQ-048
  const int file = memfd_create("view_test", MFD_CLOEXEC);
  ASSERT_EQ(ftruncate(file, 0x1000), 0);
  const int reading = open(("/proc/self/fd/" + std::to_string(file)).c_str(), O_RDONLY | O_CLOEXEC);
  ASSERT_GE(reading, 0);
  void* view = mmap(PlaceForStrangers(0x1000), 0x1000, PROT_READ, MAP_SHARED, reading, 0);
  ASSERT_NE(view, MAP_FAILED);
  DWORD old = 0;
  ExpectFalse(ERROR_INVALID_PARAMETER,
              [&] { return VirtualProtect(view, 0x1000, PAGE_READWRITE, &old); });
  ExpectFalse(ERROR_INVALID_PARAMETER,
              [&] { return VirtualProtect(view, 0x1000, PAGE_WRITECOPY, &old); });
  munmap(view, 0x1000);
  close(reading);
  close(file);
}

TEST(View, OpenedForReadingMayCopyOnWrite) {  // VQ-049
  const View view(PROT_READ, MAP_PRIVATE);
  DWORD old = 0;
  EXPECT_TRUE(VirtualProtect(view.base + 0x1001, 1, PAGE_WRITECOPY, &old));
  EXPECT_EQ(old, PAGE_READONLY);
  view.base[0x1000] = 5;
  ExpectView(view.base, view, 0x1000, PAGE_READONLY, PAGE_READONLY);
  EXPECT_TRUE(VirtualProtect(view.base + 0x1000, 0x1000, PAGE_READONLY, &old));
  EXPECT_EQ(old, PAGE_WRITECOPY);
  ExpectView(view.base, view, 0x4000, PAGE_READONLY, PAGE_READONLY);
}

TEST(View, ACommitOnlyChangesTheProtection) {  // VA-131
  const View view(PROT_READ | PROT_WRITE, MAP_SHARED);
  view.base[0] = 7;
  EXPECT_EQ(VirtualAlloc(view.base + 0xFFF, 2, MEM_COMMIT, PAGE_READONLY), view.base);
  EXPECT_EQ(view.base[0], 7);
  ExpectView(view.base, view, 0x2000, PAGE_READONLY, PAGE_READWRITE);
  ExpectView(view.base + 0x2000, view, 0x2000, PAGE_READWRITE, PAGE_READWRITE);
  EXPECT_EQ(StatusOfWrite(view.base), STATUS_ACCESS_VIOLATION);
  EXPECT_EQ(VirtualAlloc(view.base, 0x4000, MEM_COMMIT, PAGE_READWRITE), view.base);
  ExpectView(view.base, view, 0x4000, PAGE_READWRITE, PAGE_READWRITE);
}

TEST(View, ThatNobodyMayTouchIsReserved) {  // VQ-024, VA-129
  const View view(PROT_NONE, MAP_SHARED);
  const MEMORY_BASIC_INFORMATION reserved = Describe(view.base);
  EXPECT_EQ(reserved.State, MEM_RESERVE);
  EXPECT_EQ(reserved.Protect, 0u);
  EXPECT_EQ(reserved.AllocationProtect, PAGE_READWRITE);
  EXPECT_EQ(reserved.Type, MEM_MAPPED);
  EXPECT_EQ(reserved.RegionSize, 0x4000u);
  EXPECT_EQ(VirtualAlloc(view.base, 0x1000, MEM_COMMIT, PAGE_READONLY), view.base);
  ExpectView(view.base, view, 0x1000, PAGE_READONLY, PAGE_READWRITE);
  EXPECT_EQ(Describe(view.base + 0x1000).State, MEM_RESERVE);
  EXPECT_EQ(VirtualAlloc(view.base, 0x4000, MEM_RESET, PAGE_READONLY), view.base);  // VA-082
}

TEST(View, CannotBeReservedOver) {  // VA-013, VA-032
  const View view(PROT_READ | PROT_WRITE, MAP_SHARED);
  ExpectAllocError(ERROR_INVALID_ADDRESS,
                   [&] { return VirtualAlloc(view.base, 0x1000, MEM_RESERVE, PAGE_READWRITE); });
}

TEST(View, AResetKeepsStateAndProtection) {  // VA-082
  const View view(PROT_READ | PROT_WRITE, MAP_SHARED);
  EXPECT_EQ(VirtualAlloc(view.base, 0x4000, MEM_RESET, PAGE_NOACCESS), view.base);
  ExpectView(view.base, view, 0x4000, PAGE_READWRITE, PAGE_READWRITE);
}

TEST(View, EndsWhereItsFileEnds) {
  const View view(PROT_READ | PROT_WRITE, MAP_SHARED);
  DWORD old = 0;
  ExpectFalse(ERROR_INVALID_ADDRESS,
              [&] { return VirtualProtect(view.base + 0x1000, 0x4000, PAGE_READONLY, &old); });
  EXPECT_EQ(old, PAGE_NOACCESS);  // VQ-042
  ExpectAllocError(ERROR_ACCESS_DENIED,
                   [&] { return VirtualAlloc(view.base, 0x5000, MEM_COMMIT, PAGE_READONLY); });
  ExpectAllocError(ERROR_INVALID_ADDRESS,
                   [&] { return VirtualAlloc(view.base, 0x5000, MEM_RESET, PAGE_READONLY); });
  ExpectView(view.base, view, 0x4000, PAGE_READWRITE, PAGE_READWRITE);
}

TEST(View, OfAFileIsCommittedAndCannotBeReset) {  // VQ-122
  std::FILE* file = std::tmpfile();
  ASSERT_NE(file, nullptr);
  ASSERT_EQ(ftruncate(fileno(file), 0x2000), 0);
  const Stranger view(0x2000, PROT_READ, MAP_SHARED, fileno(file));
  ExpectAllocError(ERROR_ACCESS_DENIED,
                   [&] { return VirtualAlloc(view.base, 0x1000, MEM_COMMIT, PAGE_READONLY); });
  ExpectAllocError(ERROR_INVALID_ADDRESS,
                   [&] { return VirtualAlloc(view.base, 0x1000, MEM_RESET, PAGE_READONLY); });
  EXPECT_EQ(std::fclose(file), 0);
}

TEST(View, TakesNoModifiers) {
  const View view(PROT_READ | PROT_WRITE, MAP_SHARED);
  DWORD old = 0;
  ExpectFalse(ERROR_INVALID_PARAMETER,
              [&] { return VirtualProtect(view.base, 0x1000, PAGE_READWRITE | PAGE_GUARD, &old); });
}

TEST(View, KeepsItsProtectionWhenTheKernelFails) {
  const View view(PROT_READ | PROT_WRITE, MAP_SHARED);
  DWORD old = 0;
  {
    const FailingKernel failing(FailingKernel::kProtect, 1);
    ExpectFalse(ERROR_NOT_ENOUGH_MEMORY,
                [&] { return VirtualProtect(view.base, 0x1000, PAGE_READONLY, &old); });
    EXPECT_TRUE(failing.failed());
  }
  ExpectView(view.base, view, 0x4000, PAGE_READWRITE, PAGE_READWRITE);
}

TEST(View, MappedWhereAnotherOneWasIsNotTakenForIt) {
  char* place = nullptr;
  {
    const View first(PROT_READ | PROT_WRITE, MAP_SHARED);
    DWORD old = 0;
    EXPECT_TRUE(VirtualProtect(first.base, 0x4000, PAGE_READONLY, &old));
    ExpectView(first.base, first, 0x4000, PAGE_READONLY, PAGE_READWRITE);
    place = first.base;
  }
  const View second(PROT_READ, MAP_PRIVATE);
  EXPECT_EQ(second.base, place) << "the kernel puts it elsewhere: this test shows nothing";
  ExpectView(second.base, second, 0x4000, PAGE_READONLY, PAGE_READONLY);
}

TEST(View, SoManyThatTheirOldProtectionsAreForgottenAreStillThere) {
  const View forgotten(PROT_READ | PROT_WRITE, MAP_SHARED);
  DWORD old = 0;
  EXPECT_TRUE(VirtualProtect(forgotten.base, 0x4000, PAGE_READONLY, &old));
  for (int i = 0; i < 100; ++i) {
    const View other(PROT_READ | PROT_WRITE, MAP_SHARED);
    EXPECT_TRUE(VirtualProtect(other.base, 0x4000, PAGE_READONLY, &old));
  }
  EXPECT_EQ(Describe(forgotten.base).Protect, PAGE_READONLY);
}

}  // namespace
}  // namespace winmem::test
