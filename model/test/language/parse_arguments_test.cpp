#include <gtest/gtest.h>

#include "model/test/language/reading.h"

namespace winmem::test {
namespace {

TEST(Arguments, AnOutParameterTakesABufferACountAValueOrAPointer) {
  const Reading r(
      "p = image()\n"
      "VirtualProtect(p, 1, PAGE_READONLY, out)\n"
      "VirtualProtect(p, 1, PAGE_READONLY, NULL)\n"
      "VirtualProtect(p, 1, PAGE_READONLY, p+8)\n"
      "GetWriteWatch(0, p, 1, out[16], inout(0x10), out)\n"
      "RaiseException(0xe0000001, 0, 2, inout[2])");
  ASSERT_TRUE(r.ok);
  EXPECT_EQ(r.call(1).arguments[3].form, Argument::Form::out);
  EXPECT_EQ(r.call(2).arguments[3].form, Argument::Form::value);
  EXPECT_TRUE(r.call(3).arguments[3].value.is_reference);
  EXPECT_EQ(r.call(4).arguments[3].form, Argument::Form::out_list);
  EXPECT_EQ(r.call(4).arguments[3].value.number.plain, 16u);
  EXPECT_EQ(r.call(4).arguments[4].form, Argument::Form::inout_value);
  EXPECT_EQ(r.call(4).arguments[4].value.number.plain, 16u);
  EXPECT_EQ(r.call(5).arguments[3].form, Argument::Form::inout_list);
}

TEST(Arguments, AHandlerSaysForWhatAndWhatItDoes) {
  const Reading r(
      "AddVectoredExceptionHandler(1, on=STATUS_GUARD_PAGE_VIOLATION do=continue)\n"
      "AddVectoredExceptionHandler(0, on=any do=search)\n"
      "AddVectoredExceptionHandler(0, on=0xc0000017 do=search)");
  ASSERT_TRUE(r.ok);
  EXPECT_EQ(r.call(0).arguments[1].form, Argument::Form::handler);
  EXPECT_EQ(r.call(0).arguments[1].handler.status, 0x80000001u);
  EXPECT_EQ(r.call(0).arguments[1].handler.action, Handler::Action::resume);
  EXPECT_EQ(r.call(1).arguments[1].handler.status, 0u);
  EXPECT_EQ(r.call(1).arguments[1].handler.action, Handler::Action::search);
  EXPECT_EQ(r.call(2).arguments[1].handler.status, 0xc0000017u);
}

TEST(Arguments, EachPlaysACallForEveryElement) {
  const Reading r(
      "h = GetProcessHeap()\n"
      "b = 32 * HeapAlloc(h, 0, 8)\n"
      "HeapFree(h, 0, each b[0..18])\n"
      "HeapFree(h, 0, each reversed b[18..32])\n"
      "HeapSize(h, 0, each b)\n"
      "fill(each b+4, 1, 7)");
  ASSERT_TRUE(r.ok);
  const Reference slice = r.call(2).arguments[2].value.reference;
  EXPECT_EQ(slice.reach, Reference::Reach::each);
  EXPECT_TRUE(slice.sliced);
  EXPECT_EQ(slice.first, 0u);
  EXPECT_EQ(slice.end, 18u);
  EXPECT_EQ(r.call(3).arguments[2].value.reference.reach, Reference::Reach::each_reversed);
  EXPECT_FALSE(r.call(4).arguments[2].value.reference.sliced);
  EXPECT_EQ(r.call(5).arguments[0].value.reference.offset.plain, 4u);
}

TEST(Arguments, ANameBoundByACallWithEachIsAList) {
  const Reading r(
      "h = GetProcessHeap()\n"
      "b = 4 * HeapAlloc(h, 0, 8)\n"
      "c = HeapReAlloc(h, 0, each b[1..4], 16)\n"
      "HeapFree(h, 0, c[2])");
  EXPECT_TRUE(r.ok);
  EXPECT_EQ(complaint("b = 4 * GetProcessHeap()\nc = HeapSize(each b[1..4], 0, 0)\nload(c[3], 1)"),
            "3:8 expected an index inside the list");
}

TEST(Arguments, TwoListsOfEqualLengthGoTogether) {
  EXPECT_EQ(complaint("b = 4 * GetProcessHeap()\nHeapFree(each b, 0, each b)"), "read");
  EXPECT_EQ(complaint("b = 4 * GetProcessHeap()\nHeapFree(each b, 0, each b[0..2])"),
            "2:9 expected lists of equal length");
}

}  // namespace
}  // namespace winmem::test
