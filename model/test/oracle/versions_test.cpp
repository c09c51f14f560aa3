// Versions of Windows as sets: a trace conforms where one version could have shown all of it.
#include "model/test/oracle/judging.h"

namespace winmem::test {
namespace {

using spec::Profile;

const char* const undo = "VirtualAlloc(p, 0x1000, MEM_RESET_UNDO, PAGE_NOACCESS) -> ";

std::string trace(const std::string& outcome) {
  return std::string(two_pages()) + "VirtualAlloc(p, 0x1000, MEM_RESET, PAGE_NOACCESS) -> p\n" +
         undo + outcome;
}

TEST(Versions, ABitThatWindows7DoesNotKnowIsLeftOpenThereAlone) {
  for (const char* outcome : {"NULL !ERROR_INVALID_PARAMETER", "p"}) {
    judge(trace(outcome) + "   ;; unjudged VirtualAlloc.Type.ResetUndoIsNew", Profile::windows_7);
    // From Windows 8 on the undo may come too late, with an error that nobody tells.
    for (const Profile profile :
         {Profile::windows, Profile::windows_10, Profile::windows_11, Profile::documented})
      judge(trace(outcome) + "   ;; conforms VirtualAlloc.ResetUndo.MayComeTooLate", profile);
  }
}

TEST(Versions, AProfileAdmitsItsVersions) {
  const std::string shown = two_pages();
  EXPECT_EQ(Judging(shown, Profile::windows).oracle().possible(),
            spec::windows_10_and_later & spec::on_x64);
  EXPECT_EQ(Judging(shown, Profile::windows_7).oracle().possible(),
            spec::in_windows_7 & spec::on_x64);
  EXPECT_EQ(Judging(shown, Profile::windows_11).oracle().possible(),
            spec::in_windows_11 & spec::on_x64);
  EXPECT_EQ(Judging(trace("p"), Profile::windows).oracle().possible(),
            spec::windows_10_and_later & spec::on_x64);
}

TEST(Versions, ATraceOfA32BitProcessLeavesThoseOf32Bits) {
  const std::string shown = std::string("# system: bits=32\n") + two_pages();
  EXPECT_EQ(Judging(shown, Profile::windows).oracle().possible(),
            spec::windows_10_and_later & spec::on_x86);
  EXPECT_EQ(Judging(shown, Profile::x86).oracle().possible(),
            spec::windows_10_and_later & spec::on_x86);
  EXPECT_EQ(Judging(two_pages(), Profile::x86).oracle().possible(), 0);
}

TEST(Versions, WhatHoldsOnX64AloneIsNotAskedOf32Bits) {
  judge("GetLargePageMinimum() -> 0x1000 ;; deviates GetLargePageMinimum.TwoMebibytes value");
  judge("# system: bits=32\nGetLargePageMinimum() -> 0x1000");
}

TEST(Versions, Windows7MayGiveAnEmptiedBlockAByte) {
  const std::string emptied =
      "h = HeapCreate(0, 0, 0) -> 0x600000\np = HeapAlloc(h, 0, 17) -> 0x601000\n"
      "HeapReAlloc(h, 0, p, 0) -> p\nHeapSize(h, 0, p) -> 1";
  judge(emptied, Profile::windows_7);
  judge(emptied + " ;; deviates HeapSize.Value.AsRequested value", Profile::windows);
  const std::string local =
      "p = LocalAlloc(LMEM_FIXED, 17) -> 0x601000\n"
      "LocalReAlloc(p, 0, LMEM_MOVEABLE) -> p\nLocalSize(p) -> 1";
  judge(local, Profile::windows_7);
  judge(local + " ;; deviates Moveable.Size.AsRequested value", Profile::windows);
}

TEST(Versions, ADeviationDoesNotNarrowThem) {
  Judging run(trace("0x1234"));
  EXPECT_NE(run.oracle().possible(), 0);
}

}  // namespace
}  // namespace winmem::test
