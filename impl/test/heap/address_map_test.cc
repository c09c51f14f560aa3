#include "heap/address_map.h"

#include "heap/region.h"
#include "impl/test/heap/support.h"

namespace winmem::heap_test {
namespace {

using heap::AddressMap;

// The map is only asked, never followed, so any addresses will do. These are not handed out: they
// are the last below 4 GiB and the first above, where one leaf ends and another begins.
TEST(AddressMap, KnowsEveryUnitOfARegionAndNoOther) {
  AddressMap& map = AddressMap::Instance();
  heap::Region region;
  const auto at = [](std::uintptr_t number) { return reinterpret_cast<const void*>(number); };
  const std::uintptr_t base = sizeof(void*) == 8 ? 0xFFFE0000 : 0xFFFC0000;
  ASSERT_TRUE(map.Enter(at(base), 0x20001, &region));
  EXPECT_EQ(map.Find(at(base - 1)), nullptr);
  EXPECT_EQ(map.Find(at(base)), &region);
  EXPECT_EQ(map.Find(at(base + 0x1FFFF)), &region);
  EXPECT_EQ(map.Find(at(base + 0x2FFFF)), &region);
  EXPECT_EQ(map.Find(at(base + 0x30000)), nullptr);
  ASSERT_TRUE(map.Enter(at(base), 0x20001, nullptr));
  EXPECT_EQ(map.Find(at(base)), nullptr);
  EXPECT_EQ(map.Find(at(base + 0x20000)), nullptr);
}

TEST(AddressMap, MayBeAskedForAnyPointer) {
  const AddressMap& map = AddressMap::Instance();
  for (std::uintptr_t number = 1; number != 0; number <<= 1) {
    const auto* region = map.Find(reinterpret_cast<const void*>(number));
    if (number < 0x10000 || std::uint64_t{number} >> 47 != 0) {
      EXPECT_EQ(region, nullptr) << number;
    }
  }
  EXPECT_EQ(map.Find(nullptr), nullptr);
}

}  // namespace
}  // namespace winmem::heap_test
