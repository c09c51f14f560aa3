#include <gtest/gtest.h>
#include <sys/mman.h>

#include <cerrno>

#include "failing_kernel.h"
#include "pages.h"
#include "winmem/system.h"
#include "winmem/winmem.h"

namespace {

using namespace winmem::test;

constexpr DWORD kLarge = MEM_RESERVE | MEM_COMMIT | MEM_LARGE_PAGES;

class LargePages : public testing::Test {
 protected:
  LargePages() { WinmemHoldLockMemoryPrivilege(TRUE); }
  ~LargePages() override {
    winmem::vm::kernel = saved_;
    WinmemHoldLockMemoryPrivilege(FALSE);
  }

  // A kernel that has large pages, whatever the machine has: small ones stand in for them.
  void GiveLargePages() {
    winmem::vm::kernel.map_large = [](std::uintptr_t* where, std::size_t size, int protection) {
      if (*where != 0) return winmem::vm::kernel.map(where, size, protection);
      std::uintptr_t got = 0;
      const std::size_t page = GetLargePageMinimum();
      if (winmem::vm::kernel.map(&got, size + page, protection) != 0) return ENOMEM;
      *where = (got + page - 1) & ~(page - 1);
      if (*where != got) munmap(reinterpret_cast<void*>(got), *where - got);
      munmap(reinterpret_cast<void*>(*where + size), got + page - *where);
      return 0;
    };
  }

 private:
  winmem::vm::Kernel saved_ = winmem::vm::kernel;
};

TEST_F(LargePages, NeedThePrivilege) {  // VA-072
  WinmemHoldLockMemoryPrivilege(FALSE);
  ExpectAllocError(ERROR_PRIVILEGE_NOT_HELD,
                   [] { return VirtualAlloc(nullptr, 0x200000, kLarge, PAGE_READWRITE); });
}

TEST_F(LargePages, AreRefusedWhereTheKernelHasNone) {  // VA-075, VA-715
  const FailingKernel kernel(FailingKernel::kMapLarge, 1);
  ExpectAllocError(ERROR_NO_SYSTEM_RESOURCES,
                   [] { return VirtualAlloc(nullptr, 0x200000, kLarge, PAGE_READWRITE); });
}

// On a machine without large pages this is refused by the kernel itself.
TEST_F(LargePages, AreTheKernelsOwn) {
  SetLastError(0);
  void* p = VirtualAlloc(nullptr, 0x200000, kLarge, PAGE_READWRITE);
  if (p == nullptr) {
    EXPECT_EQ(GetLastError(), ERROR_NO_SYSTEM_RESOURCES);
    return;
  }
  *static_cast<char*>(p) = 1;
  ExpectRegion(p, p, 0x200000, MEM_COMMIT, PAGE_READWRITE);
  EXPECT_TRUE(Release(p));
}

TEST_F(LargePages, AreReservedAndCommittedAtTheirOwnGranularity) {  // VA-074
  GiveLargePages();
  auto* p = static_cast<char*>(VirtualAlloc(nullptr, 0x400000, kLarge, PAGE_READWRITE));
  ASSERT_NE(p, nullptr);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(p) % 0x200000, 0u);
  p[0x3fffff] = 1;
  ExpectRegion(p, p, 0x400000, MEM_COMMIT, PAGE_READWRITE);
  ExpectAllocError(ERROR_INVALID_ADDRESS,
                   [=] { return VirtualAlloc(p, 0x200000, kLarge, PAGE_READWRITE); });
  ExpectAllocError(ERROR_INVALID_PARAMETER,
                   [=] { return VirtualAlloc(p + 0x10000, 0x200000, kLarge, PAGE_READWRITE); });
  EXPECT_TRUE(Release(p));
  ASSERT_EQ(VirtualAlloc(p, 0x200000, kLarge, PAGE_READWRITE), p);
  EXPECT_TRUE(Release(p));
}

TEST_F(LargePages, DoNotTakeThePlaceOfAStranger) {
  GiveLargePages();
  void* p = VirtualAlloc(nullptr, 0x200000, kLarge, PAGE_READWRITE);
  EXPECT_TRUE(Release(p));
  void* stranger =
      mmap(p, 0x1000, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
  ASSERT_EQ(stranger, p);
  ExpectAllocError(ERROR_INVALID_ADDRESS,
                   [=] { return VirtualAlloc(p, 0x200000, kLarge, PAGE_READWRITE); });
  munmap(stranger, 0x1000);
}

TEST_F(LargePages, PassTheCommitLimitLikeOthers) {
  GiveLargePages();
  WinmemLimitCommit(0x1ff000);
  ExpectAllocError(ERROR_COMMITMENT_LIMIT,
                   [] { return VirtualAlloc(nullptr, 0x200000, kLarge, PAGE_READWRITE); });
  WinmemLimitCommit(~SIZE_T{0});
}

}  // namespace
