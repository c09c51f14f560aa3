#include "fuzz/hunt/hunt.h"

#include <gtest/gtest.h>

#include "conformance/test/runner/temporary_folder.h"

namespace winmem::fuzz {
namespace {

using conformance::TemporaryFolder;

Hunt hunted(const std::string& vendor_name, HuntOptions options) {
  conformance::Vendor vendor = conformance::find_vendor(vendor_name);
  conformance::prepare_vendor(vendor);
  Session session(vendor, spec::Profile::windows, std::chrono::seconds(10));
  options.seconds = 0;
  return hunt(session, options, {});
}

class HuntOfTheReference : public testing::TestWithParam<Theme> {};

TEST_P(HuntOfTheReference, FindsNothing) {
  HuntOptions options;
  options.scripts = 800;
  options.theme = GetParam();
  const Hunt result = hunted("reference", options);
  EXPECT_EQ(result.scripts, 800u);
  EXPECT_GT(result.calls, 8000u);
  for (const Finding& finding : result.findings)
    ADD_FAILURE() << finding.fault.text() << "\n" << finding.draft.text();
}

INSTANTIATE_TEST_SUITE_P(Themes, HuntOfTheReference, testing::Values(Theme::heap, Theme::moveable),
                         [](const testing::TestParamInfo<Theme>& info) {
                           return info.param == Theme::heap ? "Heap" : "Moveable";
                         });

TEST(Hunt, FindsFlagsThatAreIgnoredAndSavesItWithAllThatBelongsToIt) {
  TemporaryFolder folder;
  HuntOptions options;
  options.scripts = 2000;
  options.until_new = true;
  options.theme = Theme::virtual_memory;
  options.out = folder.path();
  const Hunt result = hunted(std::string("native:") + WINMEM_ABSURD "flags_ignored.so", options);
  ASSERT_FALSE(result.findings.empty());
  const Finding& finding = result.findings[0];
  EXPECT_TRUE(finding.minimal);
  EXPECT_EQ(finding.seen, finding.replays);
  EXPECT_LE(finding.draft.lines.size(), 4u) << finding.draft.text();
  for (const char* name : {"script.txt", "case.txt", "trace.txt", "report.txt", "program.c"})
    EXPECT_GT(std::filesystem::file_size(folder.path() / folder_name(finding.fault) / name), 0u);
}

TEST(Hunt, TheSameSeedFindsTheSame) {
  HuntOptions options;
  options.scripts = 200;
  options.theme = Theme::heap;
  const std::string vendor = std::string("native:") + WINMEM_ABSURD "free_is_always_true.so";
  const Hunt one = hunted(vendor, options), other = hunted(vendor, options);
  ASSERT_FALSE(one.findings.empty());
  ASSERT_EQ(one.findings.size(), other.findings.size());
  for (std::size_t i = 0; i < one.findings.size(); ++i)
    EXPECT_EQ(one.findings[i].draft.text(), other.findings[i].draft.text());
}

TEST(Finding, ADraftOfACaseStatesTheOutcomeThatIsAllowed) {
  HuntOptions options;
  options.scripts = 2000;
  options.until_new = true;
  options.theme = Theme::virtual_memory;
  const Hunt result = hunted(std::string("native:") + WINMEM_ABSURD "flags_ignored.so", options);
  ASSERT_FALSE(result.findings.empty());
  const std::string text = draft_case(result.findings[0]);
  EXPECT_TRUE(text.starts_with("# title: ")) << text;
  EXPECT_NE(text.find("# cites: "), std::string::npos) << text;
}

}  // namespace
}  // namespace winmem::fuzz
