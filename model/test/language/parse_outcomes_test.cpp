#include <gtest/gtest.h>

#include "model/test/language/reading.h"

namespace winmem::test {
namespace {

using Op = Pattern::Op;

TEST(Outcomes, AValueItsFieldsAndItsMark) {
  const Reading r(
      "p = image()\nVirtualProtect(p, 1, PAGE_READONLY, out) -> FALSE {old=PAGE_NOACCESS} "
      "!ERROR_NOACCESS");
  ASSERT_TRUE(r.ok);
  const Outcome& o = r.outcome(1);
  EXPECT_EQ(o.kind, Outcome::Kind::returned);
  EXPECT_EQ(o.value.op, Op::equal);
  EXPECT_EQ(o.value.value.number.plain, 0u);
  ASSERT_EQ(o.fields.size, 1u);
  EXPECT_EQ(o.fields[0].pattern.value.number.plain, 1u);
  EXPECT_EQ(o.last_error.code, 998u);
}

TEST(Outcomes, WithoutAMarkTheLastErrorIsLeftAlone) {
  const Reading r("GetProcessHeap() -> 1\nGetProcessHeap() -> 1 !?\nGetProcessHeap() -> 1 !0");
  ASSERT_TRUE(r.ok);
  EXPECT_EQ(r.outcome(0).last_error.state, LastError::State::unchanged);
  EXPECT_EQ(r.outcome(1).last_error.state, LastError::State::not_recorded);
  EXPECT_EQ(r.outcome(2).last_error.state, LastError::State::set);
}

TEST(Outcomes, ExpectationsMaySayLessThanAValue) {
  const Reading r(
      "h = GetProcessHeap()\n"
      "HeapAlloc(h, 0, 1) -> ok\nHeapAlloc(h, 0, 1) -> >=0x10000\nHeapAlloc(h, 0, 1) -> <=9\n"
      "HeapAlloc(h, 0, 1) -> !=h\nHeapAlloc(h, 0, 1) -> multiple(2*PTRSIZE)\n"
      "HeapAlloc(h, 0, 1) -> bits(0xf)=8\nHeapAlloc(h, 0, 1) -> _ !?\nHeapAlloc(h, 0, 1) -> _");
  ASSERT_TRUE(r.ok);
  const Op ops[] = {Op::ok,       Op::at_least, Op::at_most, Op::not_equal,
                    Op::multiple, Op::bits,     Op::any};
  for (std::size_t i = 0; i < 7; ++i) EXPECT_EQ(r.outcome(i + 1).value.op, ops[i]) << i;
  EXPECT_EQ(r.outcome(5).value.value.number.pointers, 2);
  EXPECT_EQ(r.outcome(6).value.mask, 0xfu);
  EXPECT_EQ(r.outcome(7).kind, Outcome::Kind::returned);
  EXPECT_EQ(r.outcome(8).kind, Outcome::Kind::any);
}

TEST(Outcomes, FieldsMayBeUntouchedListsOrUnstated) {
  const Reading r(
      "p = image()\nGetWriteWatch(0, p, 1, out[4], inout(4), out) -> 0 {addresses=[p p+0x1000] "
      "count=2 granularity=_}\n"
      "GetWriteWatch(0, p, 1, out[4], inout(4), out) -> 0xffffffff {addresses=[] count=untouched} "
      "!ERROR_INVALID_PARAMETER");
  ASSERT_TRUE(r.ok);
  EXPECT_EQ(r.outcome(1).fields[0].pattern.list.size, 2u);
  EXPECT_EQ(r.outcome(1).fields[0].pattern.list[1].reference.offset.plain, 0x1000u);
  EXPECT_EQ(r.outcome(1).fields[2].pattern.op, Op::any);
  EXPECT_EQ(r.outcome(2).fields[0].pattern.list.size, 0u);
  EXPECT_EQ(r.outcome(2).fields[1].pattern.op, Op::untouched);
}

TEST(Outcomes, AnExceptionMayStateItsParameters) {
  const Reading r(
      "p = image()\n"
      "load(p, 4) -> raises STATUS_ACCESS_VIOLATION(read, p+3)\n"
      "load(p, 4) -> raises STATUS_ACCESS_VIOLATION\n"
      "load(p, 4) -> raises 0xe0000001()\n"
      "load(p, 4) -> raises STATUS_NO_MEMORY(_, bits(0x3)=1) !ERROR_NOT_ENOUGH_MEMORY");
  ASSERT_TRUE(r.ok);
  const Exception& e = r.outcome(1).exception;
  EXPECT_EQ(e.status, 0xc0000005u);
  ASSERT_EQ(e.parameters.size, 2u);
  EXPECT_EQ(e.parameters[0].value.number.plain, 0u);
  EXPECT_TRUE(e.parameters[1].value.is_reference);
  EXPECT_FALSE(r.outcome(2).exception.parameters_stated);
  EXPECT_TRUE(r.outcome(3).exception.parameters_stated);
  EXPECT_EQ(r.outcome(4).exception.parameters[1].op, Op::bits);
  EXPECT_EQ(r.outcome(4).last_error.code, 8u);
}

TEST(Outcomes, AProcessMayEnd) {
  const Reading r(
      "GetProcessHeap() -> ends STATUS_HEAP_CORRUPTION\nGetProcessHeap() -> ends exit(3)\n"
      "GetProcessHeap() -> ends signal(SIGSEGV)\nGetProcessHeap() -> ends signal(11)\n"
      "GetProcessHeap() -> hangs\nGetProcessHeap() -> unsupported\nGetProcessHeap() -> skipped\n"
      "GetProcessHeap() -> refused(overlaps agent)");
  ASSERT_TRUE(r.ok);
  EXPECT_EQ(r.outcome(0).exception.status, 0xc0000374u);
  EXPECT_EQ(r.outcome(1).code, 3u);
  EXPECT_EQ(r.outcome(2).code, 11u);
  EXPECT_TRUE(same(r.outcome(2), r.outcome(3)));
  EXPECT_EQ(r.outcome(4).kind, Outcome::Kind::hangs);
  EXPECT_EQ(r.outcome(5).kind, Outcome::Kind::unsupported);
  EXPECT_EQ(r.outcome(6).kind, Outcome::Kind::skipped);
  EXPECT_EQ(string(r.outcome(7).reason), "overlaps agent");
}

TEST(Outcomes, WhatHandlersSawStandsBeforeTheResult) {
  const Reading r(
      "p = image()\nv = AddVectoredExceptionHandler(1, on=any do=continue)\n"
      "fill(p, 1, 2) -> [v STATUS_GUARD_PAGE_VIOLATION(write, p)] [0x77 0xe0000001] [? 0xe0000002] "
      "ok");
  ASSERT_TRUE(r.ok);
  const Outcome& o = r.outcome(2);
  ASSERT_EQ(o.sightings.size, 3u);
  EXPECT_EQ(o.sightings[0].handler, 1);
  EXPECT_EQ(o.sightings[0].exception.parameters[0].value.number.plain, 1u);
  EXPECT_EQ(o.sightings[1].token, 0x77u);
  EXPECT_EQ(o.sightings[1].handler, -1);
  EXPECT_EQ(o.value.op, Op::ok);
}

TEST(Outcomes, RepetitionsAreRunLengthCoded) {
  const Reading r(
      "b = 65541 * GlobalAlloc(GMEM_MOVEABLE, 0) -> 0x5f0008*65536 by 0x8, ok*4, NULL "
      "!ERROR_NOT_ENOUGH_MEMORY");
  ASSERT_TRUE(r.ok);
  ASSERT_EQ(r.step(0).outcomes.size, 3u);
  EXPECT_EQ(r.outcome(0, 0).count, 65536u);
  EXPECT_EQ(r.outcome(0, 0).stride, 8u);
  EXPECT_EQ(r.outcome(0, 1).count, 4u);
  EXPECT_EQ(r.outcome(0, 2).count, 1u);
  EXPECT_EQ(r.outcome(0, 2).last_error.code, 8u);
}

TEST(Outcomes, BytesAreRunsThenALengthAndAHash) {
  const Reading r(
      "p = image()\nread(p, 40) -> 0x00*16 pattern(7)+0x10*8 0xff*16\nread(p, 900) -> 0xAA*1 ... "
      "899#0x1234\nread(p, 0) -> 0x00*0");
  ASSERT_TRUE(r.ok);
  const Content& c = r.outcome(1).content;
  ASSERT_TRUE(r.outcome(1).is_content);
  ASSERT_EQ(c.runs.size, 3u);
  EXPECT_EQ(c.runs[0].count, 16u);
  EXPECT_TRUE(c.runs[1].is_pattern);
  EXPECT_EQ(c.runs[1].seed, 7u);
  EXPECT_EQ(c.runs[1].offset, 0x10u);
  EXPECT_EQ(c.runs[2].byte, 0xffu);
  EXPECT_EQ(r.outcome(2).content.rest, 899u);
  EXPECT_EQ(r.outcome(2).content.hash, 0x1234u);
  EXPECT_TRUE(r.outcome(3).is_content);
  EXPECT_EQ(r.outcome(3).content.runs.size, 0u);
}

TEST(Outcomes, AnExpectationMayAllowAlternatives) {
  const Reading r(
      "p = image()\nVirtualLock(p, 1) -> either(TRUE; FALSE !ERROR_WORKING_SET_QUOTA; raises "
      "STATUS_NO_MEMORY; _)");
  ASSERT_TRUE(r.ok);
  ASSERT_EQ(r.outcome(1).kind, Outcome::Kind::either);
  const Span<Outcome> all = r.outcome(1).alternatives;
  ASSERT_EQ(all.size, 4u);
  EXPECT_EQ(all[1].last_error.code, 1453u);
  EXPECT_EQ(all[2].kind, Outcome::Kind::raises);
  EXPECT_EQ(all[3].kind, Outcome::Kind::any);
}

TEST(Outcomes, TheLastErrorMayBePoison) {
  const Reading r("GetLastError() -> poison\nGetLastError() -> ERROR_NOACCESS");
  ASSERT_TRUE(r.ok);
  EXPECT_EQ(r.outcome(0).value.op, Op::poison);
  EXPECT_EQ(r.outcome(1).value.value.number.plain, 998u);
}

TEST(Outcomes, AnAgentsAnswerIsReadWithoutAScript) {
  Reading r("p = image()\nVirtualProtect(p, 1, PAGE_READONLY, out)");
  ASSERT_TRUE(r.ok);
  Span<Outcome> outcomes;
  ParseError error;
  ASSERT_TRUE(parse_outcomes("0x1 {old=0x4} !0x57\r", r.call(1), {}, r.arena, outcomes, error));
  ASSERT_EQ(outcomes.size, 1u);
  EXPECT_EQ(outcomes[0].fields[0].pattern.value.number.plain, 4u);
  EXPECT_EQ(outcomes[0].last_error.code, 0x57u);
  EXPECT_FALSE(parse_outcomes("p", r.call(1), {}, r.arena, outcomes, error));
  EXPECT_EQ(error.column, 1u);
  EXPECT_FALSE(parse_outcomes("", r.call(1), {}, r.arena, outcomes, error));
  ASSERT_TRUE(parse_outcomes("p+1", r.call(0), r.script.names, r.arena, outcomes, error));
  EXPECT_TRUE(outcomes[0].value.value.is_reference);
}

}  // namespace
}  // namespace winmem::test
