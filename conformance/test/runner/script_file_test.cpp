#include "conformance/runner/script_file.h"

#include <gtest/gtest.h>

#include "conformance/runner/error.h"
#include "conformance/test/runner/temporary_folder.h"

namespace winmem::conformance {
namespace {

std::string refusal(const std::string& source) {
  try {
    parse_script_text("case.txt", source);
  } catch (const CannotRun& error) {
    return error.what();
  }
  return "";
}

TEST(ScriptFile, ReadsTitleAndRequirements) {
  auto file = parse_script_text(
      "case.txt",
      "# title: A title\n# requires: bits=32 HeapCreate privilege=SeLockMemoryPrivilege\n"
      "# profile: documented\nSetLastError(1)\n");
  EXPECT_EQ(file->title, "A title");
  EXPECT_EQ(file->needs.bits, 32u);
  EXPECT_EQ(file->needs.functions, (std::vector<std::string>{"HeapCreate"}));
  EXPECT_EQ(file->needs.privileges, (std::vector<std::string>{"SeLockMemoryPrivilege"}));
  EXPECT_EQ(file->needs.profile, spec::Profile::documented);
  EXPECT_FALSE(file->has_outcomes());
}

TEST(ScriptFile, NamesFileLineColumnAndWhatWasExpected) {
  std::string text = refusal("SetLastError(1)\nSetLastError(\n");
  EXPECT_EQ(text.find("case.txt:2:14: expected "), 0u) << text;
}

TEST(ScriptFile, RefusesBinaryAndEmptyFiles) {
  EXPECT_EQ(refusal(std::string("SetLastError(1)\nMZ\0\1", 20)),
            "case.txt:2:3: expected text, found the byte 0x00: this is a binary file");
  EXPECT_EQ(refusal(""), "case.txt:1:1: expected a call: this file has none");
  EXPECT_EQ(refusal("# title: nothing\n"), "case.txt:1:1: expected a call: this file has none");
}

TEST(ScriptFile, RefusesRequirementsThatNobodyCanMeet) {
  EXPECT_NE(refusal("# requires: luck\nSetLastError(1)\n"), "");
  EXPECT_NE(refusal("# requires: bits=16\nSetLastError(1)\n"), "");
  EXPECT_NE(refusal("# profile: windows-95\nSetLastError(1)\n"), "");
}

TEST(ScriptFile, NamesTheFunctionConstantOrFieldThatWasMeant) {
  EXPECT_EQ(refusal("SetLastError(1)\np = VirtualAloc(NULL, 1, 2, 3)\n"),
            "case.txt:2:5: expected a function: no function is named VirtualAloc; VirtualAlloc?");
  EXPECT_EQ(refusal("heapFree(1, 0, NULL)\n"),
            "case.txt:1:1: expected a function, or a name and '=': no function is named heapFree; "
            "HeapFree?");
  EXPECT_EQ(
      refusal("VirtualAlloc(NULL, 1, MEM_COMIT, PAGE_READWRITE)\n"),
      "case.txt:1:23: expected a known constant: no constant is named MEM_COMIT; MEM_COMMIT?");
  EXPECT_EQ(refusal("VirtualQuery(NULL, out, sizeof) -> sizeof {RegoinSize=1}\n"),
            "case.txt:1:44: expected a field of this function, or '}': no field is named "
            "RegoinSize; RegionSize?");
}

TEST(ScriptFile, SuggestsNothingForAWordThatIsNearNothing) {
  EXPECT_EQ(refusal("CreateFile(NULL)\n"), "case.txt:1:1: expected a function, or a name and '='");
  EXPECT_EQ(refusal("SetLastError(TWELVE)\n"), "case.txt:1:14: expected a known constant");
}

TEST(ScriptFile, RefusesMistypedKeysOfHeadersInScriptsAndTraces) {
  auto meant = [](const std::string& line, const std::string& column, const std::string& key) {
    EXPECT_EQ(refusal("# title: x\n" + line + "\nSetLastError(1) -> ok !1\n"),
              "case.txt:2:" + column + ": expected a comment, or a header: did you mean '# " + key +
                  ": '?");
  };
  meant("# titel: x", "3", "title");
  meant("# requries: bits=64", "3", "requires");
  meant("#  sytem: bits=64", "4", "system");
  meant("# Profile: documented", "3", "profile");
  meant("# cite : VA-001", "3", "cites");
  meant("# transcribed_from: x", "3", "transcribed-from");
}

TEST(ScriptFile, TakesPlainCommentsForComments) {
  for (const char* line :
       {"# one word: no header", "# more: of it", "#", "#:", "# titel", "# a titel: x", "# Wine: x",
        "# https://example.org", "# size: 5", "# page: x"})
    EXPECT_EQ(refusal(std::string(line) + "\nSetLastError(1)\n"), "") << line;
}

TEST(ScriptFile, RefusesASystemThatCannotBeWithFileLineAndWhatWasExpected) {
  EXPECT_EQ(refusal("# title: x\n# system: bits=7 page=0x1000\nGetLastError() -> 5\n"),
            "case.txt:2:11: expected bits=32 or bits=64");
  EXPECT_EQ(refusal("# system: bits=64 page=3\nGetLastError() -> 5\n"),
            "case.txt:1:19: expected a page that is a power of two from 0x1000 to 0x10000");
  EXPECT_EQ(refusal("# system: pages=3\nGetLastError() -> 5\n"),
            "case.txt:1:11: expected bits=, page=, granularity=, minimum=, maximum=, large=, "
            "version= or heap=");
  auto file = parse_script_text("case.txt", "# system: bits=32 page=0x2000\nGetLastError() -> 5\n");
  EXPECT_EQ(file->system.bits, 32u);
  EXPECT_EQ(file->system.page, 0x2000u);
}

TEST(ScriptFile, ThatIsNotThereSaysSo) {
  TemporaryFolder folder;
  try {
    load_script(folder.path() / "none.txt");
    FAIL() << "it is not there";
  } catch (const CannotRun& error) {
    EXPECT_NE(std::string(error.what()).find("none.txt: No such file or directory"),
              std::string::npos)
        << error.what();
  }
}

}  // namespace
}  // namespace winmem::conformance
