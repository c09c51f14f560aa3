#include "conformance/runner/paths.h"

#include <gtest/gtest.h>

#include "conformance/runner/error.h"
#include "conformance/test/runner/temporary_folder.h"

namespace winmem::conformance {
namespace {

TEST(CollectScripts, FindsScriptsBelowAFolderInOrderAndEachOnce) {
  TemporaryFolder folder;
  std::string second = folder.write("b/two.txt", "");
  std::string first = folder.write("a/one.trace", "");
  folder.write("a/readme.md", "");
  auto found = collect_scripts({folder.path().string(), second});
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0], first);
  EXPECT_EQ(found[1], second);
}

TEST(CollectScripts, TakesAFileOfAnyName) {
  TemporaryFolder folder;
  std::string file = folder.write("script", "");
  EXPECT_EQ(collect_scripts({file}).size(), 1u);
}

TEST(CollectScripts, FindsPathsInTheSourceTreeAndFunctionsInTheSuite) {
  auto all = collect_scripts({"conformance/cases/virtual/VirtualUnlock"});
  ASSERT_FALSE(all.empty());
  auto named = collect_scripts({"VirtualUnlock"});
  EXPECT_GE(named.size(), all.size());
  for (const auto& path : named)
    EXPECT_NE(path.string().find("/VirtualUnlock/"), std::string::npos) << path;
  EXPECT_THROW(collect_scripts({""}), CannotRun);
  EXPECT_THROW(collect_scripts({"VirtualUnlok"}), CannotRun);
}

TEST(CollectScripts, RefusesWhatIsNotThereAndFoldersWithoutScripts) {
  TemporaryFolder folder;
  folder.write("notes.md", "");
  EXPECT_THROW(collect_scripts({folder.path().string()}), CannotRun);
  EXPECT_THROW(collect_scripts({(folder.path() / "none.txt").string()}), CannotRun);
}

TEST(WithFolders, ReplacesBothNamesAndRefusesOthers) {
  EXPECT_EQ(with_folders("${source}/x ${source}"),
            source_folder().string() + "/x " + source_folder().string());
  EXPECT_EQ(with_folders("${build}"), build_folder().string());
  EXPECT_EQ(with_folders("$plain"), "$plain");
  EXPECT_THROW(with_folders("${home}"), CannotRun);
  EXPECT_THROW(with_folders("${build"), CannotRun);
}

TEST(Shown, IsRelativeInsideTheSourceTreeOnly) {
  EXPECT_EQ(shown(source_folder() / "a" / "b.txt"), "a/b.txt");
  EXPECT_EQ(shown("/elsewhere/b.txt"), "/elsewhere/b.txt");
  EXPECT_EQ(shown("/elsewhere/./x/../b.txt"), "/elsewhere/b.txt");
}

}  // namespace
}  // namespace winmem::conformance
