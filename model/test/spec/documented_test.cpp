// The closed list of what the letter of the contract page says otherwise than Windows does, each
// entry both ways. Where the page is silent the profiles agree.
#include "model/test/oracle/judging.h"

namespace winmem::test {
namespace {

using spec::Profile;

/// A trace whose last line is said to be one thing by `windows` and another by `documented`.
struct Row {
  const char *before, *line, *windows, *documented;
};
void PrintTo(const Row& row, std::ostream* out) {
  *out << row.line;
}

class Documented : public testing::TestWithParam<Row> {};

TEST_P(Documented, DiffersFromWindowsHere) {
  const Row& row = GetParam();
  const std::string trace = std::string(row.before) + row.line + " ;; ";
  judge(trace + row.windows, Profile::windows);
  judge(trace + row.documented, Profile::documented);
}

constexpr const char* heap =
    "h = HeapCreate(0, 0, 0) -> 0x600000\np = HeapAlloc(h, 0, 16) -> 0x601000\n";
constexpr const char* fixed_heap = "h = HeapCreate(0, 0x10000, 0x10000) -> 0x600000\n";
constexpr const char* fixed_local = "l = LocalAlloc(LMEM_FIXED, 16) -> 0x601000\n";

INSTANTIATE_TEST_SUITE_P(
    ClosedList, Documented,
    testing::Values(
        Row{"", "GlobalAlloc(GMEM_FIXED, 0) -> NULL", "deviates Moveable.Alloc.Allocates",
            "conforms Moveable.Alloc.FixedZero.Documented"},
        Row{"", "GlobalAlloc(GMEM_FIXED, 0) -> 0x601000", "conforms Moveable.Alloc.Allocates",
            "deviates Moveable.Alloc.FixedZero.Documented"},
        Row{"", "LocalAlloc(LPTR, 0) -> NULL", "deviates Moveable.Alloc.Allocates",
            "conforms Moveable.Alloc.FixedZero.Documented"},
        Row{"", "LocalAlloc(LMEM_FIXED, 0) -> 0x601000", "conforms Moveable.Alloc.Allocates",
            "deviates Moveable.Alloc.FixedZero.Documented"},
        Row{heap, "HeapFree(h, HEAP_NO_SERIALIZE, p) -> TRUE", "conforms HeapFree.Frees",
            "deviates HeapFree.Flags.MustBeZero"},
        Row{heap, "HeapFree(h, HEAP_NO_SERIALIZE, p) -> FALSE !ERROR_INVALID_PARAMETER",
            "deviates HeapFree.Frees", "conforms HeapFree.Flags.MustBeZero"},
        Row{heap, "HeapFree(h, 0, NULL) -> TRUE", "conforms HeapFree.Null",
            "undefined HeapFree.Null.Documented"},
        Row{"", "LocalFree(NULL) -> NULL", "conforms Moveable.Free.Null",
            "undefined Moveable.Free.AcrossFamilies.Documented"},
        Row{fixed_local, "GlobalFree(l) -> NULL", "conforms Moveable.Free.Frees",
            "undefined Moveable.Free.AcrossFamilies.Documented"},
        Row{fixed_heap, "HeapAlloc(h, 0, SIZE_MAX-31) -> 0x601000",
            "deviates HeapAlloc.Size.Possible", "conforms HeapAlloc.MostOfAFixedHeap"},
        Row{fixed_heap, "HeapAlloc(h, 0, SIZE_MAX-31) -> NULL !?",
            "conforms HeapAlloc.Size.Possible", "deviates HeapAlloc.MostOfAFixedHeap"},
        Row{heap, "HeapAlloc(h, 0, SIZE_MAX-31) -> 0x602000", "deviates HeapAlloc.Size.Possible",
            "unjudged HeapAlloc.MostOfAGrowableHeap"},
        Row{"", "VirtualAlloc(NULL, 0x1000, MEM_COMMIT, PAGE_WRITECOPY) -> 0x10000000",
            "deviates VirtualAlloc.Protection.NoCopyOnWrite",
            "conforms VirtualAlloc.Reserve.TakesTheRange"},
        Row{"",
            "VirtualAlloc(NULL, 0x1000, MEM_RESERVE, PAGE_EXECUTE_WRITECOPY) -> NULL "
            "!ERROR_INVALID_PARAMETER",
            "conforms VirtualAlloc.Protection.NoCopyOnWrite",
            "deviates VirtualAlloc.Reserve.TakesTheRange"},
        Row{two_pages(),
            "VirtualProtect(p, 0x1000, PAGE_WRITECOPY, out) -> TRUE {old=PAGE_READWRITE}",
            "deviates VirtualProtect.Protection.NoCopyOnWrite",
            "conforms VirtualProtect.ChangesWholePages"},
        Row{two_pages(),
            "VirtualProtect(p, 0x1000, PAGE_EXECUTE_WRITECOPY, out) -> FALSE "
            "!ERROR_INVALID_PARAMETER",
            "conforms VirtualProtect.Protection.NoCopyOnWrite",
            "deviates VirtualProtect.ChangesWholePages"}));

// Else nobody could keep a rule that no call can show.
TEST(DocumentedProfile, DoesNotKnowTheRulesThatItsOwnReplace) {
  for (const char* id : {"HeapFree.Null", "VirtualProtect.Protection.NoCopyOnWrite",
                         "VirtualAlloc.Protection.NoCopyOnWrite"}) {
    const spec::Rule* rule = spec::find_rule(Text(id, std::string(id).size()));
    ASSERT_NE(rule, nullptr) << id;
    EXPECT_FALSE(spec::can_be_exercised(*rule, Profile::documented)) << id;
    EXPECT_TRUE(spec::can_be_exercised(*rule, Profile::windows)) << id;
  }
}

TEST(DocumentedProfile, IsWindowsWhereThePageIsSilent) {
  for (const Profile profile : {Profile::windows, Profile::documented})
    judge(std::string(two_pages()) + R"(
VirtualFree(p, 0x1000, MEM_RELEASE) -> TRUE                          ;; deviates VirtualFree.Release.TakesNoSize
GlobalFree(NULL) -> NULL                                             ;; conforms Moveable.Free.Null
GlobalAlloc(GMEM_MOVEABLE, 0) -> 0x500008
h = HeapCreate(0, 0, 0) -> 0x600000
HeapAlloc(h, 0, SIZE_MAX) -> NULL
HeapReAlloc(h, 0, NULL, 1) -> NULL !ERROR_SUCCESS)",
          profile);
}

TEST(DocumentedProfile, WhatMostOfAFixedHeapIsNobodyKnows) {
  judge(R"(
h = HeapCreate(0, 0x10000, 0x10000) -> 0x600000
p = HeapAlloc(h, 0, SIZE_MAX-31) -> 0x601000
HeapSize(h, 0, p) -> 0xe000                                          ;; unjudged)",
        Profile::documented);
}

}  // namespace
}  // namespace winmem::test
