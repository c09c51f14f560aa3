// Numbers, constants, references.
#include <gtest/gtest.h>

#include "model/test/language/reading.h"

namespace winmem::test {
namespace {

/// The number that stands for the size in `GlobalAlloc(0, ...)`.
Number number_of(const std::string& size) {
  const Reading r("GlobalAlloc(0, " + size + ")");
  EXPECT_TRUE(r.ok) << size << ": " << (r.ok ? "" : r.error.expected);
  return r.ok ? r.call(0).arguments[1].value.number : Number();
}

std::uint64_t resolved(const std::string& size, unsigned bits) {
  return resolve(number_of(size), nullptr, bits);
}

TEST(Values, NumeralsAreDecimalOrHexadecimal) {
  EXPECT_EQ(number_of("0").plain, 0u);
  EXPECT_EQ(number_of("4294967296").plain, 0x100000000u);
  EXPECT_EQ(number_of("0xABCdef").plain, 0xabcdefu);
  EXPECT_EQ(number_of("18446744073709551615").plain, ~0ull);
  EXPECT_EQ(number_of("0xffffffffffffffff").plain, ~0ull);
}

TEST(Values, SumsAndProductsAreWorkedOut) {
  EXPECT_EQ(number_of("0x10000-1").plain, 0xffffu);
  EXPECT_EQ(number_of("4*0x1000+3*2").plain, 0x4006u);
  EXPECT_EQ(number_of("1+2-3").plain, 0u);
}

TEST(Values, NumbersMayDependOnTheBitness) {
  EXPECT_EQ(resolved("0x7f00*PTRSIZE-0x400", 64), 0x7f00u * 8 - 0x400);
  EXPECT_EQ(resolved("0x7f00*PTRSIZE-0x400", 32), 0x7f00u * 4 - 0x400);
  EXPECT_EQ(resolved("PTRSIZE", 32), 4u);
  EXPECT_EQ(resolved("24+2*PTRSIZE", 64), 40u);
  EXPECT_EQ(resolved("SIZE_MAX", 64), ~0ull);
  EXPECT_EQ(resolved("SIZE_MAX-7", 32), 0xfffffff8u);
  EXPECT_EQ(resolved("PTR(-1)", 64), ~0ull);
  EXPECT_EQ(resolved("PTR(-0x21524120)", 64), 0xffffffffdeadbee0u);
  EXPECT_EQ(resolved("PTR(-0x21524120)", 32), 0xdeadbee0u);
  EXPECT_EQ(resolved("PTR(0x10)", 32), 0x10u);
}

TEST(Values, SizeofIsTheStructureOfTheCall) {
  const Reading r("p = image()\nVirtualQuery(p, out, sizeof)\nVirtualQuery(p, out, sizeof-1)");
  ASSERT_TRUE(r.ok);
  const Number whole = r.call(1).arguments[2].value.number;
  EXPECT_EQ(resolve(whole, r.call(1).function, 64), 48u);
  EXPECT_EQ(resolve(whole, r.call(1).function, 32), 28u);
  EXPECT_EQ(resolve(r.call(2).arguments[2].value.number, r.call(2).function, 64), 47u);
}

TEST(Values, ConstantsMayStandWhereverNumbersMay) {
  EXPECT_EQ(number_of("PAGE_READWRITE").plain, 4u);
  EXPECT_EQ(number_of("NULL").plain, 0u);
  EXPECT_EQ(number_of("TRUE").plain, 1u);
  EXPECT_EQ(number_of("TRUE(0x5)").plain, 5u);
}

TEST(Values, FlagsAreJoinedAndMayHoldUnknownBits) {
  const Reading r(
      "VirtualAlloc(0x40000000|1, 1, MEM_COMMIT|MEM_RESERVE|0x40000000, "
      "PAGE_READWRITE|PAGE_GUARD)");
  ASSERT_TRUE(r.ok);
  EXPECT_EQ(r.call(0).arguments[0].value.number.plain, 0x40000001u);
  EXPECT_EQ(r.call(0).arguments[2].value.number.plain, 0x40003000u);
  EXPECT_EQ(r.call(0).arguments[3].value.number.plain, 0x104u);
}

TEST(Values, ANameMayHaveAnOffset) {
  const Reading r(
      "p = image()\nfill(p+0x10, 1, 0)\nfill(p-8, 1, 0)\nfill(p+2*PTRSIZE-1, 1, "
      "0)\nfill(p+4*0x1000, 1, 0)");
  ASSERT_TRUE(r.ok);
  EXPECT_EQ(r.call(1).arguments[0].value.reference.offset.plain, 0x10u);
  EXPECT_EQ(static_cast<std::int64_t>(r.call(2).arguments[0].value.reference.offset.plain), -8);
  const Number offset = r.call(3).arguments[0].value.reference.offset;
  EXPECT_EQ(offset.form, Number::Form::pointers);
  EXPECT_EQ(offset.pointers, 2);
  EXPECT_EQ(static_cast<std::int64_t>(offset.plain), -1);
  EXPECT_EQ(r.call(4).arguments[0].value.reference.offset.plain, 0x4000u);
}

TEST(Values, AnElementAFieldAndAHandleAsAnAddressAreReferences) {
  const Reading r(
      "b = 4 * HeapCreate(0, 0, 0)\n"
      "i = GetSystemInfo(out)\n"
      "HeapLock(b[3])\n"
      "VirtualAlloc(i.lpMaximumApplicationAddress+1, 1, 0, 0)\n"
      "VirtualQuery(b[1]+0x1000, out, sizeof)");
  ASSERT_TRUE(r.ok);
  EXPECT_EQ(r.call(2).arguments[0].value.reference.first, 3u);
  EXPECT_EQ(r.call(2).arguments[0].value.reference.reach, Reference::Reach::element);
  EXPECT_EQ(string(r.call(3).arguments[0].value.reference.field), "lpMaximumApplicationAddress");
  EXPECT_EQ(r.call(4).arguments[0].value.reference.offset.plain, 0x1000u);
}

TEST(Values, SecondNamesOfConstantsAreRead) {
  const Reading r("GlobalAlloc(GPTR, 1) -> NULL !NO_ERROR\nLocalAlloc(NONZEROLHND, 1)");
  ASSERT_TRUE(r.ok);
  EXPECT_EQ(r.outcome(0).last_error.code, 0u);
  EXPECT_EQ(r.outcome(0).last_error.state, LastError::State::set);
  EXPECT_EQ(r.call(1).arguments[0].value.number.plain, 2u);
}

}  // namespace
}  // namespace winmem::test
