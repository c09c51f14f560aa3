// The suite sees what is wrong: each absurd vendor is found out in a case of every function that it
// gets wrong.
#include <gtest/gtest.h>

#include <set>

#include "conformance/runner/paths.h"
#include "conformance/runner/run.h"
#include "conformance/test/vendors/absurd_functions.h"

namespace winmem::conformance {
namespace {

#define NAME_OF(name) #name,
const std::set<std::string> all_functions = {ABSURD_BOOLEANS(NAME_OF) ABSURD_VALUES(
    NAME_OF) ABSURD_HANDLES(NAME_OF) ABSURD_SIZES(NAME_OF) ABSURD_FLAGS(NAME_OF)};
#undef NAME_OF

/// The functions of which a case expects something: the cases of those functions.
std::set<std::string> functions_under_test(const ScriptFile& file) {
  std::set<std::string> names;
  for (const Step& step : file.script.steps)
    if (step.has_outcome) names.emplace(view(step.call.function->name));
  return names;
}

class AbsurdVendor : public testing::Test {
 protected:
  AbsurdVendor() {
    for (const auto& path :
         collect_scripts({(source_folder() / "conformance" / "cases").string()})) {
      files_.push_back(load_script(path));
      scripts_.push_back(files_.back().get());
      tested_.merge(functions_under_test(*files_.back()));
    }
  }

  /// The functions that have a case in which this vendor is found out.
  std::set<std::string> found_out(const std::string& vendor, spec::Profile profile) {
    vendor_ =
        find_vendor("native:" + std::string(WINMEM_TOOLS) + "/winmem_absurd_" + vendor + ".so");
    RunOptions options;
    options.profile = profile;
    VendorRun run = run_vendor(vendor_, scripts_, options);
    std::set<std::string> found;
    for (const CaseResult& result : run.results)
      if (result.is_finding()) found.merge(functions_under_test(*result.file));
    return found;
  }

  void expect_found_out(const std::string& vendor, const std::set<std::string>& but = {}) {
    std::set<std::string> found = found_out(vendor, spec::Profile::windows);
    for (const std::string& name : all_functions) {
      bool must_be_seen = tested_.contains(name) && !but.contains(name);
      EXPECT_TRUE(found.contains(name) || !must_be_seen)
          << vendor << " passes for right in " << name;
    }
    EXPECT_GE(found.size(), 30u);
  }

  std::vector<std::unique_ptr<ScriptFile>> files_;
  std::vector<const ScriptFile*> scripts_;
  std::set<std::string> tested_;
  Vendor vendor_;
};

TEST_F(AbsurdVendor, InWhichEverythingFailsIsFoundOutInEveryFunction) {
  expect_found_out("everything_fails");
}

// Any value but NULL may be the process heap's handle, and that HeapLock locks nothing can be seen
// by a second thread alone.
TEST_F(AbsurdVendor, InWhichNothingHappensIsFoundOutInEveryFunctionThatItGetsWrong) {
  expect_found_out("nothing_happens", {"GetProcessHeap", "HeapLock"});
}

TEST_F(AbsurdVendor, ThatIgnoresTheFlagsOfVirtualAllocIsFoundOutInIt) {
  EXPECT_TRUE(found_out("flags_ignored", spec::Profile::windows).contains("VirtualAlloc"));
}

// On Windows every failure of HeapFree that is defined at all is one of the documentation's: of the
// others most end the process.
TEST_F(AbsurdVendor, WhoseHeapFreeIsAlwaysTrueIsFoundOutByTheDocumentation) {
  EXPECT_TRUE(found_out("free_is_always_true", spec::Profile::documented).contains("HeapFree"));
}

}  // namespace
}  // namespace winmem::conformance
