#include "impl/test/heap/support.h"
#include "winmem/winmem.h"

namespace winmem::heap_test {
namespace {

class DocumentedProfile : public testing::Test {
 public:
  DocumentedProfile() { WinmemSetProfile(WINMEM_PROFILE_DOCUMENTED); }
  ~DocumentedProfile() override { WinmemSetProfile(WINMEM_PROFILE_WINDOWS); }
};

TEST_F(DocumentedProfile, HeapFreeTakesNoFlags) {
  const PrivateHeap heap;
  void* block = HeapAlloc(heap, HEAP_NO_SERIALIZE, 10);
  for (const DWORD flags : {HEAP_NO_SERIALIZE, HEAP_ZERO_MEMORY, 0x80000000u}) {
    SetLastError(kPoison);
    EXPECT_FALSE(HeapFree(heap, flags, block));
    EXPECT_EQ(GetLastError(), ERROR_INVALID_PARAMETER);
  }
  EXPECT_EQ(HeapSize(heap, 0, block), 10u);
  EXPECT_TRUE(HeapFree(heap, 0, block));
}

TEST_F(DocumentedProfile, MaxreqGivesTheLargestBlockOfAFixedHeap) {
  for (const SIZE_T maximum : {SIZE_T{0x1000}, SIZE_T{0x10000}, 8 * kUnit}) {
    const PrivateHeap heap(0, 0, maximum);
    HeapAlloc(heap, 0, 100);
    void* block = HeapAlloc(heap, HEAP_ZERO_MEMORY, _HEAP_MAXREQ);
    ASSERT_NE(block, nullptr);
    const SIZE_T size = HeapSize(heap, 0, block);
    EXPECT_TRUE(AllAre(block, size, 0));
    ASSERT_TRUE(HeapFree(heap, 0, block));
    EXPECT_EQ(HeapAlloc(heap, 0, size + 1), nullptr);
    EXPECT_NE(HeapAlloc(heap, 0, size), nullptr);
  }
}

TEST_F(DocumentedProfile, MaxreqOfAFullHeapFails) {
  const PrivateHeap heap(0, 0, 0x1000);
  while (HeapAlloc(heap, 0, 0) != nullptr) {
  }
  SetLastError(kPoison);
  EXPECT_EQ(HeapAlloc(heap, 0, _HEAP_MAXREQ), nullptr);
  EXPECT_EQ(GetLastError(), ERROR_NOT_ENOUGH_MEMORY);
}

TEST(WindowsProfile, MaxreqIsARequestThatIsTooLarge) {
  const PrivateHeap heap(0, 0, 0x10000);
  EXPECT_EQ(HeapAlloc(heap, 0, _HEAP_MAXREQ), nullptr);
}

}  // namespace
}  // namespace winmem::heap_test
