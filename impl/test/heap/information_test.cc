#include "impl/test/heap/support.h"

namespace winmem::heap_test {
namespace {

constexpr HEAP_INFORMATION_CLASS kCompatibility = HeapCompatibilityInformation;

ULONG Told(HANDLE heap) {
  ULONG value = 77;
  SIZE_T length = 0;
  EXPECT_TRUE(HeapQueryInformation(heap, kCompatibility, &value, sizeof value, &length));
  EXPECT_EQ(length, sizeof value);
  return value;
}

BOOL Set(HANDLE heap, ULONG value) {
  SetLastError(kPoison);
  return HeapSetInformation(heap, kCompatibility, &value, sizeof value);
}

TEST(HeapInformation, AFreshHeapTakesTheFrontEndAndKeepsIt) {
  const PrivateHeap heap;
  EXPECT_EQ(Told(heap), 0u);
  EXPECT_TRUE(Set(heap, 0));
  EXPECT_TRUE(Set(heap, 2));
  EXPECT_EQ(GetLastError(), kPoison);
  EXPECT_EQ(Told(heap), 2u);
  for (const ULONG other : {0u, 1u}) {
    EXPECT_FALSE(Set(heap, other));
    EXPECT_EQ(GetLastError(), ERROR_GEN_FAILURE);
  }
  EXPECT_EQ(Told(heap), 2u);
}

TEST(HeapInformation, HeapsWithoutSerializationOrOfFixedSizeTakeNone) {
  const PrivateHeap free_for_all(HEAP_NO_SERIALIZE);
  const PrivateHeap fixed(0, 0x1000, 0x10000);
  for (HANDLE heap : {static_cast<HANDLE>(free_for_all), static_cast<HANDLE>(fixed)}) {
    EXPECT_FALSE(Set(heap, 2));
    EXPECT_EQ(GetLastError(), ERROR_INVALID_PARAMETER);
    for (int i = 0; i < 18; ++i) HeapFree(heap, 0, HeapAlloc(heap, 0, 0));
    EXPECT_EQ(Told(heap), 0u);
  }
}

TEST(HeapInformation, EighteenEmptyBlocksBringTheFrontEnd) {  // HA-058
  const PrivateHeap heap;
  for (int i = 0; i < 17; ++i) HeapFree(heap, 0, HeapAlloc(heap, 0, 0));
  EXPECT_EQ(Told(heap), 0u);
  HeapFree(heap, 0, HeapAlloc(heap, 0, 0));
  EXPECT_EQ(Told(heap), 2u);
}

TEST(HeapInformation, TerminationOnCorruptionNeedsNoHeap) {
  EXPECT_TRUE(HeapSetInformation(nullptr, HeapEnableTerminationOnCorruption, nullptr, 0));
  EXPECT_TRUE(HeapSetInformation(GetProcessHeap(), HeapEnableTerminationOnCorruption, nullptr, 0));
}

TEST(HeapInformation, WrongArgumentsAreRefused) {
  const PrivateHeap heap;
  ULONG value = 1;
  EXPECT_FALSE(Set(heap, 1));
  EXPECT_EQ(GetLastError(), ERROR_INVALID_PARAMETER);
  EXPECT_FALSE(HeapSetInformation(heap, kCompatibility, &value, 2));
  EXPECT_EQ(GetLastError(), ERROR_INSUFFICIENT_BUFFER);
  EXPECT_FALSE(HeapSetInformation(heap, kCompatibility, nullptr, 4));
  EXPECT_EQ(GetLastError(), ERROR_INSUFFICIENT_BUFFER);
  EXPECT_FALSE(HeapSetInformation(heap, HeapOptimizeResources, &value, 4));
  EXPECT_EQ(GetLastError(), ERROR_INVALID_PARAMETER);
  EXPECT_FALSE(Set(&value, 2));
  EXPECT_EQ(GetLastError(), ERROR_INVALID_HANDLE);
  SIZE_T length = 0;
  EXPECT_FALSE(HeapQueryInformation(heap, kCompatibility, nullptr, 0, &length));
  EXPECT_EQ(GetLastError(), ERROR_INSUFFICIENT_BUFFER);
  EXPECT_EQ(length, 4u);
  EXPECT_FALSE(HeapQueryInformation(heap, kCompatibility, &value, 2, &length));
  EXPECT_EQ(GetLastError(), ERROR_INSUFFICIENT_BUFFER);
  EXPECT_EQ(value, 1u);
  EXPECT_FALSE(HeapQueryInformation(heap, HeapOptimizeResources, &value, 4, nullptr));
  EXPECT_FALSE(HeapQueryInformation(&value, kCompatibility, &value, 4, nullptr));
  EXPECT_EQ(GetLastError(), ERROR_INVALID_HANDLE);
}

}  // namespace
}  // namespace winmem::heap_test
