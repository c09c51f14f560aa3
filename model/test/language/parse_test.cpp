// Lines: headers, comments, steps, threads.
#include "model/language/parse.h"

#include <gtest/gtest.h>

#include <cstring>

#include "model/test/language/reading.h"

namespace winmem::test {
namespace {

TEST(Parse, AnEmptyTextIsAnEmptyScript) {
  for (const char* source : {"", "\n", "\n\n", "  \r\n\t\n"}) {
    const Reading r(source);
    ASSERT_TRUE(r.ok);
    EXPECT_TRUE(r.script.steps.empty());
    EXPECT_TRUE(r.script.remarks.empty());
  }
}

TEST(Parse, HeadersAreKeptWithTheirKeys) {
  const Reading r(
      "# title: A commit takes whole pages\n#cites:VA-026 VQ-003\nGetProcessHeap()\n# note: x  ");
  ASSERT_TRUE(r.ok);
  EXPECT_EQ(string(header(r.script, "title")), "A commit takes whole pages");
  EXPECT_EQ(string(header(r.script, "cites")), "VA-026 VQ-003");
  EXPECT_EQ(string(header(r.script, "note")), "x");
  EXPECT_TRUE(header(r.script, "profile").empty());
  EXPECT_EQ(r.script.remarks[1].before, 0u);
  EXPECT_EQ(r.script.remarks[2].before, 1u);
}

TEST(Parse, RequirementsAreWholeWords) {
  const Reading r("# requires: bits=64  privilege=SeLockMemoryPrivilege\tHeapWalk\nGetLastError()");
  ASSERT_TRUE(r.ok);
  for (const char* word : {"bits=64", "privilege=SeLockMemoryPrivilege", "HeapWalk"})
    EXPECT_TRUE(requires_word(r.script, Text(word, std::strlen(word)))) << word;
  for (const char* word :
       {"bits", "HeapWal", "eapWalk", "bits=64  privilege=SeLockMemoryPrivilege"})
    EXPECT_FALSE(requires_word(r.script, Text(word, std::strlen(word)))) << word;
  EXPECT_FALSE(requires_word(Reading("GetLastError()").script, "bits=64"));
}

TEST(Parse, OtherLinesThatBeginWithAHashAreComments) {
  const Reading r("# titles: no key\n#\n  # indented\n# see http://example.org");
  ASSERT_TRUE(r.ok);
  ASSERT_EQ(r.script.remarks.size, 4u);
  for (const Remark& remark : r.script.remarks) EXPECT_TRUE(remark.key.empty());
  EXPECT_EQ(string(r.script.remarks[0].value), " titles: no key");
  EXPECT_EQ(string(r.script.remarks[2].value), " indented");
}

TEST(Parse, LinesMayEndAsOnWindowsAndTheLastNeedsNoEnd) {
  const Reading r("h = GetProcessHeap()\r\nHeapLock(h) -> TRUE\r\nHeapUnlock(h)");
  ASSERT_TRUE(r.ok);
  EXPECT_EQ(r.script.steps.size, 3u);
  EXPECT_EQ(r.step(2).line, 3u);
}

TEST(Parse, AStepKnowsItsLine) {
  const Reading r("# title: x\n\n\nGetProcessHeap()\n\nGetProcessHeap()");
  ASSERT_TRUE(r.ok);
  EXPECT_EQ(r.step(0).line, 4u);
  EXPECT_EQ(r.step(1).line, 6u);
}

TEST(Parse, ACallBindsItsName) {
  const Reading r("p = VirtualAlloc(NULL, 1, MEM_RESERVE, PAGE_NOACCESS)\nfill(p, 1, 2)");
  ASSERT_TRUE(r.ok);
  ASSERT_EQ(r.script.names.size, 1u);
  EXPECT_EQ(string(r.script.names[0]), "p");
  EXPECT_EQ(r.call(0).binds, 0);
  EXPECT_EQ(r.call(1).binds, -1);
  EXPECT_EQ(r.call(1).arguments[0].value.reference.name, 0u);
}

TEST(Parse, ACountRepeatsACall) {
  const Reading r("b = 65536 * GlobalAlloc(GMEM_MOVEABLE, 0)\n254 * GlobalLock(b[0])");
  ASSERT_TRUE(r.ok);
  EXPECT_EQ(r.call(0).repeat, 65536u);
  EXPECT_TRUE(r.call(0).repeated);
  EXPECT_EQ(r.call(1).repeat, 254u);
  EXPECT_EQ(r.call(1).binds, -1);
}

TEST(Parse, ACallMayStandOnAnotherThreadAndReturnLater) {
  const Reading r(
      "h = GetProcessHeap()\nHeapLock(h)\nT2: HeapLock(h) -> blocked\nHeapUnlock(h)\nT2 returns -> "
      "TRUE");
  ASSERT_TRUE(r.ok);
  EXPECT_EQ(r.call(1).thread, 1);
  EXPECT_EQ(r.call(2).thread, 2);
  EXPECT_EQ(r.outcome(2).kind, Outcome::Kind::blocked);
  EXPECT_TRUE(r.step(4).returns);
  EXPECT_EQ(r.call(4).thread, 2);
  EXPECT_EQ(r.outcome(4).value.value.number.plain, 1u);
}

TEST(Parse, BlanksAroundTokensDoNotMatter) {
  EXPECT_EQ(reprinted("p=VirtualAlloc( NULL ,1,MEM_RESERVE | MEM_COMMIT , 4 )->0x10000"),
            "p = VirtualAlloc(NULL, 1, MEM_COMMIT|MEM_RESERVE, PAGE_READWRITE) -> 0x10000\n");
}

TEST(Parse, AScriptThatIsTooLargeForItsMemorySaysSo) {
  const std::string source(5000, '\n');
  const Reading r(source + "GetProcessHeap()", 1000);
  ASSERT_FALSE(r.ok);
  EXPECT_EQ(std::string(r.error.expected), "a smaller script: the memory for it is used up");
}

}  // namespace
}  // namespace winmem::test
